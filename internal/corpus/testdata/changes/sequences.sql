-- A row is a statement: sequences.
SELECT format('ALTER SEQUENCE %s %s', name, how)
FROM relations, unnest(ARRAY['INCREMENT BY -2 MAXVALUE 99999 START 5', 'MINVALUE -100', 'NO MAXVALUE', 'CACHE 11', 'CYCLE', 'NO CYCLE', 'AS bigint', 'AS integer', 'AS smallint', 'START WITH 3', 'OWNED BY NONE', 'SET UNLOGGED']) how
WHERE relkind = 'S';

SELECT format('ALTER SEQUENCE %s OWNED BY %s.%s', r.name, "table", c.name)
FROM relations r, cells c
WHERE r.relkind = 'S' AND r.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = c.attrelid) AND c.type ~ 'int';

SELECT format('CREATE SEQUENCE %s.%I %s', s.name, raw, how)
FROM schemas s, new_names, unnest(ARRAY['', 'AS smallint INCREMENT 3', 'START 100 MINVALUE 50 CYCLE']) how;

SELECT format('GRANT %s ON SEQUENCE %s TO %s', how, r.name, g.name)
FROM relations r, grantees g, unnest(ARRAY['USAGE', 'ALL']) how
WHERE relkind = 'S';
