----
CREATE TABLE t (id int PRIMARY KEY, v varchar(10), n numeric(10,2), d date, b boolean, i int, j json);
----
CREATE TABLE t (id bigint PRIMARY KEY, v varchar(20), n numeric(12,2), d timestamp, b boolean, i bigint, j jsonb);
----
CREATE TABLE t (id bigint PRIMARY KEY, v text, n numeric, d timestamptz, b int, i numeric, j text);
----
CREATE TABLE t (id smallint PRIMARY KEY, v varchar, n double precision, d text, b text, i text, j varchar(100));
----
CREATE TABLE t (id int PRIMARY KEY, v char(10), n int, d date, b smallint, i smallint, j json);
