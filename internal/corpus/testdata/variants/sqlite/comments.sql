----
CREATE TABLE comments (
  id INTEGER PRIMARY KEY, -- the key
  a INT /* a */ DEFAULT /* d */ 5 -- five
);
----
CREATE /* t */ TABLE -- name
comments /* ( */ ( -- begin
  id INTEGER /* int */ PRIMARY /* x */ KEY,
  a INT NOT /* really */ NULL DEFAULT (/* one */ 1 + -- two
    1),
  b TEXT /* 'quote' */ CHECK (b <> '/* no comment */') -- ) ;
  /* end */ ) /* after */;
CREATE INDEX comments_i /* i */ ON comments -- t
(a /* a */, b -- b
);
----
CREATE TABLE comments (id INTEGER PRIMARY KEY, a INT DEFAULT 5);
CREATE VIEW comments_v AS -- the view
SELECT id, /* not a; */ a FROM comments -- last line
;
CREATE TRIGGER comments_t AFTER INSERT ON comments /* when */ BEGIN -- first;
  SELECT 1; /* second; END; */
  SELECT 2; -- third
END;
----
CREATE TABLE comments (id INTEGER PRIMARY KEY, a INT DEFAULT 6 -- six
, b INT -- last
);
CREATE VIEW comments_v AS /* v */ SELECT id, a FROM comments;
----
CREATE TABLE comments (/**/id INTEGER PRIMARY KEY/**/,/**/a/**/INT/**/DEFAULT/**/5/**/)/**/STRICT/**/;
CREATE TRIGGER comments_t AFTER INSERT ON comments BEGIN SELECT 1; SELECT 2; END;
