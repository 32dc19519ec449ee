-- A row is a statement: policies and extended statistics.
SELECT format('CREATE POLICY %I ON %s AS %s FOR %s USING (%s IS NOT NULL)', raw, c."table", how, what, c.name)
FROM cells c, new_names, unnest(ARRAY['PERMISSIVE', 'RESTRICTIVE']) how, unnest(ARRAY['ALL', 'SELECT', 'UPDATE', 'DELETE']) what;

SELECT format('CREATE POLICY %I ON %s FOR INSERT TO %s WITH CHECK (%s)', raw, c."table", g.name, format(what, c.name))
FROM cells c, new_names, grantees g, unnest(ARRAY['%1$s IS NULL', 'EXISTS (SELECT FROM pg_roles WHERE rolname = current_user AND %1$s IS NOT NULL)']) what;

SELECT format('ALTER POLICY %I ON %s %s', polname, t.name, how)
FROM pg_policy JOIN tables t ON t.oid = polrelid, unnest(ARRAY['TO pg_monitor, pg_read_all_data', 'TO PUBLIC', 'USING (false)', 'WITH CHECK (true)', 'RENAME TO "po li"']) how;

SELECT format('DROP POLICY %I ON %s', polname, t.name)
FROM pg_policy JOIN tables t ON t.oid = polrelid;

SELECT format('COMMENT ON POLICY %I ON %s IS %s', polname, t.name, text)
FROM pg_policy JOIN tables t ON t.oid = polrelid, texts;

SELECT format('CREATE STATISTICS %s.%I%s ON %s, %s FROM %s', s.name, raw, how, a.name, b.name, a."table")
FROM cells a JOIN cells b USING (attrelid), schemas s, new_names, unnest(ARRAY['', '(mcv)', '(ndistinct, dependencies)']) how
WHERE a.attnum < b.attnum;

SELECT format('CREATE STATISTICS %s.%I ON (%s IS NULL) FROM %s', s.name, raw, a.name, "table")
FROM cells a, schemas s, new_names;

SELECT format('ALTER STATISTICS %s.%I %s', s.name, stxname, how)
FROM pg_statistic_ext JOIN schemas s ON s.oid = stxnamespace, unnest(ARRAY['SET STATISTICS 50', 'SET STATISTICS -1', 'RENAME TO "st at"']) how;

SELECT format('ALTER STATISTICS %s.%I SET SCHEMA %s', s.name, stxname, z.name)
FROM pg_statistic_ext JOIN schemas s ON s.oid = stxnamespace, schemas z;

SELECT format('DROP STATISTICS %s.%I', s.name, stxname)
FROM pg_statistic_ext JOIN schemas s ON s.oid = stxnamespace;

SELECT format('COMMENT ON STATISTICS %s.%I IS %s', s.name, stxname, text)
FROM pg_statistic_ext JOIN schemas s ON s.oid = stxnamespace, texts;
