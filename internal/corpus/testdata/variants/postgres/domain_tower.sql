----
CREATE DOMAIN a AS text CHECK (value <> 'no'); CREATE DOMAIN b AS a NOT NULL DEFAULT 'b'; CREATE DOMAIN c AS b CONSTRAINT c_len CHECK (length(value) < 50); CREATE TABLE t (id int PRIMARY KEY, x c, y a[], CHECK (x <> 'z')); CREATE FUNCTION f(c) RETURNS b LANGUAGE sql AS 'SELECT $1'; CREATE VIEW v AS SELECT x, f(x) AS y FROM t;
----
CREATE DOMAIN a AS varchar(40) CHECK (value <> 'never'); CREATE DOMAIN b AS a DEFAULT 'bb'; CREATE DOMAIN c AS b NOT NULL; CREATE TABLE t (id int PRIMARY KEY, x c, y a[]); CREATE INDEX i ON t (x, lower(x)); COMMENT ON DOMAIN c IS 'c';
----
CREATE DOMAIN a AS int[] CHECK (cardinality(value) < 5); CREATE DOMAIN b AS a; CREATE TABLE t (id int PRIMARY KEY, x b DEFAULT '{1,2}', z a[]); CREATE VIEW v AS SELECT x[1] AS first, z FROM t;
----
CREATE TYPE e AS ENUM ('no', 'yes'); CREATE DOMAIN a AS e DEFAULT 'yes'; CREATE TYPE c AS (a a, e e[]); CREATE DOMAIN b AS c CHECK ((value).a::e <> 'no'::e); CREATE TABLE t (id int PRIMARY KEY, x a NOT NULL, w b, y b[]); CREATE FUNCTION f(b) RETURNS a LANGUAGE sql AS 'SELECT ($1).a'; CREATE VIEW v AS SELECT f(w) AS x, (w).e FROM t;
----
CREATE TYPE e AS ENUM ('no', 'maybe', 'yes'); CREATE DOMAIN a AS e CHECK (value > 'no'); CREATE TYPE c AS (a a, e e[], n int); CREATE DOMAIN b AS c; CREATE TABLE t (id int PRIMARY KEY, x a, w b, y c[]) ; CREATE FUNCTION f(b, a DEFAULT 'yes') RETURNS SETOF b LANGUAGE sql AS 'SELECT $1'; CREATE TABLE p (x a, n int) PARTITION BY LIST (x); CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('yes'); CREATE TABLE p2 PARTITION OF p DEFAULT;
----
CREATE DOMAIN a AS numeric(6,2) CHECK (value BETWEEN 0 AND 100); CREATE TYPE c AS RANGE (SUBTYPE = numeric, SUBTYPE_OPCLASS = numeric_ops); CREATE DOMAIN b AS c CHECK (NOT isempty(value)); CREATE TABLE t (id int PRIMARY KEY, x a, w b, EXCLUDE USING gist (w WITH &&)); CREATE DOMAIN s AS bigint DEFAULT 1;
