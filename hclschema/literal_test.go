package hclschema

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

const decomposed = "e\u0301" // é as e and an accent: not NFC

// TestTextStaysAsWritten holds text that Unicode's form NFC would change.
func TestTextStaysAsWritten(t *testing.T) {
	d := decomposed
	cases := []struct{ name, expression, want string }{
		{"string", `"` + d + `"`, `"` + d + `"`},
		{"escaped", `"e\u0301\U00000301"`, `"` + d + "\u0301" + `"`},
		{"around a sequence", `"` + d + `${1}` + d + `"`, `"` + d + "1" + d + `"`},
		{"joined across a sequence", "\"e${\"\u0301\"}\"", `"` + d + `"`},
		{"list", `["` + d + `", "b"]`, `["` + d + `", "b"]`},
		{"sql", `sql("` + d + `")`, `sql("` + d + `")`},
		{"keys and values", `{"` + d + `" = "` + d + `"}`, `{"` + d + `": "` + d + `"}`},
		{"word", d, "word " + d},
		{"type", `enum("` + d + `")`, "word enum(" + d + ")"},
		{"index", `table["` + d + `"].column[ "` + d + `" ]`, "ref [\"table\" \"" + d + "\" \"column\" \"" + d + "\"]"},
		{"path", "table." + d, "ref [\"table\" \"" + d + "\"]"},
		{"conditional", `true ? "` + d + `" : "x"`, `"` + d + `"`},
		{"for", `[for x in ["` + d + `"] : x]`, `["` + d + `"]`},
		{"concat", `concat(["` + d + `"], [])`, `["` + d + `"]`},
		{"join", `join("", ["e", "` + "\u0301" + `"])`, `"` + d + `"`},
		{"directive", `"%{ if true }` + d + `%{ endif }"`, `"` + d + `"`},
		{"trimmed", "\"" + d + "  ${~ 1 ~}  " + d + "\"", `"` + d + "1" + d + `"`},
		{"heredoc", "<<E\n" + d + "\n  x\nE", `"` + d + `\n  x\n"`},
		{"flush heredoc", "<<-E\n    " + d + "\n\n      ${1}" + d + "\n    E", `"` + d + `\n\n  1` + d + `\n"`},
		{"flush after sequence", "<<-E\n    ${1}" + d + "\n      " + d + "\n    E", `"1` + d + `\n  ` + d + `\n"`},
		{"nested", "\"${\"" + d + "${\"" + d + "\"}\"}\"", `"` + d + d + `"`},
		{"dollar", `"$${` + d + `} $` + d + `"`, `"${` + d + `} $` + d + `"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := "t {\n  v = " + c.expression + "\n}\n"
			got := values(t, text)
			if diff := cmp.Diff("v = "+c.want, strings.ReplaceAll(got, `\u0301`, "\u0301")); diff != "" {
				t.Errorf("%s (-want +got)\n%+q\n%+q", text, c.want, got)
			}
		})
	}
}

// TestRawLiteralsAreTheParsers compares what is read from tokens with what hcl's parser reads from the same.
func TestRawLiteralsAreTheParsers(t *testing.T) {
	texts := []string{
		`"a"`, `""`, `"a\nb\t\"\\ \u00e9"`, `"$${x} %%{y} $ % $$ %% $a"`, `"${1}a${2}"`, `" a ${~ 1 ~} b ${2 ~} c"`,
		"<<E\na\n b\n\nE", "<<-E\n  a\n   b\n\n  c\n  E", "<<-E\n\ta\n\t\tb\n\tE", "<<-E\n   a\n   \n  b\n E", "<<E\nE",
		"<<-E\n  %{ if true ~}\n  a\n  %{ endif ~}\n  b\n  E", "<<-E\n  a ${1}\n  ${2} b\n    c\n  E", "<<-E\n    ${1}\n   x\n  E",
		`"%{ for x in ["a", "b"] ~} ${x} %{~ endfor }"`,
	}
	for _, text := range texts {
		plainText := "t {\n  v = " + text + "\n}\n"
		// An escape anywhere makes the whole piece be read from its tokens.
		read := "t {\n  v = " + text + "\n  other = \"\\u0041\"\n}\n"
		want := values(t, plainText)
		got := strings.TrimSuffix(values(t, read), "\nother = \"A\"")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-parser +tokens)\n%s", text, diff)
		}
	}
}

func TestComputedTextThatIsNotNFC(t *testing.T) {
	got := complain(model("t {\n  v = upper(\""+decomposed+"\")\n  w = lower({"+decomposed+" = 1})\n}\n"), nil)
	if !strings.Contains(got, "m.hcl:2,13: Wrong argument: upper can't take this: the text \""+decomposed) &&
		!strings.Contains(norm.NFC.String(got), "isn't in Unicode's form NFC") {
		t.Errorf("got %s", got)
	}
}

func TestLineEndsAndByteOrderMark(t *testing.T) {
	text := "t \"a\" {\n  v = <<-E\n    x\n    y\n  E\n  w = \"z\" # comment\n}\n"
	want, _ := Evaluate(model(text), nil)
	got, diags := Evaluate(model("\xef\xbb\xbf"+strings.ReplaceAll(text, "\n", "\r\n")), nil)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-LF +BOM and CRLF)\n%s", diff)
	}
}
