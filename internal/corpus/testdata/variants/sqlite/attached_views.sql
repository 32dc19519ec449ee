CREATE TABLE attached_views (id INTEGER PRIMARY KEY, a INT, b TEXT);
----
CREATE VIEW attached_views_v AS SELECT a FROM main.attached_views;
CREATE VIEW attached_views_w AS SELECT * FROM attached_views_v WHERE a IN attached_views_v;
----
CREATE VIEW attached_views_v (a) AS SELECT id FROM "main"."attached_views" AS "m" INDEXED BY attached_views_i WHERE b = 'x';
CREATE INDEX attached_views_i ON attached_views (b);
----
CREATE VIEW attached_views_v AS WITH a AS MATERIALIZED (SELECT 1 AS a), b (z) AS NOT MATERIALIZED (SELECT a FROM a) SELECT z AS a FROM b;
CREATE TRIGGER attached_views_t INSTEAD OF INSERT ON attached_views_v BEGIN INSERT INTO attached_views (a) VALUES (new.a); END;
----
CREATE VIEW attached_views_v AS SELECT a+b, a + b, "a" || 'x' FROM attached_views;
----
CREATE VIEW attached_views_v AS SELECT a  +  b, a /* c */ + b, [a] || 'x' FROM attached_views;
----
CREATE VIEW attached_views_v AS SELECT "no such column" AS s, r.a AS "A", r.b AS 'quoted as string' FROM attached_views RIGHT JOIN (SELECT 1 AS id, 2 AS a, 3 AS b) AS r USING (id);
----
CREATE VIEW attached_views_v AS SELECT group_concat(DISTINCT b) AS g, total(a) OVER (ORDER BY id GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING EXCLUDE TIES) AS t, count(a) FILTER (WHERE a > 1) OVER () AS f FROM attached_views GROUP BY id ORDER BY g COLLATE NOCASE NULLS FIRST;
