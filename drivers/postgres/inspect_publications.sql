-- A row is a publication. Its tables are a list of name, columns ([] for all), condition and the address of the membership;
-- its schemas come with those of theirs.
SELECT p.oid, p.pubname, coalesce(obj_description(p.oid, 'pg_publication'), ''), p.puballtables,
       (SELECT coalesce(json_agg(json_build_object(
                 'oid', r.oid::bigint, 'table', r.prrelid::regclass::text,
                 'columns', ARRAY(SELECT a.attname::text FROM unnest(r.prattrs::int2[]) k JOIN pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = k ORDER BY a.attname::text COLLATE "C"),
                 'where', coalesce(pg_get_expr(r.prqual, r.prrelid), '')
               ) ORDER BY r.prrelid::regclass::text COLLATE "C"), '[]')::text
        FROM pg_publication_rel r WHERE r.prpubid = p.oid),
       ARRAY(SELECT m.oid FROM pg_publication_namespace m WHERE m.pnpubid = p.oid ORDER BY m.pnnspid),
       ARRAY(SELECT n.nspname::text FROM pg_publication_namespace m JOIN pg_namespace n ON n.oid = m.pnnspid WHERE m.pnpubid = p.oid),
       ARRAY(SELECT w FROM unnest(ARRAY[
         CASE WHEN p.pubinsert THEN 'INSERT' END, CASE WHEN p.pubupdate THEN 'UPDATE' END,
         CASE WHEN p.pubdelete THEN 'DELETE' END, CASE WHEN p.pubtruncate THEN 'TRUNCATE' END]) WITH ORDINALITY u(w, n) WHERE w IS NOT NULL ORDER BY n),
       p.pubviaroot, coalesce(to_jsonb(p) ->> 'pubgencols', 'n')
FROM pg_publication p
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_publication'::regclass AND d.objid = p.oid AND d.deptype = 'e')
ORDER BY p.pubname
