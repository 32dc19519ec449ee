# What the library lends. The models for PostgreSQL are the same: types that both engines have.

table "books" {
  column "id" {
    type           = bigint
    auto_increment = true
  }
  column "title" {
    type = text
  }
  column "copies" {
    type    = int
    default = 1
  }
  primary_key {
    columns = [column.id]
  }
  unique "books_title" {
    columns = [column.title]
  }
  check "some_copies" {
    expr = "copies > 0"
  }
}

table "loans" {
  column "id" {
    type           = bigint
    auto_increment = true
  }
  column "book_id" {
    type = bigint
  }
  column "reader" {
    type = text
  }
  column "returned" {
    type    = bool
    default = false
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "loans_book" {
    columns     = [column.book_id]
    ref_columns = [table.books.column.id]
  }
  index "loans_book_idx" {
    columns = [column.book_id]
  }
}
