-- A row is an operator class that people made, with its members; those that an own family has besides are among them.
SELECT c.oid, c.opcnamespace, c.opcname, m.amname, coalesce(obj_description(c.oid, 'pg_opclass'), ''), format_type(c.opcintype, NULL), c.opcdefault,
       CASE WHEN c.opckeytype <> 0 THEN format_type(c.opckeytype, NULL) ELSE '' END, c.opcfamily, ARRAY[fn.nspname, f.opfname]::text[],
       ARRAY(
         SELECT u.item FROM (
           SELECT 0 AS sort, a.amopstrategy AS number, a.amoplefttype::regtype::text || a.amoprighttype::regtype AS types,
                  format('OPERATOR %s %s', a.amopstrategy, a.amopopr::regoperator) || coalesce(' FOR ORDER BY ' || (/* family */), '') AS item
           FROM pg_amop a JOIN pg_depend d ON d.classid = 'pg_amop'::regclass AND d.objid = a.oid AND d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid
           UNION ALL
           SELECT 1, p.amprocnum, p.amproclefttype::regtype::text || p.amprocrighttype::regtype,
                  format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, NULL), format_type(p.amprocrighttype, NULL), p.amproc::oid::regprocedure)
           FROM pg_amproc p JOIN pg_depend d ON d.classid = 'pg_amproc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid
         ) u ORDER BY u.sort, u.number, u.types, u.item),
       ARRAY(SELECT d.objid FROM pg_depend d WHERE d.classid = 'pg_amop'::regclass AND d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid ORDER BY 1),
       ARRAY(SELECT d.objid FROM pg_depend d WHERE d.classid = 'pg_amproc'::regclass AND d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid ORDER BY 1)
FROM pg_opclass c
JOIN pg_am m ON m.oid = c.opcmethod
JOIN pg_opfamily f ON f.oid = c.opcfamily
JOIN pg_namespace fn ON fn.oid = f.opfnamespace
JOIN pg_namespace n ON n.oid = c.opcnamespace
WHERE c.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_opclass'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.opcname, m.amname
