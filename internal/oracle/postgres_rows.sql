-- One row is a table's or sequence's name, a tab, and the query that copies its rows with the columns in the order of their names.
SET search_path = pg_catalog;
SET client_min_messages = warning;
SELECT c.relname, format(
  'COPY (SELECT %L, %s FROM ONLY %s) TO STDOUT;', c.oid::regclass::text || ':',
  coalesce((SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname)
            FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '1'),
  c.oid::regclass)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT c.relname, format('SELECT %L, last_value, is_called FROM %s;', c.oid::regclass::text || ':', c.oid::regclass)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');
