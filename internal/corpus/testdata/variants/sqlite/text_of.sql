----
CREATE TABLE text_of (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE text_of_f USING fts5(body, content='text_of', content_rowid='id');
CREATE TRIGGER text_of_ai AFTER INSERT ON text_of BEGIN INSERT INTO text_of_f(rowid, body) VALUES (new.id, new.body); END;
INSERT INTO text_of VALUES (100, 'hundred words');
----
CREATE TABLE text_of (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL DEFAULT '', n INT);
CREATE VIRTUAL TABLE text_of_f USING fts5(body, content='text_of', content_rowid='id');
CREATE TRIGGER text_of_ai AFTER INSERT ON text_of WHEN new.body <> '' BEGIN INSERT INTO text_of_f(rowid, body) VALUES (new.id, new.body); END;
----
CREATE TABLE text_of (id INTEGER PRIMARY KEY, body TEXT, n INT);
----
CREATE TABLE text_of_other (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE text_of_f USING fts5(body, content='text_of', content_rowid='id');
CREATE TABLE text_of (id INTEGER PRIMARY KEY, body VARCHAR(9) CHECK (length(body) < 50));
DROP TABLE IF EXISTS text_of_none;
----
CREATE TABLE text_of (id INTEGER PRIMARY KEY, body TEXT, n INT);
CREATE VIEW text_of_v AS SELECT id AS docid, body || n AS text FROM text_of;
CREATE VIRTUAL TABLE text_of_g USING fts5(text, content='text_of_v', content_rowid='docid');
