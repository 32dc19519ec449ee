-- A row is a user mapping: its role, empty for PUBLIC, and its server; whether this session may see its options; those that
-- hold no secret, and the names of the others, whose values are never read.
SELECT m.umid, CASE m.umuser WHEN 0 THEN '' ELSE m.usename END, m.srvname,
       m.umoptions IS NOT NULL OR m.usename = current_user OR coalesce((SELECT rolsuper FROM pg_roles WHERE rolname = current_user), false),
       ARRAY(SELECT o FROM unnest(m.umoptions) o WHERE split_part(o, '=', 1) IN (/* safe */) ORDER BY o),
       ARRAY(SELECT split_part(o, '=', 1) FROM unnest(m.umoptions) o WHERE split_part(o, '=', 1) NOT IN (/* safe */) ORDER BY 1)
FROM pg_user_mappings m
ORDER BY m.srvname, m.usename
