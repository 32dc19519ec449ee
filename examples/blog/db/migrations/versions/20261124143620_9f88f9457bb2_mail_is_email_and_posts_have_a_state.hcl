# mail is email, and posts have a state
#
# Plan: 0 to add, 6 to change, 0 to drop
#
#   ~ table users                                                                        db/models/users.hcl:1
#       > column mail → email             renamed                                        db/models/users.hcl:6
#       > index users_mail → users_email  renamed                                        db/models/users.hcl:10
#   ~ table posts                         is made again and its rows are copied, 3 rows  db/models/posts.hcl:5
#       + column state                    varchar(10), default 'published'               db/models/posts.hcl:16
#       + check posts_title_given         length(title) > 0                              db/models/posts.hcl:25
#           ! must hold in every row: no row against it now
#       + check posts_state               state IN ('draft', 'published', 'hidden')      db/models/posts.hcl:28
#           ! must hold in every row: no row against it now
#   ± trigger posts.posts_touched         dropped and made again around the change       db/models/posts.hcl:37
#   ± trigger posts.post_search_insert    dropped and made again around the change       db/models/search.hcl:13
#   ± trigger posts.post_search_delete    dropped and made again around the change       db/models/search.hcl:25
#   ± trigger posts.post_search_update    dropped and made again around the change       db/models/search.hcl:37

revision "9f88f9457bb2" {
  format  = 1
  message = "mail is email, and posts have a state"
  parents = ["d8c0e129841a"]
  created = "2026-11-24T14:36:20Z"
  dialect = "sqlite"
  start = {
    "table posts"                      = "dfab08c0aeecfe4c"
    "table users"                      = "f04d3d666a8901ab"
    "trigger posts.post_search_delete" = "12a6f6c510ceb5a4"
    "trigger posts.post_search_insert" = "ac3655f1316f98dd"
    "trigger posts.post_search_update" = "42d2cf97a1008fec"
    "trigger posts.posts_touched"      = "7a7c46ae5d0cc102"
  }
  end = {
    "table posts"                      = "df6d1117a3c4b596"
    "table users"                      = "0089a2e72be01504"
    "trigger posts.post_search_delete" = "12a6f6c510ceb5a4"
    "trigger posts.post_search_insert" = "ac3655f1316f98dd"
    "trigger posts.post_search_update" = "42d2cf97a1008fec"
    "trigger posts.posts_touched"      = "7a7c46ae5d0cc102"
  }
  proved       = "SQLite 3.54.1, with rows, 03ee04d4"
  foreign_keys = false
}

upgrade {
  step "drop index users_mail" {
    because = "declared with renamed_from or --rename"
    sql     = <<-SQL
      DROP INDEX users_mail
    SQL
  }

  step "create index users_email" {
    because = "declared with renamed_from or --rename"
    sql     = <<-SQL
      CREATE UNIQUE INDEX users_email
      ON users (lower(mail))
    SQL
  }

  step "rename column users.mail to email" {
    because = "declared with renamed_from or --rename"
    sql     = <<-SQL
      ALTER TABLE users
      RENAME COLUMN mail TO email
    SQL
  }

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

  step "drop trigger posts.posts_touched" {
    drops = ["trigger posts.posts_touched"]
    sql   = <<-SQL
      DROP TRIGGER posts_touched
    SQL
  }

  step "rebuild table posts: leave the references of others alone" {
    sql = <<-SQL
      PRAGMA legacy_alter_table = ON
    SQL
  }

  step "rebuild table posts: set the old table aside" {
    sql = <<-SQL
      ALTER TABLE posts
      RENAME TO _duo_orm_old_posts
    SQL
  }

  step "rebuild table posts: back to usual renames" {
    sql = <<-SQL
      PRAGMA legacy_alter_table = OFF
    SQL
  }

  step "rebuild table posts: make the new table" {
    sql = <<-SQL
      CREATE TABLE posts (
        id integer PRIMARY KEY AUTOINCREMENT,
        created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
        updated_at timestamp,
        author_id int NOT NULL,
        title varchar(200) NOT NULL,
        body text NOT NULL,
        state varchar(10) NOT NULL DEFAULT 'published',
        CONSTRAINT posts_author FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE,
        CONSTRAINT posts_title_given CHECK (length(title) > 0),
        CONSTRAINT posts_state CHECK (state IN ('draft', 'published', 'hidden'))
      )
    SQL
  }

  step "rebuild table posts: copy the rows" {
    sql = <<-SQL
      INSERT INTO posts (id, created_at, updated_at, author_id, title, body)
      SELECT id, created_at, updated_at, author_id, title, body
      FROM _duo_orm_old_posts
    SQL
  }

  step "rebuild table posts: forget the counter of the copy" {
    sql = <<-SQL
      DELETE FROM sqlite_sequence
      WHERE name = 'posts'
    SQL
  }

  step "rebuild table posts: keep the counter" {
    sql = <<-SQL
      UPDATE sqlite_sequence
      SET name = 'posts'
      WHERE name = '_duo_orm_old_posts'
    SQL
  }

  step "rebuild table posts: drop the old table" {
    sql = <<-SQL
      DROP TABLE _duo_orm_old_posts
    SQL
  }

  step "create index posts_author_idx" {
    sql = <<-SQL
      CREATE INDEX posts_author_idx
      ON posts (author_id, created_at)
    SQL
  }

  step "create trigger posts.posts_touched" {
    makes = ["trigger posts.posts_touched"]
    sql   = <<-SQL
      CREATE TRIGGER posts_touched
      AFTER UPDATE ON posts
      WHEN NEW.updated_at IS OLD.updated_at
      BEGIN
        UPDATE posts SET updated_at = CURRENT_TIMESTAMP WHERE id = NEW.id;
      END
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
  step "drop index users_email" {
    because = "declared with renamed_from or --rename"
    sql     = <<-SQL
      DROP INDEX users_email
    SQL
  }

  step "create index users_mail" {
    because = "declared with renamed_from or --rename"
    sql     = <<-SQL
      CREATE UNIQUE INDEX users_mail
      ON users (lower(email))
    SQL
  }

  step "rename column users.email to mail" {
    because = "declared with renamed_from or --rename"
    sql     = <<-SQL
      ALTER TABLE users
      RENAME COLUMN email TO mail
    SQL
  }

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

  step "drop trigger posts.posts_touched" {
    drops = ["trigger posts.posts_touched"]
    sql   = <<-SQL
      DROP TRIGGER posts_touched
    SQL
  }

  step "rebuild table posts: leave the references of others alone" {
    sql = <<-SQL
      PRAGMA legacy_alter_table = ON
    SQL
  }

  step "rebuild table posts: set the old table aside" {
    sql = <<-SQL
      ALTER TABLE posts
      RENAME TO _duo_orm_old_posts
    SQL
  }

  step "rebuild table posts: back to usual renames" {
    sql = <<-SQL
      PRAGMA legacy_alter_table = OFF
    SQL
  }

  step "rebuild table posts: make the new table" {
    sql = <<-SQL
      CREATE TABLE posts (
        id integer PRIMARY KEY AUTOINCREMENT,
        created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
        updated_at timestamp,
        author_id int NOT NULL,
        title varchar(200) NOT NULL,
        body text NOT NULL,
        CONSTRAINT posts_author FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE
      )
    SQL
  }

  step "rebuild table posts: copy the rows" {
    sql = <<-SQL
      INSERT INTO posts (id, created_at, updated_at, author_id, title, body)
      SELECT id, created_at, updated_at, author_id, title, body
      FROM _duo_orm_old_posts
    SQL
  }

  step "rebuild table posts: forget the counter of the copy" {
    sql = <<-SQL
      DELETE FROM sqlite_sequence
      WHERE name = 'posts'
    SQL
  }

  step "rebuild table posts: keep the counter" {
    sql = <<-SQL
      UPDATE sqlite_sequence
      SET name = 'posts'
      WHERE name = '_duo_orm_old_posts'
    SQL
  }

  step "rebuild table posts: drop the old table" {
    destroys = "the values of posts.state"
    sql      = <<-SQL
      DROP TABLE _duo_orm_old_posts
    SQL
  }

  step "create index posts_author_idx" {
    sql = <<-SQL
      CREATE INDEX posts_author_idx
      ON posts (author_id, created_at)
    SQL
  }

  step "create trigger posts.posts_touched" {
    makes = ["trigger posts.posts_touched"]
    sql   = <<-SQL
      CREATE TRIGGER posts_touched
      AFTER UPDATE ON posts
      WHEN NEW.updated_at IS OLD.updated_at
      BEGIN
        UPDATE posts SET updated_at = CURRENT_TIMESTAMP WHERE id = NEW.id;
      END
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
