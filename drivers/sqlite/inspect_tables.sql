-- One row is one table, view or virtual table as SQLite has understood it. A shadow table belongs to a virtual table.
SELECT
  name,
  type,
  wr,
  strict
FROM pragma_table_list
WHERE schema = 'main'
