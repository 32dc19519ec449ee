# books
#
# Plan: 1 to add, 0 to change, 0 to drop
#
#   + table books  3 columns, 1 primary key, 1 unique, 1 check  sqlite/models/library.hcl:3

revision "7fae22773e74" {
  format  = 1
  message = "books"
  parents = []
  created = "2026-11-28T18:58:18Z"
  dialect = "sqlite"
  end = {
    "table books" = "fe2f7ce6049b5006"
  }
  proved       = "SQLite 3.54.1, with rows, 0cbc9564"
  foreign_keys = false
}

upgrade {
  step "create table books" {
    makes = ["table books"]
    sql   = <<-SQL
      CREATE TABLE books (
        id integer PRIMARY KEY AUTOINCREMENT,
        title text NOT NULL,
        copies int NOT NULL DEFAULT 1,
        CONSTRAINT books_title UNIQUE (title),
        CONSTRAINT some_copies CHECK (copies > 0)
      )
    SQL
  }
}

downgrade {
  step "drop table books" {
    drops    = ["table books"]
    destroys = "the rows of books"
    sql      = <<-SQL
      DROP TABLE books
    SQL
  }
}
