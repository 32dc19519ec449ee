----
CREATE TABLE view_tables (id INTEGER PRIMARY KEY, a INT, b TEXT);
CREATE VIEW view_tables_v AS SELECT id, a, b FROM view_tables;
CREATE VIEW view_tables_w AS SELECT * FROM view_tables_v;
CREATE TRIGGER view_tables_t INSTEAD OF UPDATE OF b ON view_tables_w BEGIN UPDATE view_tables SET b = new.b WHERE id = old.id; END;
----
CREATE TABLE view_tables (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'a', b TEXT, c INT);
CREATE VIEW view_tables_v AS SELECT id, a, b, c FROM view_tables;
CREATE VIEW view_tables_w AS SELECT * FROM view_tables_v;
CREATE TRIGGER view_tables_t INSTEAD OF UPDATE OF b, c ON view_tables_w BEGIN UPDATE view_tables SET b = new.b, c = new.c WHERE id = old.id; END;
----
CREATE TABLE view_tables (id INTEGER PRIMARY KEY, b TEXT);
CREATE VIEW view_tables_v AS SELECT id, b FROM view_tables;
----
CREATE VIEW view_tables AS SELECT 1 AS id, 2 AS a, '3' AS b;
CREATE TABLE view_tables_v (id INTEGER PRIMARY KEY, a INT, b TEXT);
----
CREATE VIEW view_tables_w AS SELECT 1 AS id;
CREATE TABLE view_tables_v (id INTEGER PRIMARY KEY, a INT, b TEXT);
CREATE VIEW view_tables AS SELECT id, a FROM view_tables_v JOIN view_tables_w USING (id);
----
CREATE TABLE view_tables (id INTEGER PRIMARY KEY, a INT) STRICT;
CREATE TABLE view_tables_w (id INT REFERENCES view_tables);
CREATE VIEW view_tables_v AS SELECT t.id, w.id AS wid FROM view_tables t CROSS JOIN view_tables_w AS w;
