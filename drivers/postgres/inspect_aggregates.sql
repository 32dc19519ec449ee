-- A row is an aggregate that people made, its arguments as arrays of one length, the first of which stand before ORDER BY; other
-- functions, and the operator, each as its schema and name.
SELECT p.oid, p.pronamespace, p.proname, coalesce(obj_description(p.oid, 'pg_proc'), ''), format_type(p.prorettype, NULL),
       p.proparallel::text, g.aggkind::text, g.aggnumdirectargs, p.provariadic <> 0,
       format_type(g.aggtranstype, NULL), g.aggtransspace, coalesce(format_type(nullif(g.aggmtranstype, 0), NULL), ''), g.aggmtransspace,
       g.agginitval, g.aggminitval, g.aggfinalextra, g.aggmfinalextra, g.aggfinalmodify::text, g.aggmfinalmodify::text,
       a.modes, a.names, a.types, a.defaults,
       ARRAY(SELECT ARRAY[coalesce(fn.nspname, ''), coalesce(f.proname, '')]::text[]
         FROM unnest(ARRAY[g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggserialfn, g.aggdeserialfn, g.aggmtransfn, g.aggminvtransfn,
           g.aggmfinalfn]::oid[]) WITH ORDINALITY u(o, i)
         LEFT JOIN pg_proc f ON f.oid = u.o LEFT JOIN pg_namespace fn ON fn.oid = f.pronamespace ORDER BY i),
       (SELECT ARRAY[sn.nspname, s.oprname]::text[] FROM pg_operator s JOIN pg_namespace sn ON sn.oid = s.oprnamespace WHERE s.oid = g.aggsortop)
FROM pg_aggregate g
JOIN pg_proc p ON p.oid = g.aggfnoid
JOIN pg_namespace n ON n.oid = p.pronamespace
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(coalesce(p.proargmodes[i], 'i')::text ORDER BY i), '{}') AS modes,
         coalesce(array_agg(coalesce(p.proargnames[i], '') ORDER BY i), '{}') AS names,
         coalesce(array_agg(format_type(t, NULL) ORDER BY i), '{}') AS types,
         coalesce(array_agg(''::text ORDER BY i), '{}') AS defaults
  FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY u(t, i)
) a
WHERE p.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
ORDER BY n.nspname, p.proname, p.proargtypes::text
