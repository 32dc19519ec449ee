-- A row is an object that an extension owns, or the array type of one, with the extension.
SELECT d.classid::regclass::text, d.objid, d.refobjid
FROM pg_depend d
WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
UNION ALL
SELECT 'pg_type', t.typarray, d.refobjid
FROM pg_depend d JOIN pg_type t ON t.oid = d.objid
WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_type'::regclass AND t.typarray <> 0
