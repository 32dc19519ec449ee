-- A row is a range type: its multirange (oid 0 before version 14), the subtype, and what isn't the subtype's own.
SELECT t.oid, t.typarray, coalesce(m.oid, 0::oid), coalesce(m.typarray, 0::oid), t.typnamespace, t.typname, coalesce(m.typname, ''),
       coalesce(obj_description(t.oid, 'pg_type'), ''), format_type(r.rngsubtype, NULL),
       CASE WHEN o.opcdefault AND o.opcintype = r.rngsubtype THEN ''
            WHEN on_.nspname IN ('pg_catalog', current_schema()) THEN quote_ident(o.opcname) ELSE quote_ident(on_.nspname) || '.' || quote_ident(o.opcname) END,
       coalesce(CASE WHEN pn.nspname IN ('pg_catalog', current_schema()) THEN quote_ident(p.proname) ELSE quote_ident(pn.nspname) || '.' || quote_ident(p.proname) END, ''),
       CASE WHEN r.rngcollation <> 0 AND r.rngcollation <> b.typcollation THEN r.rngcollation::regcollation::text ELSE '' END,
       r.rngcanonical::oid <> 0
FROM pg_range r
JOIN pg_type t ON t.oid = r.rngtypid
JOIN pg_type b ON b.oid = r.rngsubtype
JOIN pg_namespace n ON n.oid = t.typnamespace
JOIN pg_opclass o ON o.oid = r.rngsubopc
JOIN pg_namespace on_ ON on_.oid = o.opcnamespace
LEFT JOIN pg_proc p ON p.oid = r.rngsubdiff::oid
LEFT JOIN pg_namespace pn ON pn.oid = p.pronamespace
LEFT JOIN pg_type m ON m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY n.nspname, t.typname
