-- One row is the name of the table that it is about, a tab, and a fact that pg_dump --schema-only leaves out.
SET search_path = pg_catalog;
SET client_min_messages = warning;
SELECT '', format('version of extension %I: %s', extname, extversion) FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL
SELECT '', format('schema %I is there', nspname) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
UNION ALL
SELECT i.indrelid::regclass::text, format('index %s is invalid', indexrelid::regclass) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT (i.indisvalid AND i.indisready AND i.indislive) AND c.relkind = 'i'
UNION ALL
SELECT t.relname, format('type of the identity sequence of %s.%I: %s', d.refobjid::regclass, a.attname, format_type(s.seqtypid, NULL))
FROM pg_sequence s
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype = 'i' AND d.refclassid = 'pg_class'::regclass
JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
JOIN pg_class t ON t.oid = d.refobjid;
