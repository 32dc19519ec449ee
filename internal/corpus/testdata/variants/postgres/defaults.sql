CREATE SEQUENCE s;
CREATE FUNCTION f() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 42';
CREATE TYPE e AS ENUM ('a', 'b');
----
CREATE TABLE t (id int PRIMARY KEY, a int, b text, c timestamptz, d e, x int[], j jsonb);
----
CREATE TABLE t (id int PRIMARY KEY DEFAULT nextval('s'), a int DEFAULT 5, b text DEFAULT 'it''s', c timestamptz DEFAULT now(), d e DEFAULT 'a', x int[] DEFAULT '{}', j jsonb DEFAULT '{}');
----
CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT f(), b text DEFAULT NULL, c timestamptz DEFAULT (now() AT TIME ZONE 'utc'), d e DEFAULT 'b', x int[] DEFAULT ARRAY[1,2], j jsonb DEFAULT '{"a": 1}');
----
CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT -1, b text NOT NULL DEFAULT '', c timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, d e NOT NULL DEFAULT 'a', x int[] NOT NULL DEFAULT '{1}', j jsonb NOT NULL DEFAULT '[]');
----
CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT (f() + 1), b text DEFAULT CURRENT_USER, c timestamptz DEFAULT (CURRENT_DATE + interval '1 day'), d e DEFAULT ('a'::text)::e, x int[] DEFAULT (ARRAY[]::int[]), j jsonb DEFAULT jsonb_build_object('k', 'v'));
