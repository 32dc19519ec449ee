----
CREATE TABLE checks (id INTEGER PRIMARY KEY, a INT, b TEXT);
----
CREATE TABLE checks (id INTEGER PRIMARY KEY, a INT CHECK (a > 0), b TEXT CHECK (length(b) < 100));
----
CREATE TABLE checks (id INTEGER PRIMARY KEY, a INT CONSTRAINT positive CHECK (a >= 0), b TEXT, CONSTRAINT both CHECK (a > 0 OR b IS NOT NULL), CHECK (b <> 'it''s'));
----
CREATE TABLE checks (id INTEGER PRIMARY KEY, a INT, b TEXT CHECK (b IN ('1', '2', '3') AND b NOT LIKE 'x%' ESCAPE '\'), CHECK (CASE WHEN a > 5 THEN b ELSE 'y' END <> 'z'));
----
CREATE TABLE checks (id INTEGER PRIMARY KEY, a INT CHECK (a > 0) CHECK (a < 1000) CONSTRAINT "the third" CHECK (a <> 500), b TEXT, CHECK (a > 0));
----
CREATE TABLE checks (id INTEGER PRIMARY KEY, a INT, b TEXT, CONSTRAINT same CHECK (a <> 7), CONSTRAINT same CHECK (a <> 8), CHECK ("a" BETWEEN 0 AND 9 AND [b] GLOB '[0-9]*' AND `checks`.b IS NOT NULL));
----
CREATE TABLE checks (id INTEGER PRIMARY KEY, a INT, b TEXT, CHECK ((((a))) > -1), CHECK (typeof(a) = 'integer' AND (b || 'x') COLLATE NOCASE <> 'X' AND a NOTNULL), CHECK (a ISNULL OR a IS NOT DISTINCT FROM a), CHECK (b -> '$.x' IS NULL));
----
CREATE TABLE checks (id INTEGER PRIMARY KEY, a INT, b TEXT,
  /* why */ CHECK (a /* a; comment ) here */ > 0 -- and ' here
  ), CONSTRAINT x
  CHECK (b <> '--' AND b <> '/*'));
