package hclschema

import "testing"

func TestUnnamedNameTellsContent(t *testing.T) {
	name := func(s string) Spelled { return Spelled{Text: s, Canonical: s} }
	for _, c := range []struct {
		kind       string
		properties Properties
		want       string
	}{
		{KindCheck, Properties{PropExpr: Spelled{Text: "Age>0", Canonical: "age > 0"}}, "(age > 0)"},
		{KindUnique, Properties{PropColumns: List{
			Record{"column": name("a")},
			Record{"column": name("b"), "desc": Bool(true), "collate": name("nocase")},
		}}, "(a, b collate nocase desc)"},
		{KindForeignKey, Properties{
			PropColumns: List{name("a"), name("b")}, PropRefTable: name("t"), PropRefColumns: List{name("x"), name("y")},
		}, "(a, b) references t (x, y)"},
		{KindForeignKey, Properties{PropColumns: List{name("a")}, PropRefTable: name("t")}, "(a) references t"},
	} {
		got := UnnamedName(&Object{Identity: Identity{Kind: c.kind, Unnamed: true}, Properties: c.properties})
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.kind, got, c.want)
		}
	}
}
