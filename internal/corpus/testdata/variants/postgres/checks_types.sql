CREATE TYPE e AS ENUM ('a', 'b'); CREATE DOMAIN d AS int;
----
CREATE TABLE t (id int PRIMARY KEY, a e, b int, c timestamp, x text[]);
----
CREATE TABLE t (id int PRIMARY KEY, a e CHECK (a = 'a' OR a IS NULL), b int CHECK (b IN (1, 2, 3)), c timestamp CHECK (c > '2000-01-01'), x text[] CHECK (cardinality(x) < 3));
----
CREATE TABLE t (id int PRIMARY KEY, a text CHECK (a IN ('a', 'b')), b d CHECK (b > 0), c timestamptz CHECK (c > '2000-01-01 00:00+00'), x text[]);
----
CREATE TABLE t (id int PRIMARY KEY, a e NOT NULL DEFAULT 'b', b bigint CHECK (b <> ALL (ARRAY[7, 8])), c date, x text, CONSTRAINT all_of CHECK (id > 0 AND (b > 1 OR c < '2100-01-01')));
----
CREATE TABLE t (id int PRIMARY KEY, a varchar(5) CHECK (a::text = ANY (ARRAY['a'::text, 'b'::text])), b numeric(9,3) CHECK (b >= 0.5), c timestamp(0), x text);
