CREATE TABLE virtual_notes (id INTEGER PRIMARY KEY, title TEXT, body TEXT);
----
CREATE VIRTUAL TABLE virtual USING fts5(title, body);
----
CREATE VIRTUAL TABLE virtual USING fts5(title, body, content='virtual_notes', content_rowid='id');
CREATE TRIGGER virtual_ai AFTER INSERT ON virtual_notes BEGIN INSERT INTO virtual(rowid, title, body) VALUES (new.id, new.title, new.body); END;
CREATE TRIGGER virtual_ad AFTER DELETE ON virtual_notes BEGIN INSERT INTO virtual(virtual, rowid, title, body) VALUES('delete', old.id, old.title, old.body); END;
----
CREATE VIRTUAL TABLE virtual_r USING rtree(id, minx, maxx, miny, maxy, +label);
----
CREATE VIRTUAL TABLE virtual_p USING fts5(title, body UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 1', prefix='2 3', detail = column);
CREATE VIRTUAL TABLE virtual_v USING fts5vocab(virtual_p, 'row');
CREATE VIEW virtual_s AS SELECT title FROM virtual_p WHERE virtual_p MATCH 'x' ORDER BY rank;
----
CREATE VIRTUAL TABLE virtual_c USING fts5(title, content='');
CREATE VIRTUAL TABLE virtual_i USING rtree_i32(id, x0, x1);
CREATE TRIGGER virtual_t AFTER UPDATE OF title ON virtual_notes BEGIN INSERT INTO virtual_c (rowid, title) VALUES (new.id, new.title); END;
----
CREATE TABLE virtual_plain (title TEXT);
----
CREATE VIRTUAL TABLE "virtual odd" USING fts5("a title", [body]);
