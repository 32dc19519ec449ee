locals {
  states = ["draft", "published", "hidden"]
}

table "posts" {
  use = [mixin.numbered, mixin.timestamps]
  column "author_id" {
    type = int
  }
  column "title" {
    type = varchar(200)
  }
  column "body" {
    type = text
  }
  column "state" {
    type    = varchar(10)
    default = "published"
  }
  foreign_key "posts_author" {
    columns     = [column.author_id]
    ref_columns = [table.users.column.id]
    on_delete   = CASCADE
  }
  check "posts_title_given" {
    expr = "length(title) > 0"
  }
  check "posts_state" {
    expr = "state IN (${join(", ", formatlist("'%s'", local.states))})"
  }
  index "posts_author_idx" {
    columns = [column.author_id, column.created_at]
  }
}

# updated_at follows every change of a row.
trigger "touched" {
  for_each = [table.users, table.posts]
  name     = "${each.key}_touched"
  on       = each.value
  after {
    update = true
  }
  when = "NEW.updated_at IS OLD.updated_at"
  as   = <<-SQL
    BEGIN
      UPDATE ${each.key} SET updated_at = CURRENT_TIMESTAMP WHERE id = NEW.id;
    END
  SQL
}
