----
CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (id int PRIMARY KEY, x e DEFAULT 'a', y e[]);
----
CREATE TYPE e AS ENUM ('z', 'a', 'm', 'b', 'c', 'd'); CREATE TABLE t (id int PRIMARY KEY, x e DEFAULT 'm', y e[]);
----
CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (id int PRIMARY KEY, x e DEFAULT 'a', y e[] DEFAULT '{a}'); CREATE INDEX i ON t (x) WHERE x = 'a'; CREATE VIEW v AS SELECT id, x FROM t WHERE x <> 'b';
----
CREATE TYPE e AS ENUM ('c', 'b', 'a'); CREATE TABLE t (id int PRIMARY KEY, x e CHECK (x > 'c'), y e[]);
----
CREATE TABLE t (id int PRIMARY KEY, x text DEFAULT 'a' CHECK (x IN ('a', 'b', 'c')), y text[]);
----
CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE DOMAIN d AS e CHECK (value <> 'c'); CREATE TABLE t (id int PRIMARY KEY, x d DEFAULT 'a', y e[]); CREATE FUNCTION f(e) RETURNS e LANGUAGE sql AS 'SELECT $1';
----
CREATE TYPE e AS ENUM ('a', 'b', 'c', 'it''s', 'B'); CREATE TABLE t (id int PRIMARY KEY, x e, y e[]); CREATE MATERIALIZED VIEW v AS SELECT x, count(*) FROM t WHERE x = 'it''s' GROUP BY x;
