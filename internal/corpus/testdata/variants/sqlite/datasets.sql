----
CREATE TABLE datasets (id INTEGER PRIMARY KEY, a, b TEXT);
INSERT INTO datasets VALUES (1, 1e400, 'x'), (2, -9223372036854775808, ''), (3, x'', char(0) || 'after'), (4, 0.1 + 0.2, CAST(x'ff' AS TEXT)), (9223372036854775807, '12', '١'), (-5, NULL, NULL);
----
CREATE TABLE datasets (id INTEGER PRIMARY KEY, a, b TEXT NOT NULL DEFAULT 'n');
INSERT INTO datasets VALUES (1, 1.0, '1.0'), (2, '1', '1'), (3, 1, x'31'), (4, 123456789012345678901234567890, '1e5');
----
CREATE TABLE datasets (b TEXT, a, c AS (typeof(a)) STORED, id INTEGER PRIMARY KEY AUTOINCREMENT);
INSERT INTO datasets (id, a, b) VALUES (1, 2.0, 'q'), (2, -0.0, 'q'), (70, zeroblob(3), 'q');
----
CREATE TABLE datasets (id INT PRIMARY KEY, a, b TEXT) WITHOUT ROWID;
INSERT INTO datasets VALUES (1, 2, 'a'), (2.5, 3, 'b'), ('t', 4, 'c'), (x'00', 5, 'd');
----
CREATE TABLE datasets (a PRIMARY KEY, b TEXT UNIQUE COLLATE NOCASE);
INSERT INTO datasets VALUES (NULL, 'a'), (NULL, 'b'), (1, NULL), (2, NULL);
----
CREATE TABLE datasets (a BLOB, b TEXT);
INSERT INTO datasets (rowid, a, b) VALUES (5, 'five', '5'), (-3, 3, '3'), (1000, 'thousand', '1000');
