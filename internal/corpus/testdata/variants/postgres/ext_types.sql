CREATE EXTENSION IF NOT EXISTS ltree SCHEMA public; CREATE EXTENSION IF NOT EXISTS hstore SCHEMA public; CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public; CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public; CREATE EXTENSION IF NOT EXISTS intarray SCHEMA public; CREATE EXTENSION IF NOT EXISTS cube SCHEMA public; CREATE EXTENSION IF NOT EXISTS "uuid-ossp" SCHEMA public; CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA public; CREATE EXTENSION IF NOT EXISTS bloom SCHEMA public; CREATE EXTENSION IF NOT EXISTS citext SCHEMA public; CREATE EXTENSION IF NOT EXISTS isn SCHEMA public; CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA public; CREATE EXTENSION IF NOT EXISTS seg SCHEMA public; CREATE EXTENSION IF NOT EXISTS earthdistance SCHEMA public; CREATE EXTENSION IF NOT EXISTS fuzzystrmatch SCHEMA public;
----
CREATE TABLE t (id uuid PRIMARY KEY DEFAULT public.uuid_generate_v4(), path text, attrs text, tags int[], name text, n int);
----
CREATE TABLE t (id uuid PRIMARY KEY DEFAULT public.gen_random_uuid(), path public.ltree NOT NULL DEFAULT 'top', attrs public.hstore NOT NULL DEFAULT '', tags int[], name public.citext, n int, UNIQUE (name));
CREATE INDEX path_gist ON t USING gist (path public.gist_ltree_ops (siglen = 100)); CREATE INDEX path_btree ON t (path); CREATE INDEX attrs_gin ON t USING gin (attrs); CREATE INDEX tags_gin ON t USING gin (tags public.gin__int_ops); CREATE INDEX two ON t USING gin (n, name public.gin_trgm_ops);
----
CREATE FUNCTION plain(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT public.unaccent('public.unaccent', $1) $$;
CREATE TABLE t (id uuid PRIMARY KEY DEFAULT public.uuid_generate_v1mc(), path public.ltree, attrs public.hstore, tags int[], name text, n int, isbn public.isbn13 UNIQUE, pos public.cube, plain text GENERATED ALWAYS AS (plain(name)) STORED, CHECK (path OPERATOR(public.~) 'top.*'::public.lquery));
CREATE INDEX name_trgm ON t USING gist (plain(name) public.gist_trgm_ops (siglen = 64)); CREATE INDEX tags_gist ON t USING gist (tags public.gist__int_ops (numranges = 50)); CREATE INDEX bl ON t USING bloom (n, name) WITH (length = 100, col1 = 3); CREATE INDEX pos_gist ON t USING gist (pos);
CREATE VIEW v AS SELECT id, public.nlevel(path) AS depth, attrs OPERATOR(public.->) 'k' AS k, path OPERATOR(public.||) 'x'::public.ltree AS below, public.levenshtein(name, 'x') AS far FROM t WHERE name OPERATOR(public.%) 'smth';
----
CREATE TABLE t (id text PRIMARY KEY DEFAULT encode(public.gen_random_bytes(8), 'hex'), path public.ltree[], attrs jsonb DEFAULT '{}', tags text[], name public.citext COLLATE "C" DEFAULT 'Q', n public.seg, at point);
CREATE INDEX path_gist ON t USING gist (path public.gist__ltree_ops (siglen = 20)); CREATE INDEX earth ON t USING gist (public.cube(at[0], at[1]));
CREATE DOMAIN email AS public.citext CHECK (value OPERATOR(public.~) '@'); CREATE TABLE u (id int, mail email UNIQUE, more email[], o public.query_int, x public.isbn);
