-- A row is an event trigger that people made, its function as schema and name.
SELECT e.oid, e.evtname, coalesce(obj_description(e.oid, 'pg_event_trigger'), ''), e.evtevent, e.evtenabled::text, coalesce(e.evttags, '{}'),
       ARRAY[n.nspname, p.proname]::text[]
FROM pg_event_trigger e
JOIN pg_proc p ON p.oid = e.evtfoid
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE e.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_event_trigger'::regclass AND d.objid = e.oid AND d.deptype = 'e')
ORDER BY e.evtname
