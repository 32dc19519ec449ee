----
CREATE TABLE partial_names (id INTEGER PRIMARY KEY, a INT, "CURRENT_TIMESTAMP" TEXT);
CREATE INDEX partial_names_i ON partial_names ("CURRENT_TIMESTAMP") WHERE "CURRENT_TIMESTAMP" <> 'x';
----
CREATE TABLE partial_names (id INTEGER PRIMARY KEY, a INT CHECK ("a" <> "b"), c TEXT DEFAULT "a");
----
CREATE TABLE partial_names (id INTEGER PRIMARY KEY, a INT, "true" INT, "null" INT, "NULL x" INT, CHECK ("true" IS NOT 5 AND "null" IS NOT 6));
----
CREATE TABLE partial_names (id INTEGER PRIMARY KEY, "case" INT, "when" INT AS (CASE WHEN "case" THEN "case" END), "NOT" TEXT CHECK (NOT "NOT" IN ('NOT')), UNIQUE ("case", "NOT"));
----
CREATE TABLE partial_names ("primary key" INTEGER PRIMARY KEY, "a b c" INT, "unique" INT UNIQUE, "foreign" INT REFERENCES partial_names ("primary key"));
CREATE UNIQUE INDEX "unique" ON partial_names ("unique" DESC) WHERE "foreign" IS NULL;
----
CREATE TABLE partial_names (id INTEGER PRIMARY KEY, "sqlite" INT, "duo_orm" INT, "_duo_orm_old_partial_names" INT);
CREATE VIEW "_duo_orm_old_partial_names" AS SELECT id FROM partial_names;
----
CREATE TABLE partial_names (id INTEGER PRIMARY KEY, a INT, "table.column" INT, "partial_names" TEXT, CHECK (partial_names.partial_names <> '' AND "partial_names"."table.column" > 0));
CREATE TRIGGER partial_names_t AFTER UPDATE OF "table.column" ON partial_names WHEN new."partial_names" IS old.partial_names BEGIN SELECT new."table.column"; END;
