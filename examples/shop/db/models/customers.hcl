table "customers" {
  comment = "Whoever buys"
  column "id" {
    type = bigint
    identity {
      generated = ALWAYS
    }
  }
  column "full_name" {
    type         = text
    renamed_from = "name"
  }
  column "phone" {
    type = text
    null = true
  }
  column "mail" {
    type = domain.email
  }
  column "created_at" {
    type    = timestamptz
    default = sql("now()")
  }
  primary_key {
    columns = [column.id]
  }
  index "customers_mail" {
    unique = true
    on {
      expr = "lower((mail)::text)"
    }
  }
}
