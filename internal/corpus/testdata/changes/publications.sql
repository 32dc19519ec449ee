-- A row is a statement: publications.
SELECT format('CREATE PUBLICATION %I FOR TABLE %s%s', raw, t.name, how)
FROM tables t, new_names, unnest(ARRAY['', ' WHERE (true)', ' WITH (publish = ''insert'')']) how;

SELECT format('CREATE PUBLICATION %I FOR TABLE %s (%s)', raw, c."table", c.name)
FROM cells c, new_names;

SELECT format('CREATE PUBLICATION %I FOR %s', raw, how)
FROM new_names, (SELECT 'TABLES IN SCHEMA ' || name FROM schemas UNION ALL SELECT 'ALL TABLES') h(how);

SELECT format('ALTER PUBLICATION %I ADD TABLE %s', pubname, t.name)
FROM pg_publication, tables t;

SELECT format('ALTER PUBLICATION %I DROP TABLE %s', pubname, t.name)
FROM pg_publication JOIN pg_publication_rel ON prpubid = pg_publication.oid JOIN tables t ON t.oid = prrelid;

SELECT format('ALTER PUBLICATION %I SET TABLE %s (%s)', pubname, c."table", c.name)
FROM pg_publication, cells c;

SELECT format('ALTER PUBLICATION %I %s', pubname, how)
FROM pg_publication, unnest(ARRAY['SET (publish = ''insert, truncate'')', 'SET (publish_via_partition_root)', 'RENAME TO "pub li"']) how;

SELECT format('DROP PUBLICATION %I', pubname)
FROM pg_publication;

SELECT format('COMMENT ON PUBLICATION %I IS %s', pubname, text)
FROM pg_publication, texts;
