-- A row is an object that people made, of a kind that has, or had, no query of its own: its kind, its schema or
-- nothing, and its name. Kinds that are carried are left out by the reader. Foreign tables are named with the tables; large objects
-- are rows, not schema.
WITH things AS (
  SELECT 'text_search_configuration' AS kind, cfgnamespace AS schema, cfgname::text AS name, 'pg_ts_config'::regclass AS class, oid FROM pg_ts_config
  UNION ALL SELECT 'text_search_dictionary', dictnamespace, dictname, 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
  UNION ALL SELECT 'text_search_parser', prsnamespace, prsname, 'pg_ts_parser'::regclass, oid FROM pg_ts_parser
  UNION ALL SELECT 'text_search_template', tmplnamespace, tmplname, 'pg_ts_template'::regclass, oid FROM pg_ts_template
  UNION ALL SELECT 'foreign_data_wrapper', 0, fdwname, 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
  UNION ALL SELECT 'server', 0, srvname, 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
  UNION ALL SELECT 'user_mapping', 0, srvname || ' for ' || usename, 'pg_user_mapping'::regclass, umid FROM pg_user_mappings
  UNION ALL SELECT 'conversion', connamespace, conname, 'pg_conversion'::regclass, oid FROM pg_conversion
  UNION ALL SELECT 'language', 0, lanname, 'pg_language'::regclass, oid FROM pg_language
  UNION ALL SELECT 'access_method', 0, amname, 'pg_am'::regclass, oid FROM pg_am
  UNION ALL SELECT 'operator_class', opcnamespace, opcname, 'pg_opclass'::regclass, oid FROM pg_opclass
  UNION ALL SELECT 'operator_family', f.opfnamespace, f.opfname, 'pg_opfamily'::regclass, f.oid FROM pg_opfamily f
    WHERE NOT EXISTS (SELECT FROM pg_opclass c WHERE c.opcfamily = f.oid AND c.opcname = f.opfname)
  UNION ALL SELECT 'transform', 0, format('for %s language %s', format_type(t.trftype, NULL), l.lanname), 'pg_transform'::regclass, t.oid
    FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
  UNION ALL SELECT 'subscription', 0, subname, 'pg_subscription'::regclass, 4294967295::oid FROM pg_subscription
    WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION ALL SELECT 'publication', 0, pubname, 'pg_publication'::regclass, oid FROM pg_publication
  UNION ALL SELECT 'statistics', stxnamespace, stxname, 'pg_statistic_ext'::regclass, oid FROM pg_statistic_ext
  UNION ALL SELECT 'extension', 0, extname, 'pg_extension'::regclass, oid FROM pg_extension WHERE extname <> 'plpgsql'
  UNION ALL SELECT 'collation', collnamespace, collname, 'pg_collation'::regclass, oid FROM pg_collation
  UNION ALL SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' WHEN 'c' THEN 'composite' ELSE 'type' END,
      t.typnamespace, t.typname, 'pg_type'::regclass, t.oid
    FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typtype <> 'm' AND (t.typrelid = 0 OR c.relkind = 'c')
      AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
)
SELECT t.kind, coalesce(n.nspname::text, ''), t.name
FROM things t
LEFT JOIN pg_namespace n ON n.oid = t.schema
WHERE t.oid >= 16384 AND (n.oid IS NULL OR n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = t.class AND d.objid = t.oid AND d.deptype IN ('e', 'i'))
UNION ALL
SELECT 'security_label', '', objname || ' (' || provider || ')'
FROM pg_seclabels
WHERE objtype NOT IN ('database', 'role', 'tablespace', 'large object')
ORDER BY 1, 2, 3
