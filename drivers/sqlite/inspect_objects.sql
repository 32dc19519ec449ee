-- One row is one object of the database with the text that made it, in the order of creation. The text is NULL for an
-- index that a constraint made.
SELECT
  type,
  name,
  tbl_name,
  coalesce(sql, ''),
  rootpage = 0
FROM main.sqlite_schema
ORDER BY rowid
