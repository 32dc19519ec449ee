package execute_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

const table = "duo_orm_revisions"

// database is a SQLite file that connections are opened to.
type database struct {
	t      testing.TB
	folder string
}

func newDatabase(t testing.TB) *database { return &database{t: t, folder: t.TempDir()} }

func (d *database) open() drivers.Connection {
	d.t.Helper()
	conn, err := sqlite.Driver{}.Open(context.Background(), "sqlite:///app.db",
		drivers.OpenOptions{Root: d.folder, Create: true, VersionTable: table, LockWait: 30 * time.Second})
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			d.t.Error(err)
		}
	})
	return conn
}

// options has a clock that moves on a second with each look.
func options(conn drivers.Connection, graph *revision.Graph, target string) execute.Options {
	now := time.Date(2026, 11, 24, 4, 12, 0, 0, time.UTC)
	return execute.Options{Driver: sqlite.Driver{}, Conn: conn, Graph: graph, Target: target, Tool: "duo-orm test", VersionTable: table,
		Clock: func() time.Time { now = now.Add(time.Second); return now }}
}

func join(t testing.TB, files ...*revision.File) *revision.Graph {
	t.Helper()
	graph, diags := revision.Join(files)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return graph
}

// file is a revision that makes a table of its name, after its parents.
func file(id string, parents ...string) *revision.File {
	return &revision.File{ID: id, Path: "versions/" + id + ".hcl", Message: "add " + id, Parents: parents, Dialect: "sqlite",
		Upgrade:   []revision.Step{step("create "+id, "CREATE TABLE "+id+" (id integer PRIMARY KEY)", "table "+id)},
		Downgrade: []revision.Step{{Name: "drop " + id, SQL: "DROP TABLE " + id, Drops: []string{"table " + id}, Transaction: true}}}
}

func step(name, sql string, makes ...string) revision.Step {
	return revision.Step{Name: name, SQL: sql, Makes: makes, Transaction: true}
}

func alone(name, sql string) revision.Step { return revision.Step{Name: name, SQL: sql} }

// line is t1 ← t2 ← … each making its table.
func line(n int) []*revision.File {
	var files []*revision.File
	for i := 1; i <= n; i++ {
		f := file(fmt.Sprintf("t%d", i))
		if i > 1 {
			f.Parents = []string{fmt.Sprintf("t%d", i-1)}
		}
		files = append(files, f)
	}
	return files
}

// relations are the names of what is in the database, but for the version table and its log.
func relations(t testing.TB, conn drivers.Connection) string {
	t.Helper()
	return strings.Join(texts(t, conn, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'duo_orm%' AND name NOT LIKE 'sqlite%' ORDER BY name"), " ")
}

func texts(t testing.TB, conn drivers.Connection, query string) []string {
	t.Helper()
	var list []string
	err := conn.Query(context.Background(), query, nil, func(scan func(...any) error) error {
		var text string
		err := scan(&text)
		list = append(list, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func exec(t testing.TB, conn drivers.Connection, statement string) {
	t.Helper()
	if _, err := conn.Exec(context.Background(), statement); err != nil {
		t.Fatal(err)
	}
}

func records(t testing.TB, conn drivers.Connection) []execute.Record {
	t.Helper()
	list, err := execute.ReadRecords(context.Background(), sqlite.Driver{}, conn, table)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func upgrade(t testing.TB, o execute.Options) execute.Result {
	t.Helper()
	result, err := execute.Upgrade(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func downgrade(t testing.TB, o execute.Options) execute.Result {
	t.Helper()
	result, err := execute.Downgrade(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func done(result execute.Result) string {
	var ids []string
	for _, ran := range result.Done {
		ids = append(ids, ran.File.ID)
	}
	return strings.Join(ids, " ")
}

// fingerprints are those of the database's units.
func fingerprints(t testing.TB, conn drivers.Connection) map[string]string {
	t.Helper()
	inspection, err := conn.Inspect(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	prints := map[string]string{}
	for _, unit := range drivers.Units(sqlite.Driver{}, inspection.State) {
		prints[unit.Identity().String()] = drivers.Fingerprint(sqlite.Driver{}, unit, inspection.State.Key)
	}
	return prints
}

// prove says in the file that its steps were proved.
func prove(f *revision.File) {
	f.Proved = "SQLite 3.50, with rows, " + revision.StepsSum(f.Upgrade, f.Downgrade, f.ForeignKeysOff)
}
