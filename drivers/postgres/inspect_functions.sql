-- A row is a function or procedure that people made, its arguments as arrays of one length: modes (i, o, b, v, t), names, types,
-- defaults. A support function is its schema and name.
SELECT p.oid, p.pronamespace, p.proname, p.prokind::text, coalesce(obj_description(p.oid, 'pg_proc'), ''),
       l.lanname, p.prosrc, coalesce(p.probin, ''), coalesce(pg_get_function_sqlbody(p.oid), ''),
       p.provolatile::text, p.proisstrict, p.proleakproof, p.prosecdef, p.proparallel::text, p.procost::text, p.prorows::text,
       p.proretset, format_type(p.prorettype, NULL), coalesce(p.proconfig, '{}'),
       a.modes, a.names, a.types, a.defaults,
       ARRAY(SELECT format_type(t, NULL) FROM unnest(p.protrftypes) WITH ORDINALITY u(t, n) ORDER BY n),
       (SELECT ARRAY[sn.nspname, s.proname]::text[] FROM pg_proc s JOIN pg_namespace sn ON sn.oid = s.pronamespace WHERE s.oid = p.prosupport),
       EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'x')
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
JOIN pg_language l ON l.oid = p.prolang
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(coalesce(p.proargmodes[i], 'i')::text ORDER BY i), '{}') AS modes,
         coalesce(array_agg(coalesce(p.proargnames[i], '') ORDER BY i), '{}') AS names,
         coalesce(array_agg(format_type(t, NULL) ORDER BY i), '{}') AS types,
         coalesce(array_agg(coalesce(pg_get_function_arg_default(p.oid, i::int), '') ORDER BY i), '{}') AS defaults
  FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY u(t, i)
) a
WHERE p.prokind IN ('f', 'p', 'w') AND p.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
ORDER BY n.nspname, p.proname, p.proargtypes::text
