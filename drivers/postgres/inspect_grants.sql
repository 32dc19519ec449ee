-- A row is an object, a column, or the default schema, that isn't the session's own or doesn't have the privileges that PostgreSQL
-- gives by itself: its owner where that is somebody else, and its grants as a list of grantee (PUBLIC, OWNER, or the name of a role
-- behind a colon), grantor where that isn't the owner, privilege and whether it can be passed on. usual are the grants that it had in
-- the beginning, told of what an extension or the system made, and of the default schema. part is the name of a column, identity the
-- number of the column whose identity a sequence is.
WITH me AS (SELECT oid FROM pg_roles WHERE rolname = current_user),
objects AS (
  SELECT 'pg_class' AS class, c.oid, 0 AS sub, '' AS part, c.relowner AS owner, CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END AS sort, c.relacl AS acl
  FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.oid >= 16384
  UNION ALL
  SELECT 'pg_class', c.oid, a.attnum, a.attname, c.relowner, 'c', a.attacl
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped AND c.oid >= 16384
  UNION ALL
  SELECT 'pg_proc', p.oid, 0, '', p.proowner, 'f', p.proacl FROM pg_proc p WHERE p.oid >= 16384
  UNION ALL
  SELECT 'pg_type', t.oid, 0, '', t.typowner, 'T', t.typacl
  FROM pg_type t WHERE t.oid >= 16384 AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
  UNION ALL
  SELECT 'pg_namespace', n.oid, 0, '', n.nspowner, 'n', n.nspacl FROM pg_namespace n WHERE n.oid >= 16384 OR n.nspname IN (current_schema(), 'public')
  UNION ALL
  SELECT 'pg_foreign_data_wrapper', oid, 0, '', fdwowner, 'F', fdwacl FROM pg_foreign_data_wrapper WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_foreign_server', oid, 0, '', srvowner, 'S', srvacl FROM pg_foreign_server WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_collation', oid, 0, '', collowner, NULL, NULL FROM pg_collation WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_operator', oid, 0, '', oprowner, NULL, NULL FROM pg_operator WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_statistic_ext', oid, 0, '', stxowner, NULL, NULL FROM pg_statistic_ext WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_publication', oid, 0, '', pubowner, NULL, NULL FROM pg_publication WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_opclass', oid, 0, '', opcowner, NULL, NULL FROM pg_opclass WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_opfamily', oid, 0, '', opfowner, NULL, NULL FROM pg_opfamily WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_ts_config', oid, 0, '', cfgowner, NULL, NULL FROM pg_ts_config WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_ts_dict', oid, 0, '', dictowner, NULL, NULL FROM pg_ts_dict WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_conversion', oid, 0, '', conowner, NULL, NULL FROM pg_conversion WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_language', oid, 0, '', lanowner, NULL, NULL FROM pg_language WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_event_trigger', oid, 0, '', evtowner, NULL, NULL FROM pg_event_trigger WHERE oid >= 16384
),
sides AS (
  SELECT o.*, coalesce(o.acl, acldefault(o.sort::"char", o.owner)) AS held,
         coalesce((SELECT i.initprivs FROM pg_init_privs i WHERE i.classoid = ('pg_catalog.' || o.class)::regclass AND i.objoid = o.oid AND i.objsubid = o.sub),
                  acldefault(o.sort::"char", o.owner)) AS usual,
         EXISTS (SELECT FROM pg_depend d WHERE d.classid = ('pg_catalog.' || o.class)::regclass AND d.objid = o.oid AND d.deptype = 'e') AS member,
         o.class = 'pg_namespace' AND (SELECT n.nspname = current_schema() FROM pg_namespace n WHERE n.oid = o.oid) AS standing
  FROM objects o
)
SELECT s.class, s.oid, s.sub, s.part, coalesce(s.sort, ''),
       CASE WHEN s.owner <> (SELECT oid FROM me) THEN pg_get_userbyid(s.owner) ELSE '' END AS owner, s.member, s.standing,
       coalesce((SELECT d.refobjsubid FROM pg_depend d WHERE s.sort = 's' AND d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'i' AND d.refclassid = 'pg_class'::regclass), 0) AS identity,
       coalesce((SELECT d.refobjid FROM pg_depend d WHERE s.sort = 's' AND d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'i' AND d.refclassid = 'pg_class'::regclass), 0) AS of_table,
       coalesce((SELECT json_agg(json_build_array(CASE x.grantee WHEN 0 THEN 'PUBLIC' WHEN s.owner THEN 'OWNER' ELSE ':' || pg_get_userbyid(x.grantee) END,
                                                  CASE x.grantor WHEN s.owner THEN '' ELSE pg_get_userbyid(x.grantor) END, x.privilege_type, x.is_grantable::text))
                 FROM aclexplode(s.held) x), '[]')::text AS held,
       coalesce((SELECT json_agg(json_build_array(CASE x.grantee WHEN 0 THEN 'PUBLIC' WHEN s.owner THEN 'OWNER' ELSE ':' || pg_get_userbyid(x.grantee) END,
                                                  CASE x.grantor WHEN s.owner THEN '' ELSE pg_get_userbyid(x.grantor) END, x.privilege_type, x.is_grantable::text))
                 FROM aclexplode(s.usual) x), '[]')::text AS usual,
       coalesce((SELECT json_agg(DISTINCT x.privilege_type) FROM aclexplode(acldefault(s.sort::"char", s.owner)) x WHERE x.grantee = s.owner), '[]')::text AS every
FROM sides s
WHERE s.owner <> (SELECT oid FROM me) OR s.acl IS NOT NULL OR s.standing
ORDER BY 1, 2, 3
