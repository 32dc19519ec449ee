-- A row is a rule other than that of a view: the relation that it is on, its event (1 SELECT, 2 UPDATE, 3 INSERT, 4 DELETE), and
-- its definition behind CREATE RULE … TO relation.
SELECT r.oid, c.relnamespace, c.relname, r.rulename, coalesce(obj_description(r.oid, 'pg_rewrite'), ''),
       r.ev_type::text, r.is_instead, r.ev_enabled::text,
       substr(pg_get_ruledef(r.oid), 1 + length(format(E'CREATE RULE %I AS\n    ON %s TO %I.%I', r.rulename,
         CASE r.ev_type WHEN '1' THEN 'SELECT' WHEN '2' THEN 'UPDATE' WHEN '3' THEN 'INSERT' ELSE 'DELETE' END, n.nspname, c.relname)))
FROM pg_rewrite r
JOIN pg_class c ON c.oid = r.ev_class
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN' AND r.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.deptype = 'e'
    AND (d.classid = 'pg_class'::regclass AND d.objid = c.oid OR d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid))
ORDER BY n.nspname, c.relname, r.rulename
