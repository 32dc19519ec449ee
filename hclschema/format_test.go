package hclschema

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFormat(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"spaces", "a=1\nlong   =   2\nb {\nc=[1,2]\n}", "a    = 1\nlong = 2\nb {\n  c = [1, 2]\n}\n"},
		{"blank lines", "\n\na = 1\n\n\n\nb = 2\n\n\n", "a = 1\n\nb = 2\n"},
		{"line ends and mark", "\xef\xbb\xbfa = 1\r\n\r\n\r\nb = 2\r\n", "a = 1\n\nb = 2\n"},
		{"heredoc", "a {\nb = <<-SQL\n   x  =  1\n\n\n     y\n  SQL\n}\n", "a {\n  b = <<-SQL\n   x  =  1\n\n\n     y\n  SQL\n}\n"},
		{"comments", "# a\n/* b\n\n\n c */\nx=1 # d\n", "# a\n/* b\n\n\n c */\nx = 1 # d\n"},
		{"nothing", "", ""},
		{"only blanks", " \n\t\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, diags := Format([]byte(c.source), "m.hcl")
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFormatReportsErrors(t *testing.T) {
	source := "a = [\n"
	got, diags := Format([]byte(source), "m.hcl")
	if !diags.HasErrors() || diags[0].Subject.Filename != "m.hcl" || string(got) != source {
		t.Errorf("got %q, %v", got, diags)
	}
}

// FuzzFormat: what a file says never changes, and formatting twice is formatting once.
func FuzzFormat(f *testing.F) {
	f.Add([]byte(handwritten))
	f.Add([]byte("a = <<-X\n  ${b}\n  X\nb = \"$${c}\" /* x */ + 1 // y\nc { d = [\n1,\n\n\n2] }"))
	f.Add([]byte("a = { b = 1, c: 2 }\r\n\r\n# x \r\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		once, diags := Format(source, "m.hcl")
		if diags.HasErrors() {
			return
		}
		twice, diags := Format(once, "m.hcl")
		if diags.HasErrors() {
			t.Fatalf("%q became %q: %v", source, once, diags)
		}
		if diff := cmp.Diff(string(once), string(twice)); diff != "" {
			t.Fatalf("%q: %s", source, diff)
		}
	})
}
