-- A row is one object that needs another, by catalogue, oid and column (0: the whole object). Internal dependencies are
-- those of parts that the engine made, such as the index of a constraint. That a sequence is dropped with its column is told
-- with the sequence.
SELECT c.relname, d.objid, d.objsubid, rc.relname, d.refobjid, d.refobjsubid
FROM pg_depend d
JOIN pg_class c ON c.oid = d.classid
JOIN pg_class rc ON rc.oid = d.refclassid
WHERE d.deptype IN ('n', 'a', 'i', 'P', 'S')
  AND d.objid >= 16384 AND d.refobjid >= 16384
  AND NOT (d.deptype = 'a' AND d.classid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.objid IN (SELECT seqrelid FROM pg_sequence))
ORDER BY 1, 2, 3, 4, 5, 6
