package sqlite

import (
	"context"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
)

func TestScratchIsPrivate(t *testing.T) {
	a, b := newScratch(t, "CREATE TABLE t (a)"), newScratch(t)
	wantRows(t, b, "SELECT count(*) FROM sqlite_schema", "0")
	wantRows(t, a, "PRAGMA foreign_keys", "1")
	if a.Missing() || a.Server() == "" {
		t.Error(a.Missing(), a.Server())
	}
	begin(t, a, drivers.BeginOptions{ForeignKeysOff: true})
	run(t, a, "INSERT INTO t VALUES (1)", "DROP TABLE t")
	if err := a.Rollback(); err != nil {
		t.Fatal(err)
	}
	wantRows(t, a, "SELECT count(*) FROM t", "0")
}

func TestScratchURL(t *testing.T) {
	for _, url := range []string{"", "sqlite://", "sqlite:///:memory:"} {
		c, err := scratch(context.Background(), nil, url)
		if err != nil {
			t.Fatalf("%q: %v", url, err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	_, err := scratch(context.Background(), nil, "sqlite:///scratch.db")
	wantError(t, err, "sqlite:///scratch.db", "take scratch out")
	_, err = scratch(context.Background(), nil, "postgresql://u:QuXz@h/db")
	wantError(t, err, "no SQLite database", "***")
}

func TestScratchHasTheEncodingOfTheDatabase(t *testing.T) {
	live := newDatabase(t, "PRAGMA encoding = 'UTF-16le'", "CREATE TABLE t (a)").open(drivers.OpenOptions{ReadOnly: true})
	c, err := scratch(context.Background(), live, "")
	if err != nil {
		t.Fatal(err)
	}
	run(t, c, "CREATE TABLE t (a)")
	wantRows(t, c, "PRAGMA encoding", "UTF-16le")
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestVersionTable(t *testing.T) {
	for _, name := range []string{"duo_orm_revisions", "weird \"name'; --", "order", "é"} {
		c := newScratch(t)
		for range 2 {
			run(t, c, Driver{}.VersionTable(name)...)
		}
		wantRows(t, c, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY length(name)", name, name+"_log")
		run(t, c, "INSERT INTO "+inQuotes(name)+" VALUES ('a', '', 'm', 'c', 1, '[]', '[]', 's', 'f', 't')",
			"INSERT INTO "+inQuotes(name+"_log")+" (at, action, revision, checksum, tool, detail) VALUES ('s', 'upgrade', 'a', 'c', 't', '')")
		inspection, err := inspect(context.Background(), c.Query, name)
		if err != nil || inspection.State.Len() != 0 || len(inspection.Unread) != 0 {
			t.Errorf("%s: %+v, %v", name, inspection, err)
		}
	}
}
