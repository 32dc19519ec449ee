-- A row is a statement: indexes.
SELECT format('CREATE %sINDEX %I ON %s USING %s (%s)%s', u, raw, "table", how, name, w)
FROM columns, new_names, unnest(ARRAY['', '', 'UNIQUE ']) u, unnest(ARRAY['btree', 'btree', 'hash', 'gin', 'gist', 'brin', 'spgist']) how, unnest(ARRAY['', ' WITH (fillfactor = 80)']) w
WHERE relkind IN ('r', 'p', 'm');

SELECT format('CREATE INDEX ON %s (%s)', "table", format(what, name))
FROM columns, unnest(ARRAY['%1$s DESC', '%1$s NULLS FIRST', 'lower(%1$s)', '(%1$s IS NULL)', '%1$s COLLATE "C"', '%1$s text_pattern_ops', '%1$s varchar_pattern_ops']) what
WHERE relkind IN ('r', 'p', 'm');

SELECT format('CREATE UNIQUE INDEX ON %s (%s, %s)%s', a."table", a.name, b.name, how)
FROM columns a JOIN columns b USING (attrelid), unnest(ARRAY['', ' NULLS NOT DISTINCT', ' WHERE ' || a.name || ' IS NOT NULL']) how
WHERE a.attnum <> b.attnum AND a.relkind IN ('r', 'p', 'm');

SELECT format('CREATE INDEX ON %s (%s) INCLUDE (%s) WHERE %s IS NULL', a."table", a.name, b.name, b.name)
FROM columns a JOIN columns b USING (attrelid)
WHERE a.relkind IN ('r', 'p', 'm');

SELECT format('DROP INDEX %s', name)
FROM relations
WHERE relkind IN ('i', 'I');

SELECT format('DROP INDEX %s CASCADE', name)
FROM relations
WHERE relkind IN ('i', 'I');

SELECT format('ALTER INDEX %s RENAME TO %I', name, raw)
FROM relations, new_names
WHERE relkind IN ('i', 'I');

SELECT format('ALTER INDEX %s SET (fillfactor = 44)', name)
FROM relations
WHERE relkind IN ('i') AND NOT relispartition;

SELECT format('ALTER INDEX %s RESET (fillfactor)', name)
FROM relations
WHERE relkind IN ('i') AND reloptions IS NOT NULL;

SELECT format('ALTER INDEX %s ALTER COLUMN 1 SET STATISTICS 333', name)
FROM relations
WHERE relkind IN ('i');

SELECT format('ALTER INDEX %s ATTACH PARTITION %s', p.name, c.name)
FROM relations p JOIN pg_index pi ON pi.indexrelid = p.oid JOIN pg_inherits h ON h.inhparent = pi.indrelid JOIN pg_index ci ON ci.indrelid = h.inhrelid JOIN relations c ON c.oid = ci.indexrelid AND NOT c.relispartition
WHERE p.relkind = 'I';

SELECT format('DROP INDEX %1$s; %2$s', name, replace(pg_get_indexdef(oid), ' USING btree (', ' USING btree ((1), '))
FROM relations
WHERE relkind = 'i';
