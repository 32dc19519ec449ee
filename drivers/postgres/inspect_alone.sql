-- A row is an object of the default schema, a part of one, or an object that lies in no schema, by catalogue and oid.
WITH RECURSIVE inside AS (
  SELECT d.classid, d.objid FROM pg_depend d
  WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = current_schema())
  UNION
  SELECT d.classid, d.objid FROM inside i
  CROSS JOIN LATERAL (SELECT d.classid, d.objid FROM pg_depend d WHERE d.refclassid = i.classid AND d.refobjid = i.objid OFFSET 0) d
)
SELECT classid, objid FROM inside
UNION
SELECT d.classid, d.objid FROM pg_depend d
WHERE d.objid >= 16384 AND d.classid IN ('pg_extension'::regclass, 'pg_foreign_data_wrapper'::regclass, 'pg_foreign_server'::regclass, 'pg_user_mapping'::regclass,
  'pg_event_trigger'::regclass, 'pg_cast'::regclass, 'pg_publication'::regclass, 'pg_publication_rel'::regclass, 'pg_language'::regclass, 'pg_transform'::regclass, 'pg_am'::regclass)
