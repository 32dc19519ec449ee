----
CREATE TABLE p (id int NOT NULL, a int DEFAULT 1); CREATE TABLE c () INHERITS (p);
----
CREATE TABLE p (id int NOT NULL, a int DEFAULT 1); CREATE TABLE c (id int NOT NULL, a int DEFAULT 1);
----
CREATE TABLE p (id int NOT NULL, a bigint DEFAULT 2 CHECK (a > 0)); CREATE TABLE c (b text) INHERITS (p); ALTER TABLE c ALTER a SET DEFAULT 9;
----
CREATE TABLE p (id int, a int, n text); CREATE TABLE c (a int NOT NULL) INHERITS (p); CREATE TABLE d () INHERITS (c);
----
CREATE TABLE p (id int, CONSTRAINT k CHECK (id > 0) NO INHERIT); CREATE TABLE q (a int CHECK (a > -1)); CREATE TABLE c (z date) INHERITS (p, q);
----
CREATE TABLE p (id int PRIMARY KEY, a int UNIQUE); CREATE TABLE c (PRIMARY KEY (id)) INHERITS (p); CREATE INDEX i ON c (a);
----
CREATE TABLE c (id int); CREATE TABLE p (id int, a int); CREATE TABLE d (x int) INHERITS (c, p);
