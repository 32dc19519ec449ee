package revision

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const spliced = `revision "a1" {
  format  = 1
  dialect = "sqlite"
}

# What it is for.
upgrade {
  # One.
  step "one" {
    sql = "SELECT 1"
  }

  step "two" {
    sql = "SELECT 2" # behind
  }

  # Three.
  step "three" {
    sql = "SELECT 3"
  }
}

downgrade {}
`

// Steps take the place of others, and everything else stays as it stands.
func TestSplice(t *testing.T) {
	step := []Step{{Name: "new", SQL: "SELECT 4", Transaction: true}}
	for _, c := range []struct {
		name, direction string
		from, to        int
		steps           []Step
		gone, want      string
	}{
		{"in place", "upgrade", 1, 2, step, "  step \"two\" {\n    sql = \"SELECT 2\" # behind\n  }", "  step \"new\" {\n    sql = <<-SQL\n      SELECT 4\n    SQL\n  }"},
		{"taken away", "upgrade", 1, 2, nil, "  step \"two\" {\n    sql = \"SELECT 2\" # behind\n  }\n", ""},
		{"behind", "upgrade", 1, 1, step, "    sql = \"SELECT 1\"\n  }\n", "    sql = \"SELECT 1\"\n  }\n\n  step \"new\" {\n    sql = <<-SQL\n      SELECT 4\n    SQL\n  }\n"},
		{"where there was none", "downgrade", 0, 0, step, "downgrade {}", "downgrade {\n  step \"new\" {\n    sql = <<-SQL\n      SELECT 4\n    SQL\n  }\n}"},
		{"none for none", "downgrade", 0, 0, nil, "downgrade {}", "downgrade {}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Splice("a.hcl", []byte(spliced), c.direction, c.from, c.to, c.steps)
			if err != nil {
				t.Fatal(err)
			}
			strip := func(text string) string { return strings.Join(strings.Fields(text), " ") }
			if diff := cmp.Diff(strip(strings.Replace(spliced, c.gone, c.want, 1)), strip(string(got))); diff != "" {
				t.Errorf("want - got +\n%s\n%s", diff, got)
			}
			if _, diags := Read("a.hcl", got); diags.HasErrors() {
				t.Errorf("can't be read: %v\n%s", diags, got)
			}
		})
	}
	if _, err := Splice("a.hcl", []byte(spliced), "upgrade", 2, 5, nil); err == nil {
		t.Error("a step that isn't there is replaced")
	}
	if _, err := Splice("a.hcl", []byte("{"), "upgrade", 0, 0, nil); err == nil {
		t.Error("what can't be read is changed")
	}
}
