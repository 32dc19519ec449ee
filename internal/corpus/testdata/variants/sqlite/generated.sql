----
CREATE TABLE generated (id INTEGER PRIMARY KEY, a INT, b TEXT);
----
CREATE TABLE generated (id INTEGER PRIMARY KEY, a INT, b TEXT, g INT GENERATED ALWAYS AS (a * 2) VIRTUAL);
----
CREATE TABLE generated (id INTEGER PRIMARY KEY, a INT, b TEXT, g INT AS (a * 2) STORED);
----
CREATE TABLE generated (id INTEGER PRIMARY KEY, a INT, b TEXT, g INT NOT NULL GENERATED ALWAYS AS (coalesce(a, 0)) STORED UNIQUE, h AS (b || g));
CREATE INDEX generated_h ON generated (h, g DESC);
----
CREATE TABLE generated (id INTEGER PRIMARY KEY, a INT, b TEXT, g INT);
----
CREATE TABLE generated (id INTEGER PRIMARY KEY, a INT AS (length(b)), b TEXT, g TEXT COLLATE NOCASE AS (upper(b)) CHECK (g <> 'X'), h AS (g) , i AS (h) STORED);
----
CREATE TABLE generated (g INT AS (i + 1), h AS (json_extract(b, '$.k')) STORED, i AS (a), id INTEGER PRIMARY KEY, a INT, b TEXT DEFAULT '{}', r INT AS (a) REFERENCES generated (id));
CREATE VIEW generated_v AS SELECT g, h FROM generated;
----
CREATE TABLE generated (id INTEGER PRIMARY KEY, a INT, b TEXT, g INT AS (a * 3)) STRICT;
CREATE TRIGGER generated_t AFTER INSERT ON generated WHEN new.g > 3 BEGIN UPDATE generated SET b = new.g WHERE id = new.id; END;
