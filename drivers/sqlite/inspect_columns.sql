-- One row is one column of an ordinary table as SQLite has understood it. Views and virtual tables are left out: a broken one
-- would fail the whole query.
SELECT
  m.name,
  x.name,
  x.type,
  x."notnull",
  coalesce(x.dflt_value, ''),
  x.pk,
  x.hidden
FROM main.sqlite_schema m, pragma_table_xinfo(m.name, 'main') x
WHERE m.type = 'table' AND m.rootpage <> 0
ORDER BY m.rowid, x.cid
