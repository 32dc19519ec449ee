CREATE TABLE rebuilt_log (n INT, t TEXT);
----
CREATE TABLE rebuilt (id INTEGER PRIMARY KEY, a INT, b TEXT, c TEXT);
CREATE INDEX rebuilt_a ON rebuilt (a) WHERE b IS NOT NULL;
CREATE TRIGGER rebuilt_t AFTER UPDATE ON rebuilt BEGIN INSERT INTO rebuilt_log VALUES (new.a, new.c); END;
CREATE TABLE rebuilt_child (id INTEGER PRIMARY KEY, r INT REFERENCES rebuilt ON DELETE CASCADE);
----
CREATE TABLE rebuilt (id INTEGER PRIMARY KEY, a INT CHECK (a > 0), b TEXT NOT NULL DEFAULT 'b', c TEXT);
CREATE INDEX rebuilt_a ON rebuilt (a) WHERE b IS NOT NULL;
CREATE TRIGGER rebuilt_t AFTER UPDATE ON rebuilt BEGIN INSERT INTO rebuilt_log VALUES (new.a, new.c); END;
CREATE TRIGGER rebuilt_l AFTER INSERT ON rebuilt_log WHEN (SELECT count(*) FROM rebuilt) > 3 BEGIN DELETE FROM rebuilt WHERE a = new.n; END;
CREATE TABLE rebuilt_child (id INTEGER PRIMARY KEY, r BIGINT REFERENCES rebuilt ON DELETE SET NULL);
----
CREATE TABLE rebuilt (id INTEGER PRIMARY KEY AUTOINCREMENT, a BIGINT, b TEXT);
CREATE TABLE rebuilt_child (id INTEGER PRIMARY KEY, r INT REFERENCES rebuilt ON DELETE CASCADE, g AS (r + 1));
CREATE VIEW rebuilt_v AS SELECT r.a, c.g FROM rebuilt r JOIN rebuilt_child c ON c.r = r.id;
CREATE TRIGGER rebuilt_l AFTER INSERT ON rebuilt_log BEGIN UPDATE rebuilt SET a = 0 WHERE id IN (SELECT g FROM rebuilt_v); END;
----
CREATE TABLE rebuilt (a INT, id INTEGER PRIMARY KEY, c VARCHAR(9) COLLATE NOCASE, b TEXT);
CREATE INDEX rebuilt_a ON rebuilt (lower(c), a DESC);
CREATE VIEW rebuilt_v AS SELECT * FROM rebuilt;
CREATE TRIGGER rebuilt_v_t INSTEAD OF INSERT ON rebuilt_v BEGIN INSERT INTO rebuilt (a, b) VALUES (new.a, new.b); END;
----
CREATE TABLE rebuilt (id INTEGER PRIMARY KEY, a INT, b TEXT, c TEXT, CHECK (rebuilt.a <> 99), CONSTRAINT self FOREIGN KEY (a) REFERENCES rebuilt (id));
CREATE TRIGGER rebuilt_t BEFORE DELETE ON rebuilt WHEN old.a IN (SELECT r FROM rebuilt_child) BEGIN SELECT RAISE(FAIL, 'used'); END;
CREATE TABLE rebuilt_child (id INTEGER PRIMARY KEY, r INT);
----
CREATE TABLE rebuilt (id INTEGER PRIMARY KEY, d INT, e TEXT UNIQUE, f AS (d || e) STORED);
CREATE TRIGGER rebuilt_t AFTER UPDATE OF d ON rebuilt BEGIN INSERT INTO rebuilt_log SELECT d, e FROM rebuilt; END;
