-- A row is a statement: text search.
SELECT format('CREATE TEXT SEARCH CONFIGURATION %s.%I (COPY = pg_catalog.%s)', s.name, raw, how)
FROM schemas s, new_names, unnest(ARRAY['simple', 'english']) how;

SELECT format('ALTER TEXT SEARCH CONFIGURATION %s.%I %s', s.name, cfgname, how)
FROM pg_ts_config JOIN schemas s ON s.oid = cfgnamespace, unnest(ARRAY['ALTER MAPPING FOR asciiword WITH simple', 'DROP MAPPING IF EXISTS FOR word', 'ALTER MAPPING REPLACE english_stem WITH simple', 'RENAME TO "cfg"', 'ADD MAPPING FOR entity WITH simple, english_stem']) how;

SELECT format('DROP TEXT SEARCH CONFIGURATION %s.%I CASCADE', s.name, cfgname)
FROM pg_ts_config JOIN schemas s ON s.oid = cfgnamespace;

SELECT format('ALTER TEXT SEARCH DICTIONARY %s.%I %s', s.name, dictname, how)
FROM pg_ts_dict JOIN schemas s ON s.oid = dictnamespace, unnest(ARRAY['(stopwords)', '(stopwords = english)', '(stopwords = german)', 'RENAME TO "dict"']) how;
