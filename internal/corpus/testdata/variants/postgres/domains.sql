----
CREATE DOMAIN d AS text; CREATE TABLE t (id int PRIMARY KEY, x d);
----
CREATE DOMAIN d AS text DEFAULT 'q' NOT NULL CHECK (value <> ''); CREATE TABLE t (id int PRIMARY KEY, x d);
----
CREATE DOMAIN d AS text CONSTRAINT k CHECK (length(value) < 100) CONSTRAINT l CHECK (value ~ '^[0-9]*$'); CREATE TABLE t (id int PRIMARY KEY, x d, y d[]); COMMENT ON DOMAIN d IS 'dd'; COMMENT ON CONSTRAINT k ON DOMAIN d IS 'kk';
----
CREATE DOMAIN d AS varchar(30) COLLATE "C"; CREATE TABLE t (id int PRIMARY KEY, x d); CREATE VIEW v AS SELECT x FROM t;
----
CREATE DOMAIN d AS text; ALTER DOMAIN d ADD CONSTRAINT k CHECK (value <> 'bad') NOT VALID; CREATE TABLE t (id int PRIMARY KEY, x d DEFAULT 'w');
----
CREATE DOMAIN d AS text; CREATE DOMAIN dd AS d CHECK (value <> 'n'); CREATE TABLE t (id int PRIMARY KEY, x dd); CREATE INDEX i ON t (x);
----
CREATE TABLE t (id int PRIMARY KEY, x text);
----
CREATE DOMAIN d AS int CHECK (value >= 0); CREATE TABLE t (id int PRIMARY KEY, x d);
