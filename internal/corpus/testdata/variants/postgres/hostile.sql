CREATE SCHEMA "sch ""two"" ä";
----
CREATE TABLE "t ""x"" ${a} %{if}" ("id 1" int PRIMARY KEY, "b'q" text DEFAULT 'x''y\n', "naïve $1" int[], "ÄÖÜ" int GENERATED ALWAYS AS ("id 1" * 2) STORED);
CREATE TYPE "enum ""e"" 'x'" AS ENUM ('a b', 'c''d', 'e"f', 'ä$', '${x}', '%{if}', E'back\\slash', '');
----
CREATE TYPE "enum ""e"" 'x'" AS ENUM ('a b', 'c''d', 'new '' one', 'e"f', 'ä$', '${x}', '%{if}', E'back\\slash', '', ' ');
CREATE TABLE "t ""x"" ${a} %{if}" ("id 1" int, "b'q" text COLLATE "C" DEFAULT E'x''y\\n\t', "naïve $1" int[] NOT NULL DEFAULT '{}', "enum col" "enum ""e"" 'x'" NOT NULL DEFAULT 'c''d', CONSTRAINT "p k.""1""" PRIMARY KEY ("id 1"), CONSTRAINT "ch'eck ${y}" CHECK ("b'q" <> '${z}' AND "enum col" <> 'e"f'), CONSTRAINT "u q" UNIQUE NULLS NOT DISTINCT ("b'q") INCLUDE ("naïve $1"));
CREATE TABLE "sch ""two"" ä"."t ""x"" ${a} %{if}" ("id" int REFERENCES "t ""x"" ${a} %{if}" ("id 1") ON DELETE CASCADE, "f k" int, CONSTRAINT "f k'""" FOREIGN KEY ("f k") REFERENCES "t ""x"" ${a} %{if}");
CREATE INDEX "i x.""'" ON "t ""x"" ${a} %{if}" (("b'q" || '${x}'), "naïve $1" DESC) WHERE "enum col" = '%{if}';
COMMENT ON INDEX "i x.""'" IS 'the "index" ${x} %{if} \ ''';
COMMENT ON CONSTRAINT "ch'eck ${y}" ON "t ""x"" ${a} %{if}" IS E'line 1\nline 2\\';
COMMENT ON COLUMN "t ""x"" ${a} %{if}"."naïve $1" IS '';
----
CREATE DOMAIN "sch ""two"" ä"."dom ""ain""" AS text CONSTRAINT "c k" CHECK (value <> '${x}') DEFAULT '''';
CREATE TABLE "t ""x"" ${a} %{if}" ("id 1" bigint PRIMARY KEY, "b'q" "sch ""two"" ä"."dom ""ain""", "ÄÖÜ" text);
CREATE FUNCTION "f 'n' ""(int)"""("a b" int, "c""d" text DEFAULT 'x, y)', VARIADIC "rest $1" text[] DEFAULT '{}') RETURNS TABLE ("out 1" int, "select" text) LANGUAGE plpgsql SET "my.setting" = 'a "b" c' SET search_path = "sch ""two"" ä", hostile, "$user" AS $fn$ BEGIN RETURN QUERY SELECT 1, '$$ $f$ ${x} %{if}'::text; END $fn$;
CREATE VIEW "v ""1""" ("c ""1""", "from") AS SELECT "id 1", "b'q" FROM "t ""x"" ${a} %{if}" AS "al ias" WHERE "al ias"."b'q" <> '%{for}';
CREATE RULE "r ""u""" AS ON UPDATE TO "v ""1""" WHERE old."from" = '${x}' DO INSTEAD UPDATE "t ""x"" ${a} %{if}" SET "b'q" = new."from";
CREATE RULE "r u2" AS ON UPDATE TO "v ""1""" DO INSTEAD NOTHING;
COMMENT ON RULE "r ""u""" ON "v ""1""" IS 'a ''rule''';
COMMENT ON FUNCTION "f 'n' ""(int)""" IS 'f $1 $$ ${x}';
----
CREATE FUNCTION "tr g"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE "t ""x"" ${a} %{if}" ("id 1" int NOT NULL, "b'q" text, "k y" int NOT NULL) PARTITION BY LIST ("b'q");
CREATE TABLE "part ""1""" PARTITION OF "t ""x"" ${a} %{if}" FOR VALUES IN ('a''b', '${x}', 'q"') WITH (fillfactor = 50);
CREATE TABLE "sch ""two"" ä"."part ""1""" PARTITION OF "t ""x"" ${a} %{if}" DEFAULT PARTITION BY RANGE ("id 1", ("k y" + 1));
CREATE TABLE "sch ""two"" ä"."p '2'" PARTITION OF "sch ""two"" ä"."part ""1""" FOR VALUES FROM (MINVALUE, MINVALUE) TO (MAXVALUE, MAXVALUE);
CREATE INDEX "i x.""'" ON "t ""x"" ${a} %{if}" ("b'q", "id 1", "k y") WHERE "k y" > 0;
CREATE TRIGGER "tr ""g""" BEFORE INSERT OR UPDATE OF "b'q" ON "t ""x"" ${a} %{if}" FOR EACH ROW WHEN (new."b'q" <> 'it''s ${x}') EXECUTE FUNCTION "tr g"('arg ''1''', E'a\\b', '${x}', '');
CREATE POLICY "po ""l""" ON "t ""x"" ${a} %{if}" USING ("b'q" <> '${x}''');
COMMENT ON POLICY "po ""l""" ON "t ""x"" ${a} %{if}" IS 'a "policy"';
CREATE STATISTICS "st ""a""" ON "id 1", "k y" FROM "part ""1""";
CREATE SEQUENCE "sch ""two"" ä"."se q" OWNED BY "sch ""two"" ä"."p '2'"."k y";
