-- A row is an extension but for plpgsql, which every database has; its comment where it isn't the extension's own.
SELECT e.oid, e.extname, n.nspname, e.extversion,
       CASE WHEN d.description IS DISTINCT FROM a.comment THEN coalesce(d.description, '') ELSE '' END
FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_extension'::regclass AND d.objoid = e.oid AND d.objsubid = 0
LEFT JOIN pg_available_extensions a ON a.name = e.extname
WHERE e.extname <> 'plpgsql'
ORDER BY e.extname
