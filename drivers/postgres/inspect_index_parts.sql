-- A row is one part of an index, in the order of the index: what is indexed in full ("" for a column), the column or what the engine
-- calls an expression, whether it is only included, collation, operator class (where it isn't the default of the type), the class's parameters, whether it sorts downwards and has
-- NULLs first, the statistics target, and the operator of an exclusion.
SELECT i.indexrelid, CASE WHEN k.number = 0 THEN pg_get_indexdef(i.indexrelid, k.place::integer, false) ELSE '' END,
       coalesce(a.attname, xa.attname), k.place > i.indnkeyatts,
       CASE WHEN k.collid <> 0 AND k.collid <> coalesce(a.attcollation, t.typcollation) AND (k.number <> 0 OR pg_get_indexdef(i.indexrelid) LIKE '% COLLATE %')
            THEN k.collid::regcollation::text ELSE '' END,
       CASE WHEN p.oid IS NULL OR xa.attoptions IS NULL AND p.opcdefault AND (p.opcintype = coalesce(a.atttypid, xa.atttypid) OR NOT EXISTS (
              SELECT FROM pg_opclass q WHERE q.opcmethod = p.opcmethod AND q.opcdefault AND q.oid <> p.oid AND q.opcintype = coalesce(a.atttypid, xa.atttypid)
            )) THEN ''
            WHEN pg_opclass_is_visible(p.oid) THEN quote_ident(p.opcname) ELSE quote_ident(pn.nspname) || '.' || quote_ident(p.opcname) END,
       coalesce(xa.attoptions, '{}'), coalesce(k.option & 1, 0) <> 0, coalesce(k.option & 2, 0) <> 0, coalesce(xa.attstattarget, -1)::bigint,
       coalesce(CASE WHEN pg_operator_is_visible(e.oid) THEN e.oprname ELSE 'OPERATOR(' || quote_ident(en.nspname) || '.' || e.oprname || ')' END, '')
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL unnest(i.indkey::int2[], i.indcollation::oid[], i.indclass::oid[], i.indoption::int2[]) WITH ORDINALITY k(number, collid, class, option, place)
JOIN pg_attribute xa ON xa.attrelid = i.indexrelid AND xa.attnum = k.place
JOIN pg_type t ON t.oid = xa.atttypid
LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number <> 0
LEFT JOIN pg_opclass p ON p.oid = k.class
LEFT JOIN pg_namespace pn ON pn.oid = p.opcnamespace
LEFT JOIN pg_constraint o ON o.conindid = i.indexrelid AND o.contype = 'x' AND o.conrelid = i.indrelid
LEFT JOIN pg_operator e ON e.oid = o.conexclop[k.place]
LEFT JOIN pg_namespace en ON en.oid = e.oprnamespace
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY i.indexrelid, k.place
