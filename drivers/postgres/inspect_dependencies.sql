-- A row is one object that needs another, by catalogue, oid and column (0: the whole object). Internal dependencies are
-- those of parts that the engine made, such as the index of a constraint. That a sequence is dropped with its column is told
-- with the sequence.
SELECT d.classid::regclass::text, d.objid, d.objsubid, d.refclassid::regclass::text, d.refobjid, d.refobjsubid
FROM pg_depend d
WHERE d.deptype IN ('n', 'a', 'i', 'P', 'S')
  AND d.objid >= 16384 AND d.refobjid >= 16384
  AND NOT (d.deptype = 'a' AND d.classid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.objid IN (SELECT seqrelid FROM pg_sequence))
ORDER BY 1, 2, 3, 4, 5, 6
