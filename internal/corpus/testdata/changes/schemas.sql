-- A row is a statement: schemas and collations.
SELECT format('CREATE COLLATION %s.%I (%s)', s.name, raw, how)
FROM schemas s, new_names, unnest(ARRAY['locale = ''C''', 'provider = icu, locale = ''de''', 'provider = icu, locale = ''und'', deterministic = false']) how;

SELECT format('ALTER COLLATION %s.%I RENAME TO "coll 2"', s.name, collname)
FROM pg_collation JOIN schemas s ON s.oid = collnamespace;

SELECT format('DROP COLLATION %s.%I %s', s.name, collname, how)
FROM pg_collation JOIN schemas s ON s.oid = collnamespace, unnest(ARRAY['', 'CASCADE']) how;

SELECT format('ALTER TABLE %s ALTER COLUMN %s TYPE %s COLLATE %s.%I', "table", c.name, type, s.name, collname)
FROM cells c, pg_collation JOIN schemas s ON s.oid = collnamespace
WHERE typcollation <> 0 AND NOT relispartition;

SELECT format('ALTER SCHEMA %s RENAME TO %I', name, raw)
FROM schemas, new_names
WHERE plain <> 'public';

SELECT format('CREATE SCHEMA %I', raw)
FROM new_names;

SELECT format('DROP SCHEMA %s CASCADE', name)
FROM schemas
WHERE plain <> 'public';

SELECT format('COMMENT ON SCHEMA %s IS %s', name, text)
FROM schemas, texts
WHERE plain <> 'public' OR text <> 'NULL';

SELECT format('GRANT %s ON SCHEMA %s TO %s', how, s.name, g.name)
FROM schemas s, grantees g, unnest(ARRAY['USAGE', 'CREATE']) how;

SELECT format('ALTER DEFAULT PRIVILEGES IN SCHEMA %s GRANT SELECT ON TABLES TO %s', s.name, g.name)
FROM schemas s, grantees g;
