SET standard_conforming_strings = on;
DO $do$
DECLARE
  t record; row_no integer; statement text; round integer;
BEGIN
  PERFORM set_config('search_path', 'pg_catalog', true);
  FOR round IN 1..4 LOOP
    FOR t IN SELECT c.oid, c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1 LOOP
      FOR row_no IN 1..3 LOOP
        SELECT format('INSERT INTO %s (%s) VALUES (%s)', t.name, string_agg(quote_ident(attname), ', ' ORDER BY attnum), string_agg(
          CASE WHEN f.confrelid IS NOT NULL THEN format('(SELECT %I FROM %s OFFSET %s LIMIT 1)', (SELECT attname FROM pg_attribute WHERE attrelid = f.confrelid AND attnum = f.other), f.confrelid::regclass, row_no - 1)
          WHEN y.typtype = 'e' THEN format('(enum_range(NULL::%s))[%s]', y.oid::regtype, CASE WHEN row_no = 1 THEN 1 ELSE 2 END)
          WHEN y.typcategory = 'A' THEN '''{}'''
          WHEN y.typcategory = 'N' THEN row_no::text
          WHEN y.typcategory = 'B' THEN 'true'
          WHEN y.typcategory = 'D' THEN format('''2020-01-0%s''', row_no)
          WHEN y.typname = 'uuid' THEN format('''00000000-0000-0000-0000-00000000000%s''', row_no)
          WHEN y.typname IN ('json', 'jsonb') THEN '''{}'''
          WHEN y.typcategory = 'S' THEN format('''%s''', row_no)
          WHEN y.typname = 'bytea' THEN format('''\x0%s''', row_no)
          ELSE 'NULL' END, ', ' ORDER BY attnum))
        INTO statement
        FROM pg_attribute a
        JOIN pg_type z ON z.oid = a.atttypid JOIN pg_type y ON y.oid = CASE z.typtype WHEN 'd' THEN z.typbasetype ELSE z.oid END
        LEFT JOIN LATERAL (SELECT confrelid, confkey[array_position(conkey, a.attnum)] AS other FROM pg_constraint WHERE contype = 'f' AND conrelid = t.oid AND a.attnum = ANY (conkey) LIMIT 1) f ON true
        WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = '' AND NOT atthasdef;
        BEGIN
          IF statement IS NOT NULL THEN EXECUTE statement; END IF;
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
      END LOOP;
    END LOOP;
  END LOOP;
END $do$;
