-- A row is a statement: views, materialized views and rules.
SELECT format('CREATE OR REPLACE VIEW %s AS SELECT q.*, 1 AS extra FROM (%s) q', name, rtrim(pg_get_viewdef(oid), ';'))
FROM relations
WHERE relkind = 'v';

SELECT format('CREATE OR REPLACE VIEW %s AS SELECT * FROM (%s) q LIMIT 3', name, rtrim(pg_get_viewdef(oid), ';'))
FROM relations
WHERE relkind = 'v';

SELECT format('DROP VIEW %1$s CASCADE; CREATE VIEW %1$s AS SELECT 0 AS before, q.* FROM (%2$s) q', name, rtrim(pg_get_viewdef(oid), ';'))
FROM relations
WHERE relkind = 'v';

SELECT format('DROP VIEW %1$s CASCADE; CREATE MATERIALIZED VIEW %1$s AS %2$s', name, rtrim(pg_get_viewdef(oid), ';'))
FROM relations
WHERE relkind = 'v';

SELECT format('DROP VIEW %1$s CASCADE; CREATE TABLE %1$s AS %2$s', name, rtrim(pg_get_viewdef(oid), ';'))
FROM relations
WHERE relkind = 'v';

SELECT format('DROP MATERIALIZED VIEW %1$s CASCADE; CREATE VIEW %1$s AS %2$s', name, rtrim(pg_get_viewdef(oid), ';'))
FROM relations
WHERE relkind = 'm';

SELECT format('DROP MATERIALIZED VIEW %1$s CASCADE; CREATE MATERIALIZED VIEW %1$s WITH (fillfactor = 61) AS SELECT q.*, 2 AS two FROM (%2$s) q WITH NO DATA', name, rtrim(pg_get_viewdef(oid), ';'))
FROM relations
WHERE relkind = 'm';

SELECT format('ALTER VIEW %s %s', name, what)
FROM relations, unnest(ARRAY['SET (security_barrier)', 'SET (security_invoker = true)', 'SET (check_option = local)', 'SET (check_option = cascaded)', 'RESET (security_barrier)', 'RESET (security_invoker, check_option)']) what
WHERE relkind = 'v';

SELECT format('ALTER VIEW %s ALTER COLUMN %s SET DEFAULT %s', "table", name, what)
FROM columns, unnest(ARRAY['1', '''a''', 'now()']) what
WHERE relkind = 'v';

SELECT format('ALTER VIEW %s ALTER COLUMN %s DROP DEFAULT', "table", name)
FROM columns
WHERE relkind = 'v' AND "default" IS NOT NULL;

SELECT format('CREATE VIEW %s.%I AS SELECT * FROM %s', s.name, raw, t.name)
FROM relations t, schemas s, new_names
WHERE t.relkind IN ('r', 'p', 'v', 'm', 'f');

SELECT format('CREATE VIEW %s.%I AS SELECT t AS whole, t.%s FROM %s t WHERE t.%s IS NOT NULL WITH CHECK OPTION', s.name, raw, c.name, c."table", c.name)
FROM columns c, schemas s, new_names
WHERE relkind IN ('r', 'p', 'v', 'm', 'f');

SELECT format('CREATE MATERIALIZED VIEW %s.%I AS SELECT %s, count(*) AS n FROM %s GROUP BY 1', s.name, raw, c.name, c."table")
FROM columns c, schemas s, new_names
WHERE relkind IN ('r', 'p', 'v', 'm');

SELECT format('CREATE RECURSIVE VIEW %s.%I (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM %I WHERE n < 5', s.name, raw, raw)
FROM schemas s, new_names;

SELECT format('CREATE VIEW %s.%I AS SELECT a.%s AS "one", b.%s AS "two", %s FROM %s a JOIN %s b USING (%s)', s.name, raw, a.name, b.name, c.name, a."table", b."table", c.name)
FROM schemas s, new_names, cells a JOIN cells c USING (attrelid) JOIN cells d ON d.attname = c.attname AND d.atttypid = c.atttypid JOIN cells b ON b.attrelid = d.attrelid
WHERE a.attnum <> c.attnum AND b.attnum <> d.attnum AND a.attrelid < b.attrelid LIMIT 5000;

SELECT format('CREATE RULE %I AS ON %s TO %s DO %s NOTHING', raw, what, r.name, how)
FROM relations r, new_names, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE']) what, unnest(ARRAY['INSTEAD', 'ALSO']) how
WHERE relkind IN ('r', 'p', 'v');

SELECT format('CREATE RULE %I AS ON UPDATE TO %s WHERE old.%s IS DISTINCT FROM new.%s DO ALSO NOTIFY "hey"', raw, "table", name, name)
FROM cells, new_names;

SELECT format('DROP RULE %I ON %s', rulename, r.name)
FROM pg_rewrite JOIN relations r ON r.oid = ev_class
WHERE rulename <> '_RETURN';

SELECT format('ALTER RULE %I ON %s RENAME TO %I', rulename, r.name, raw)
FROM pg_rewrite JOIN relations r ON r.oid = ev_class, new_names
WHERE rulename <> '_RETURN';

SELECT format('ALTER TABLE %s %s RULE %I', r.name, how, rulename)
FROM pg_rewrite JOIN relations r ON r.oid = ev_class, unnest(ARRAY['ENABLE', 'DISABLE', 'ENABLE REPLICA', 'ENABLE ALWAYS']) how
WHERE rulename <> '_RETURN';

SELECT format('COMMENT ON RULE %I ON %s IS %s', rulename, r.name, text)
FROM pg_rewrite JOIN relations r ON r.oid = ev_class, texts
WHERE rulename <> '_RETURN';
