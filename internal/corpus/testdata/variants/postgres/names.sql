----
CREATE TABLE "T" (id int PRIMARY KEY, "Id" int); CREATE TABLE t (id int PRIMARY KEY);
----
CREATE TABLE "select" ("from" int PRIMARY KEY, "wh""ere" text CHECK ("wh""ere" <> '\')); CREATE INDEX "in dex" ON "select" ("wh""ere"); CREATE VIEW "v$1" AS SELECT "from" AS "$x" FROM "select";
----
CREATE TABLE "a.b" (id int PRIMARY KEY); CREATE TABLE "a" ("b" int REFERENCES "a.b"); COMMENT ON TABLE "a.b" IS E'line\nline\t''q'' ${x} %{if} \\';
----
CREATE TABLE "таблица" ("ключ" int PRIMARY KEY, "😀" text DEFAULT '😀'); CREATE TABLE name_that_is_so_long_that_it_is_exactly_sixty_three_bytes_long_x (id int PRIMARY KEY, name_that_is_so_long_that_it_is_exactly_sixty_three_bytes_long_x int UNIQUE);
----
CREATE TABLE "user" (id int PRIMARY KEY, "order" int, "group" text, "primary" boolean); CREATE TYPE "order" AS ENUM ('asc', 'desc'); CREATE FUNCTION "function"("in" int, "out" int) RETURNS int LANGUAGE sql AS 'SELECT 1';
