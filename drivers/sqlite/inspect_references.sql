-- One row is one column of one foreign key as SQLite has understood it.
SELECT
  m.name,
  f.id,
  f."table",
  f."from",
  coalesce(f."to", ''),
  f.on_update,
  f.on_delete
FROM main.sqlite_schema m, pragma_foreign_key_list(m.name, 'main') f
WHERE m.type = 'table' AND m.rootpage <> 0
ORDER BY m.rowid, f.id DESC, f.seq
