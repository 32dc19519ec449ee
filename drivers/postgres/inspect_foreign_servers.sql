-- A row is a foreign data wrapper or a foreign server that people made: its handler and validator as schema and name; its wrapper,
-- type and version; its options.
SELECT 'foreign_data_wrapper', 'pg_foreign_data_wrapper', f.oid, f.fdwname, coalesce(obj_description(f.oid, 'pg_foreign_data_wrapper'), ''),
       (SELECT ARRAY[n.nspname, p.proname]::text[] FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.oid = f.fdwhandler),
       (SELECT ARRAY[n.nspname, p.proname]::text[] FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.oid = f.fdwvalidator),
       '', '', '', coalesce(f.fdwoptions, '{}')
FROM pg_foreign_data_wrapper f
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_foreign_data_wrapper'::regclass AND d.objid = f.oid AND d.deptype = 'e')
UNION ALL
SELECT 'server', 'pg_foreign_server', s.oid, s.srvname, coalesce(obj_description(s.oid, 'pg_foreign_server'), ''),
       NULL, NULL, f.fdwname, coalesce(s.srvtype, ''), coalesce(s.srvversion, ''), coalesce(s.srvoptions, '{}')
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_foreign_server'::regclass AND d.objid = s.oid AND d.deptype = 'e')
ORDER BY 1, 4
