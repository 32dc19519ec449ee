-- A row is a statement: enums, domains, composite types and ranges.
SELECT format('ALTER TYPE %s ADD VALUE %L %s %L', t.name, raw, how, enumlabel)
FROM types t JOIN pg_enum ON enumtypid = t.oid, new_names, unnest(ARRAY['BEFORE', 'AFTER']) how;

SELECT format('ALTER TYPE %s RENAME VALUE %L TO %L', t.name, enumlabel, raw)
FROM types t JOIN pg_enum ON enumtypid = t.oid, new_names;

SELECT format('CREATE TYPE %s.%I AS ENUM (''one'', ''t"w''''o'', '''')', s.name, raw)
FROM schemas s, new_names;

SELECT format('CREATE DOMAIN %s.%I AS %s %s', s.name, raw, u.name, w)
FROM schemas s, new_names, usable u, unnest(ARRAY['', 'CHECK (VALUE IS NOT NULL)', 'DEFAULT NULL', 'CONSTRAINT "c d" CHECK (length(VALUE::text) < 50)']) w;

SELECT format('CREATE TYPE %s.%I AS (a %s, "B b" text COLLATE "C")', s.name, raw, u.name)
FROM schemas s, new_names, usable u;

SELECT format('CREATE TYPE %s.%I AS RANGE (subtype = %s)', s.name, raw, u.name)
FROM schemas s, new_names, usable u;

SELECT format('ALTER %s %s RENAME TO %I', word, name, raw)
FROM types, new_names;

SELECT format('ALTER %s %s SET SCHEMA %s', word, t.name, s.name)
FROM types t, schemas s
WHERE s.name <> t.schema;

SELECT format('DROP %s %s', word, name)
FROM types;

SELECT format('DROP %s %s CASCADE', word, name)
FROM types;

SELECT format('COMMENT ON %s %s IS %s', word, name, text)
FROM types, texts;

SELECT format('ALTER DOMAIN %s ADD CONSTRAINT %I CHECK (%s)%s', name, raw, what, how)
FROM types, new_names, unnest(ARRAY['VALUE IS NOT NULL', 'length(VALUE::text) < 99', 'VALUE IS NULL OR VALUE::text <> ''x x''']) what, unnest(ARRAY['', ' NOT VALID']) how
WHERE typtype = 'd';

SELECT format('ALTER DOMAIN %s %s', name, what)
FROM types, unnest(ARRAY['SET NOT NULL', 'DROP NOT NULL', 'DROP DEFAULT', 'SET DEFAULT 5', 'SET DEFAULT ''v''', 'SET DEFAULT NULL']) what
WHERE typtype = 'd';

SELECT format('ALTER DOMAIN %s DROP CONSTRAINT %I', name, conname)
FROM types t JOIN pg_constraint ON contypid = t.oid;

SELECT format('ALTER DOMAIN %s RENAME CONSTRAINT %I TO %I', name, conname, raw)
FROM types t JOIN pg_constraint ON contypid = t.oid, new_names;

SELECT format('ALTER DOMAIN %s VALIDATE CONSTRAINT %I', name, conname)
FROM types t JOIN pg_constraint ON contypid = t.oid;

SELECT format('COMMENT ON CONSTRAINT %I ON DOMAIN %s IS %s', conname, name, text)
FROM types t JOIN pg_constraint ON contypid = t.oid, texts;

SELECT format('ALTER TYPE %s ADD ATTRIBUTE %I %s%s', t.name, raw, u.name, how)
FROM types t, new_names, usable u, unnest(ARRAY['', ' CASCADE']) how
WHERE typtype = 'c';

SELECT format('ALTER TYPE %s DROP ATTRIBUTE %s%s', "table", name, how)
FROM columns, unnest(ARRAY['', ' CASCADE']) how
WHERE relkind = 'c';

SELECT format('ALTER TYPE %s RENAME ATTRIBUTE %s TO %I%s', "table", name, raw, how)
FROM columns, new_names, unnest(ARRAY['', ' CASCADE']) how
WHERE relkind = 'c';

SELECT format('ALTER TYPE %s ALTER ATTRIBUTE %s TYPE %s%s', "table", c.name, u.name, how)
FROM columns c, usable u, unnest(ARRAY['', ' CASCADE']) how
WHERE relkind = 'c';

SELECT format('ALTER TYPE %1$s RENAME TO "old one"; CREATE TYPE %1$s AS ENUM (%2$s); %3$s DROP TYPE %4$s."old one"', t.name, (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder DESC) FROM pg_enum WHERE enumtypid = t.oid AND (n = 0 OR enumsortorder <> n)),
  (SELECT string_agg(format('ALTER TABLE %1$s ALTER COLUMN %2$s DROP DEFAULT, ALTER COLUMN %2$s TYPE %3$s USING %2$s::text::%3$s%4$s; ', "table", c.name, t.name, CASE WHEN "default" IS NOT NULL THEN format(', ALTER COLUMN %s SET DEFAULT %s', c.name, regexp_replace("default", '::.*', '')) END), '') FROM cells c WHERE atttypid = t.oid AND attinhcount = 0), t.schema)
FROM types t, generate_series(0, 4) n
WHERE typtype = 'e';

SELECT format('GRANT USAGE ON TYPE %s TO %s', t.name, g.name)
FROM types t, grantees g;

SELECT format('REVOKE ALL ON TYPE %s FROM PUBLIC', t.name)
FROM types t;
