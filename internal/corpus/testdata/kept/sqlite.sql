-- A row is a column with rows of its own, as what tells it apart, what it is read from and its own name. A table's rowid and the number
-- that it counted to are columns as well. What an index reads from another table are no rows of its own.
WITH tables AS (
  SELECT t.*, lower(t.name) AS lower_name, (SELECT sql FROM sqlite_schema s WHERE s.type = 'table' AND s.name = t.name) AS sql,
    (SELECT lower(c.name) FROM pragma_table_xinfo(t.name) c WHERE c.pk = 1 AND c.type = 'integer' COLLATE NOCASE) AS key
  FROM pragma_table_list t
  WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
    AND NOT (t.type = 'virtual' AND EXISTS (SELECT 1 FROM sqlite_schema s WHERE s.name = t.name AND s.sql LIKE '%content%'))
)
SELECT printf('%s %s.%s %s %d', t.type, t.lower_name, lower(c.name), upper(c.type), t.strict), printf('"%w"', t.lower_name), printf('"%w"', lower(c.name))
FROM tables t, pragma_table_xinfo(t.name) c
WHERE c.hidden = 0
UNION ALL
SELECT printf('%s %s rowid %s', t.type, t.lower_name, t.key), printf('"%w"', t.lower_name), 'rowid'
FROM tables t
WHERE t.wr = 0 AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo(t.name) c WHERE c.name = 'rowid' COLLATE NOCASE)
UNION ALL
SELECT printf('%s counts', t.lower_name), printf('(SELECT seq FROM sqlite_sequence WHERE name = %Q COLLATE NOCASE)', t.lower_name), 'seq'
FROM tables t
WHERE t.sql LIKE '%autoincrement%'
ORDER BY 1;
