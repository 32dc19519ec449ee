package sqlite

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/hclschema"
)

func TestLink(t *testing.T) {
	db := memory(t, `
		CREATE TABLE a (id INTEGER PRIMARY KEY, b_id REFERENCES B, own REFERENCES a);
		CREATE TABLE b (id INTEGER PRIMARY KEY, c TEXT, FOREIGN KEY (c) REFERENCES gone (x));
		CREATE TABLE c (b, "from" TEXT);
		CREATE TABLE d (a);
		CREATE VIEW named AS SELECT d.a AS b, 'c' AS c FROM d WHERE a.x IS NULL;
		CREATE VIEW joined AS SELECT 1 AS x FROM (a JOIN "b" USING (id)) LEFT JOIN [c] ON c.b = b.id, main.d;
		CREATE VIEW nested AS WITH w AS (SELECT * FROM a) SELECT (SELECT max(c) FROM b) AS m FROM w WHERE m IN 'c' AND EXISTS (SELECT 1 FROM (SELECT * FROM d));
		CREATE VIEW chain AS SELECT * FROM NAMED UNION SELECT 1, 2 FROM joined;
		CREATE TRIGGER t AFTER UPDATE ON a WHEN new.id IN (SELECT b FROM c) BEGIN
			UPDATE OR REPLACE b SET c = 1;
			INSERT INTO d SELECT id FROM a;
			DELETE FROM c WHERE b IN chain;
		END;
		CREATE VIRTUAL TABLE f USING fts5(c, content='b', content_rowid='id');
	`)
	state := look(t, db).State
	got := map[string]string{}
	for _, o := range state.Objects() {
		if len(o.DependsOn) == 0 {
			continue
		}
		var names []string
		for _, id := range o.DependsOn {
			names = append(names, id.String())
		}
		got[o.Identity.String()] = strings.Join(names, ", ")
	}
	want := map[string]string{
		"foreign_key a (b_id) references b": "table b",
		"view named":                        "table d",
		"view joined":                       "table a, table b, table c, table d",
		"view nested":                       "table a, table b, table c, table d",
		"view chain":                        "view named, view joined",
		"trigger a.t":                       "table c, table b, table d, view chain",
		"virtual_table f":                   "table b",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLinkKeepsWhatWasDeclared(t *testing.T) {
	state := hclschema.NewState(Driver{}.Key)
	table := func(name string) hclschema.Identity { return hclschema.Identity{Kind: hclschema.KindTable, Name: name} }
	state.AddNext(&hclschema.Object{Identity: table("users")})
	state.AddNext(&hclschema.Object{
		Identity:   hclschema.Identity{Kind: hclschema.KindView, Name: "v"},
		Properties: hclschema.Properties{hclschema.PropAs: Driver{}.Expression("SELECT 1 AS a")},
		DependsOn:  []hclschema.Identity{table("USERS"), table("gone")},
	})
	Driver{}.Link(state)
	Driver{}.Link(state)
	want := []hclschema.Identity{table("users")}
	if diff := cmp.Diff(want, state.Objects()[1].DependsOn); diff != "" {
		t.Error(diff)
	}
}

func TestIdentities(t *testing.T) {
	d := Driver{}
	id := func(kind, parent, name string) hclschema.Identity {
		return hclschema.Identity{Kind: kind, Parent: parent, Name: name}
	}
	if d.Key(id("column", "Users", "Straße")) != d.Key(id("column", "uSERS", "sTRAße")) || d.Key(id("table", "", "É")) == d.Key(id("table", "", "é")) {
		t.Error("names must be folded in ASCII alone")
	}
	unnamed := hclschema.Identity{Kind: "check", Parent: "T", Name: `("A" = 1)`, Unnamed: true}
	if got := d.Key(unnamed); got.Name != unnamed.Name || got.Parent != "t" {
		t.Errorf("got %+v", got)
	}
	for kind, unit := range map[string]hclschema.Identity{
		"column": id("table", "", "T"), "primary_key": id("table", "", "T"), "index": id("table", "", "T"), "check": id("table", "", "T"),
		"trigger": id("trigger", "T", "x"), "unique": id("table", "", "T"), "foreign_key": id("table", "", "T"),
	} {
		if got := d.Unit(id(kind, "T", "x")); got != unit {
			t.Errorf("unit of a %s is %+v", kind, got)
		}
	}
	if !slices.Equal(d.Namespaces(id("table", "", "A")), d.Namespaces(id("index", "t", "a"))) || slices.Equal(d.Namespaces(id("view", "", "a")), d.Namespaces(id("trigger", "t", "a"))) ||
		d.Namespaces(id("column", "t", "a")) != nil {
		t.Error("tables, views and indexes share a namespace, triggers have their own, columns none")
	}
	for _, c := range []struct {
		id   hclschema.Identity
		want bool
	}{
		{id("table", "", "SQLITE_sequence"), true}, {id("table", "", "sqlitex"), false}, {id("column", "t", "sqlite_x"), false},
		{id("table", "", "Revisions"), true}, {id("table", "", "revisions_log"), true}, {id("index", "revisions", "i"), true},
		{id("column", "Revisions_Log", "a"), true}, {id("table", "", "revisions_logs"), false}, {id("trigger", "t", "revisions"), false},
	} {
		if got := d.Internal(c.id, "revisions"); got != c.want {
			t.Errorf("%s: got %t", c.id, got)
		}
	}
}

func TestAccepts(t *testing.T) {
	for _, reference := range hclschema.Language() {
		if !(Driver{}).Accepts(reference.Name, "") {
			continue
		}
		var check func(names []hclschema.NameReference)
		check = func(names []hclschema.NameReference) {
			for _, name := range names {
				check(name.Nested)
				if name.Engines == "" {
					continue
				}
				if got, want := (Driver{}).Accepts(reference.Name, name.Name), strings.Contains(name.Engines, "SQLite"); got != want {
					t.Errorf("%s of a %s: accepted %t, documented %t", name.Name, reference.Name, got, want)
				}
			}
		}
		check(reference.Names)
	}
	for _, c := range []struct {
		kind, attribute string
		want            bool
	}{
		{"table", "", true}, {"enum", "", false}, {"materialized", "", false}, {"column", "type_optional", true}, {"table", "comment", false},
		{"column", "unsigned", false}, {"schema", "several", false},
	} {
		if got := (Driver{}).Accepts(c.kind, c.attribute); got != c.want {
			t.Errorf("%s %s: got %t", c.kind, c.attribute, got)
		}
	}
}
