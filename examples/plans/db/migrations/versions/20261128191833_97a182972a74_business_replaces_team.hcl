# business replaces team
#
# Plan: 0 to add, 2 to change, 0 to drop
#
#   ~ table currencies                                            db/models/currencies.hcl:2
#       ~ rows          insert 1 row, update 1 row, delete 1 row  db/models/currencies.hcl:18
#   ~ table plans                                                 db/models/plans.hcl:2
#       ~ rows          insert 1 row, update 1 row                db/models/plans.hcl:40

revision "97a182972a74" {
  format  = 1
  message = "business replaces team"
  parents = ["579633b1d593"]
  created = "2026-11-28T19:18:33Z"
  dialect = "sqlite"
  start = {
    "table currencies" = "3130d2fc8b526898"
    "table plans"      = "e6bbbd3531c08ad0"
  }
  end = {
    "table currencies" = "3130d2fc8b526898"
    "table plans"      = "e6bbbd3531c08ad0"
  }
  proved = "SQLite 3.54.1, with rows, 698c32e2"
}

upgrade {
  step "insert 1 row into currencies" {
    changes = ["table currencies"]
    because = "declared at db/models/currencies.hcl:18"
    sql     = <<-SQL
      INSERT INTO currencies (code, name, digits)
      VALUES
        ('GBP', 'Pound sterling', 2)
    SQL
  }

  step "insert 1 row into plans" {
    changes = ["table plans"]
    because = "declared at db/models/plans.hcl:40"
    sql     = <<-SQL
      INSERT INTO plans (code, price, currency)
      VALUES
        ('business', 29.5, 'USD')
    SQL
  }

  step "update 1 row of currencies" {
    changes = ["table currencies"]
    because = "declared at db/models/currencies.hcl:18"
    sql     = <<-SQL
      UPDATE currencies
      SET
        name = 'United States dollar'
      WHERE code = 'USD'
    SQL
  }

  step "update 1 row of plans" {
    changes = ["table plans"]
    because = "declared at db/models/plans.hcl:40"
    sql     = <<-SQL
      UPDATE plans
      SET
        replaced_by = 'business'
      WHERE code = 'team'
    SQL
  }

  step "delete 1 row of currencies" {
    changes = ["table currencies"]
    because = "no data block has it, and the mode is SYNC"
    sql     = <<-SQL
      DELETE FROM currencies
      WHERE code = 'JPY'
    SQL
  }
}

downgrade {
  step "insert 1 row into currencies again" {
    changes = ["table currencies"]
    sql     = <<-SQL
      INSERT INTO currencies (code, name, digits)
      VALUES
        ('JPY', 'Yen', 0)
    SQL
  }

  step "restore 1 row of plans" {
    changes = ["table plans"]
    sql     = <<-SQL
      UPDATE plans
      SET
        replaced_by = NULL
      WHERE code = 'team'
    SQL
  }

  step "restore 1 row of currencies" {
    changes = ["table currencies"]
    sql     = <<-SQL
      UPDATE currencies
      SET
        name = 'US dollar'
      WHERE code = 'USD'
    SQL
  }

  step "delete 1 row of plans" {
    changes = ["table plans"]
    sql     = <<-SQL
      DELETE FROM plans
      WHERE code = 'business'
    SQL
  }

  step "delete 1 row of currencies" {
    changes = ["table currencies"]
    sql     = <<-SQL
      DELETE FROM currencies
      WHERE code = 'GBP'
    SQL
  }
}
