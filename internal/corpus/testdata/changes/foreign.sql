-- A row is a statement: foreign servers and tables.
SELECT format('ALTER SERVER %I %s', srvname, how)
FROM pg_foreign_server, unnest(ARRAY['VERSION ''2''', 'OPTIONS (ADD host ''h'')', 'OPTIONS (SET host ''i'')', 'OPTIONS (DROP host)', 'RENAME TO "ser ver"']) how;

SELECT format('DROP SERVER %I %s', srvname, how)
FROM pg_foreign_server, unnest(ARRAY['', 'CASCADE']) how;

SELECT format('ALTER FOREIGN TABLE %s OPTIONS (%s)', name, how)
FROM relations, unnest(ARRAY['ADD table_name ''t''', 'SET table_name ''u''', 'DROP table_name', 'ADD filename ''/x''', 'SET format ''csv''']) how
WHERE relkind = 'f';

SELECT format('CREATE FOREIGN TABLE %s.%I (a integer, b text) SERVER %I', s.name, raw, srvname)
FROM pg_foreign_server, schemas s, new_names;
