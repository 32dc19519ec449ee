----
CREATE TABLE "names" ("select" INT, "from" TEXT, PRIMARY KEY ("select"));
CREATE INDEX "names group" ON names ("from");
----
CREATE TABLE [names] ([select] BIGINT PRIMARY KEY, `from` TEXT, "a ""quoted""" INT, "it's" TEXT DEFAULT 'x', [br[ack] INT, `tick``s` INT CHECK (`tick``s` > 0));
CREATE VIEW "names ""v""" AS SELECT "a ""quoted""", "it's", [br[ack] FROM names;
----
CREATE TABLE names ("select" INT PRIMARY KEY, "from" TEXT, "ünï" INT, "名前" TEXT UNIQUE, " " INT, "a b" INT REFERENCES "names 名" ("ключ"));
CREATE TABLE "names 名" ("ключ" INTEGER PRIMARY KEY);
CREATE TRIGGER "names 🙂" AFTER INSERT ON names BEGIN UPDATE names SET " " = new."ünï"; END;
----
CREATE TABLE names ("select" INT PRIMARY KEY, "from" TEXT, "1st" INT, "a.b" INT, "a-b" INT, "$x" INT, a$b INT, "${x}" TEXT, "%{y}" INT, CONSTRAINT "odd ${name}" CHECK ("a-b" <> 3));
CREATE UNIQUE INDEX "names ${i}" ON names ("a.b", "${x}" DESC);
----
CREATE TABLE "names.dotted" (a INT);
CREATE TABLE "names -- x" (";" INT, "/*" INT, "(" INT, ")" INT DEFAULT (1));
CREATE VIEW "names /* y" AS SELECT ";" AS ";", "/*" FROM "names -- x";
CREATE TRIGGER "names; z" AFTER DELETE ON "names -- x" BEGIN SELECT old.";"; END;
----
CREATE TABLE names ("order" INTEGER PRIMARY KEY, "check" INT CHECK ("check" > 0), "unique" INT UNIQUE, "table" INT DEFAULT 3, "references" INT REFERENCES names ("order"), "constraint" INT, "primary" INT, "generated" INT AS ("check" + 1), "as" INT, "collate" TEXT COLLATE NOCASE);
CREATE INDEX "index" ON names ("as", "constraint");
----
CREATE TABLE names (key INT PRIMARY KEY, abort, action, "begin", cast, conflict, desc, each, end, generated, glob, if, ignore, offset, plan, query, raise, replace, row, rows, temp, trigger, view, virtual, without, always, strict, rowid);
----
CREATE TABLE "names'q" ("x'y" INT, "x""y" TEXT, "x`y" INT, "x]y" INT, "tab	bed" INT, "new
line" INT, "back\slash" INT);
CREATE INDEX "names'i" ON "names'q" ("x'y", "x""y", "x`y", "x]y");
