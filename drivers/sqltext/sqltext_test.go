package sqltext_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers/sqltext"
	"pgregory.net/rapid"
)

func quoting(quote string, backslash bool) sqltext.Quoting {
	return sqltext.Quoting{
		Quote: quote, Backslash: backslash,
		Keyword: func(word string) bool { return word == "select" },
	}
}

func ExampleWriter() {
	w := sqltext.NewWriter(quoting(`"`, false))
	w.Line("CREATE TABLE ", w.Name("Odd name"), " (")
	w.List([]string{w.Name("id") + " integer", w.Name("select") + " text"})
	w.Line(")")
	sql, err := w.SQL()
	fmt.Println(sql, err)
	// Output:
	// CREATE TABLE "Odd name" (
	//   id integer,
	//   "select" text
	// ) <nil>
}

func TestQuoting(t *testing.T) {
	for _, c := range []struct{ quote, name, want string }{
		{`"`, "users", "users"},
		{`"`, "_a1", "_a1"},
		{`"`, "1a", `"1a"`},
		{`"`, "Users", `"Users"`},
		{`"`, "select", `"select"`},
		{`"`, `a"b`, `"a""b"`},
		{"`", "a`b", "`a``b`"},
		{`"`, "é", `"é"`},
		{`"`, "", `""`},
		{`"`, "x;--", `"x;--"`},
	} {
		if got, err := quoting(c.quote, false).Name(c.name); err != nil || got != c.want {
			t.Errorf("Name(%q) = %s, %v, want %s", c.name, got, err, c.want)
		}
	}
}

func TestLiteral(t *testing.T) {
	if got, err := quoting(`"`, false).Literal(`it's a \`); err != nil || got != `'it''s a \'` {
		t.Errorf("got %s, %v", got, err)
	}
	if got, err := quoting("`", true).Literal(`it's a \`); err != nil || got != `'it''s a \\'` {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestWhatCannotBeWrittenIsAnError(t *testing.T) {
	for _, name := range []string{"a\x00b", "\xff"} {
		w := sqltext.NewWriter(quoting(`"`, false))
		w.Line("DROP TABLE ", w.Name(name))
		w.Line(w.Literal(name))
		sql, err := w.SQL()
		var nameErr *sqltext.NameError
		if !errors.As(err, &nameErr) || nameErr.Name != name || sql != "" {
			t.Errorf("%q: got %q, %v", name, sql, err)
		}
	}
}

// A quoted name reads back as itself, and only the last quote ends it.
func TestQuotedNamesReadBack(t *testing.T) {
	q := quoting(`"`, false)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[a-z" ;'\-\n]{1,12}`).Draw(t, "name")
		got, err := q.Name(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(got, `"`) {
			if got != name || strings.ContainsAny(got, "\" ;'-\n") || got == "select" {
				t.Fatalf("%q stands unquoted as %s", name, got)
			}
			return
		}
		inner := got[1 : len(got)-1]
		if strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) || strings.ReplaceAll(inner, `""`, `"`) != name {
			t.Fatalf("%q became %s", name, got)
		}
	})
}
