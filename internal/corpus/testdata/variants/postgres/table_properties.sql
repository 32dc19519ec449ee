----
CREATE TABLE t (id int PRIMARY KEY, a text, b jsonb);
----
CREATE UNLOGGED TABLE t (id int PRIMARY KEY, a text, b jsonb);
----
CREATE TABLE t (id int PRIMARY KEY, a text COMPRESSION pglz, b jsonb) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
----
CREATE TABLE t (id int PRIMARY KEY WITH (fillfactor = 50), a text, b jsonb); ALTER TABLE t REPLICA IDENTITY FULL, ALTER a SET STATISTICS 500, ALTER b SET (n_distinct = -0.5), ALTER b SET STORAGE MAIN;
----
CREATE TABLE t (id int PRIMARY KEY, a text COLLATE "C", b jsonb); ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, REPLICA IDENTITY NOTHING; COMMENT ON TABLE t IS 'tt'; COMMENT ON COLUMN t.a IS 'aa';
----
CREATE TABLE t (id int PRIMARY KEY, b jsonb, a text, "Mixed Case" int, "select" text, "a.b" int, "q""q" int, "ключ" text);
----
CREATE TABLE t ();
