package postgres_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// What is left to do of a step that was cut off stands in the catalogue.
func TestResume(t *testing.T) {
	t.Parallel()
	conn, err := postgres.Driver{}.Open(t.Context(), testserver.Postgres(t).Database(t), drivers.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for _, statement := range []string{
		`CREATE SCHEMA "s.t"`,
		`CREATE TABLE "s.t"."a""b" (n integer)`,
		`INSERT INTO "s.t"."a""b" VALUES (1), (1)`,
		`CREATE INDEX whole ON "s.t"."a""b" (n)`,
		"CREATE TABLE t (n integer)",
		"CREATE INDEX elsewhere ON t (n)",
		"CREATE TYPE e AS ENUM ('one', 'it''s')",
		"CREATE TABLE p (n integer) PARTITION BY LIST (n)",
		"CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)",
		"CREATE TABLE p2 (n integer)",
	} {
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.Exec(t.Context(), `CREATE UNIQUE INDEX CONCURRENTLY "Half" ON "s.t"."a""b" (n)`); err == nil {
		t.Fatal("an index that rows violate was built")
	}
	again := []string{"itself"}
	for _, c := range []struct {
		sql   string
		rest  []string
		known bool
	}{
		{`CREATE UNIQUE INDEX CONCURRENTLY "Half" ON "s.t"."a""b" (n)`, []string{`DROP INDEX CONCURRENTLY "s.t"."Half"`, "itself"}, true},
		{`create unique index /* why */ if not exists "Half" on only "s.t"."a""b" using btree (n)`, []string{`DROP INDEX "s.t"."Half"`, "itself"}, true},
		{`CREATE INDEX CONCURRENTLY half ON "s.t"."a""b" (n)`, again, true},
		{`CREATE INDEX CONCURRENTLY WHOLE ON "s.t"."a""b" (n)`, nil, true},
		{`CREATE INDEX CONCURRENTLY elsewhere ON p2 (n)`, nil, false},
		{`CREATE INDEX CONCURRENTLY ON p2 (n)`, nil, false},
		{`DROP INDEX CONCURRENTLY IF EXISTS "s.t".whole`, again, true},
		{`DROP INDEX CONCURRENTLY gone`, nil, true},
		{`DROP INDEX elsewhere, gone`, nil, false},
		{"ALTER TYPE e ADD VALUE 'it''s' AFTER 'one'", nil, true},
		{"ALTER TYPE public.e ADD VALUE IF NOT EXISTS 'two'", again, true},
		{"ALTER TYPE e RENAME VALUE 'one' TO 'two'", nil, false},
		{"ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY", again, true},
		{"ALTER TABLE p DETACH PARTITION p2 CONCURRENTLY", nil, true},
		{"ALTER TABLE p ADD COLUMN m integer", nil, false},
		{"REINDEX TABLE CONCURRENTLY t", again, true},
		{"VACUUM t", again, true},
		{"CREATE DATABASE d", nil, false},
	} {
		rest, known, err := postgres.Driver{}.Resume(t.Context(), conn, c.sql)
		if err != nil {
			t.Errorf("%s: %v", c.sql, err)
			continue
		}
		want := append([]string(nil), c.rest...)
		for i, text := range want {
			if text == "itself" {
				want[i] = c.sql
			}
		}
		if diff := cmp.Diff(want, rest); known != c.known || diff != "" && known {
			t.Errorf("%s: known %v, %s", c.sql, known, diff)
		}
	}
}
