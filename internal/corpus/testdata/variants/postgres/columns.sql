----
CREATE TABLE t (id int PRIMARY KEY, a int);
----
CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b text NOT NULL DEFAULT 'x', c int);
CREATE INDEX i ON t (a, b); COMMENT ON COLUMN t.b IS 'bb'; CREATE VIEW v AS SELECT id, b FROM t;
----
CREATE TABLE t (id int, b int, c uuid DEFAULT gen_random_uuid(), PRIMARY KEY (id));
----
CREATE TABLE t (a int PRIMARY KEY, id int UNIQUE, z timestamptz DEFAULT now());
----
CREATE TABLE t (id int PRIMARY KEY, a text[] NOT NULL DEFAULT '{}', b bytea, c bit(3), d bit varying, e inet, f interval year to month, g time(3) with time zone, h money, i point, j xml, k tsvector, l oid, m "char", n int4range[], o pg_lsn);
----
CREATE TABLE t (id int PRIMARY KEY, a text[] DEFAULT ARRAY['x'], b bytea DEFAULT '\x00', c bit(4), d bit varying(8), e cidr, f interval, g timetz, h numeric, i box, j text, k text, l bigint, m char(1), n int4multirange, o text);
