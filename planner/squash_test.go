package planner_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// runOn runs the steps of files on a scratch database that stays open for the test.
func runOn(t *testing.T, conn drivers.Connection, files ...*revision.File) {
	t.Helper()
	ctx := context.Background()
	for _, file := range files {
		if err := conn.Begin(ctx, drivers.BeginOptions{ForeignKeysOff: file.ForeignKeysOff}, nil); err != nil {
			t.Fatal(err)
		}
		for _, step := range file.Upgrade {
			if _, err := conn.Exec(ctx, step.SQL); err != nil {
				t.Fatalf("%s, %s: %v", file.ID, step.SQL, err)
			}
		}
		if err := conn.Commit(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

func scratchOf(t *testing.T, files ...*revision.File) drivers.Connection {
	t.Helper()
	conn, err := sqlite.Driver{}.Scratch(context.Background(), nil, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	runOn(t, conn, files...)
	return conn
}

// line plans one revision after another, each to the next models.
func line(t *testing.T, models ...string) []*revision.File {
	t.Helper()
	var files []*revision.File
	for i, text := range models {
		desired, diags := hclschema.Load([]hclschema.Source{{Name: "m.hcl", Bytes: []byte(text)}}, nil, sqlite.Driver{})
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		plan, err := planner.Create(context.Background(), planner.Request{Driver: sqlite.Driver{}, Live: scratchOf(t, files...), Desired: desired, Managed: func(hclschema.Identity) bool { return true }})
		if err != nil {
			t.Fatal(err)
		}
		meta := planner.Meta{ID: fmt.Sprintf("r%d", i), Message: "m", Created: time.Unix(int64(i), 0)}
		if i > 0 {
			meta.Parents = []string{files[i-1].ID}
		}
		files = append(files, planner.Revision(plan, meta))
	}
	return files
}

func columns(text ...string) string {
	body := "table \"t\" {\n column \"id\" {\n type = int\n }\n primary_key {\n columns = [column.id]\n }\n"
	for _, column := range text {
		name, rest, _ := strings.Cut(column, " ")
		body += " column \"" + name + "\" {\n" + strings.ReplaceAll(rest, "; ", "\n") + "\n }\n"
	}
	return body + "}\n"
}

// However many revisions become one, rows that were there are afterwards what the many make of them.
func TestSquashKeepsRows(t *testing.T) {
	base := columns("a type = text; null = true")
	for name, c := range map[string]struct {
		models []string
		kept   string
	}{
		"columns are added, and dropped":       {[]string{base, columns("a type = text; null = true", "b type = text; null = true"), columns("a type = text; null = true", "c type = int; default = 3")}, ""},
		"a default is another then":            {[]string{base, columns("a type = text; null = true", "b type = text; default = \"x\""), columns("a type = text; null = true", "b type = text; default = \"y\"")}, "r1 r2"},
		"renamed, and renamed again":           {[]string{base, columns("b type = text; null = true; renamed_from = \"a\""), columns("c type = text; null = true; renamed_from = \"b\"")}, "r1 r2"},
		"the table is dropped, and made again": {[]string{base, "", base}, "r1 r2"},
		"a new table, changed at once":         {[]string{base, base + strings.ReplaceAll(base, "\"t\"", "\"u\""), base + strings.ReplaceAll(columns("a type = int; null = true"), "\"t\"", "\"u\"")}, ""},
	} {
		files := line(t, c.models...)
		graph, diags := revision.Join(files)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		meta := planner.Meta{ID: "s", Message: "s", Parents: []string{"r0"}, Created: time.Unix(9, 0)}
		squashed, err := planner.Squash(context.Background(), planner.SquashRequest{Driver: sqlite.Driver{}, Graph: graph, Before: files[:1], Files: files[1:], Meta: meta})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var kept []string
		for _, file := range squashed.Kept {
			kept = append(kept, file.ID)
		}
		if got := strings.Join(kept, " "); got != c.kept {
			t.Errorf("%s: kept %q", name, got)
		}
		one, many := rowsAfter(t, files[0], squashed.File), rowsAfter(t, files...)
		if one != many {
			t.Errorf("%s: %s by one, %s by many", name, one, many)
		}
		if file := squashed.File; file.ProvedState() != revision.Proved || strings.Join(file.Replaces, " ") != "r1 r2" {
			t.Errorf("%s: %s, in place of %v", name, file.ProvedState(), file.Replaces)
		}
	}
}

// rowsAfter are the rows of t, of which there is one after the first revision.
func rowsAfter(t *testing.T, files ...*revision.File) (rows string) {
	t.Helper()
	conn := scratchOf(t, files[0])
	runOn(t, conn, written("row", nil, "INSERT INTO t (id, a) VALUES (1, 'ada')"))
	runOn(t, conn, files[1:]...)
	var names []string
	if err := conn.Query(context.Background(), "SELECT name FROM pragma_table_info('t')", nil, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		names = append(names, "'"+name+"=' || coalesce("+name+", 'null')")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	err := conn.Query(context.Background(), "SELECT "+strings.Join(names, " || ' ' || ")+" FROM t", nil, func(scan func(...any) error) error { return scan(&rows) })
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// What is dropped and made again in one revision looks as if it had lost its rows: it is named.
func TestSquashNamesWhatIsMadeAgain(t *testing.T) {
	base := columns("a type = text; null = true")
	files := line(t, base, columns(), base)
	graph, diags := revision.Join(files)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	_, err := planner.Squash(context.Background(), planner.SquashRequest{Driver: sqlite.Driver{}, Graph: graph, Before: files[:1], Files: files[1:], Meta: planner.Meta{ID: "s", Parents: []string{"r0"}}})
	var refused *planner.SquashError
	if !errors.As(err, &refused) || refused.File != files[2] || !strings.Contains(err.Error(), "it makes column t.a again") {
		t.Errorf("%v", err)
	}
}

// Steps by hand that foreign keys act for don't go where those are not enforced.
func TestSquashRefusesForeignKeysThatAct(t *testing.T) {
	base := columns() + "table \"u\" {\n column \"t\" {\n type = int\n }\n foreign_key \"f\" {\n columns = [column.t]\n ref_columns = [table.t.column.id]\n on_delete = CASCADE\n }\n}\n"
	files := line(t, base)
	hand := back(written("h", after("r0"), "DELETE FROM t WHERE id = 1"))
	graph, diags := revision.Join(append(files, hand))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	_, err := planner.Squash(context.Background(), planner.SquashRequest{Driver: sqlite.Driver{}, Graph: graph, Files: append(files, hand), Meta: planner.Meta{ID: "s"}})
	var refused *planner.SquashError
	if !errors.As(err, &refused) || refused.File != hand {
		t.Errorf("%v", err)
	}
}
