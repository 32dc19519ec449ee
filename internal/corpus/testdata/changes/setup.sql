-- What a random change may be about, in views of the session: each leaves out what the server or an extension owns.
SET search_path = pg_catalog;

CREATE TEMP VIEW foreign_to_us AS
SELECT classid, objid FROM pg_depend WHERE deptype = 'e';

CREATE TEMP VIEW schemas AS
SELECT oid, nspname AS plain, quote_ident(nspname) AS name FROM pg_namespace n
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND (2615::oid, n.oid) NOT IN (SELECT * FROM foreign_to_us);

CREATE TEMP VIEW relations AS
SELECT c.*, format('%s.%I', s.name, c.relname) AS name, s.name AS schema, s.plain AS plainschema,
  CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'S' THEN 'SEQUENCE' WHEN 'i' THEN 'INDEX' WHEN 'I' THEN 'INDEX' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END AS word
FROM pg_class c JOIN schemas s ON s.oid = c.relnamespace
WHERE (1259::oid, c.oid) NOT IN (SELECT * FROM foreign_to_us);

CREATE TEMP VIEW tables AS SELECT * FROM relations WHERE relkind IN ('r', 'p', 'f');

CREATE TEMP VIEW columns AS
SELECT r.name AS "table", r.relkind, r.relispartition, r.word, quote_ident(a.attname) AS name, a.attrelid, a.attname, a.attnum, a.atttypid, a.attnotnull, a.attidentity, a.attgenerated, a.attlen, a.attinhcount, format_type(a.atttypid, a.atttypmod) AS type,
  t.typtype, t.typcategory, t.typcollation, pg_get_expr(d.adbin, d.adrelid) AS "default", r.relname AS rawtable
FROM pg_attribute a JOIN relations r ON r.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped;

CREATE TEMP VIEW cells AS SELECT * FROM columns WHERE relkind IN ('r', 'p', 'f');

CREATE TEMP VIEW types AS
SELECT t.*, format('%s.%I', s.name, t.typname) AS name, s.name AS schema, CASE typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END AS word
FROM pg_type t JOIN schemas s ON s.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c') AND (1247::oid, t.oid) NOT IN (SELECT * FROM foreign_to_us);

CREATE TEMP VIEW usable AS
SELECT name FROM types UNION ALL SELECT name || '[]' FROM types WHERE typtype <> 'd'
UNION ALL SELECT unnest(ARRAY['integer', 'bigint', 'smallint', 'text', 'character varying(40)', 'character varying(200)', 'character(12)', 'numeric', 'numeric(12,3)', 'double precision', 'real', 'boolean',
  'date', 'timestamp', 'timestamptz', 'timestamp(3)', 'time', 'interval', 'interval day to second(2)', 'uuid', 'json', 'jsonb', 'bytea', 'integer[]', 'text[]', 'int4range', 'tstzrange', 'inet', 'xml', 'bit varying(9)', '"char"', 'name', 'money', 'tsvector', 'point', 'oid', 'regclass']);

CREATE TEMP VIEW routines AS
SELECT p.*, format('%s.%I(%s)', s.name, p.proname, pg_get_function_identity_arguments(p.oid)) AS name, format('%s.%I', s.name, p.proname) AS bare, s.name AS schema,
  CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END AS word, l.lanname,
  CASE WHEN p.prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) END AS definition, p.prorettype::regtype AS returns
FROM pg_proc p JOIN schemas s ON s.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE (1255::oid, p.oid) NOT IN (SELECT * FROM foreign_to_us)
  AND p.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_proc'::regclass AND deptype = 'i');

CREATE TEMP VIEW new_names AS
SELECT unnest(ARRAY['fresh', 'Other Name', 'a"b', 'select', 'zwölf', 'x.y', 'name_that_is_so_long_that_nothing_can_be_put_behind_it_any_more']) AS raw;

CREATE TEMP VIEW texts AS
SELECT unnest(ARRAY['NULL', $$'it''s'$$, $$E'two\nlines \\ ${x} %{y}'$$]) AS text;

CREATE TEMP VIEW grantees AS SELECT unnest(ARRAY['PUBLIC', 'pg_monitor', 'pg_read_all_data']) AS name;

RESET search_path;
