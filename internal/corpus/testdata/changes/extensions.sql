-- A row is a statement: extensions.
SELECT format('CREATE EXTENSION %I SCHEMA %s', e, s.name)
FROM schemas s, unnest(ARRAY['citext', 'hstore', 'ltree', 'btree_gist', 'pg_trgm', 'cube', 'unaccent', 'intarray', 'file_fdw', 'pgcrypto', 'uuid-ossp']) e;

SELECT format('ALTER EXTENSION %I SET SCHEMA %s', extname, s.name)
FROM pg_extension, schemas s
WHERE extname <> 'plpgsql';

SELECT format('DROP EXTENSION %I %s', extname, how)
FROM pg_extension, unnest(ARRAY['', 'CASCADE']) how
WHERE extname <> 'plpgsql';

SELECT format('COMMENT ON EXTENSION %I IS %s', extname, text)
FROM pg_extension, texts
WHERE extname <> 'plpgsql' AND text <> 'NULL';
