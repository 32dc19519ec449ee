----
CREATE TABLE a (id int PRIMARY KEY, x int, y text); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
----
CREATE TABLE b (id int PRIMARY KEY, x int, y text); CREATE TABLE a (id int PRIMARY KEY, a int REFERENCES b);
----
CREATE TABLE a (id int PRIMARY KEY, y int, x text); CREATE VIEW b AS SELECT y FROM a;
----
CREATE VIEW a AS SELECT 1 AS id; CREATE MATERIALIZED VIEW b AS SELECT * FROM a;
----
CREATE TYPE a AS (id int); CREATE TABLE b (id a);
----
CREATE SEQUENCE a; CREATE TABLE b (id int DEFAULT nextval('a'));
----
CREATE DOMAIN a AS int; CREATE TABLE b (id a, x a[]); CREATE FUNCTION a(a) RETURNS int LANGUAGE sql AS 'SELECT 1';
----
CREATE TYPE b AS ENUM ('x'); CREATE TABLE a (b b, c b[]);
