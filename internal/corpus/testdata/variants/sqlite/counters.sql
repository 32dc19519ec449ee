----
CREATE TABLE counters (id INTEGER PRIMARY KEY, a TEXT);
INSERT INTO counters VALUES (10, 'x'), (20, 'y');
----
CREATE TABLE counters (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);
INSERT INTO counters VALUES (10, 'x'), (20, 'y'), (30, 'z');
DELETE FROM counters WHERE id = 30;
----
CREATE TABLE counters (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, a TEXT DEFAULT 'k', b INT);
INSERT INTO counters (id) VALUES (500);
DELETE FROM counters;
----
CREATE TABLE counters (id INTEGER CONSTRAINT pk PRIMARY KEY ASC ON CONFLICT REPLACE AUTOINCREMENT, a VARCHAR(3));
----
CREATE TABLE counters (a TEXT);
INSERT INTO counters VALUES ('x'), ('y'), ('z');
DELETE FROM counters WHERE a = 'y';
----
CREATE TABLE counters (id INTEGER PRIMARY KEY AUTOINCREMENT, b INT);
UPDATE sqlite_sequence SET seq = 77 WHERE name = 'counters';
INSERT INTO counters (b) VALUES (1);
UPDATE sqlite_sequence SET seq = 77 WHERE name = 'counters';
