# plans and currencies
#
# Plan: 2 to add, 0 to change, 0 to drop
#
#   + table currencies  3 columns, 1 primary key                            db/models/currencies.hcl:2
#       + rows          insert 3 rows                                       db/models/currencies.hcl:18
#   + table plans       6 columns, 1 primary key, 1 unique, 2 foreign keys  db/models/plans.hcl:2
#       + rows          insert 2 rows                                       db/models/plans.hcl:40

revision "579633b1d593" {
  format  = 1
  message = "plans and currencies"
  parents = []
  created = "2026-11-28T19:18:31Z"
  dialect = "sqlite"
  end = {
    "table currencies" = "3130d2fc8b526898"
    "table plans"      = "e6bbbd3531c08ad0"
  }
  proved       = "SQLite 3.54.1, with rows, 506a513b"
  foreign_keys = false
}

upgrade {
  step "create table currencies" {
    makes = ["table currencies"]
    sql   = <<-SQL
      CREATE TABLE currencies (
        code varchar(3) NOT NULL PRIMARY KEY,
        name text NOT NULL,
        digits int NOT NULL DEFAULT 2
      )
    SQL
  }

  step "create table plans" {
    makes = ["table plans"]
    sql   = <<-SQL
      CREATE TABLE plans (
        id integer PRIMARY KEY AUTOINCREMENT,
        code varchar(20) NOT NULL,
        price decimal(10,2) NOT NULL,
        currency varchar(3) NOT NULL,
        title text NOT NULL DEFAULT '(no title yet)',
        replaced_by varchar(20),
        UNIQUE (code),
        FOREIGN KEY (currency) REFERENCES currencies (code),
        FOREIGN KEY (replaced_by) REFERENCES plans (code)
      )
    SQL
  }

  step "insert 3 rows into currencies" {
    changes = ["table currencies"]
    because = "declared at db/models/currencies.hcl:18"
    sql     = <<-SQL
      INSERT INTO currencies (code, name, digits)
      VALUES
        ('EUR', 'Euro', 2),
        ('JPY', 'Yen', 0),
        ('USD', 'US dollar', 2)
    SQL
  }

  step "insert 2 rows into plans" {
    changes = ["table plans"]
    because = "declared at db/models/plans.hcl:40"
    sql     = <<-SQL
      INSERT INTO plans (code, price, currency)
      VALUES
        ('free', 0, 'USD'),
        ('team', 19, 'USD')
    SQL
  }
}

downgrade {
  step "drop table plans" {
    drops    = ["table plans"]
    destroys = "the rows of plans"
    sql      = <<-SQL
      DROP TABLE plans
    SQL
  }

  step "drop table currencies" {
    drops    = ["table currencies"]
    destroys = "the rows of currencies"
    sql      = <<-SQL
      DROP TABLE currencies
    SQL
  }
}
