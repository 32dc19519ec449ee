-- A row is an object of text search that people made: its kind, address, schema, name and comment, the schema and name of its
-- parser or template, a dictionary's options as they were given, and a list in JSON of keys with schema and name: its
-- functions by property, or its dictionaries by the type of token, in order.
WITH functions AS (
  SELECT p.oid, n.nspname, p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
),
things AS (
  SELECT 'text_search_configuration' AS kind, 'pg_ts_config'::regclass AS class, c.oid, c.cfgnamespace AS schema, c.cfgname::text AS name,
         ARRAY[(SELECT nspname::text FROM pg_namespace WHERE oid = p.prsnamespace), p.prsname] AS base, '' AS options,
         (SELECT json_agg(json_build_array(t.alias, (SELECT nspname::text FROM pg_namespace WHERE oid = d.dictnamespace), d.dictname) ORDER BY t.alias, m.mapseqno)
          FROM pg_ts_config_map m JOIN ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype JOIN pg_ts_dict d ON d.oid = m.mapdict WHERE m.mapcfg = c.oid) AS parts
  FROM pg_ts_config c JOIN pg_ts_parser p ON p.oid = c.cfgparser
  UNION ALL
  SELECT 'text_search_dictionary', 'pg_ts_dict'::regclass, d.oid, d.dictnamespace, d.dictname,
         ARRAY[(SELECT nspname::text FROM pg_namespace WHERE oid = t.tmplnamespace), t.tmplname], coalesce(d.dictinitoption, ''), NULL
  FROM pg_ts_dict d JOIN pg_ts_template t ON t.oid = d.dicttemplate
  UNION ALL
  SELECT 'text_search_parser', 'pg_ts_parser'::regclass, p.oid, prsnamespace, prsname, '{"",""}', '',
         (SELECT json_agg(json_build_array(u.key, f.nspname, f.proname)) FROM functions f
          JOIN (VALUES ('start', prsstart), ('get_token', prstoken), ('end', prsend), ('lex_types', prslextype), ('headline', prsheadline)) u(key, function) ON u.function = f.oid)
  FROM pg_ts_parser p
  UNION ALL
  SELECT 'text_search_template', 'pg_ts_template'::regclass, t.oid, tmplnamespace, tmplname, '{"",""}', '',
         (SELECT json_agg(json_build_array(u.key, f.nspname, f.proname)) FROM functions f
          JOIN (VALUES ('init', tmplinit), ('lexize', tmpllexize)) u(key, function) ON u.function = f.oid)
  FROM pg_ts_template t
)
SELECT t.kind, t.class::text, t.oid, t.schema, t.name, coalesce(obj_description(t.oid, t.class::text), ''), t.base, t.options, coalesce(t.parts, '[]')::text
FROM things t
JOIN pg_namespace n ON n.oid = t.schema
WHERE t.oid >= 16384 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = t.class AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY t.kind, n.nspname, t.name
