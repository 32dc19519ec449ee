package planner

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
)

func TestParseRename(t *testing.T) {
	type want struct {
		Kind string
		Old  []string
		New  string
	}
	for text, expected := range map[string]want{
		`users=people`:                {Old: []string{"users"}, New: "people"},
		`users.mail=email`:            {Old: []string{"users", "mail"}, New: "email"},
		`index users.old_idx=new_idx`: {Kind: "index", Old: []string{"users", "old_idx"}, New: "new_idx"},
		`"a.b"."c=d"="e f"`:           {Old: []string{"a.b", "c=d"}, New: "e f"},
		`users.größe=size of it`:      {Old: []string{"users", "größe"}, New: "size of it"},
		`view "my view"=v`:            {Kind: "view", Old: []string{"my view"}, New: "v"},
		`table users=x.y`:             {Kind: "table", Old: []string{"users"}, New: "x.y"},
	} {
		path, kind, err := parseRename(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if difference := cmp.Diff(expected, want{kind, path.old, path.name}); difference != "" {
			t.Errorf("%s (-want +got):\n%s", text, difference)
		}
	}
	for _, text := range []string{"", "users", "a.b.c.d=e", "a=", `"a=b`, "=x", "a.=b"} {
		var wrong *RenameError
		if _, _, err := parseRename(text); !errors.As(err, &wrong) {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

// What --rename asks for is carried out or refused, never passed over: chains and rings of names are fine, a name that is
// taken or stays in use is not.
func TestAskedRenames(t *testing.T) {
	table := func(columns ...string) *hclschema.State {
		state := hclschema.NewState(sqlite.Driver{}.Key)
		for _, o := range append([]hclschema.Identity{{Kind: hclschema.KindTable, Name: "t"}}, columnsOf("t", columns)...) {
			if err := state.Add(&hclschema.Object{Identity: o}); err != nil {
				t.Fatal(err)
			}
		}
		return state
	}
	for _, c := range []struct {
		live, models, asked []string
		want                []string
		refused             string
	}{
		{[]string{"a"}, []string{"b"}, []string{"t.a=b"}, []string{"a>b"}, ""},
		{[]string{"a", "b"}, []string{"b", "c"}, []string{"t.a=b", "t.b=c"}, []string{"a>b", "b>c"}, ""},
		{[]string{"a", "b"}, []string{"a", "b"}, []string{"t.a=b", "t.b=a"}, []string{"b>a", "a>b"}, ""},
		{[]string{"a"}, []string{"A"}, []string{"t.a=A"}, []string{"a>A"}, ""},
		{[]string{"a", "b"}, []string{"b", "d"}, []string{"t.a=b"}, []string{"a>b"}, ""},
		{[]string{"a", "b"}, []string{"a", "b", "c"}, []string{"t.b=c"}, nil, "the models declare column t.b too"},
	} {
		r, err := findRenames(sqlite.Driver{}, table(c.live...), table(c.models...), c.asked, past{})
		if c.refused != "" {
			if err == nil || !strings.Contains(err.Error(), c.refused) {
				t.Errorf("%v: got %v, want %s", c.asked, err, c.refused)
			}
			continue
		}
		if err != nil {
			t.Errorf("%v: %v", c.asked, err)
			continue
		}
		var got []string
		for _, rename := range r.list {
			got = append(got, rename.From.Name+">"+rename.To.Name)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%v: %s", c.asked, diff)
		}
	}
}

// What a hint says and what a squash or a rebase asks for leads to the move that it is about.
func TestMoves(t *testing.T) {
	load := func(text string) *hclschema.State {
		state, diags := hclschema.Load([]hclschema.Source{{Name: "models.hcl", Bytes: []byte(text)}}, nil, postgres.Driver{})
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		return state
	}
	const schemas = "schema \"a\" {}\nschema \"b\" {}\n"
	table := func(schema, name, more string) string {
		in := "schema = schema." + schema
		if schema == "public" {
			in = ""
		}
		return fmt.Sprintf("table %q {\n  %s\n  %s\n  column \"id\" { type = int }\n}\n", name, in, more)
	}
	view := func(schema string) string {
		return fmt.Sprintf("view \"v.w\" {\n  schema = schema.%s\n  as = \"SELECT 1 AS a\"\n}\n", schema)
	}
	for _, c := range []struct {
		live, models string
		asked        string
		want         string
	}{
		{table("a", "t", ""), table("b", "t", ""), "a.t=b.t", "table a.t>table b.t"},
		{table("a", "t", ""), table("b", "u", ""), "a.t=b.u", "table a.t>table b.u"},
		{table("a", "t", ""), table("b", "u", `renamed_from = "a.t"`), "", "table a.t>table b.u"},
		{table("a", "t", ""), table("a", "b.u", ""), "a.t=b.u", `table a.t>table a."b.u"`},
		{table("a", "b.t", ""), table("a", "u", `renamed_from = "b.t"`), "", `table a."b.t">table a.u`},
		{table("a", "t", ""), table("public", "t", `renamed_from = "a.t"`), "", "table a.t>table t"},
		{table("public", "t", ""), table("a", "t", ""), "public.t=a.t", "table t>table a.t"},
		{table("public", "t", ""), table("a", "t", ""), "t=a.t", "table t>table a.t"},
		{view("a"), view("b"), `view a."v.w"=b."v.w"`, `view a."v.w">view b."v.w"`},
	} {
		current, models := load(schemas+c.live), load(schemas+c.models)
		var asked []string
		if c.asked != "" {
			asked = []string{c.asked}
		}
		for range 2 {
			r, err := findRenames(postgres.Driver{}, current, models, asked, past{})
			if err != nil {
				t.Errorf("%v: %v", asked, err)
				break
			}
			if got := r.list; len(got) != 1 || got[0].From.String()+">"+got[0].To.String() != c.want {
				t.Errorf("%v: got %v, want %s", asked, got, c.want)
				break
			}
			asked = renameTexts(postgres.Driver{}, models, r.list)
		}
	}
}

func columnsOf(table string, names []string) []hclschema.Identity {
	var ids []hclschema.Identity
	for _, name := range names {
		ids = append(ids, hclschema.Identity{Kind: hclschema.KindColumn, Parent: table, Name: name})
	}
	return ids
}
