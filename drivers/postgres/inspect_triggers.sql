-- A row is a trigger that people made, its function and the table of a constraint trigger as schema and name; or one that a
-- partition has from its parent and that is switched on or off, or commented on, on the partition alone, with the parent's name and state.
SELECT t.oid, t.tgconstraint, c.relnamespace, c.relname, t.tgname, coalesce(obj_description(t.oid, 'pg_trigger'), ''),
       t.tgtype::int, t.tgenabled::text, t.tgdeferrable, t.tginitdeferred, coalesce(t.tgoldtable, ''), coalesce(t.tgnewtable, ''),
       ARRAY(SELECT a.attname::text FROM unnest(t.tgattr::int2[]) WITH ORDINALITY u(n, i)
         JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = u.n ORDER BY i),
       (SELECT ARRAY[fn.nspname, f.proname]::text[] FROM pg_proc f JOIN pg_namespace fn ON fn.oid = f.pronamespace WHERE f.oid = t.tgfoid),
       (SELECT ARRAY[rn.nspname, r.relname]::text[] FROM pg_class r JOIN pg_namespace rn ON rn.oid = r.relnamespace WHERE r.oid = t.tgconstrrelid),
       pg_get_triggerdef(t.oid), coalesce(p.tgname, ''), coalesce(p.tgenabled::text, ''),
       EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.deptype = 'x')
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_trigger p ON p.oid = t.tgparentid
LEFT JOIN pg_constraint o ON o.oid = t.tgconstraint
WHERE (t.tgparentid = 0 AND NOT t.tgisinternal OR (o.contype IS NULL OR o.contype = 't') AND (p.tgenabled <> t.tgenabled OR obj_description(t.oid, 'pg_trigger') IS NOT NULL))
  AND t.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.deptype = 'e'
    AND (d.classid = 'pg_class'::regclass AND d.objid = c.oid OR d.classid = 'pg_trigger'::regclass AND d.objid = t.oid))
ORDER BY n.nspname, c.relname, t.tgname
