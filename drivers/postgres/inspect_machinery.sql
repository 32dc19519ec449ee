-- A row is an access method, a conversion, a language or a transform that people made: its kind, address, schema, name and
-- comment; texts in the order in which the kind's reader wants them; the functions as schema, name and argument types; a flag.
WITH functions AS (
  SELECT p.oid, ARRAY[n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)]::text[] AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
),
things AS (
  SELECT 'access_method' AS kind, 'pg_am'::regclass AS class, a.oid, 0::oid AS schema, a.amname::text AS name,
         ARRAY[CASE a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END] AS texts, ARRAY[a.amhandler]::oid[] AS uses, false AS flag
  FROM pg_am a
  UNION ALL
  SELECT 'conversion', 'pg_conversion'::regclass, c.oid, c.connamespace, c.conname,
         ARRAY[pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding)], ARRAY[c.conproc]::oid[], c.condefault
  FROM pg_conversion c
  UNION ALL
  SELECT 'language', 'pg_language'::regclass, l.oid, 0, l.lanname, '{}', ARRAY[l.lanplcallfoid, l.laninline, l.lanvalidator]::oid[], l.lanpltrusted
  FROM pg_language l
  UNION ALL
  SELECT 'transform', 'pg_transform'::regclass, t.oid, 0, '', ARRAY[format_type(t.trftype, NULL), l.lanname], ARRAY[t.trffromsql, t.trftosql]::oid[], false
  FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
)
SELECT t.kind, t.class::text, t.oid, t.schema, t.name, coalesce(obj_description(t.oid, t.class::text), ''), t.texts,
       (SELECT coalesce(json_agg(coalesce(f.name, '{"","",""}') ORDER BY u.i), '[]') FROM unnest(t.uses) WITH ORDINALITY u(o, i) LEFT JOIN functions f ON f.oid = u.o)::text,
       t.flag
FROM things t
LEFT JOIN pg_namespace n ON n.oid = t.schema
WHERE t.oid >= 16384 AND (n.oid IS NULL OR n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = t.class AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY t.kind, n.nspname, t.name, t.texts
