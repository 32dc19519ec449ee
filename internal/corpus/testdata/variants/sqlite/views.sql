CREATE TABLE views (id INTEGER PRIMARY KEY, a INT, b TEXT);
----
CREATE VIEW views_v AS SELECT * FROM views;
----
CREATE VIEW views_v (x, y) AS SELECT id, a FROM views;
CREATE VIEW views_w AS SELECT x FROM views_v;
----
CREATE VIEW views_v AS WITH RECURSIVE c (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c WHERE n < 9) SELECT n FROM c JOIN views ON views.id = n;
----
CREATE VIEW views_v AS SELECT id, sum(a) OVER w AS s, row_number() OVER (PARTITION BY b ORDER BY a DESC ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM views WINDOW w AS (ORDER BY id);
CREATE VIEW views_w AS SELECT s, v.* FROM views_v AS v;
CREATE VIEW views_x AS SELECT * FROM views_w UNION ALL SELECT 1, 2, 3, 4 EXCEPT SELECT 5, 6, 7, 8;
----
CREATE VIEW views_w AS SELECT "a" AS "the ""a""", [b], `id`, 'lit' lit, x'ff' FROM views NATURAL JOIN (SELECT id FROM views) WHERE b LIKE '%;%' -- the end; of it
;
----
CREATE VIEW views_x AS SELECT a, count(*) FILTER (WHERE b IS NOT NULL) n, group_concat(b, ', ') FROM views GROUP BY a HAVING n > 1 ORDER BY 2 DESC NULLS LAST LIMIT 5 OFFSET 1;
CREATE VIEW views_v AS SELECT n FROM views_x;
CREATE VIEW views_w AS SELECT v.n, (SELECT max(id) FROM views WHERE views.a = v.n) AS m, EXISTS (SELECT 1 FROM views_x) AS e FROM views_v v LEFT JOIN json_each('[1,2]') j ON j.value = v.n;
----
CREATE VIEW VIEWS_V AS SELECT ID, A FROM VIEWS;
CREATE TRIGGER views_t INSTEAD OF INSERT ON views_v BEGIN INSERT INTO views (id, a) VALUES (new.id, new.a); END;
----
CREATE VIEW views_v AS VALUES (1, 'x'), (2, 'y');
CREATE VIEW views_w AS SELECT column1, column2 FROM views_v;
