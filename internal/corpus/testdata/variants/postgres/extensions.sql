CREATE EXTENSION IF NOT EXISTS citext SCHEMA public; CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public; CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public; CREATE EXTENSION IF NOT EXISTS hstore SCHEMA public;
----
CREATE TABLE t (id int PRIMARY KEY, a public.citext, b text, h public.hstore, r tsrange);
----
CREATE TABLE t (id int PRIMARY KEY, a public.citext UNIQUE DEFAULT 'X', b text, h public.hstore DEFAULT '', r tsrange, EXCLUDE USING gist (id WITH =, r WITH &&)); CREATE INDEX i ON t USING gin (b public.gin_trgm_ops); CREATE INDEX j ON t USING gist (b public.gist_trgm_ops(siglen = 32));
----
CREATE TABLE t (id int PRIMARY KEY, a text, b public.citext CHECK (b <> 'x'), h public.hstore, r tsrange, EXCLUDE USING gist (a WITH <>, r WITH &&) WHERE (id > 0)); CREATE INDEX i ON t ((h OPERATOR(public.->) 'k')); CREATE VIEW v AS SELECT a, public.similarity(a, 'x') AS s FROM t WHERE b = 'Y';
----
CREATE DOMAIN mail AS public.citext CHECK (value ~ '@'); CREATE TABLE t (id int PRIMARY KEY, a mail, c mail[]); CREATE FUNCTION f(public.citext) RETURNS public.citext LANGUAGE sql IMMUTABLE AS 'SELECT $1';
