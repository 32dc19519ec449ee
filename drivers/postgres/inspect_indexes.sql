-- A row is an index of a table or a materialized view, with the constraint that it carries where there is one, and the index of the
-- partitioned table that it is a part of: its name, its storage parameters and tablespace, and whether it sorts or compares otherwise.
SELECT i.indexrelid, i.indrelid, x.relname, coalesce(obj_description(i.indexrelid, 'pg_class'), ''),
       coalesce(o.oid, 0::oid), coalesce(o.contype::text, ''), coalesce(o.conname, ''), coalesce(obj_description(o.oid, 'pg_constraint'), ''),
       coalesce(o.condeferrable, false), coalesce(o.condeferred, false), coalesce(o.conperiod, false),
       i.indisunique, i.indisvalid, i.indnullsnotdistinct, m.amname,
       coalesce(pg_get_expr(i.indpred, i.indrelid), ''), coalesce(x.reloptions, '{}'), coalesce(space.spcname, ''),
       coalesce(h.inhparent, 0::oid), coalesce(above.relname, ''), coalesce(o.conislocal, true), coalesce(above.reloptions, '{}'), coalesce(wide.spcname, ''),
       coalesce(of.indoption <> i.indoption OR of.indclass <> i.indclass, false), x.relkind = 'I'
FROM pg_index i
JOIN pg_class x ON x.oid = i.indexrelid
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_am m ON m.oid = x.relam
LEFT JOIN pg_constraint o ON o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x') AND o.conrelid = i.indrelid
LEFT JOIN pg_tablespace space ON space.oid = x.reltablespace
LEFT JOIN pg_inherits h ON h.inhrelid = i.indexrelid
LEFT JOIN pg_class above ON above.oid = h.inhparent
LEFT JOIN pg_index of ON of.indexrelid = above.oid
LEFT JOIN pg_tablespace wide ON wide.oid = above.reltablespace
WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY i.indrelid, x.relname
