package views

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for given, want := range map[string]string{
		"plain":          "plain",
		"ünï→\tx":        "ünï→\tx",
		"a\x1b[31mb":     `a\x1b[31mb`,
		"a\nb\rc":        `a\nb\rc`,
		"a\u202eb":       `a\u202eb`,
		"a\u009bb\u2028": `a\u009bb\u2028`,
		"a\xffb":         `a\xffb`,
		"nul\x00":        `nul\x00`,
	} {
		if got := Clean(given); got != want {
			t.Errorf("Clean(%q) = %q, want %q", given, got, want)
		}
	}
}

// Whatever a name holds, what is printed is one line without anything that moves a cursor.
func TestLineIsHarmless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		var b bytes.Buffer
		p := NewPrinter(&b, true, false)
		p.Line(T(text), S(Added, text))
		p.Columns("  ", [][]Span{{T(text), T("x")}})
		p.Document(text)
		if !utf8.Valid(b.Bytes()) {
			t.Fatalf("%q: not UTF-8", b.String())
		}
		for _, r := range strings.ReplaceAll(b.String(), "\n", "") {
			if r != '\t' && unicode.IsControl(r) {
				t.Fatalf("%q was printed as %q", text, b.String())
			}
		}
		if lines := strings.Count(b.String(), "\n"); lines != 2+strings.Count(text, "\n")+end(text) {
			t.Fatalf("%q gave %d lines: %q", text, lines, b.String())
		}
	})
}

// end is 1 for a text whose last line has no line break.
func end(text string) int {
	if text == "" || strings.HasSuffix(text, "\n") {
		return 0
	}
	return 1
}

func TestLinesThatRunnersObey(t *testing.T) {
	var b bytes.Buffer
	p := NewPrinter(&b, false, false)
	p.Line(T("::error::x"))
	p.Block("  ", "a\n::set-output name=x::y\nb::c", Plain)
	if got, want := b.String(), "\\x3a:error::x\n  a\n  \\x3a:set-output name=x::y\n  b::c\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestShortened(t *testing.T) {
	long := strings.Repeat("x", 500) + "HERE" + strings.Repeat("y", 500)
	got := shortened("   7: "+long, 501)
	if len([]rune(got)) > maxSource+10 || !strings.Contains(got, "HERE") || !strings.HasPrefix(got, "   7: …") {
		t.Errorf("got %q", got)
	}
	if line := "   7: short"; shortened(line, 1) != line {
		t.Errorf("%q was changed", line)
	}
}

func TestRedactor(t *testing.T) {
	for _, secret := range []string{"hunter22", `p"a\s/s w@ö`, "a&b=c%d"} {
		secrets := &Secrets{}
		secrets.Add(secret)
		var out bytes.Buffer
		w := NewRedactor(&out, secrets)
		p := NewPrinter(w, false, false)
		failure := Failure{Message: "can't reach postgresql://u:" + secret + "@h/db", Details: []string{secret}}
		failure.Human(p)
		if err := Show(p, true, failure); err != nil {
			t.Fatal(err)
		}
		for form := range secrets.forms {
			if strings.Contains(out.String(), form) {
				t.Errorf("%q came out as %q", secret, out.String())
			}
		}
		if !strings.Contains(out.String(), Hidden) {
			t.Errorf("nothing was hidden in %q", out.String())
		}
	}
	// A password that is a word of the data too is hidden in URLs only.
	secrets := &Secrets{}
	secrets.Add("users", "users")
	var out bytes.Buffer
	if _, err := NewRedactor(&out, secrets).Write([]byte("table users, x://u:users@h")); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != "table users, x://u:***@h" {
		t.Errorf("got %q", got)
	}
}
