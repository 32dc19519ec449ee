package proof

import (
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPlainValues(t *testing.T) {
	cases := []struct {
		declared string
		want     any
	}{
		{"INTEGER", int64(1)}, {"bigint unsigned", int64(1)}, {"int8", int64(1)}, {"point", "a1"},
		{"varchar(255)", "a1"}, {"char(1)", "a"}, {"", "a1"}, {"TEXT", "a1"}, {"interval", "a1"}, {"whatever", "a1"},
		{"real", 0.5}, {"double precision", 0.5}, {"decimal(10, 2)", 0.5}, {"numeric(10)", int64(1)}, {"numeric(2,2)", 0.1},
		{"boolean", int64(1)}, {"BLOB", []byte{'a', 0, 0xff, 0}}, {"varbinary(1)", []byte{0}},
		{"json", `{"a": 0}`}, {"jsonb", `{"a": 0}`}, {"uuid", "6f1c2a30-1b2c-4d3e-8f40-000000000000"},
		{"date", "2024-01-01"}, {"datetime", "2024-01-01 10:20:00"}, {"timestamp with time zone", "2024-01-01 10:20:00"}, {"time", "00:00:00"},
	}
	for _, c := range cases {
		if d := cmp.Diff(c.want, shapeOf(c.declared).plain(0, 0)); d != "" {
			t.Errorf("%s: %s", c.declared, d)
		}
	}
}

// Rows of one table differ in each column that isn't a boolean or a tiny decimal, for as many rows as are ever tried.
func TestPlainValuesAreDistinct(t *testing.T) {
	for _, declared := range []string{"integer", "text", "varchar(20)", "real", "numeric(10)", "blob", "json", "uuid", "datetime", "time"} {
		for position := range 12 {
			seen := map[string]int{}
			for n := range perTable * trialsOfTable {
				value := display(shapeOf(declared).plain(position, n))
				if before, ok := seen[value]; ok {
					t.Errorf("%s: rows %d and %d both hold %s", declared, before, n, value)
				}
				seen[value] = n
			}
		}
	}
}

func TestPlainValuesFitTheirSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 300).Draw(t, "size")
		n, position := rapid.IntRange(0, 500).Draw(t, "n"), rapid.IntRange(0, 500).Draw(t, "position")
		if value := (typeShape{class: textClass, sizes: []int{size}}).plain(position, n).(string); len(value) > size {
			t.Fatalf("%q is longer than %d", value, size)
		}
	})
}

func TestLex(t *testing.T) {
	got := lex(`"a ""b" >= -1.5 AND [x y] LIKE 'it''s' /* c */ OR ` + "`q`" + ` <> 0x1F -- end`)
	want := []token{
		{nameToken, `a "b`, true}, {otherToken, ">", false}, {otherToken, "=", false}, {otherToken, "-", false}, {numberToken, "1.5", false},
		{nameToken, "AND", false}, {nameToken, "x y", false}, {nameToken, "LIKE", false}, {stringToken, "it's", false}, {nameToken, "OR", false},
		{nameToken, "q", false}, {otherToken, "<", false}, {otherToken, ">", false}, {numberToken, "0x1F", false},
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(token{})); d != "" {
		t.Error(d)
	}
}

func FuzzLex(f *testing.F) {
	for _, seed := range []string{"", "'", `"`, "[", "[]", "/*", "--", "'a''", "1e5", "x'00'", "é > 1", ".5", "."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lex(text)
		guesses(text)
	})
}

func TestGuesses(t *testing.T) {
	cases := []struct {
		text string
		want []any
	}{
		{"age BETWEEN 18 AND 99", []any{int64(17), int64(18), int64(19), int64(99)}},
		{"t > -5", []any{int64(-5), int64(-4), int64(-6)}},
		{"rate <= 0.5", []any{0.5, 0.25}},
		{"status IN ('new', 'it''s')", []any{"new", "it's"}},
		{"length(code) = 5", []any{"aaaaa", "11111", "AAAAA"}},
		{"mail LIKE '%_@_%'", []any{"a@a", "b@b"}},
		{"x LIKE '%a%' AND x LIKE 'b%'", []any{"aaaba"}},
		{"x GLOB '[0-9][a-f]*'", []any{"0a", "1b"}},
		{"x GLOB '[^a-z]?'", []any{"Aa", "Bb"}},
		{"json_extract(x, '$.a.b') > 0", []any{`{"a": {"b": 1}}`, int64(1)}},
		{`x IN ("a", "b")`, []any{"a", "b"}},
	}
	for _, c := range cases {
		numbers, texts := guesses(c.text)
		var have []string
		for _, value := range append(numbers, texts...) {
			have = append(have, display(value))
		}
		for _, want := range c.want {
			if !strings.Contains("\x00"+strings.Join(have, "\x00")+"\x00", "\x00"+display(want)+"\x00") {
				t.Errorf("%s: no %s in %q", c.text, display(want), have)
			}
		}
	}
}

// What is made from a GLOB pattern matches it.
func TestGlobMatch(t *testing.T) {
	part := rapid.SampledFrom([]string{"a", "Z", "?", "*", "[0-9]", "[a-cx]", "[^a-z]", "-", "@"})
	rapid.Check(t, func(t *rapid.T) {
		pattern := strings.Join(rapid.SliceOf(part).Draw(t, "parts"), "")
		made := globMatch(pattern, rapid.IntRange(0, 5).Draw(t, "n"), rapid.SampledFrom([]string{"", "abc"}).Draw(t, "any"))
		if ok, err := path.Match(pattern, made); err != nil || !ok {
			t.Fatalf("%q does not match %q: %v", made, pattern, err)
		}
	})
}
