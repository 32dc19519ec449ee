-- A row is a collation that people made, with the provider's letter and its locales.
SELECT c.oid, c.collnamespace, c.collname, coalesce(obj_description(c.oid, 'pg_collation'), ''), c.collprovider::text, c.collisdeterministic,
       coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', ''), coalesce(c.collcollate::text, ''), coalesce(c.collctype::text, ''),
       coalesce(to_jsonb(c) ->> 'collicurules', '')
FROM pg_collation c
JOIN pg_namespace n ON n.oid = c.collnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_collation'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.collname
