DO $clean$
DECLARE
  -- Event triggers first: they would fire. Schemas and extensions take much with them, and so do tables.
  objects CONSTANT text[] := ARRAY(
    SELECT format('DROP %s IF EXISTS %s CASCADE',
             CASE i.type WHEN 'composite type' THEN 'type' WHEN 'statistics object' THEN 'statistics' ELSE replace(i.type, '-', ' ') END, i.identity)
    FROM (
      SELECT 1 AS turn, 'pg_event_trigger'::regclass AS class, oid FROM pg_event_trigger
      UNION ALL SELECT 2, 'pg_publication'::regclass, oid FROM pg_publication
      UNION ALL SELECT 3, 'pg_namespace'::regclass, oid FROM pg_namespace WHERE nspname <> current_schema() AND nspname !~ '^pg_'
      UNION ALL SELECT 4, 'pg_extension'::regclass, oid FROM pg_extension
      UNION ALL SELECT 5, 'pg_class'::regclass, oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
      UNION ALL SELECT 6, 'pg_type'::regclass, t.oid FROM pg_type t WHERE t.typnamespace = current_schema()::regnamespace AND t.typrelid = 0
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'i')
      UNION ALL SELECT 7, 'pg_proc'::regclass, oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
      UNION ALL SELECT 8, 'pg_operator'::regclass, oid FROM pg_operator
      UNION ALL SELECT 9, 'pg_opfamily'::regclass, oid FROM pg_opfamily
      UNION ALL SELECT 10, 'pg_collation'::regclass, oid FROM pg_collation
      UNION ALL SELECT 11, 'pg_cast'::regclass, oid FROM pg_cast
      UNION ALL SELECT 12, 'pg_conversion'::regclass, oid FROM pg_conversion
      UNION ALL SELECT 13, 'pg_ts_config'::regclass, oid FROM pg_ts_config
      UNION ALL SELECT 14, 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
      UNION ALL SELECT 15, 'pg_ts_template'::regclass, oid FROM pg_ts_template
      UNION ALL SELECT 16, 'pg_ts_parser'::regclass, oid FROM pg_ts_parser
      UNION ALL SELECT 17, 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
      UNION ALL SELECT 18, 'pg_am'::regclass, oid FROM pg_am
      UNION ALL SELECT 19, 'pg_language'::regclass, oid FROM pg_language
    ) o, LATERAL pg_identify_object(o.class, o.oid, 0) i
    WHERE o.oid >= 16384
    ORDER BY o.turn, o.oid
  );
  statement text;
BEGIN
  FOREACH statement IN ARRAY objects LOOP
    EXECUTE statement;
  END LOOP;
END
$clean$
