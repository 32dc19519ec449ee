# comments, an overview and search
#
# Plan: 6 to add, 0 to change, 0 to drop
#
#   + table comments                    6 columns, 1 primary key, 2 foreign keys, 1 check     db/models/comments.hcl:1
#   + view post_overview                as SELECT p.id, p.title, u.name AS author, (SELECT count(*) …  db/models/comments.hcl:28
#   + virtual_table post_search         fts5, arguments title, body, content = 'posts', content_rowid = 'id'  db/models/search.hcl:3
#   + trigger posts.post_search_insert  AFTER INSERT, as BEGIN INSERT INTO post_search (rowid, title, body) VALUES…  db/models/search.hcl:13
#   + trigger posts.post_search_delete  AFTER DELETE, as BEGIN INSERT INTO post_search (post_search, rowid, title,…  db/models/search.hcl:25
#   + trigger posts.post_search_update  AFTER UPDATE, as BEGIN INSERT INTO post_search (post_search, rowid, title,…, update_of title, body  db/models/search.hcl:37

revision "d8c0e129841a" {
  format  = 1
  message = "comments, an overview and search"
  parents = ["76bc9efd3e68"]
  created = "2026-11-24T14:36:04Z"
  dialect = "sqlite"
  end = {
    "table comments"                   = "3c8f7f48faae1fb2"
    "trigger posts.post_search_delete" = "12a6f6c510ceb5a4"
    "trigger posts.post_search_insert" = "ac3655f1316f98dd"
    "trigger posts.post_search_update" = "42d2cf97a1008fec"
    "view post_overview"               = "7e6b5dc289a497e4"
    "virtual_table post_search"        = "e1364305cdef8ceb"
  }
  proved       = "SQLite 3.54.1, with rows, 7d923420"
  foreign_keys = false
}

upgrade {
  step "create table comments" {
    makes = ["table comments"]
    sql   = <<-SQL
      CREATE TABLE comments (
        id integer PRIMARY KEY AUTOINCREMENT,
        created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
        updated_at timestamp,
        post_id int NOT NULL,
        author_id int,
        body text NOT NULL,
        CONSTRAINT comments_post FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
        CONSTRAINT comments_author FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE SET NULL,
        CONSTRAINT comment_not_empty CHECK (length(trim(body)) > 0)
      )
    SQL
  }

  step "create view post_overview" {
    makes = ["view post_overview"]
    sql   = <<-SQL
      CREATE VIEW post_overview AS
      SELECT
        p.id,
        p.title,
        u.name AS author,
        (SELECT count(*) FROM comments c WHERE c.post_id = p.id) AS comments
      FROM posts p
      JOIN users u ON u.id = p.author_id
    SQL
  }

  step "create virtual_table post_search" {
    makes = ["virtual_table post_search"]
    sql   = <<-SQL
      CREATE VIRTUAL TABLE post_search USING fts5(
        title,
        body,
        content = 'posts',
        content_rowid = 'id'
      )
    SQL
  }

  step "create trigger posts.post_search_insert" {
    makes = ["trigger posts.post_search_insert"]
    sql   = <<-SQL
      CREATE TRIGGER post_search_insert
      AFTER INSERT ON posts
      BEGIN
        INSERT INTO post_search (rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body);
      END
    SQL
  }

  step "create trigger posts.post_search_delete" {
    makes = ["trigger posts.post_search_delete"]
    sql   = <<-SQL
      CREATE TRIGGER post_search_delete
      AFTER DELETE ON posts
      BEGIN
        INSERT INTO post_search (post_search, rowid, title, body) VALUES ('delete', OLD.id, OLD.title, OLD.body);
      END
    SQL
  }

  step "create trigger posts.post_search_update" {
    makes = ["trigger posts.post_search_update"]
    sql   = <<-SQL
      CREATE TRIGGER post_search_update
      AFTER UPDATE OF title, body ON posts
      BEGIN
        INSERT INTO post_search (post_search, rowid, title, body) VALUES ('delete', OLD.id, OLD.title, OLD.body);
        INSERT INTO post_search (rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body);
      END
    SQL
  }
}

downgrade {
  step "drop trigger posts.post_search_update" {
    drops = ["trigger posts.post_search_update"]
    sql   = <<-SQL
      DROP TRIGGER post_search_update
    SQL
  }

  step "drop trigger posts.post_search_delete" {
    drops = ["trigger posts.post_search_delete"]
    sql   = <<-SQL
      DROP TRIGGER post_search_delete
    SQL
  }

  step "drop trigger posts.post_search_insert" {
    drops = ["trigger posts.post_search_insert"]
    sql   = <<-SQL
      DROP TRIGGER post_search_insert
    SQL
  }

  step "drop virtual_table post_search" {
    drops    = ["virtual_table post_search"]
    destroys = "the rows of post_search"
    sql      = <<-SQL
      DROP TABLE post_search
    SQL
  }

  step "drop view post_overview" {
    drops = ["view post_overview"]
    sql   = <<-SQL
      DROP VIEW post_overview
    SQL
  }

  step "drop table comments" {
    drops    = ["table comments"]
    destroys = "the rows of comments"
    sql      = <<-SQL
      DROP TABLE comments
    SQL
  }
}
