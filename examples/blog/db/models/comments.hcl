table "comments" {
  use = [mixin.numbered, mixin.timestamps]
  column "post_id" {
    type = int
  }
  column "author_id" {
    type = int
    null = true # stays when the author goes
  }
  column "body" {
    type = text
  }
  foreign_key "comments_post" {
    columns     = [column.post_id]
    ref_columns = [table.posts.column.id]
    on_delete   = CASCADE
  }
  foreign_key "comments_author" {
    columns     = [column.author_id]
    ref_columns = [table.users.column.id]
    on_delete   = SET_NULL
  }
  check "comment_not_empty" {
    expr = "length(trim(body)) > 0"
  }
}

view "post_overview" {
  as = <<-SQL
    SELECT
      p.id,
      p.title,
      u.name AS author,
      (SELECT count(*) FROM comments c WHERE c.post_id = p.id) AS comments
    FROM posts p
    JOIN users u ON u.id = p.author_id
  SQL
}
