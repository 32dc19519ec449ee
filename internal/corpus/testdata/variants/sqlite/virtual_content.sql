----
CREATE TABLE virtual_content (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE virtual_content_f USING fts5(body, content='virtual_content', content_rowid='id');
CREATE TRIGGER virtual_content_ai AFTER INSERT ON virtual_content BEGIN INSERT INTO virtual_content_f(rowid, body) VALUES (new.id, new.body); END;
INSERT INTO virtual_content VALUES (100, 'hundred words');
----
CREATE TABLE virtual_content (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL DEFAULT '', n INT);
CREATE VIRTUAL TABLE virtual_content_f USING fts5(body, content='virtual_content', content_rowid='id');
CREATE TRIGGER virtual_content_ai AFTER INSERT ON virtual_content WHEN new.body <> '' BEGIN INSERT INTO virtual_content_f(rowid, body) VALUES (new.id, new.body); END;
----
CREATE TABLE virtual_content (id INTEGER PRIMARY KEY, body TEXT, n INT);
----
CREATE TABLE virtual_content_other (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE virtual_content_f USING fts5(body, content='virtual_content', content_rowid='id');
CREATE TABLE virtual_content (id INTEGER PRIMARY KEY, body VARCHAR(9) CHECK (length(body) < 50));
DROP TABLE IF EXISTS virtual_content_none;
----
CREATE TABLE virtual_content (id INTEGER PRIMARY KEY, body TEXT, n INT);
CREATE VIEW virtual_content_v AS SELECT id AS docid, body || n AS text FROM virtual_content;
CREATE VIRTUAL TABLE virtual_content_g USING fts5(text, content='virtual_content_v', content_rowid='docid');
