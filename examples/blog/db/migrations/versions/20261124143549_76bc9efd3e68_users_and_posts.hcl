# users and posts
#
# Plan: 4 to add, 0 to change, 0 to drop
#
#   + table users                  5 columns, 1 primary key, 1 index                     db/models/users.hcl:1
#   + table posts                  6 columns, 1 primary key, 1 foreign key, 1 index      db/models/posts.hcl:1
#   + trigger users.users_touched  AFTER UPDATE, as BEGIN UPDATE users SET updated_at = CURRENT_TIMESTAMP WHE…, when NEW.updated_at IS OLD.updated_at  db/models/posts.hcl:23
#   + trigger posts.posts_touched  AFTER UPDATE, as BEGIN UPDATE posts SET updated_at = CURRENT_TIMESTAMP WHE…, when NEW.updated_at IS OLD.updated_at  db/models/posts.hcl:23

revision "76bc9efd3e68" {
  format  = 1
  message = "users and posts"
  parents = []
  created = "2026-11-24T14:35:49Z"
  dialect = "sqlite"
  end = {
    "table posts"                 = "dfab08c0aeecfe4c"
    "table users"                 = "f04d3d666a8901ab"
    "trigger posts.posts_touched" = "7a7c46ae5d0cc102"
    "trigger users.users_touched" = "59741ad4868cff64"
  }
  proved       = "SQLite 3.54.1, with rows, 93e92aff"
  foreign_keys = false
}

upgrade {
  step "create table users" {
    makes = ["table users"]
    sql   = <<-SQL
      CREATE TABLE users (
        id integer PRIMARY KEY AUTOINCREMENT,
        created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
        updated_at timestamp,
        name varchar(80) NOT NULL,
        mail varchar(255) NOT NULL
      )
    SQL
  }

  step "create index users_mail" {
    sql = <<-SQL
      CREATE UNIQUE INDEX users_mail
      ON users (lower(mail))
    SQL
  }

  step "create table posts" {
    makes = ["table posts"]
    sql   = <<-SQL
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

  step "create index posts_author_idx" {
    sql = <<-SQL
      CREATE INDEX posts_author_idx
      ON posts (author_id, created_at)
    SQL
  }

  step "create trigger users.users_touched" {
    makes = ["trigger users.users_touched"]
    sql   = <<-SQL
      CREATE TRIGGER users_touched
      AFTER UPDATE ON users
      WHEN NEW.updated_at IS OLD.updated_at
      BEGIN
        UPDATE users SET updated_at = CURRENT_TIMESTAMP WHERE id = NEW.id;
      END
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
}

downgrade {
  step "drop trigger posts.posts_touched" {
    drops = ["trigger posts.posts_touched"]
    sql   = <<-SQL
      DROP TRIGGER posts_touched
    SQL
  }

  step "drop trigger users.users_touched" {
    drops = ["trigger users.users_touched"]
    sql   = <<-SQL
      DROP TRIGGER users_touched
    SQL
  }

  step "drop table posts" {
    drops    = ["table posts"]
    destroys = "the rows of posts"
    sql      = <<-SQL
      DROP TABLE posts
    SQL
  }

  step "drop table users" {
    drops    = ["table users"]
    destroys = "the rows of users"
    sql      = <<-SQL
      DROP TABLE users
    SQL
  }
}
