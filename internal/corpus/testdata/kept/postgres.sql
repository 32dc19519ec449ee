-- A row is a column with rows of its own, as what tells it apart, the table's name and its own. What has fields is left out: these come and
-- go. So are partitions, whose rows may go to others.
SET search_path = pg_catalog;
SELECT format('%s.%s %s %s %s', n.nspname, c.relname, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod)), c.oid::regclass, quote_ident(a.attname)
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_type e ON e.oid = t.typelem
WHERE c.relkind = 'r' AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND t.typcategory <> 'C' AND coalesce(e.typcategory, '') <> 'C'
ORDER BY 1;
