-- A row is a statement that puts a row into a table. What has a default gets another value in one of three; what refers gets a key.
WITH numbers(n) AS (VALUES (1), (2), (3)),
columns AS (
  SELECT t.name AS "table", n, printf('"%w"', c.name) AS name, coalesce(
    (SELECT printf('(SELECT "%w" FROM "%w" LIMIT 1 OFFSET %d)', coalesce(f."to", (SELECT p.name FROM pragma_table_info(f."table") p WHERE p.pk = f.seq + 1)), f."table", n - 1)
     FROM pragma_foreign_key_list(t.name) f WHERE f."from" = c.name COLLATE NOCASE LIMIT 1),
    CASE
      WHEN c.type LIKE '%int%' THEN n
      WHEN c.type LIKE '%char%' OR c.type LIKE '%clob%' OR c.type LIKE '%text%' THEN printf('''%d''', n)
      WHEN c.type LIKE '%blob%' THEN printf('x''0%d''', n)
      WHEN c.type LIKE '%real%' OR c.type LIKE '%floa%' OR c.type LIKE '%doub%' THEN printf('%d.5', n)
      WHEN c.type = '' THEN CASE n WHEN 1 THEN '''one''' WHEN 2 THEN 'x''02''' ELSE 'NULL' END
      ELSE n END) AS value
  FROM pragma_table_list t, numbers, pragma_table_xinfo(t.name) c
  WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
    AND c.hidden = 0 AND (c.dflt_value IS NULL OR n = 2)
  ORDER BY t.name, n, c.cid
)
SELECT printf('INSERT INTO "%w" (%s) VALUES (%s)', "table", group_concat(name, ', '), group_concat(value, ', '))
FROM columns
GROUP BY "table", n
ORDER BY "table", n;
