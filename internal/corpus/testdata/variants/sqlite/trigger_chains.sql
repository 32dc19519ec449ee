----
CREATE TABLE trigger_chains_a (id INTEGER PRIMARY KEY, n INT);
CREATE TABLE trigger_chains_b (id INTEGER PRIMARY KEY, n INT, old INT);
CREATE TRIGGER trigger_chains_1 AFTER INSERT ON trigger_chains_a BEGIN INSERT INTO trigger_chains_b (n) VALUES (new.n); END;
CREATE TRIGGER trigger_chains_2 AFTER INSERT ON trigger_chains_b WHEN new.n > 5 BEGIN INSERT INTO trigger_chains_a (n) VALUES (new.n - 1); END;
----
CREATE TABLE trigger_chains_a (id INTEGER PRIMARY KEY, n INT NOT NULL DEFAULT 0, m INT);
CREATE TABLE trigger_chains_b (id INTEGER PRIMARY KEY, n BIGINT);
CREATE TRIGGER trigger_chains_1 AFTER INSERT ON trigger_chains_a BEGIN INSERT INTO trigger_chains_b (n) VALUES (new.m); END;
CREATE TRIGGER trigger_chains_2 AFTER INSERT ON trigger_chains_b WHEN new.n > 5 BEGIN INSERT INTO trigger_chains_a (m) VALUES (new.n - 1); END;
----
CREATE TABLE trigger_chains_a (id INTEGER PRIMARY KEY, n INT);
CREATE VIEW trigger_chains_b AS SELECT id, n FROM trigger_chains_a;
CREATE TRIGGER trigger_chains_1 INSTEAD OF INSERT ON trigger_chains_b BEGIN INSERT INTO trigger_chains_a (n) VALUES (new.n); END;
CREATE TRIGGER trigger_chains_2 AFTER INSERT ON trigger_chains_a BEGIN INSERT INTO trigger_chains_b (n) SELECT n - 1 FROM trigger_chains_b WHERE n = new.n AND n > 5; END;
----
CREATE TABLE trigger_chains_a (id INTEGER PRIMARY KEY, n TEXT) STRICT;
CREATE TABLE trigger_chains_b (id INTEGER PRIMARY KEY REFERENCES trigger_chains_a ON DELETE CASCADE, n INT, old INT);
CREATE TRIGGER trigger_chains_2 AFTER DELETE ON trigger_chains_a BEGIN UPDATE trigger_chains_b SET old = old.id WHERE n = old.n; END;
----
CREATE TABLE trigger_chains_c (id INTEGER PRIMARY KEY, n INT);
CREATE TRIGGER trigger_chains_2 AFTER UPDATE OF n ON trigger_chains_c BEGIN INSERT INTO trigger_chains_c SELECT * FROM trigger_chains_c WHERE id = new.id + 100; END;
