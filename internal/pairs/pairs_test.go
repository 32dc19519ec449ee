package pairs

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"
	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/oracle"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

func TestMain(m *testing.M) {
	flag.Parse()
	checks := "200"
	if os.Getenv("DUO_ORM_NIGHTLY") != "" {
		checks = "3000"
	}
	if err := flag.Set("rapid.checks", checks); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

const versionTable = "duo_orm_revisions"

func TestRandomPairs(t *testing.T) {
	ctx, driver := context.Background(), sqlite.Driver{}
	planned, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		a := drawSchema(t)
		b := a.mutate(t)
		folder, err := os.MkdirTemp("", "duo-orm-pairs")
		check(t, err)
		defer func() { _ = os.RemoveAll(folder) }()
		before, after := load(t, folder, "a.db", a), load(t, folder, "b.db", b)
		fill(t, filepath.Join(folder, "a.db"), a)
		rows := contents(t, filepath.Join(folder, "a.db"))

		live := open(t, driver, folder, "a.db")
		defer func() { check(t, live.Close()) }()
		plan, err := planner.Create(ctx, planner.Request{Driver: driver, Live: live, Desired: models(t, driver, folder, "b.db"), DropUnmanaged: true})
		var against *planner.RowsError
		if errors.As(err, &against) {
			refused++
			return
		}
		if err != nil {
			t.Fatalf("create: %v\n%s\n-- to --\n%s", err, script(a), script(b))
		}
		planned++
		graph := written(t, plan)
		options := execute.Options{Driver: driver, Conn: live, Graph: graph, Clock: time.Now, Tool: "pairs", VersionTable: versionTable}
		options.Target = "head"
		if _, err := execute.Upgrade(ctx, options); err != nil {
			t.Fatalf("upgrade: %v\n%s\n-- to --\n%s", err, script(a), script(b))
		}
		if difference := cmp.Diff(after, describe(t, filepath.Join(folder, "a.db"))); difference != "" {
			t.Fatalf("after the upgrade (-want +got):\n%s\n%s\n-- to --\n%s", difference, script(a), script(b))
		}
		kept(t, "upgrade", a, b, rows, contents(t, filepath.Join(folder, "a.db")))
		again, err := planner.Create(ctx, planner.Request{Driver: driver, Live: live, Desired: models(t, driver, folder, "b.db")})
		if err != nil || !again.Empty() {
			t.Fatalf("a second create: %v, %+v", err, again)
		}
		options.Target = "base"
		if _, err := execute.Downgrade(ctx, options); err != nil {
			t.Fatalf("downgrade: %v\n%s\n-- to --\n%s", err, script(a), script(b))
		}
		if difference := cmp.Diff(before, describe(t, filepath.Join(folder, "a.db"))); difference != "" {
			t.Fatalf("after the downgrade (-want +got):\n%s\n%s\n-- to --\n%s", difference, script(a), script(b))
		}
		kept(t, "downgrade", a, b, rows, contents(t, filepath.Join(folder, "a.db")))
	})
	t.Logf("%d pairs planned, %d refused since rows stood against them", planned, refused)
	if planned < refused {
		t.Errorf("too few pairs were planned: %d, refused %d", planned, refused)
	}
}

func check(t *rapid.T, err error) {
	if err != nil {
		t.Fatalf("%v", err)
	}
}

func script(s schema) string { return strings.Join(s.ddl(), ";\n") }

func load(t *rapid.T, folder, name string, s schema) []string {
	db, err := sql.Open("sqlite", filepath.Join(folder, name))
	check(t, err)
	for _, statement := range s.ddl() {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%v\n%s", err, statement)
		}
	}
	check(t, db.Close())
	return describe(t, filepath.Join(folder, name))
}

func describe(t *rapid.T, path string) []string {
	db, err := sql.Open("sqlite", path)
	check(t, err)
	facts, err := oracle.Describe(db, versionTable, versionTable+"_log")
	check(t, err)
	check(t, db.Close())
	return facts
}

// fill puts up to three rows into each table; columns of foreign keys stay NULL.
func fill(t *rapid.T, path string, s schema) {
	db, err := sql.Open("sqlite", path)
	check(t, err)
	for _, tab := range s.tables {
		for i := range rapid.IntRange(0, 3).Draw(t, "rows") {
			var names, values []string
			for j, c := range tab.columns {
				if c.name == "ref" {
					continue
				}
				names = append(names, quote(c.name))
				values = append(values, value(c, i, j))
			}
			insert := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", quote(tab.name), strings.Join(names, ", "), strings.Join(values, ", "))
			if _, err := db.Exec(insert); err != nil {
				t.Fatalf("%v\n%s\n%s", err, insert, tab.ddl())
			}
		}
	}
	check(t, db.Close())
}

// value is a literal that fits a column, different for each row; a nullable column has NULL in its last row.
func value(c *column, row, position int) string {
	n := row*100 + position
	switch {
	case !c.notNull && row == 2 && c.name != "id":
		return "NULL"
	case strings.EqualFold(c.typ, "INTEGER"):
		return fmt.Sprint(n + 1)
	case c.typ == "REAL" || strings.HasPrefix(c.typ, "NUMERIC") || c.typ == "double precision":
		return fmt.Sprintf("%d.5", n)
	case c.typ == "BLOB":
		return fmt.Sprintf("x'%04x'", n)
	default:
		return fmt.Sprintf("'text %d'", n)
	}
}

// contents are the rows of each table: by table and column name, one value for each row.
func contents(t *rapid.T, path string) map[string][]map[string]string {
	db, err := sql.Open("sqlite", path)
	check(t, err)
	defer func() { check(t, db.Close()) }()
	tables, err := db.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	check(t, err)
	var names []string
	for tables.Next() {
		var name string
		check(t, tables.Scan(&name))
		names = append(names, name)
	}
	check(t, tables.Close())
	all := map[string][]map[string]string{}
	for _, name := range names {
		rows, err := db.Query("SELECT * FROM " + quote(name))
		check(t, err)
		columns, err := rows.Columns()
		check(t, err)
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			check(t, rows.Scan(into...))
			row := map[string]string{}
			for i, c := range columns {
				row[strings.ToLower(c)] = fmt.Sprintf("%T %v", values[i], values[i])
			}
			all[strings.ToLower(name)] = append(all[strings.ToLower(name)], row)
		}
		check(t, rows.Close())
	}
	return all
}

// kept compares the rows of the tables and columns that both schemas have with the same type.
func kept(t *rapid.T, when string, a, b schema, before, after map[string][]map[string]string) {
	for _, tab := range a.tables {
		for _, other := range b.tables {
			if !strings.EqualFold(tab.name, other.name) {
				continue
			}
			var common []string
			for _, c := range tab.columns {
				if d := other.column(c.name); d != nil && strings.EqualFold(c.typ, d.typ) {
					common = append(common, strings.ToLower(c.name))
				}
			}
			name := strings.ToLower(tab.name)
			if difference := cmp.Diff(project(before[name], common), project(after[name], common)); difference != "" {
				t.Fatalf("rows of %s after the %s (-want +got):\n%s\n%s\n-- to --\n%s", tab.name, when, difference, script(a), script(b))
			}
		}
	}
}

func project(rows []map[string]string, columns []string) []string {
	var lines []string
	for _, row := range rows {
		var line []string
		for _, c := range columns {
			line = append(line, c+"="+row[c])
		}
		lines = append(lines, strings.Join(line, "|"))
	}
	sort.Strings(lines)
	return lines
}

func open(t *rapid.T, driver drivers.Driver, folder, name string) drivers.Connection {
	conn, err := driver.Open(context.Background(), "sqlite:///"+name, drivers.OpenOptions{Root: folder, VersionTable: versionTable})
	check(t, err)
	return conn
}

// models writes the models of a database and reads them back.
func models(t *rapid.T, driver drivers.Driver, folder, name string) *hclschema.State {
	conn := open(t, driver, folder, name)
	inspection, err := conn.Inspect(context.Background())
	check(t, err)
	check(t, conn.Close())
	if len(inspection.Unread) > 0 {
		t.Fatalf("unread: %+v", inspection.Unread)
	}
	files, err := hclschema.Write(inspection.State, driver)
	check(t, err)
	var sources []hclschema.Source
	for _, file := range files {
		sources = append(sources, hclschema.Source(file))
	}
	state, diagnostics := hclschema.Load(sources, nil, driver)
	if diagnostics.HasErrors() {
		t.Fatalf("%v\n%s", diagnostics, sources[0].Bytes)
	}
	return state
}

// written is the plan as a revision file that was written and read again: what is run is the file.
func written(t *rapid.T, plan *planner.Plan) *revision.Graph {
	file := planner.Revision(plan, planner.Meta{ID: "a1", Message: "from A to B", Created: time.Unix(0, 0)})
	text := revision.Write(file)
	read, diagnostics := revision.Read("a1.hcl", text)
	if diagnostics.HasErrors() || revision.Checksum(read) != revision.Checksum(file) || string(revision.Write(read)) != string(text) {
		t.Fatalf("the file doesn't read as it was written: %v\n%s", diagnostics, text)
	}
	graph, diagnostics := revision.Join([]*revision.File{read})
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	return graph
}
