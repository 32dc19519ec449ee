package revision

import (
	"strings"
	"testing"
)

// A revision without a way back reads as it was written, and means something else than one whose way back is empty.
func TestIrreversible(t *testing.T) {
	const up = "upgrade {\n  step \"a\" {\n    sql = \"DROP TABLE a\"\n  }\n}\n"
	read := func(down string) (*File, string) {
		file, diags := Read("x.hcl", []byte("revision \"a\" {\n  dialect = \"sqlite\"\n}\n"+up+down))
		return file, diags.Error()
	}
	one, _ := read("downgrade {\n  irreversible = \"the rows are gone\"\n}\n")
	if one == nil || one.Irreversible != "the rows are gone" {
		t.Fatalf("%+v", one)
	}
	text, err := Checked(one)
	if err != nil || !strings.Contains(string(text), "downgrade {\n  irreversible = \"the rows are gone\"\n}\n") {
		t.Errorf("%v\n%s", err, text)
	}
	empty, _ := read("downgrade {}\n")
	if Checksum(one) == Checksum(empty) {
		t.Error("the checksum doesn't tell the two apart")
	}
	sum := StepsSum(one.Upgrade, one.Downgrade, false)
	for _, proved := range []string{"SQLite 3, with rows, " + OneWay + sum, "SQLite 3, with rows, " + sum} {
		one.Proved, empty.Proved = proved, proved
		if (one.ProvedState() == Proved) == (empty.ProvedState() == Proved) {
			t.Errorf("%q proves both, or none", proved)
		}
	}
	for down, want := range map[string]string{
		"downgrade {\n  irreversible = \" \"\n}\n":                                              "No reason",
		"downgrade {\n  irreversible = 1\n}\n":                                                  "Not a text",
		"downgrade {\n  irreversible = \"x\"\n  step \"b\" {\n    sql = \"SELECT 1\"\n  }\n}\n": "Steps of no way back",
		"downgrade {\n  irreversibel = \"x\"\n}\n":                                              "Unknown attribute",
	} {
		if _, got := read(down); !strings.Contains(got, want) {
			t.Errorf("%s: got %s, want %s", down, got, want)
		}
	}
	if _, diags := Read("x.hcl", []byte("revision \"a\" {\n  dialect = \"sqlite\"\n}\nupgrade {\n  irreversible = \"x\"\n}\ndowngrade {}\n")); !diags.HasErrors() {
		t.Error("an upgrade can't be irreversible")
	}
}
