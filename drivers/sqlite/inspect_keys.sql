-- One row is one column of one index as SQLite has understood it; the name is NULL for an expression.
SELECT
  m.name,
  l.name,
  l.origin,
  l."unique",
  l.partial,
  x.cid,
  coalesce(x.name, ''),
  x."desc",
  coalesce(x.coll, '')
FROM main.sqlite_schema m, pragma_index_list(m.name, 'main') l, pragma_index_xinfo(l.name, 'main') x
WHERE m.type = 'table' AND m.rootpage <> 0 AND x.key
ORDER BY m.rowid, l.seq, x.seqno
