-- A row is an operator that people made: its operands' types (empty for none), its function, its estimators and the operators that
-- belong to it, each as schema and name. A shell, which another operator named and nobody made, has no function.
SELECT o.oid, o.oprnamespace, o.oprname, coalesce(obj_description(o.oid, 'pg_operator'), ''),
       coalesce(format_type(nullif(o.oprleft, 0), NULL), ''), coalesce(format_type(nullif(o.oprright, 0), NULL), ''),
       o.oprcanhash, o.oprcanmerge,
       ARRAY(SELECT ARRAY[coalesce(fn.nspname, ''), coalesce(f.proname, '')]::text[]
         FROM unnest(ARRAY[o.oprcode, o.oprrest, o.oprjoin]::oid[]) WITH ORDINALITY u(o, i)
         LEFT JOIN pg_proc f ON f.oid = u.o LEFT JOIN pg_namespace fn ON fn.oid = f.pronamespace ORDER BY i),
       (SELECT ARRAY[sn.nspname, s.oprname]::text[] FROM pg_operator s JOIN pg_namespace sn ON sn.oid = s.oprnamespace WHERE s.oid = o.oprcom),
       (SELECT ARRAY[sn.nspname, s.oprname]::text[] FROM pg_operator s JOIN pg_namespace sn ON sn.oid = s.oprnamespace WHERE s.oid = o.oprnegate)
FROM pg_operator o
JOIN pg_namespace n ON n.oid = o.oprnamespace
WHERE o.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e')
ORDER BY n.nspname, o.oprname, o.oprleft, o.oprright
