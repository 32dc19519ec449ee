# Full text search in posts. The index keeps no copy of the texts; three triggers keep it in step with the table.

virtual_table "post_search" {
  module    = "fts5"
  arguments = ["title", "body", "content = 'posts'", "content_rowid = 'id'"]
}

locals {
  search_add    = "INSERT INTO post_search (rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body);"
  search_remove = "INSERT INTO post_search (post_search, rowid, title, body) VALUES ('delete', OLD.id, OLD.title, OLD.body);"
}

trigger "post_search_insert" {
  on = table.posts
  after {
    insert = true
  }
  as = <<-SQL
    BEGIN
      ${local.search_add}
    END
  SQL
}

trigger "post_search_delete" {
  on = table.posts
  after {
    delete = true
  }
  as = <<-SQL
    BEGIN
      ${local.search_remove}
    END
  SQL
}

trigger "post_search_update" {
  on = table.posts
  after {
    update_of = [column.title, column.body]
  }
  as = <<-SQL
    BEGIN
      ${local.search_remove}
      ${local.search_add}
    END
  SQL
}
