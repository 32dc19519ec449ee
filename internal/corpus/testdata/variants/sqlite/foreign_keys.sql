CREATE TABLE foreign_keys_p (id INTEGER PRIMARY KEY, x INT, y INT, UNIQUE (x, y));
CREATE TABLE foreign_keys_q (k TEXT PRIMARY KEY);
----
CREATE TABLE foreign_keys (id INTEGER PRIMARY KEY, p INT, q TEXT, x INT, y INT);
----
CREATE TABLE foreign_keys (id INTEGER PRIMARY KEY, p INT REFERENCES foreign_keys_p, q TEXT REFERENCES foreign_keys_q (k), x INT, y INT);
----
CREATE TABLE foreign_keys (id INTEGER PRIMARY KEY, p INT REFERENCES foreign_keys_p ON DELETE CASCADE ON UPDATE SET NULL, q TEXT CONSTRAINT fq REFERENCES foreign_keys_q (k) ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED, x INT, y INT, FOREIGN KEY (x, y) REFERENCES foreign_keys_p (x, y) ON UPDATE RESTRICT);
----
CREATE TABLE foreign_keys (id INTEGER PRIMARY KEY, p INT, q TEXT, x INT, y INT, CONSTRAINT fp FOREIGN KEY (p) REFERENCES foreign_keys_p (id) MATCH FULL ON DELETE NO ACTION NOT DEFERRABLE, CONSTRAINT fxy FOREIGN KEY (y, x) REFERENCES foreign_keys_p (y, x) MATCH SIMPLE DEFERRABLE INITIALLY IMMEDIATE);
----
CREATE TABLE foreign_keys (id INTEGER PRIMARY KEY, p INT REFERENCES foreign_keys_p (id) REFERENCES foreign_keys_p (x), q TEXT REFERENCES foreign_keys (id) ON DELETE CASCADE, x INT, y INT);
CREATE INDEX foreign_keys_i ON foreign_keys (p);
----
CREATE TABLE foreign_keys (id INTEGER PRIMARY KEY, p INT REFERENCES foreign_keys_missing, q TEXT REFERENCES foreign_keys_gone (none), x INT, y INT);
----
CREATE TABLE foreign_keys (id INTEGER PRIMARY KEY, p INT REFERENCES FOREIGN_KEYS_P (ID), q TEXT, x INT, y INT DEFAULT 1 REFERENCES "foreign_keys_p" ("id") DEFERRABLE);
CREATE TABLE foreign_keys_z (f INT REFERENCES foreign_keys ON DELETE CASCADE);
----
CREATE TABLE foreign_keys (id INTEGER PRIMARY KEY, p INT REFERENCES foreign_keys_p, q TEXT, x INT, y INT, FOREIGN KEY (p) REFERENCES foreign_keys_p, FOREIGN KEY (p) REFERENCES foreign_keys_p (id) ON DELETE SET NULL);
