-- A row is the default privileges of one sort of objects that a role makes: the role where that isn't the session's own, the schema
-- (empty for all), the sort, its grants as in the query of grants, with OWNER for the role itself, and every privilege of the sort.
SELECT CASE d.defaclrole WHEN (SELECT oid FROM pg_roles WHERE rolname = current_user) THEN '' ELSE pg_get_userbyid(d.defaclrole) END AS made_by,
       coalesce((SELECT n.nspname FROM pg_namespace n WHERE n.oid = d.defaclnamespace), '') AS schema,
       CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype::text END AS sort,
       coalesce((SELECT json_agg(json_build_array(CASE x.grantee WHEN 0 THEN 'PUBLIC' WHEN d.defaclrole THEN 'OWNER' ELSE ':' || pg_get_userbyid(x.grantee) END,
                                                  '', x.privilege_type, x.is_grantable::text))
                 FROM aclexplode(d.defaclacl) x), '[]')::text AS held,
       coalesce((SELECT json_agg(DISTINCT x.privilege_type)
                 FROM aclexplode(acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)) x WHERE x.grantee = d.defaclrole), '[]')::text AS every
FROM pg_default_acl d
ORDER BY d.oid
