# What several tables have in common.

mixin "numbered" {
  column "id" {
    type           = int
    auto_increment = true
  }
  primary_key {
    columns = [column.id]
  }
}

mixin "timestamps" {
  column "created_at" {
    type    = timestamp
    default = sql("CURRENT_TIMESTAMP")
  }
  column "updated_at" {
    type = timestamp
    null = true
  }
}
