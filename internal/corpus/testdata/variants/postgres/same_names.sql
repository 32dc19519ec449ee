CREATE SCHEMA same_a; CREATE SCHEMA same_b;
----
CREATE TYPE e AS ENUM ('x', 'y'); CREATE TYPE same_a.e AS ENUM ('x', 'z'); CREATE DOMAIN same_b.e AS text CHECK (value <> '');
CREATE TABLE t (id int PRIMARY KEY, e e, f same_a.e, g same_b.e); CREATE TABLE same_a.t (id int PRIMARY KEY REFERENCES t, e e); CREATE TABLE same_b.t (id int PRIMARY KEY REFERENCES same_a.t, e same_b.e);
CREATE VIEW v AS SELECT a.id, b.e FROM same_a.t a JOIN same_b.t b USING (id); CREATE VIEW same_a.v AS SELECT * FROM same_names.v; CREATE VIEW same_b.v AS SELECT * FROM same_a.v;
----
CREATE TYPE same_a.e AS ENUM ('x', 'y', 'z'); CREATE DOMAIN e AS text CHECK (value <> 'q'); CREATE TYPE same_b.e AS (e e, f same_a.e);
CREATE TABLE same_b.t (id int PRIMARY KEY, e same_b.e); CREATE TABLE t (id int PRIMARY KEY REFERENCES same_b.t, e same_a.e, f e); CREATE TABLE same_a.t (id bigint PRIMARY KEY, e same_a.e[]);
CREATE FUNCTION f(e) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text'; CREATE FUNCTION same_a.f(same_a.e) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text'; CREATE FUNCTION f(same_a.e) RETURNS text LANGUAGE sql IMMUTABLE RETURN same_a.f($1) || 'x';
CREATE VIEW same_b.v AS SELECT id, f(e) AS f, same_a.f(e) AS g, f(f) AS h FROM t; CREATE VIEW v AS SELECT h FROM same_b.v; CREATE INDEX i ON same_a.t (id); CREATE INDEX i ON same_b.t (id) WHERE id > 3;
----
CREATE TABLE t (id int PRIMARY KEY, e text); CREATE TABLE same_a.t () INHERITS (t); CREATE TABLE same_b.t (x int) INHERITS (same_a.t); CREATE INDEX i ON t (e); CREATE INDEX i ON same_a.t (e DESC); CREATE SEQUENCE s; CREATE SEQUENCE same_a.s; ALTER TABLE same_b.t ALTER x SET DEFAULT nextval('same_a.s'); ALTER TABLE t ALTER id SET DEFAULT nextval('s');
CREATE FUNCTION tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'; CREATE FUNCTION same_b.tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN old; END'; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION same_b.tr(); CREATE TRIGGER tr BEFORE INSERT ON same_a.t FOR EACH ROW EXECUTE FUNCTION tr();
----
CREATE TABLE same_a.t (id int, e date, PRIMARY KEY (id, e)) PARTITION BY RANGE (e); CREATE TABLE t PARTITION OF same_a.t FOR VALUES FROM ('2020-01-01') TO ('2021-01-01'); CREATE TABLE same_b.t PARTITION OF same_a.t DEFAULT; CREATE INDEX i ON same_a.t (e); CREATE STATISTICS st ON id, e FROM t; CREATE STATISTICS same_b.st ON id, e FROM same_b.t;
CREATE COLLATION c FROM "C"; CREATE COLLATION same_a.c FROM "POSIX"; CREATE TABLE same_b.u (a text COLLATE c, b text COLLATE same_a.c, x t, y same_a.t, z same_b.t);
