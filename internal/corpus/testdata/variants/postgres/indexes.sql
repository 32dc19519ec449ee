CREATE TABLE t (id int PRIMARY KEY, a int, b text, c text[], d jsonb, r int4range, n name);
----
----
CREATE INDEX i ON t (a);
----
CREATE INDEX i ON t (a DESC NULLS LAST, b text_pattern_ops);
----
CREATE INDEX i ON t USING hash (b);
----
CREATE INDEX i ON t USING gin (c, d jsonb_path_ops) WITH (fastupdate = off);
----
CREATE INDEX i ON t USING gist (r) WITH (fillfactor = 60, buffering = on);
----
CREATE INDEX i ON t USING brin (a) WITH (pages_per_range = 4, autosummarize = on);
----
CREATE UNIQUE INDEX i ON t (a, lower(b)) INCLUDE (n) WHERE a IS NOT NULL AND b <> ALL (ARRAY['x', 'y']);
COMMENT ON INDEX i IS 'x';
----
CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT; CREATE INDEX j ON t (a); CREATE INDEX "J" ON t ((a + 1), (b COLLATE "C"));
ALTER INDEX "J" ALTER COLUMN 1 SET STATISTICS 7;
----
CREATE INDEX i ON t USING spgist (r); CREATE INDEX j ON t USING brin (a int4_minmax_multi_ops(values_per_range = 16), b);
----
CREATE INDEX i ON t (b COLLATE "POSIX", ((d ->> 'k')), (d -> 'x' ->> 'y') DESC); ALTER TABLE t CLUSTER ON i;
