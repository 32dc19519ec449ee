-- A row is a statement: partitions come, go and move.
SELECT format('ALTER TABLE %s DETACH PARTITION %s', p.name, c.name)
FROM pg_inherits JOIN tables c ON c.oid = inhrelid JOIN tables p ON p.oid = inhparent
WHERE c.relispartition;

SELECT format('ALTER TABLE %s ATTACH PARTITION %s DEFAULT', p.name, c.name)
FROM tables c, tables p
WHERE p.relkind = 'p' AND c.oid <> p.oid AND NOT c.relispartition AND NOT EXISTS (SELECT attname, atttypid FROM columns WHERE attrelid = p.oid EXCEPT SELECT attname, atttypid FROM columns WHERE attrelid = c.oid);

SELECT format('CREATE TABLE %s.%I PARTITION OF %s DEFAULT', s.name, raw, t.name)
FROM tables t, new_names, schemas s
WHERE relkind = 'p';

SELECT format('CREATE TABLE %s.%I PARTITION OF %s FOR VALUES IN (%L)', s.name, raw, t.name, v)
FROM tables t JOIN pg_partitioned_table ON partrelid = t.oid AND partstrat = 'l', new_names, schemas s, unnest(ARRAY['7777', 'z', NULL]) v;

SELECT format('CREATE TABLE %s.%I PARTITION OF %s FOR VALUES FROM (%s) TO (%s)', s.name, raw, t.name, a, b)
FROM tables t JOIN pg_partitioned_table ON partrelid = t.oid AND partstrat = 'r', new_names, schemas s, (VALUES ('70000', '80000'), ('MINVALUE', '-5000'), ('''2031-01-01''', '''2032-01-01''')) v(a, b);

SELECT format('ALTER TABLE %1$s DETACH PARTITION %2$s; ALTER TABLE %1$s ATTACH PARTITION %2$s %3$s', p.name, c.name, regexp_replace(pg_get_expr(c.relpartbound, c.oid), $$ TO \('?(\d+)$$, ' TO (''\19'))
FROM pg_inherits JOIN tables c ON c.oid = inhrelid JOIN tables p ON p.oid = inhparent
WHERE c.relispartition AND pg_get_expr(c.relpartbound, c.oid) ~ $$ TO \('?\d+'?\)$$;

SELECT format('ALTER TABLE %1$s DETACH PARTITION %2$s; ALTER TABLE %1$s ATTACH PARTITION %2$s %3$s', p.name, c.name, regexp_replace(pg_get_expr(c.relpartbound, c.oid), $$\)$$, ', ''99''' || ')'))
FROM pg_inherits JOIN tables c ON c.oid = inhrelid JOIN tables p ON p.oid = inhparent
WHERE c.relispartition AND pg_get_expr(c.relpartbound, c.oid) ~ 'IN \(';

SELECT format('ALTER TABLE %1$s DETACH PARTITION %2$s; CREATE TABLE %4$s.%5$I PARTITION OF %1$s %3$s', p.name, c.name, pg_get_expr(c.relpartbound, c.oid), s.name, raw)
FROM pg_inherits JOIN tables c ON c.oid = inhrelid JOIN tables p ON p.oid = inhparent, new_names, schemas s
WHERE c.relispartition;

SELECT format('ALTER TABLE %1$s DETACH PARTITION %2$s; CREATE TABLE %4$s.%5$I (LIKE %1$s INCLUDING DEFAULTS INCLUDING GENERATED) PARTITION BY HASH (%6$s); CREATE TABLE %4$s."sub 0" PARTITION OF %4$s.%5$I FOR VALUES WITH (MODULUS 2, REMAINDER 0); CREATE TABLE %4$s.sub1 PARTITION OF %4$s.%5$I FOR VALUES WITH (MODULUS 2, REMAINDER 1); INSERT INTO %4$s.%5$I SELECT * FROM %2$s; ALTER TABLE %1$s ATTACH PARTITION %4$s.%5$I %3$s', p.name, c.name, pg_get_expr(c.relpartbound, c.oid), s.name, raw, a.name)
FROM pg_inherits JOIN tables c ON c.oid = inhrelid JOIN tables p ON p.oid = inhparent JOIN cells a ON a.attrelid = c.oid AND a.attnum = 1, new_names, schemas s
WHERE c.relispartition;

SELECT format('CREATE TABLE %s.%I (LIKE %s INCLUDING DEFAULTS) PARTITION BY %s (%s)', s.name, raw, t.name, how, a.name)
FROM tables t JOIN cells a ON a.attrelid = t.oid, new_names, schemas s, unnest(ARRAY['LIST', 'RANGE', 'HASH']) how;
