-- A row is a column that a table has of a parent alone, with the first parent's column.
SELECT DISTINCT ON (a.attrelid, a.attnum) a.attrelid, a.attnum::integer, b.attrelid, b.attnum::integer
FROM pg_attribute a
JOIN pg_inherits h ON h.inhrelid = a.attrelid
JOIN pg_attribute b ON b.attrelid = h.inhparent AND b.attname = a.attname AND NOT b.attisdropped
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
WHERE a.attnum > 0 AND NOT a.attisdropped AND NOT a.attislocal
ORDER BY a.attrelid, a.attnum, h.inhseqno
