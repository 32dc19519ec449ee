-- A row is a statement: what relations of all kinds can have done to them.
SELECT format('ALTER %s %s RENAME TO %I', word, name, raw)
FROM relations, new_names
WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I');

SELECT format('ALTER %s %s RENAME TO %I', word, name, left(relname, 50) || '_renamed')
FROM relations
WHERE relkind IN ('r', 'p', 'f');

SELECT format('ALTER TABLE %1$s RENAME TO "in between"; ALTER TABLE %2$s RENAME TO %3$I; ALTER TABLE %4$s."in between" RENAME TO %5$I', a.name, b.name, a.relname, a.schema, b.relname)
FROM tables a JOIN tables b ON a.schema = b.schema AND a.relname < b.relname;

SELECT format('ALTER %s %s SET SCHEMA %s', word, r.name, s.name)
FROM relations r, schemas s
WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND s.name <> r.schema;

SELECT format('ALTER TABLE %s %s', name, what)
FROM tables, unnest(ARRAY['SET (fillfactor = 55)', 'SET (autovacuum_enabled = false, toast.autovacuum_enabled = false)', 'RESET (fillfactor, autovacuum_enabled)', 'SET (parallel_workers = 3, log_autovacuum_min_duration = 0)', 'SET UNLOGGED', 'SET LOGGED']) what;

SELECT format('ALTER TABLE %s %s ROW LEVEL SECURITY', name, what)
FROM tables, unnest(ARRAY['ENABLE', 'DISABLE', 'FORCE', 'NO FORCE', 'ENABLE']) what;

SELECT format('ALTER TABLE %s REPLICA IDENTITY %s', name, what)
FROM tables, unnest(ARRAY['FULL', 'NOTHING', 'DEFAULT']) what;

SELECT format('ALTER TABLE %s REPLICA IDENTITY USING INDEX %I', t.name, i.relname)
FROM tables t JOIN pg_index x ON x.indrelid = t.oid AND indisunique JOIN pg_class i ON i.oid = x.indexrelid;

SELECT format('ALTER TABLE %s CLUSTER ON %I', t.name, i.relname)
FROM tables t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid;

SELECT format('ALTER TABLE %s SET WITHOUT CLUSTER', t.name)
FROM tables t JOIN pg_index x ON x.indrelid = t.oid AND indisclustered;

SELECT format('DROP %s %s', word, name)
FROM relations
WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S');

SELECT format('DROP %s %s CASCADE', word, name)
FROM relations
WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S');

SELECT format('CREATE TABLE %s.%I (LIKE %s INCLUDING ALL)', s.name, raw, t.name)
FROM tables t, new_names, schemas s;

SELECT format('CREATE TABLE %s.%I (more integer DEFAULT 5) INHERITS (%s)', s.name, raw, t.name)
FROM tables t, new_names, schemas s
WHERE t.relkind = 'r';

SELECT format('CREATE TABLE %s.%I (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, own %s, spare text COLLATE "C")', s.name, raw, u.name)
FROM usable u, new_names, schemas s;

SELECT format('CREATE TABLE %s.%I OF %s', s.name, raw, t.name)
FROM types t, new_names, schemas s
WHERE typtype = 'c';

SELECT format('ALTER TABLE %s NOT OF', name)
FROM tables
WHERE reloftype <> 0;

SELECT format('ALTER TABLE %s OF %s', a.name, t.name)
FROM tables a, types t
WHERE typtype = 'c';

SELECT format('ALTER TABLE %s NO INHERIT %s', c.name, p.name)
FROM pg_inherits JOIN tables c ON c.oid = inhrelid JOIN tables p ON p.oid = inhparent
WHERE NOT c.relispartition;

SELECT format('ALTER TABLE %s INHERIT %s', c.name, p.name)
FROM tables c, tables p
WHERE c.oid <> p.oid AND p.relkind = 'r' AND NOT c.relispartition AND NOT p.relispartition
AND NOT EXISTS (SELECT attname, atttypid FROM columns WHERE attrelid = p.oid EXCEPT SELECT attname, atttypid FROM columns WHERE attrelid = c.oid);

SELECT format('COMMENT ON %s %s IS %s', word, name, text)
FROM relations, texts
WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I', 'c') AND relations.oid NOT IN (SELECT conindid FROM pg_constraint);

SELECT format('GRANT %s ON %s TO %s', what, r.name, g.name)
FROM relations r, grantees g, unnest(ARRAY['SELECT', 'INSERT, UPDATE', 'ALL']) what
WHERE relkind IN ('r', 'p', 'f', 'v', 'm');

SELECT format('REVOKE ALL ON %s FROM %s', r.name, g.name)
FROM relations r, grantees g
WHERE relkind IN ('r', 'p', 'f', 'v', 'm') AND relacl IS NOT NULL;
