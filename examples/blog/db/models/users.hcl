table "users" {
  use = [mixin.numbered, mixin.timestamps]
  column "name" {
    type = varchar(80)
  }
  column "email" {
    type         = varchar(255)
    renamed_from = "mail"
  }
  index "users_email" {
    renamed_from = "users_mail"
    unique       = true
    on {
      expr = "lower(email)"
    }
  }
}
