-- A row is an operator family that people made, with its members that belong to no class. own says that it came with its only
-- class, which has its name, and is no object then.
SELECT f.oid, f.opfnamespace, f.opfname, m.amname, coalesce(obj_description(f.oid, 'pg_opfamily'), ''),
       obj_description(f.oid, 'pg_opfamily') IS NULL
         AND (SELECT count(*) = 1 AND bool_and(c.opcname = f.opfname AND c.opcnamespace = f.opfnamespace) FROM pg_opclass c WHERE c.opcfamily = f.oid),
       ARRAY(
         SELECT u.item FROM (
           SELECT 0 AS sort, a.amopstrategy AS number, a.amoplefttype::regtype::text || a.amoprighttype::regtype AS types,
                  format('OPERATOR %s %s', a.amopstrategy, a.amopopr::regoperator) || coalesce(' FOR ORDER BY ' || (/* family */), '') AS item
           FROM pg_amop a WHERE a.amopfamily = f.oid
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_amop'::regclass AND d.objid = a.oid AND d.refclassid = 'pg_opclass'::regclass)
           UNION ALL
           SELECT 1, p.amprocnum, p.amproclefttype::regtype::text || p.amprocrighttype::regtype,
                  format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, NULL), format_type(p.amprocrighttype, NULL), p.amproc::oid::regprocedure)
           FROM pg_amproc p WHERE p.amprocfamily = f.oid
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_amproc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_opclass'::regclass)
         ) u ORDER BY u.sort, u.number, u.types, u.item),
       ARRAY(SELECT a.oid FROM pg_amop a WHERE a.amopfamily = f.oid ORDER BY 1), ARRAY(SELECT p.oid FROM pg_amproc p WHERE p.amprocfamily = f.oid ORDER BY 1)
FROM pg_opfamily f
JOIN pg_am m ON m.oid = f.opfmethod
JOIN pg_namespace n ON n.oid = f.opfnamespace
WHERE f.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_opfamily'::regclass AND d.objid = f.oid AND d.deptype = 'e')
ORDER BY n.nspname, f.opfname, m.amname
