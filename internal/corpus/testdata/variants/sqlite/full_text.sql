CREATE TABLE full_text_posts (id INTEGER PRIMARY KEY, title TEXT, body TEXT);
INSERT INTO full_text_posts VALUES (40, 'forty words', 'running');
----
CREATE VIRTUAL TABLE full_text USING fts5(title, body);
CREATE VIRTUAL TABLE full_text_c USING fts5(title, content='full_text_posts', content_rowid='id');
INSERT INTO full_text (rowid, title, body) VALUES (100, 'x', 'y');
INSERT INTO full_text (full_text, rank) VALUES ('rank', 'bm25(10.0, 5.0)');
----
CREATE VIRTUAL TABLE full_text USING fts5(body, title UNINDEXED, tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3');
CREATE VIRTUAL TABLE full_text_c USING fts5(title, body, content=full_text_posts, content_rowid=id);
CREATE TRIGGER full_text_i AFTER INSERT ON full_text_posts BEGIN INSERT INTO full_text_c (rowid, title, body) VALUES (new.id, new.title, new.body); END;
CREATE VIEW full_text_v AS SELECT rowid, highlight(full_text, 0, '<', '>') AS h FROM full_text WHERE full_text MATCH 'x' ORDER BY rank;
INSERT INTO full_text_c (full_text_c) VALUES ('rebuild');
----
CREATE VIRTUAL TABLE full_text USING fts5(title, "odd name", [body], detail=none, columnsize=0);
CREATE VIEW full_text_w AS SELECT id AS docid, title || body AS text FROM full_text_posts;
CREATE VIRTUAL TABLE full_text_c USING fts5(text, content='full_text_w', content_rowid='docid');
----
CREATE VIRTUAL TABLE full_text USING fts5(other, tokenize = 'trigram');
CREATE VIRTUAL TABLE full_text_r USING fts5vocab(full_text, 'row');
CREATE VIRTUAL TABLE full_text_c USING FTS5(title, body, content = 'full_text_posts', content_rowid = 'id', tokenize = 'ascii');
CREATE VIEW full_text_v AS SELECT title FROM full_text_c;
----
CREATE TABLE full_text (title TEXT);
CREATE VIRTUAL TABLE full_text_c USING fts5(title, content='full_text', content_rowid='rowid');
INSERT INTO full_text VALUES ('later');
