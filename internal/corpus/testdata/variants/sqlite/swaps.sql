----
CREATE TABLE swaps_a (id INTEGER PRIMARY KEY, x INT);
CREATE TABLE swaps_b (id INTEGER PRIMARY KEY, y TEXT);
CREATE VIEW swaps_v AS SELECT x FROM swaps_a;
CREATE INDEX swaps_i ON swaps_a (x);
----
CREATE TABLE swaps_b (id INTEGER PRIMARY KEY, x INT);
CREATE TABLE swaps_a (id INTEGER PRIMARY KEY, y TEXT);
CREATE VIEW swaps_v AS SELECT y FROM swaps_a;
CREATE INDEX swaps_i ON swaps_b (x);
----
CREATE VIEW swaps_a AS SELECT 1 AS x;
CREATE TABLE swaps_v (id INTEGER PRIMARY KEY, x INT);
CREATE VIEW swaps_b AS SELECT x FROM swaps_a JOIN swaps_v USING (x);
----
CREATE TABLE swaps_i (x INT);
CREATE VIEW swaps_a AS SELECT x FROM swaps_i;
CREATE TRIGGER swaps_v INSTEAD OF INSERT ON swaps_a BEGIN INSERT INTO swaps_i VALUES (new.x); END;
----
CREATE TABLE swaps_a (id INTEGER PRIMARY KEY, x INT);
CREATE TRIGGER swaps_b AFTER INSERT ON swaps_a BEGIN SELECT 1; END;
CREATE INDEX swaps_v ON swaps_a (x);
----
CREATE TABLE swaps_a (x INTEGER PRIMARY KEY, id INT REFERENCES swaps_b);
CREATE TABLE swaps_b (y INTEGER PRIMARY KEY, id TEXT);
CREATE INDEX swaps_v ON swaps_b (id);
CREATE INDEX swaps_i ON swaps_a (id);
----
CREATE TABLE swaps_v (swaps_a INTEGER PRIMARY KEY, swaps_b INT, swaps_v TEXT);
CREATE INDEX swaps_a ON swaps_v (swaps_v);
CREATE INDEX swaps_b ON swaps_v (swaps_b);
CREATE VIEW swaps_i AS SELECT swaps_v FROM swaps_v AS swaps_v;
