CREATE TABLE triggers_log (at TEXT, what TEXT);
----
CREATE TABLE triggers (id INTEGER PRIMARY KEY, a INT, b TEXT);
CREATE TRIGGER triggers_t AFTER INSERT ON triggers BEGIN INSERT INTO triggers_log VALUES (CURRENT_TIMESTAMP, 'in'); END;
----
CREATE TABLE triggers (id INTEGER PRIMARY KEY, a BIGINT, b TEXT);
CREATE TRIGGER triggers_t BEFORE UPDATE OF a, b ON triggers FOR EACH ROW WHEN old.a <> new.a OR (new.b IS NULL) BEGIN
  INSERT INTO triggers_log (what) SELECT 'x;' || new.b FROM triggers WHERE id = new.id; -- one; two
  UPDATE triggers_log SET what = CASE WHEN what = 'END' THEN 'END;' ELSE what END WHERE at IS NULL;
  DELETE FROM triggers_log WHERE what = 'gone';
END;
----
CREATE TABLE triggers (id INTEGER PRIMARY KEY, a INT NOT NULL DEFAULT 4, b TEXT);
CREATE TRIGGER triggers_t DELETE ON triggers BEGIN SELECT RAISE(ABORT, 'it''s no') WHERE old.id > 5; SELECT RAISE(IGNORE); END;
CREATE TRIGGER "triggers u" AFTER UPDATE ON triggers BEGIN WITH q AS (SELECT 1 AS n) SELECT n FROM q; END;
----
CREATE TABLE triggers (id INTEGER PRIMARY KEY, a INT, c TEXT UNIQUE);
CREATE TRIGGER triggers_t AFTER UPDATE OF c ON triggers BEGIN INSERT OR REPLACE INTO triggers (id, c) VALUES (new.id + 1, new.c || '!') ON CONFLICT (c) DO UPDATE SET a = excluded.a; END;
CREATE VIEW triggers_v AS SELECT id, c FROM triggers;
CREATE TRIGGER triggers_i INSTEAD OF DELETE ON triggers_v WHEN old.id IN (SELECT id FROM triggers) BEGIN DELETE FROM triggers WHERE id = old.id; END;
----
CREATE TABLE triggers (id INTEGER PRIMARY KEY, a INT, b TEXT);
CREATE TRIGGER triggers_t AFTER INSERT ON triggers_log BEGIN UPDATE triggers SET b = new.what FROM (SELECT 1 AS one) AS s WHERE id = s.one; END;
CREATE TRIGGER triggers_u BEFORE INSERT ON triggers WHEN new.id NOT NULL BEGIN SELECT 1; END;
----
CREATE TABLE triggers (id INTEGER PRIMARY KEY, a INT, b TEXT);
CREATE TRIGGER TRIGGERS_T AFTER INSERT ON TRIGGERS BEGIN INSERT INTO TRIGGERS_LOG VALUES (CURRENT_TIMESTAMP, 'in'); END;
CREATE TRIGGER triggers_w INSERT ON triggers BEGIN DELETE FROM triggers_log WHERE rowid NOT IN (SELECT rowid FROM triggers_log ORDER BY rowid DESC LIMIT 10); REPLACE INTO triggers_log (what) VALUES ('r'); END;
