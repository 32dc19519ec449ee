-- A row is a statement: functions, procedures, aggregates, casts and operators.
SELECT format('ALTER %s %s %s', word, name, what)
FROM routines, unnest(ARRAY['IMMUTABLE', 'STABLE', 'VOLATILE', 'STRICT', 'CALLED ON NULL INPUT', 'SECURITY DEFINER', 'SECURITY INVOKER', 'LEAKPROOF', 'PARALLEL SAFE', 'PARALLEL RESTRICTED', 'COST 33', 'ROWS 77', 'SET search_path TO pg_catalog, "$user", public', 'SET work_mem TO ''5MB''', 'RESET ALL', 'SET datestyle TO ''ISO, DMY''']) what
WHERE prokind IN ('f', 'p');

SELECT regexp_replace(definition, '(AS \$(function|procedure)\$)', E'\\1 -- changed\n')
FROM routines
WHERE lanname IN ('sql', 'plpgsql') AND prosqlbody IS NULL AND prokind IN ('f', 'p');

SELECT regexp_replace(definition, '\(', '(first boolean, ')
FROM routines
WHERE pronargs > 0 AND prokind = 'f';

SELECT regexp_replace(definition, '\.[^.(]+\(', '.overloaded(')
FROM routines
WHERE prokind IN ('f', 'p');

SELECT format('DROP FUNCTION %s CASCADE; %s', name, regexp_replace(definition, E'\\)\n RETURNS', E', more integer DEFAULT 3)\n RETURNS'))
FROM routines
WHERE pronargs > 0 AND prokind = 'f';

SELECT format('DROP FUNCTION %s CASCADE; %s', name, regexp_replace(definition, E'\n RETURNS [a-z ]+', E'\n RETURNS text'))
FROM routines
WHERE prokind = 'f';

SELECT regexp_replace(definition, E'\\)\n RETURNS', E' DEFAULT NULL)\n RETURNS')
FROM routines
WHERE pronargs > 0 AND pronargdefaults = 0 AND prokind = 'f';

SELECT format('ALTER %s %s RENAME TO %I', word, name, raw)
FROM routines, new_names;

SELECT format('ALTER %s %s SET SCHEMA %s', word, r.name, s.name)
FROM routines r, schemas s
WHERE s.name <> r.schema;

SELECT format('DROP %s %s', word, name)
FROM routines;

SELECT format('DROP %s %s CASCADE', word, name)
FROM routines;

SELECT format('COMMENT ON %s %s IS %s', word, name, text)
FROM routines, texts;

SELECT format('GRANT EXECUTE ON %s %s TO %s', CASE word WHEN 'AGGREGATE' THEN 'FUNCTION' ELSE word END, r.name, g.name)
FROM routines r, grantees g;

SELECT format('REVOKE ALL ON %s %s FROM PUBLIC', CASE word WHEN 'AGGREGATE' THEN 'FUNCTION' ELSE word END, r.name)
FROM routines r;

SELECT format('CREATE FUNCTION %s.%I(r %s) RETURNS %s %s LANGUAGE sql IMMUTABLE %s', s.name, raw, t.name, how, t.name, body)
FROM tables t, schemas s, new_names, unnest(ARRAY['SETOF', '']) how, unnest(ARRAY['AS $$ SELECT r $$', 'RETURN r', 'BEGIN ATOMIC SELECT r; END']) body;

SELECT format('CREATE FUNCTION %s.%I(%s) RETURNS bigint LANGUAGE sql %s', s.name, raw, args, format(body, t.name))
FROM tables t, schemas s, new_names, unnest(ARRAY['', 'integer', 'VARIADIC text[]', 'a text, b integer DEFAULT 5']) args, unnest(ARRAY['RETURN (SELECT count(*) FROM %s)', 'BEGIN ATOMIC SELECT count(*) FROM %s AS q; END', 'AS $$ SELECT count(*) FROM %s $$']) body;

SELECT format('CREATE FUNCTION %s.%I() RETURNS TABLE (x %s, n bigint) LANGUAGE sql BEGIN ATOMIC SELECT %s, count(*) FROM %s GROUP BY 1; END', s.name, raw, c.type, c.name, "table")
FROM cells c, schemas s, new_names;

SELECT format('CREATE FUNCTION %s.%I(a %s, OUT b %s) LANGUAGE plpgsql AS $$BEGIN b := a; END$$', s.name, raw, u.name, u.name)
FROM usable u, schemas s, new_names;

SELECT format('CREATE AGGREGATE %s.%I(%s) (SFUNC = array_append, STYPE = anyarray)', s.name, raw, 'anyelement')
FROM schemas s, new_names;

SELECT format('CREATE CAST (%s AS %s) %s', t.name, u.name, how)
FROM types t, usable u, unnest(ARRAY['WITH INOUT', 'WITH INOUT AS ASSIGNMENT', 'WITH INOUT AS IMPLICIT', 'WITHOUT FUNCTION']) how;

SELECT format('DROP CAST (%s AS %s) CASCADE', castsource::regtype, casttarget::regtype)
FROM pg_cast c
WHERE oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e');

SELECT format('COMMENT ON CAST (%s AS %s) IS %s', castsource::regtype, casttarget::regtype, text)
FROM pg_cast c, texts
WHERE oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e');

SELECT format('CREATE OPERATOR %s.%s (FUNCTION = %s, LEFTARG = %s, RIGHTARG = %s)', r.schema, op, bare, proargtypes[0]::regtype, proargtypes[1]::regtype)
FROM routines r, unnest(ARRAY['<<#', '@@@!', '+*+']) op
WHERE pronargs = 2 AND prokind = 'f';

SELECT format('DROP OPERATOR %s %s', oid::regoperator, how)
FROM pg_operator o, unnest(ARRAY['', 'CASCADE']) how
WHERE oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = o.oid AND deptype = 'e');

SELECT format('ALTER OPERATOR %s SET (%s)', oid::regoperator, how)
FROM pg_operator o, unnest(ARRAY['RESTRICT = eqsel', 'RESTRICT = NONE', 'JOIN = eqjoinsel']) how
WHERE oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = o.oid AND deptype = 'e');

SELECT format('ALTER OPERATOR %s SET SCHEMA %s', o.oid::regoperator, s.name)
FROM pg_operator o, schemas s
WHERE o.oid >= 16384 AND s.oid <> oprnamespace AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = o.oid AND deptype = 'e');
