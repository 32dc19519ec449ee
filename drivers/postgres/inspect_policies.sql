-- A row is a policy of row security. Its roles are sorted; none for everybody.
SELECT p.oid, p.polrelid, p.polname, coalesce(obj_description(p.oid, 'pg_policy'), ''), p.polcmd::text, p.polpermissive,
       ARRAY(SELECT r.rolname FROM pg_roles r WHERE r.oid = ANY (p.polroles) AND NOT 0 = ANY (p.polroles) ORDER BY r.rolname COLLATE "C"),
       coalesce(pg_get_expr(p.polqual, p.polrelid), ''), coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
FROM pg_policy p
JOIN pg_class c ON c.oid = p.polrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, c.relname, p.polname
