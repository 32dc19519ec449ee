----
CREATE TYPE c AS (a int, b text);
----
CREATE TYPE c AS (a int, b text, d numeric(5,2)); COMMENT ON COLUMN c.d IS 'dd';
----
CREATE TYPE c AS (a bigint, b varchar(5));
----
CREATE TYPE c AS (b text COLLATE "C", a int); CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'SELECT ($1).a';
----
CREATE TYPE c AS (a int, b text); CREATE TYPE o AS (inner_ c, list c[]); CREATE TABLE t (id int PRIMARY KEY, v c, w o);
----
CREATE TYPE c AS (a int, b text, e int); CREATE TABLE t (id int PRIMARY KEY, v c[]); CREATE VIEW vv AS SELECT v[1] FROM t;
----
CREATE TYPE c AS (); CREATE TABLE t OF c;
----
CREATE TYPE c AS (a int, b text); CREATE TABLE t OF c (PRIMARY KEY (a), b WITH OPTIONS DEFAULT 'x' NOT NULL);
----
CREATE TYPE c AS (a int, b text, z date); CREATE TABLE t OF c (PRIMARY KEY (a));
