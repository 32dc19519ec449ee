# loans
#
# Plan: 1 to add, 0 to change, 0 to drop
#
#   + table loans  4 columns, 1 primary key, 1 foreign key, 1 index  sqlite/models/library.hcl:26

revision "93409c2a4423" {
  format  = 1
  message = "loans"
  parents = ["7fae22773e74"]
  created = "2026-11-28T18:58:49Z"
  dialect = "sqlite"
  end = {
    "table loans" = "ccefc0ec72d3e783"
  }
  proved       = "SQLite 3.54.1, with rows, 248497c2"
  foreign_keys = false
}

upgrade {
  step "create table loans" {
    makes = ["table loans"]
    sql   = <<-SQL
      CREATE TABLE loans (
        id integer PRIMARY KEY AUTOINCREMENT,
        book_id bigint NOT NULL,
        reader text NOT NULL,
        returned boolean NOT NULL DEFAULT FALSE,
        CONSTRAINT loans_book FOREIGN KEY (book_id) REFERENCES books (id)
      )
    SQL
  }

  step "create index loans_book_idx" {
    sql = <<-SQL
      CREATE INDEX loans_book_idx
      ON loans (book_id)
    SQL
  }
}

downgrade {
  step "drop table loans" {
    drops    = ["table loans"]
    destroys = "the rows of loans"
    sql      = <<-SQL
      DROP TABLE loans
    SQL
  }
}
