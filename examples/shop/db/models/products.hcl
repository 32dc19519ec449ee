table "products" {
  column "sku" {
    type = varchar(40)
  }
  column "title" {
    type = text
  }
  column "price" {
    type = numeric(10, 2)
  }
  column "words" {
    type = tsvector
    null = true
    as {
      expr = "to_tsvector('english'::regconfig, title)"
      type = STORED
    }
  }
  primary_key {
    columns = [column.sku]
  }
  check "price_is_positive" {
    expr = "price > 0"
  }
  index "products_words" {
    columns = [column.words]
    type    = GIN
  }
}
