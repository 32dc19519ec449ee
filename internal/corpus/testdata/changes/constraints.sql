-- A row is a statement: keys, checks and foreign keys.
SELECT format('ALTER TABLE %s ADD CONSTRAINT %I CHECK (%s)%s', "table", raw, format(what, name), how)
FROM cells, new_names, unnest(ARRAY['%1$s IS NOT NULL', '%1$s IS NULL OR length(%1$s::text) < 1000', '%1$s::text <> ''never''']) what, unnest(ARRAY['', '', ' NOT VALID', ' NO INHERIT']) how;

SELECT format('ALTER TABLE %s ADD CHECK (%s <> %s)', a."table", a.name, b.name)
FROM cells a JOIN cells b USING (attrelid, atttypid)
WHERE a.attnum < b.attnum;

SELECT format('ALTER TABLE %s ADD CONSTRAINT %I UNIQUE (%s)%s', "table", raw, name, how)
FROM cells, new_names, unnest(ARRAY['', ' DEFERRABLE', ' DEFERRABLE INITIALLY DEFERRED', ' WITH (fillfactor = 60)']) how
WHERE relkind <> 'f';

SELECT format('ALTER TABLE %s ADD UNIQUE %s(%s, %s)', a."table", how, a.name, b.name)
FROM cells a JOIN cells b USING (attrelid), unnest(ARRAY['', 'NULLS NOT DISTINCT ']) how
WHERE a.attnum <> b.attnum;

SELECT format('ALTER TABLE %s ADD UNIQUE (%s) INCLUDE (%s)', a."table", a.name, b.name)
FROM cells a JOIN cells b USING (attrelid)
WHERE a.attnum <> b.attnum;

SELECT format('ALTER TABLE %s ADD PRIMARY KEY (%s)', "table", name)
FROM cells
WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = attrelid AND contype = 'p');

SELECT format('ALTER TABLE %1$s DROP CONSTRAINT %2$I CASCADE, ADD CONSTRAINT %2$I PRIMARY KEY (%3$s)', "table", conname, name)
FROM cells JOIN pg_constraint ON conrelid = attrelid AND contype = 'p';

SELECT format('ALTER TABLE %1$s DROP CONSTRAINT %2$I CASCADE, ADD PRIMARY KEY (%3$s, %4$s)', a."table", conname, a.name, b.name)
FROM cells a JOIN cells b USING (attrelid) JOIN pg_constraint ON conrelid = attrelid AND contype = 'p'
WHERE a.attnum <> b.attnum;

SELECT format('ALTER TABLE %s ADD FOREIGN KEY (%s) REFERENCES %s (%s) %s', c."table", c.name, k."table", k.name, how)
FROM cells k JOIN pg_index i ON i.indrelid = k.attrelid AND indisunique AND indnkeyatts = 1 AND indkey[0] = k.attnum JOIN cells c ON c.atttypid = k.atttypid,
  unnest(ARRAY['', 'ON DELETE CASCADE', 'ON DELETE SET NULL ON UPDATE CASCADE', 'DEFERRABLE INITIALLY DEFERRED', 'NOT VALID', 'MATCH FULL', 'ON DELETE SET DEFAULT']) how;

SELECT format('ALTER TABLE %s ADD CONSTRAINT %I EXCLUDE USING %s (%s WITH %s)%s', "table", raw, how, name, op, w)
FROM cells, new_names, (VALUES ('gist', '&&'), ('btree', '='), ('hash', '=')) v(how, op), unnest(ARRAY['', ' DEFERRABLE']) w;

SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', t.name, conname)
FROM pg_constraint JOIN tables t ON t.oid = conrelid;

SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', t.name, conname)
FROM pg_constraint JOIN tables t ON t.oid = conrelid;

SELECT format('ALTER TABLE ONLY %s DROP CONSTRAINT %I', t.name, conname)
FROM pg_constraint JOIN tables t ON t.oid = conrelid;

SELECT format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', t.name, conname, raw)
FROM pg_constraint JOIN tables t ON t.oid = conrelid, new_names;

SELECT format('ALTER TABLE %s ALTER CONSTRAINT %I %s', t.name, conname, how)
FROM pg_constraint JOIN tables t ON t.oid = conrelid, unnest(ARRAY['DEFERRABLE', 'DEFERRABLE INITIALLY DEFERRED', 'NOT DEFERRABLE']) how
WHERE contype = 'f';

SELECT format('ALTER TABLE %s VALIDATE CONSTRAINT %I', t.name, conname)
FROM pg_constraint JOIN tables t ON t.oid = conrelid
WHERE NOT convalidated;

SELECT format('ALTER TABLE %1$s DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I %3$s NOT VALID', t.name, conname, pg_get_constraintdef(k.oid))
FROM pg_constraint k JOIN tables t ON t.oid = conrelid
WHERE contype IN ('f', 'c');

SELECT format('ALTER TABLE %1$s DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I %3$s', t.name, conname, replace(pg_get_constraintdef(k.oid), ' NOT VALID', '') || ' DEFERRABLE')
FROM pg_constraint k JOIN tables t ON t.oid = conrelid
WHERE contype IN ('f', 'u', 'x');

SELECT format('ALTER TABLE %s ADD CONSTRAINT %I UNIQUE USING INDEX %I', t.name, raw, i.relname)
FROM tables t JOIN pg_index x ON x.indrelid = t.oid AND indisunique JOIN pg_class i ON i.oid = indexrelid, new_names
WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid);

SELECT format('COMMENT ON CONSTRAINT %I ON %s IS %s', conname, t.name, text)
FROM pg_constraint JOIN tables t ON t.oid = conrelid, texts;
