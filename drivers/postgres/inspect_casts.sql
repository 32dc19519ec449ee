-- A row is a cast that people made: its context (e, a, i), its method (f, i, b), and its function as schema and name, with the
-- types of its arguments.
SELECT c.oid, coalesce(obj_description(c.oid, 'pg_cast'), ''), format_type(c.castsource, NULL), format_type(c.casttarget, NULL),
       c.castcontext::text, c.castmethod::text,
       (SELECT ARRAY[n.nspname, p.proname]::text[] FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.oid = c.castfunc),
       coalesce((SELECT string_agg(format_type(t, NULL), ', ' ORDER BY i) FROM pg_proc p, unnest(p.proargtypes::oid[]) WITH ORDINALITY u(t, i)
         WHERE p.oid = c.castfunc), '')
FROM pg_cast c
WHERE c.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype IN ('e', 'i'))
ORDER BY 3, 4
