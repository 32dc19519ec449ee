CREATE TABLE t (id int PRIMARY KEY, b text);
----
----
CREATE TEXT SEARCH CONFIGURATION c (COPY = pg_catalog.english);
----
CREATE TEXT SEARCH CONFIGURATION c (PARSER = pg_catalog."default"); ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword, word WITH simple; COMMENT ON TEXT SEARCH CONFIGURATION c IS 'x';
----
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = snowball, LANGUAGE = russian, STOPWORDS = russian); CREATE TEXT SEARCH CONFIGURATION c (COPY = pg_catalog.simple); ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH d, simple; CREATE INDEX i ON t USING gin (to_tsvector('simple', b));
----
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, STOPWORDS = english, ACCEPT = false); CREATE TEXT SEARCH TEMPLATE tt (LEXIZE = dsimple_lexize, INIT = dsimple_init); CREATE TEXT SEARCH PARSER pp (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
