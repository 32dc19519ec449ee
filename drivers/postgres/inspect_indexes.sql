-- A row is an index of a table or a materialized view, with the constraint that it carries where there is one. parts is a list in the order of the
-- index: what is indexed in full ("" for a column), the column, collation, operator class (where it isn't the default of the type), the class's
-- parameters, whether it sorts downwards and has NULLs first, the statistics target, and the operator of an exclusion.
SELECT i.indexrelid, i.indrelid, x.relname, coalesce(obj_description(i.indexrelid, 'pg_class'), ''),
       coalesce(o.oid, 0::oid), coalesce(o.contype::text, ''), coalesce(o.conname, ''), coalesce(obj_description(o.oid, 'pg_constraint'), ''),
       coalesce(o.condeferrable, false), coalesce(o.condeferred, false), coalesce((to_jsonb(o) ->> 'conperiod')::boolean, false),
       i.indisunique, i.indisvalid, coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false), m.amname,
       coalesce(pg_get_expr(i.indpred, i.indrelid), ''), coalesce(x.reloptions, '{}'), coalesce(space.spcname, ''),
       coalesce(h.inhparent, 0::oid), coalesce((SELECT above.relname FROM pg_class above WHERE above.oid = h.inhparent), ''), coalesce(o.conislocal, true),
       (SELECT coalesce(json_agg(json_build_object(
                 'expr', CASE WHEN k.number = 0 THEN pg_get_indexdef(i.indexrelid, k.place::integer, false) ELSE '' END,
                 'column', coalesce(a.attname, ''),
                 'include', k.place > i.indnkeyatts,
                 'collate', CASE WHEN l.collid <> 0 AND l.collid <> coalesce(a.attcollation, t.typcollation) AND (k.number <> 0 OR pg_get_indexdef(i.indexrelid) LIKE '% COLLATE %')
                                 THEN l.collid::regcollation::text ELSE '' END,
                 'ops', CASE WHEN p.oid IS NULL OR xa.attoptions IS NULL AND p.opcdefault AND NOT EXISTS (
                            SELECT FROM pg_opclass q WHERE q.opcmethod = p.opcmethod AND q.opcdefault AND q.oid <> p.oid AND q.opcintype = coalesce(a.atttypid, xa.atttypid)
                          ) THEN ''
                          WHEN pg_opclass_is_visible(p.oid) THEN quote_ident(p.opcname) ELSE quote_ident(pn.nspname) || '.' || quote_ident(p.opcname) END,
                 'params', coalesce(xa.attoptions, '{}'),
                 'desc', coalesce(v.option & 1, 0) <> 0,
                 'nulls_first', coalesce(v.option & 2, 0) <> 0,
                 'statistics', coalesce((to_jsonb(xa) ->> 'attstattarget')::integer, -1),
                 'op', coalesce(CASE WHEN pg_operator_is_visible(e.oid) THEN e.oprname ELSE 'OPERATOR(' || quote_ident(en.nspname) || '.' || e.oprname || ')' END, '')
               ) ORDER BY k.place), '[]')::text
        FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(number, place)
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number <> 0
        JOIN pg_attribute xa ON xa.attrelid = i.indexrelid AND xa.attnum = k.place
        JOIN pg_type t ON t.oid = xa.atttypid
        LEFT JOIN unnest(i.indcollation::oid[]) WITH ORDINALITY l(collid, place) ON l.place = k.place
        LEFT JOIN unnest(i.indclass::oid[]) WITH ORDINALITY c(class, place) ON c.place = k.place
        LEFT JOIN pg_opclass p ON p.oid = c.class
        LEFT JOIN pg_namespace pn ON pn.oid = p.opcnamespace
        LEFT JOIN unnest(i.indoption::int2[]) WITH ORDINALITY v(option, place) ON v.place = k.place
        LEFT JOIN unnest(o.conexclop) WITH ORDINALITY w(operator, place) ON w.place = k.place
        LEFT JOIN pg_operator e ON e.oid = w.operator
        LEFT JOIN pg_namespace en ON en.oid = e.oprnamespace)
FROM pg_index i
JOIN pg_class x ON x.oid = i.indexrelid
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_am m ON m.oid = x.relam
LEFT JOIN pg_constraint o ON o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x') AND o.conrelid = i.indrelid
LEFT JOIN pg_tablespace space ON space.oid = x.reltablespace
LEFT JOIN pg_inherits h ON h.inhrelid = i.indexrelid
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY i.indrelid, x.relname
