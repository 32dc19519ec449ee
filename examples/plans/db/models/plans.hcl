# The plans that are sold. Sales adds offers of its own to the table, which stay; what they call them is theirs, too: no row says it.
table "plans" {
  column "id" {
    type           = int
    auto_increment = true
  }
  column "code" {
    type = varchar(20)
  }
  column "price" {
    type = decimal(10, 2)
  }
  column "currency" {
    type = varchar(3)
  }
  column "title" {
    type    = text
    default = "(no title yet)"
  }
  column "replaced_by" {
    type = varchar(20)
    null = true
  }
  primary_key {
    columns = [column.id]
  }
  unique {
    columns = [column.code]
  }
  foreign_key {
    columns     = [column.currency]
    ref_columns = [table.currencies.column.code]
  }
  foreign_key {
    columns     = [column.replaced_by]
    ref_columns = [column.code]
  }
}

data {
  table = table.plans
  key   = [column.code]
  rows = [
    { code = "free", price = 0, currency = "USD" },
    { code = "team", price = 19, currency = "USD", replaced_by = "business" },
    { code = "business", price = 29.50, currency = "USD" },
  ]
}
