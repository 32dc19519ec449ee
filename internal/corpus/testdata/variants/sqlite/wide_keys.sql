----
CREATE TABLE wide_keys (a INT, b INT, c TEXT, PRIMARY KEY (a, b, c));
CREATE TABLE wide_keys_r (x INT, y INT, z TEXT, FOREIGN KEY (x, y, z) REFERENCES wide_keys);
----
CREATE TABLE wide_keys (a INT, b INT, c TEXT, PRIMARY KEY (c, b));
CREATE TABLE wide_keys_r (x INT, y INT, z TEXT, FOREIGN KEY (z, y) REFERENCES wide_keys (c, b) ON UPDATE CASCADE);
----
CREATE TABLE wide_keys (a INT, b INT, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE wide_keys_r (x INT, y INT, z TEXT, FOREIGN KEY (x, y) REFERENCES wide_keys ON DELETE SET DEFAULT, PRIMARY KEY (x, y, z)) WITHOUT ROWID;
----
CREATE TABLE wide_keys (a INT, b INT, c TEXT);
CREATE UNIQUE INDEX wide_keys_u ON wide_keys (b, a);
CREATE TABLE wide_keys_r (x INT, y INT, z TEXT, FOREIGN KEY (y, x) REFERENCES wide_keys (b, a));
----
CREATE TABLE wide_keys (a INT, b INT, c TEXT, UNIQUE (a, b, c) ON CONFLICT IGNORE, PRIMARY KEY (b DESC, a ASC) ON CONFLICT ROLLBACK);
CREATE TABLE wide_keys_r (x INT, y INT, z TEXT, CONSTRAINT r FOREIGN KEY (x, y) REFERENCES wide_keys (a, b), CONSTRAINT r2 FOREIGN KEY (x, y, z) REFERENCES wide_keys (a, b, c));
----
CREATE TABLE wide_keys (k INTEGER PRIMARY KEY, a INT, b INT, c TEXT);
CREATE TABLE wide_keys_r (x INTEGER PRIMARY KEY, y INT, z TEXT, FOREIGN KEY (x) REFERENCES wide_keys ON DELETE CASCADE);
