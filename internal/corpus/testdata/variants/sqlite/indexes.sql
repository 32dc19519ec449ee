CREATE TABLE indexes (id INTEGER PRIMARY KEY, a INT, b TEXT, c);
----
CREATE INDEX indexes_a ON indexes (a);
----
CREATE INDEX indexes_a ON indexes (a DESC);
CREATE UNIQUE INDEX indexes_b ON indexes (b, a);
----
CREATE INDEX indexes_a ON indexes (lower(b), a + 1 DESC, c COLLATE NOCASE);
CREATE INDEX indexes_p ON indexes (c) WHERE a IS NOT NULL AND b <> 'x';
----
CREATE INDEX indexes_a ON indexes (a, b, c) WHERE (a > 5);
CREATE INDEX indexes_b ON indexes (b) WHERE b IN ('p', 'q');
CREATE INDEX "indexes odd" ON indexes ("a", [b], `c`, 'a');
----
CREATE UNIQUE INDEX indexes_a ON indexes (coalesce(a, -1), c -> '$.x');
CREATE INDEX indexes_c ON indexes ((a), (b || c), (a) DESC);
----
CREATE INDEX INDEXES_A ON INDEXES (A);
CREATE INDEX indexes_d ON indexes (json_extract(c, '$.a'), abs(a) COLLATE NOCASE);
----
CREATE INDEX indexes_a ON indexes (b COLLATE "RTRIM" ASC); CREATE INDEX indexes_e ON indexes (CASE WHEN a > 0 THEN b ELSE c END, a IS NULL, NOT a, -a, a IN (1, 2), CAST(b AS INT));
