CREATE SCHEMA "Other Schema"; CREATE SCHEMA across_2;
----
CREATE TABLE across_2.t (id int PRIMARY KEY, a int); CREATE TABLE t (id int PRIMARY KEY, o int REFERENCES across_2.t); CREATE VIEW "Other Schema".v AS SELECT t.id, o.a FROM t JOIN across_2.t o ON o.id = t.o;
----
CREATE TYPE across_2.e AS ENUM ('a', 'b'); CREATE TABLE "Other Schema".t (id int PRIMARY KEY, e across_2.e DEFAULT 'a'); CREATE FUNCTION across_2.f("Other Schema".t) RETURNS across_2.e LANGUAGE sql AS 'SELECT $1.e'; CREATE VIEW v AS SELECT across_2.f(t) AS e FROM "Other Schema".t;
----
CREATE SEQUENCE across_2.s; CREATE TABLE t (id int PRIMARY KEY DEFAULT nextval('across_2.s'), e text); CREATE TABLE "Other Schema".t (id int REFERENCES across.t); CREATE FUNCTION across_2.tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'; CREATE TRIGGER tr BEFORE INSERT ON "Other Schema".t FOR EACH ROW EXECUTE FUNCTION across_2.tr();
----
CREATE TABLE across_2.t (id bigint PRIMARY KEY, a int NOT NULL DEFAULT 0); CREATE TABLE t () INHERITS (across_2.t); CREATE MATERIALIZED VIEW "Other Schema".v AS SELECT id, a FROM across_2.t; CREATE INDEX i ON "Other Schema".v (a); CREATE DOMAIN across_2.d AS int CHECK (value > 0);
