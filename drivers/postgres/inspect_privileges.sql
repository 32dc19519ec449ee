-- A row is an object, or a column, that wouldn't be as it is if this session made it anew: its owner where that is somebody
-- else, its privileges, and those that it would have then (default privileges counted, its owner in place of ours), as lists of
-- grantee (empty for PUBLIC), privilege and whether it can be passed on. part is the name of a column, of_identity says that the row
-- is the sequence of a column's identity, which goes by the column.
WITH me AS (SELECT oid FROM pg_roles WHERE rolname = current_user),
objects AS (
  SELECT 'pg_class' AS class, coalesce(i.refobjid, c.oid) AS oid, coalesce(i.refobjsubid, 0) AS sub, '' AS part, i.refobjid IS NOT NULL AS of_identity,
         c.relnamespace AS schema, c.relowner AS owner, CASE c.relkind WHEN 'S' THEN 'S' ELSE 'r' END AS sort, c.relacl AS acl
  FROM pg_class c
  LEFT JOIN pg_depend i ON c.relkind = 'S' AND i.classid = 'pg_class'::regclass AND i.objid = c.oid AND i.deptype = 'i' AND i.refclassid = 'pg_class'::regclass
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.oid >= 16384
  UNION ALL
  SELECT 'pg_class', c.oid, a.attnum, a.attname, false, c.relnamespace, c.relowner, 'c', a.attacl
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped AND c.oid >= 16384
  UNION ALL
  SELECT 'pg_proc', p.oid, 0, '', false, p.pronamespace, p.proowner, 'f', p.proacl FROM pg_proc p WHERE p.oid >= 16384
  UNION ALL
  SELECT 'pg_type', t.oid, 0, '', false, t.typnamespace, t.typowner, 'T', t.typacl
  FROM pg_type t WHERE t.oid >= 16384 AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
  UNION ALL
  SELECT 'pg_namespace', n.oid, 0, '', false, 0, n.nspowner, 'n', n.nspacl FROM pg_namespace n WHERE n.oid >= 16384
  UNION ALL
  SELECT 'pg_collation', oid, 0, '', false, 0, collowner, NULL, NULL FROM pg_collation WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_operator', oid, 0, '', false, 0, oprowner, NULL, NULL FROM pg_operator WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_statistic_ext', oid, 0, '', false, 0, stxowner, NULL, NULL FROM pg_statistic_ext WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_publication', oid, 0, '', false, 0, pubowner, NULL, NULL FROM pg_publication WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_ts_config', oid, 0, '', false, 0, cfgowner, NULL, NULL FROM pg_ts_config WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_ts_dict', oid, 0, '', false, 0, dictowner, NULL, NULL FROM pg_ts_dict WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_foreign_data_wrapper', oid, 0, '', false, 0, fdwowner, NULL, NULL FROM pg_foreign_data_wrapper WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_foreign_server', oid, 0, '', false, 0, srvowner, NULL, NULL FROM pg_foreign_server WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_opclass', oid, 0, '', false, 0, opcowner, NULL, NULL FROM pg_opclass WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_opfamily', oid, 0, '', false, 0, opfowner, NULL, NULL FROM pg_opfamily WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_conversion', oid, 0, '', false, 0, conowner, NULL, NULL FROM pg_conversion WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_language', oid, 0, '', false, 0, lanowner, NULL, NULL FROM pg_language WHERE oid >= 16384
  UNION ALL
  SELECT 'pg_event_trigger', oid, 0, '', false, 0, evtowner, NULL, NULL FROM pg_event_trigger WHERE oid >= 16384
),
sides AS (
  SELECT o.*, me.oid AS me,
         coalesce(o.acl, acldefault(replace(o.sort, 'S', 's')::"char", o.owner)) AS held,
         CASE WHEN o.sort IS NULL THEN NULL -- it has an owner and no privileges
           WHEN o.sort = 'c' THEN acldefault('c', me.oid)
           ELSE coalesce((SELECT d.defaclacl FROM pg_default_acl d WHERE d.defaclrole = me.oid AND d.defaclnamespace = 0 AND d.defaclobjtype = o.sort::"char"),
                         acldefault(replace(o.sort, 'S', 's')::"char", me.oid))
             || coalesce((SELECT d.defaclacl FROM pg_default_acl d WHERE d.defaclrole = me.oid AND d.defaclnamespace = o.schema AND d.defaclobjtype = o.sort::"char"), '{}')
         END AS anew
  FROM objects o, me
  WHERE o.acl IS NOT NULL OR o.owner <> me.oid OR EXISTS (SELECT FROM pg_default_acl d WHERE d.defaclrole = me.oid)
),
lists AS (
  SELECT b.class, b.oid, b.sub, b.part, b.of_identity, CASE WHEN b.owner <> b.me THEN pg_get_userbyid(b.owner) ELSE '' END AS owner,
         coalesce((SELECT json_agg(json_build_array(g.grantee, g.privilege_type, g.is_grantable::text) ORDER BY g.grantee, g.privilege_type)
                   FROM (SELECT CASE x.grantee WHEN 0 THEN '' ELSE pg_get_userbyid(x.grantee) END AS grantee, x.privilege_type, bool_or(x.is_grantable) AS is_grantable
                         FROM aclexplode(b.held) x GROUP BY 1, 2) g), '[]')::text AS held,
         coalesce((SELECT json_agg(json_build_array(g.grantee, g.privilege_type, g.is_grantable::text) ORDER BY g.grantee, g.privilege_type)
                   FROM (SELECT CASE x.grantee WHEN 0 THEN '' WHEN b.me THEN pg_get_userbyid(b.owner) ELSE pg_get_userbyid(x.grantee) END AS grantee, x.privilege_type, bool_or(x.is_grantable) AS is_grantable
                         FROM aclexplode(b.anew) x GROUP BY 1, 2) g), '[]')::text AS anew
  FROM sides b
)
SELECT class, oid, sub, part, of_identity, owner, held, anew FROM lists
WHERE owner <> '' OR held <> anew
ORDER BY 1, 2, 3
