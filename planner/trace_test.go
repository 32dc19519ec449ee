package planner

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Renames are seen in what statements do, whatever they look like.
func TestTrace(t *testing.T) {
	const start = "CREATE TABLE t (a int, b int)"
	for name, c := range map[string]struct{ steps, want []string }{
		"nothing":          {[]string{"INSERT INTO t VALUES (1, 2)"}, nil},
		"column":           {[]string{"ALTER TABLE t RENAME a TO c"}, []string{"column t.a>c"}},
		"table and column": {[]string{"ALTER TABLE t RENAME TO u", "ALTER TABLE u RENAME a TO c"}, []string{"table t>u", "column u.a>c"}},
		"case alone":       {[]string{"ALTER TABLE t RENAME a TO A"}, []string{"column t.a>A"}},
		"exchange": {[]string{"ALTER TABLE t RENAME a TO x", "ALTER TABLE t RENAME b TO a", "ALTER TABLE t RENAME x TO b"},
			[]string{"column t.a>b", "column t.b>a"}},
		"there and back":  {[]string{"ALTER TABLE t RENAME a TO c", "ALTER TABLE t RENAME c TO a"}, nil},
		"added, dropped":  {[]string{"ALTER TABLE t ADD c int", "ALTER TABLE t DROP a"}, nil},
		"another table":   {[]string{"DROP TABLE t", "CREATE TABLE u (a int, b int)"}, nil},
		"before rebuild":  {[]string{"ALTER TABLE t RENAME a TO c", "ALTER TABLE t RENAME TO old", "CREATE TABLE t (c text, b int)", "DROP TABLE old"}, []string{"column t.a>c"}},
		"after rebuild":   {[]string{"ALTER TABLE t RENAME TO old", "CREATE TABLE t (a text, b int)", "DROP TABLE old", "ALTER TABLE t RENAME a TO c"}, []string{"column t.a>c"}},
		"rows set aside":  {[]string{"ALTER TABLE t RENAME a TO c", "CREATE TABLE aside AS SELECT * FROM t", "DROP TABLE t", "CREATE TABLE t (c text)", "DROP TABLE aside"}, []string{"column t.a>c"}},
		"as the manual":   {[]string{"CREATE TABLE new_t (a text, b int)", "DROP TABLE t", "ALTER TABLE new_t RENAME TO t"}, nil},
		"manual, renamed": {[]string{"ALTER TABLE t RENAME a TO c", "CREATE TABLE new_t (c text, b int)", "DROP TABLE t", "ALTER TABLE new_t RENAME TO t"}, []string{"column t.a>c"}},
		"renamed, a view": {[]string{"CREATE VIEW v AS SELECT a FROM t", "ALTER TABLE t RENAME a TO c", "DROP VIEW v"}, []string{"column t.a>c"}},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			conn, err := sqlite.Driver{}.Scratch(ctx, nil, "")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := conn.Close(); err != nil {
					t.Error(err)
				}
			})
			var followed *trace
			for i, sql := range append([]string{start}, c.steps...) {
				if _, err := conn.Exec(ctx, sql); err != nil {
					t.Fatal(sql, err)
				}
				state, err := inspectAll(ctx, conn)
				if err != nil {
					t.Fatal(err)
				}
				if i == 0 {
					followed = newTrace(state)
				} else {
					followed.step(state)
				}
			}
			end, err := inspectAll(ctx, conn)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, rename := range followed.renames(end) {
				got = append(got, rename.From.String()+">"+rename.To.Name)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A table goes to another schema with its sequence by one statement, and a schema that is renamed takes all of it along.
func TestTraceOfSchemas(t *testing.T) {
	state := func(schema string, names ...string) *hclschema.State {
		state := hclschema.NewState(postgres.Driver{}.Key)
		state.AddNext(&hclschema.Object{Identity: hclschema.Identity{Kind: hclschema.KindSchema, Name: schema}})
		for _, name := range names {
			in, name, _ := strings.Cut(name, ".")
			state.AddNext(&hclschema.Object{Identity: hclschema.Identity{Kind: hclschema.KindTable, Schema: in, Name: name}})
			state.AddNext(&hclschema.Object{Identity: hclschema.Identity{Kind: hclschema.KindSequence, Schema: in, Name: name + "_seq"}})
		}
		return state
	}
	for name, c := range map[string]struct {
		states []*hclschema.State
		want   []string
	}{
		"moved":          {[]*hclschema.State{state("s", "s.t", "s.u"), state("s", ".t", "s.u")}, []string{"table s.t>table t", "sequence s.t_seq>sequence t_seq"}},
		"schema renamed": {[]*hclschema.State{state("s", "s.t", "s.u"), state("r", "r.t", "r.u")}, []string{"schema s>schema r"}},
		"and moved":      {[]*hclschema.State{state("s", "s.t"), state("r", "r.t"), state("r", ".t")}, []string{"schema s>schema r", "table s.t>table t", "sequence s.t_seq>sequence t_seq"}},
	} {
		followed := newTrace(c.states[0])
		for _, after := range c.states[1:] {
			followed.step(after)
		}
		var got []string
		for _, rename := range followed.renames(c.states[len(c.states)-1]) {
			got = append(got, rename.From.String()+">"+rename.To.String())
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(name, diff)
		}
	}
}
