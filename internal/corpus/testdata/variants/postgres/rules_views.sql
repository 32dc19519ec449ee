CREATE TABLE t (id int PRIMARY KEY, a int, b text); CREATE TABLE log (n int, what text);
----
CREATE VIEW v AS SELECT * FROM t;
----
CREATE VIEW v AS SELECT * FROM t; CREATE RULE ins AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (new.id, new.a, new.b) RETURNING t.id, t.a, t.b; CREATE RULE upd AS ON UPDATE TO v WHERE new.a <> old.a DO ALSO (INSERT INTO log VALUES (old.id, 'u'); INSERT INTO log VALUES (new.id, 'n')); CREATE RULE nothing AS ON UPDATE TO v DO INSTEAD NOTHING;
----
CREATE VIEW v AS SELECT id, a, b || '!' AS b, length(b) AS n FROM t; CREATE RULE ins AS ON INSERT TO v DO INSTEAD NOTHING; COMMENT ON RULE ins ON v IS 'c'; CREATE VIEW w AS SELECT v.*, l.what FROM v LEFT JOIN LATERAL (SELECT what FROM log WHERE n = v.id LIMIT 1) l ON true;
----
CREATE VIEW v AS VALUES (1, 'x'), (2, 'y'); CREATE VIEW w AS SELECT column1 AS one FROM v WHERE column1 = ANY (SELECT id FROM t) ORDER BY 1 DESC NULLS LAST FETCH FIRST 3 ROWS WITH TIES; CREATE RULE keep AS ON DELETE TO t DO INSTEAD NOTHING; ALTER TABLE t ENABLE ALWAYS RULE keep;
----
CREATE VIEW v AS SELECT a, count(*) FILTER (WHERE b IS NOT NULL) AS n, array_agg(b ORDER BY id) AS l, string_agg(DISTINCT b, ',' ORDER BY b) AS s FROM t GROUP BY GROUPING SETS ((a), ()) HAVING count(*) > 0; CREATE VIEW w AS SELECT rank() OVER win AS r, sum(a) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) AS s FROM t WINDOW win AS (PARTITION BY b ORDER BY a);
----
CREATE VIEW v AS WITH x AS MATERIALIZED (SELECT * FROM t), y AS NOT MATERIALIZED (SELECT id FROM x) SELECT x.id, CASE x.a WHEN 1 THEN 'one' ELSE x.b END AS c, x.b COLLATE "C" AS d, x.a::text || '%' AS e, (x.id, x.a) IN (SELECT id, a FROM t) AS f, EXTRACT(year FROM now()) AS g, x.b LIKE 'a\_%' AS h, x.a BETWEEN 1 AND 2 OR x.a IS DISTINCT FROM 3 AS i, ARRAY[[1,2],[3,4]] AS l, '{"a": [1, 2]}'::jsonb #>> '{a,0}' AS m, interval '1 day' AS n, B'101' AS o, x.b ~* '^a' AS p, NOT x.a > 1 AS q, current_setting('x', true) AS r FROM x JOIN y USING (id) CROSS JOIN t AS s TABLESAMPLE SYSTEM (10) REPEATABLE (3) WHERE s.id = x.id;
