package hclschema

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

func TestSplit(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{""}},
		{"blocks", "a {\n}\n\nb {}\n", []string{"a {\n}\n", "\nb {}\n"}},
		{"comment belongs to the next", "a {}\n# about b }\nb {}\n", []string{"a {}\n", "# about b }\nb {}\n"}},
		{"no line end", "a {}\nb {}", []string{"a {}\n", "b {}"}},
		{"brackets", "a {\n b = [\n {}\n]\n}\nc {}\n", []string{"a {\n b = [\n {}\n]\n}\n", "c {}\n"}},
		{"brace in string", "a {\n b = \"}\"\n}\nc {}\n", []string{"a {\n b = \"}\"\n}\n", "c {}\n"}},
		{"quote in string", "a {\n b = \"\\\"}\"\n}\nc {}\n", []string{"a {\n b = \"\\\"}\"\n}\n", "c {}\n"}},
		{"template", "a {\n b = \"${{a=\"}\"}.a}\"\n}\nc {}\n", []string{"a {\n b = \"${{a=\"}\"}.a}\"\n}\n", "c {}\n"}},
		{"escaped template", "a {\n b = \"$${\"\n}\nc {}\n", []string{"a {\n b = \"$${\"\n}\n", "c {}\n"}},
		{"heredoc", "a {\n b = <<E\n}\n\"\n E\n}\nc {}\n", []string{"a {\n b = <<E\n}\n\"\n E\n}\n", "c {}\n"}},
		{"heredoc with template", "a {\n b = <<E\n${\"}\n\"}\n", []string{"a {\n b = <<E\n${\"}\n\"}\n"}},
		{"comments", "a { /* } */\n // }\n # }\n}\nc {}\n", []string{"a { /* } */\n // }\n # }\n}\n", "c {}\n"}},
		{"long comment over lines", "/* a {\n*/\na {}\nb {}\n", []string{"/* a {\n*/\na {}\n", "b {}\n"}},
		{"not closed", "a {}\nb {\nc {}\n", []string{"a {}\n", "b {\nc {}\n"}},
		{"closed too often", "a {}\n}\nb {}\n", []string{"a {}\n", "}\nb {}\n"}},
		{"string not closed", "a {}\nb = \"x\nc {}\n", []string{"a {}\n", "b = \"x\n", "c {}\n"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			line := 1
			for _, p := range split([]byte(c.text), 1, 1) {
				got = append(got, string(p.text))
				if p.line != line {
					t.Errorf("piece %q is said to start in line %d, it starts in %d", p.text, p.line, line)
				}
				line += strings.Count(string(p.text), "\n")
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// oneTable is a table of twelve columns, in many ways of writing.
func oneTable(i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Table %d: \"quoted\" {\ntable \"t%d\" {\n  schema = schema.main\n", i, i)
	for c := range 12 {
		fmt.Fprintf(&b, "  column \"c%d\" {\n    type    = varchar(255)\n    null    = true\n    default = \"x${%d}$${y}\"\n  }\n", c, c)
	}
	fmt.Fprintf(&b, "  primary_key {\n    columns = [column.c0]\n  }\n  foreign_key \"f\" {\n    columns     = [column.c1]\n    ref_columns = [table.t%d.column.c0]\n    on_delete   = CASCADE\n  }\n", i/2)
	b.WriteString("  index \"i\" {\n    columns = [column.c2, column.c3]\n    where   = <<-SQL\n      c2 > '}' /* \" */\n    SQL\n  }\n  check \"k\" {\n    expr = \"c0 > 0\"\n  }\n}\n")
	return b.String()
}

// TestPiecesAreTheWhole compares a file that is parsed in pieces with the same parsed as one.
func TestPiecesAreTheWhole(t *testing.T) {
	var text strings.Builder
	for i := range 200 {
		text.WriteString(oneTable(i))
	}
	f := parseText("m.hcl", []byte(text.String()))
	if f.diags.HasErrors() || len(f.parts) < 50 {
		t.Fatalf("%d parts, %v", len(f.parts), f.diags)
	}
	whole, diags := hclsyntax.ParseConfig([]byte(text.String()), "m.hcl", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	body, ok := whole.Body.(*hclsyntax.Body)
	if !ok {
		t.Fatal("no body")
	}
	e := newEvaluator(nil)
	e.files["m.hcl"] = f
	var want, got []*Block
	for _, b := range body.Blocks {
		want = append(want, e.block(b, nil, true))
	}
	for _, b := range f.body().Blocks {
		got = append(got, e.block(b, nil, true))
	}
	if len(e.diags) > 0 {
		t.Fatal(e.diags)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-whole +pieces)\n%s", diff)
	}
}
