CREATE TABLE t (id int PRIMARY KEY, a int, b text);
----
----
CREATE STATISTICS s ON a, b FROM t;
----
CREATE STATISTICS s (ndistinct, mcv) ON a, b FROM t; ALTER STATISTICS s SET STATISTICS 50; COMMENT ON STATISTICS s IS 'x';
----
CREATE STATISTICS s ON (a + 1), lower(b), id FROM t;
----
CREATE STATISTICS s (dependencies) ON id, a, b FROM t; CREATE STATISTICS r ON (id * 2) FROM t;
