----
CREATE TABLE t (id int PRIMARY KEY, a int, b int);
----
CREATE TABLE t (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a + 1) STORED);
----
CREATE TABLE t (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a * 10) STORED);
CREATE INDEX i ON t (b);
----
CREATE TABLE t (id int PRIMARY KEY, a bigint, b bigint GENERATED ALWAYS AS (a * 10) STORED UNIQUE);
----
CREATE TABLE t (id int PRIMARY KEY, a int, b text GENERATED ALWAYS AS ('x' || a) STORED);
----
CREATE TABLE t (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (coalesce(a, 0)) STORED NOT NULL, c int GENERATED ALWAYS AS (a - 1) STORED);
CREATE VIEW v AS SELECT b, c FROM t;
