-- A row is a foreign key to a partitioned table and one of that table's partitions: the engine checks each by a constraint of
-- its own, which hangs on the key's.
WITH RECURSIVE made AS (
  SELECT k.oid AS key, o.oid, o.conrelid, o.confrelid
  FROM pg_constraint k
  JOIN pg_constraint o ON o.conparentid = k.oid AND o.conrelid = k.conrelid
  WHERE k.contype = 'f'
  UNION ALL
  SELECT m.key, o.oid, o.conrelid, o.confrelid
  FROM made m
  JOIN pg_constraint o ON o.conparentid = m.oid AND o.conrelid = m.conrelid
)
SELECT key, confrelid FROM made
ORDER BY key, confrelid
