package hclschema

import (
	"strings"
	"testing"
)

// TestLimitsLeaveRoom has what is just within the limits, and the same just beyond.
func TestLimitsLeaveRoom(t *testing.T) {
	nested := func(open, inner, end string, n int) string {
		return "t {\n  v = " + strings.Repeat(open, n) + inner + strings.Repeat(end, n) + "\n}\n"
	}
	list := func(n int) string { return nested("[", "1", "]", n) }
	parentheses := func(n int) string { return nested("(", "1", ")", n) }
	negations := func(n int) string { return nested("!", "true", "", n) }
	conditionals := func(n int) string { return nested("true ? 1 : ", "2", "", n) }
	additions := func(n int) string { return nested("1 + ", "1", "", n) }
	lines := func(n int) string { return "t {\n  v = <<E\n" + strings.Repeat("some text in a line\n", n) + "E\n}\n" }
	comments := func(n int) string { return "# " + strings.Repeat("[ ( { ! - ? ${ ", n) + "\nt {}\n" }
	columns := func(n int) string {
		return "t {\n" + strings.Repeat("  c {\n    a = f(1)\n    b = x ? -1 : !y\n  }\n", n) + "}\n"
	}
	cases := []struct {
		name           string
		text           func(int) string
		within, beyond int
		summary        string
	}{
		{"lists", list, 95, 250, "Too deeply nested"},
		{"parentheses", parentheses, 190, 250, "Too deeply nested"},
		{"negations", negations, 950, 1100, "Too deeply nested"},
		{"conditionals", conditionals, 950, 1100, "Too deeply nested"},
		{"additions", additions, 900, 1100, "Too long an expression"},
		{"lines", lines, 6000, 20000, "Too long a text"},
		{"comments", comments, 10000, 0, ""},
		{"columns", func(n int) string {
			return "locals {\n  x = true\n  y = true\n}\n" + strings.ReplaceAll(strings.ReplaceAll(columns(n), "x ?", "local.x ?"), "!y", "1")
		}, 3000, 0, ""},
	}
	for _, c := range cases {
		if got := complain(model(c.text(c.within)), nil); got != "" {
			t.Errorf("%s: %d are refused: %s", c.name, c.within, shorten(got))
		}
		if c.beyond == 0 {
			continue
		}
		if got := complain(model(c.text(c.beyond)), nil); !strings.Contains(got, c.summary) {
			t.Errorf("%s: %d: got %s", c.name, c.beyond, shorten(got))
		}
	}
}

func TestFileTooLarge(t *testing.T) {
	got := complain([]Source{
		{Name: "large.hcl", Bytes: []byte("# " + strings.Repeat("x", maxFileBytes))},
		{Name: "small.hcl", Bytes: []byte("t {\n  v = local.x\n}\n")},
	}, nil)
	if !strings.Contains(got, "large.hcl:1,1: File too large") || !strings.Contains(got, "small.hcl:2,7: Unknown local value") {
		t.Error(got)
	}
}
