-- A row is a partitioned table with its key.
SELECT p.partrelid, pg_get_partkeydef(p.partrelid)
FROM pg_partitioned_table p
ORDER BY p.partrelid
