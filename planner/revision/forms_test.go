package revision

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const forms = `# By hand

revision "3f2a9c1d4b7e" {
  format  = 1
  message = "By hand"
  parents = []
  created = "2026-11-24T04:12:00Z"
  dialect = "postgres"
}

upgrade {
  step "owner" {
    unless = ["ci", "test"]
    sql    = <<-SQL
      ALTER SCHEMA app
      OWNER TO ${var.owner} -- $${var.owner}
    SQL
  }

  step "quoted" {
    again       = true
    transaction = false
    sql         = "VACUUM ${var.owner}"
  }

  step "fill" {
    changes = ["table posts"]
    sql     = <<-SQL
      ${var.hint} UPDATE posts AS p
      SET slug = lower(title)
      WHERE ${each.range} AND slug IS NULL
    SQL
    each {
      table  = "posts"
      as     = "p"
      key    = ["blog", "id"]
      batch  = 500
      pause  = "100ms"
      repeat = true
    }
  }

  step "backfill" {
    again = true
    when  = ["production"]
    exec  = ["./scripts/backfill", "--all"]
  }

  step "from a file" {
    makes    = ["view report"]
    sql_file = "report.sql"
  }
}

downgrade {
}
`

// goldenSum is what the first version made of golden.
const goldenSum = "903db828c1d01bf04bdd6f491f677f6713502899fe39ed0580d1f5e77552a5bd"

func formsFile(t *testing.T, text string) *File {
	t.Helper()
	file, diags := ReadBeside("f.hcl", []byte(text), func(name string) ([]byte, error) {
		if name != "report.sql" {
			return nil, fs.ErrNotExist
		}
		return []byte("CREATE VIEW report AS\r\nSELECT '${var.owner}'\n"), nil
	})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return file
}

func TestForms(t *testing.T) {
	file := formsFile(t, forms)
	want := []Step{
		{Name: "owner", Unless: []string{"ci", "test"}, Transaction: true, SQL: "ALTER SCHEMA app\nOWNER TO ${var.owner} -- ${var.owner}",
			Placeholders: []Placeholder{{Name: "var.owner", At: 26}}},
		{Name: "quoted", Again: true, SQL: "VACUUM ${var.owner}", Placeholders: []Placeholder{{Name: "var.owner", At: 7}}},
		{Name: "fill", Changes: []string{"table posts"}, SQL: "${var.hint} UPDATE posts AS p\nSET slug = lower(title)\nWHERE ${each.range} AND slug IS NULL",
			Placeholders: []Placeholder{{Name: "var.hint"}, {Name: "each.range", At: 60}},
			Each:         &Each{Table: "posts", As: "p", Key: []string{"blog", "id"}, Batch: 500, Pause: 100 * time.Millisecond, Repeat: true}},
		{Name: "backfill", Again: true, When: []string{"production"}, Exec: []string{"./scripts/backfill", "--all"}},
		{Name: "from a file", Makes: []string{"view report"}, SQLFile: "report.sql", SQL: "CREATE VIEW report AS\nSELECT '${var.owner}'", Transaction: true},
	}
	if diff := cmp.Diff(want, file.Upgrade, ignorePlaces); diff != "" {
		t.Fatal(diff)
	}
	written, err := Checked(file)
	if err != nil {
		t.Fatal(err)
	}
	if again := formsFile(t, string(written)); cmp.Diff(want, again.Upgrade, ignorePlaces) != "" {
		t.Fatalf("reads back as another file:\n%s", written)
	}
}

// Placeholders get their values as they are, and nothing else that looks like one.
func TestStatement(t *testing.T) {
	file := formsFile(t, forms)
	file.Variables = map[string]string{"owner": `"O'Neill"`, "hint": "/* now */"}
	got, err := file.Upgrade[0].Statement(file, "")
	if err != nil || got != "ALTER SCHEMA app\nOWNER TO \"O'Neill\" -- ${var.owner}" {
		t.Errorf("got %q, %v", got, err)
	}
	quote := func(name string) string { return "<" + name + ">" }
	got, err = file.Upgrade[2].Whole(file, quote)
	if err != nil || !strings.HasPrefix(got, "/* now */ UPDATE posts AS p\n") || !strings.HasSuffix(got, "\nWHERE (<p>.<blog> IS NOT NULL AND <p>.<id> IS NOT NULL) AND slug IS NULL") {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := file.Upgrade[4].Statement(file, ""); err != nil || !strings.Contains(got, "'${var.owner}'") {
		t.Errorf("a file's text is taken as it stands; got %q, %v", got, err)
	}
	file.Variables = map[string]string{"hint": ""}
	var unset *UnsetVariableError
	if _, err := file.Upgrade[1].Statement(file, ""); !errors.As(err, &unset) || unset.Name != "owner" || unset.Range.Start.Line != 23 || len(unset.Known) != 1 {
		t.Errorf("got %v", err)
	}
}

// The checksum is over the template, and over what the new forms mean; batches and pauses can be tuned.
func TestChecksumOfForms(t *testing.T) {
	sum := Checksum(formsFile(t, forms))
	for _, c := range []struct {
		old, new string
		same     bool
	}{
		{"batch  = 500", "batch  = 5", true}, {`pause  = "100ms"`, `pause  = "1s"`, true}, {`key    = ["blog", "id"]`, `key    = ["id"]`, false},
		{"repeat = true", "repeat = false", false}, {"-- $${var.owner}", "-- ${var.owner}", false}, {`"--all"`, `"--some"`, false},
		{`when  = ["production"]`, `when  = ["staging"]`, false}, {`unless = ["ci", "test"]`, `unless = ["ci"]`, false},
	} {
		if got := Checksum(formsFile(t, strings.Replace(forms, c.old, c.new, 1))); (got == sum) != c.same {
			t.Errorf("%s instead of %s: the checksum is the same: %v", c.new, c.old, got == sum)
		}
	}
}

// Files without the forms that came later keep the checksums that databases have recorded.
func TestChecksumOfFilesBefore(t *testing.T) {
	file, diags := Read("f.hcl", []byte(golden))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if got := Checksum(file); got != goldenSum {
		t.Errorf("got %s", got)
	}
}

func TestFormsErrors(t *testing.T) {
	for _, c := range []struct{ step, want string }{
		{`sql = "SELECT 1"` + "\n" + `exec = ["x"]`, "f.hcl:8: Two in one step"},
		{`exec = []`, "f.hcl:7: No program"},
		{"exec = [\"x\"]\ntransaction = true", "f.hcl:8: Outside of transactions"},
		{"exec = [\"x\"]\nmakes = [\"table t\"]", "f.hcl:8: No change of the schema"},
		{"exec = [\"x\"]\nchanges = [\"table t\"]", "f.hcl:8: Nothing to prove"},
		{"exec = [\"${var.x}\"]", "f.hcl:7: Not a text"},
		{`sql_file = "../x.sql"`, "f.hcl:7: Not a file's name"},
		{`sql_file = "none.sql"`, "f.hcl:7: Missing file"},
		{`sql = "DELETE FROM t WHERE ${each.range}"`, "f.hcl:7: No each block"},
		{"sql = \"DELETE FROM t\"\neach {\ntable = \"t\"\n}", "f.hcl:6: No range"},
		{"sql = \"DELETE FROM t WHERE ${each.range}\"\neach {\n}", "f.hcl:8: No table"},
		{"sql = \"DELETE FROM t WHERE ${each.range}\"\neach {\ntable = \"t\"\nbatch = 0\n}", "f.hcl:10: Not a number of rows"},
		{"sql = \"DELETE FROM t WHERE ${each.range}\"\neach {\ntable = \"t\"\npause = \"soon\"\n}", "f.hcl:10: Not a time"},
		{"sql = \"SELECT 1\"\nagain = true", "f.hcl:8: Nothing to run twice"},
		{"sql = \"SELECT 1\"\nwhen = [\"a\"]\nunless = [\"b\"]", "f.hcl:9: Two conditions"},
		{"sql = \"SELECT 1\"\nwhen = []", "f.hcl:8: No environment"},
		{"sql = \"SELECT 1\"\nwhen = [\"a\"]\nmakes = [\"table t\"]", "f.hcl:9: No change of the schema"},
		{`sql = "SELECT ${var}"`, "f.hcl:7: Not a literal"},
		{`sql = "SELECT ${var.a.b}"`, "f.hcl:7: Not a literal"},
		{`sql = "SELECT ${~var.a}"`, "f.hcl:7: Not a literal"},
		{`sql = "SELECT %{ if true }"`, "f.hcl:7: Not a literal"},
		{"sql = \"SELECT 1\"\nbecause = \"${var.a}\"", "f.hcl:8: Placeholder not expected"},
		{"sql = \"SELECT 1\"\nother {\n}", "f.hcl:8: Unknown block"},
	} {
		text := "revision \"a\" {\n  dialect = \"sqlite\"\n}\n\nupgrade {\nstep \"s\" {\n" + c.step + "\n}\n}\ndowngrade {\n}\n"
		_, diags := ReadBeside("f.hcl", []byte(text), func(string) ([]byte, error) { return nil, fs.ErrNotExist })
		if len(diags) == 0 || !strings.HasPrefix(diags[0].Subject.Filename+":"+itoa(diags[0].Subject.Start.Line)+": "+diags[0].Summary, c.want) {
			t.Errorf("%s:\nwant %s\ngot  %v", c.step, c.want, diags)
		}
	}
}

// The examples of an empty revision are steps, once the comment marks are gone.
func TestExamplesRead(t *testing.T) {
	file := example()
	file.Upgrade, file.Downgrade = nil, nil
	text, err := Empty(file)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, line := range strings.Split(string(text), "\n") {
		if mark := "  # "; strings.HasPrefix(line, mark) && !strings.HasSuffix(line, ":") {
			line = line[len(mark):]
		}
		lines = append(lines, line)
	}
	if read := formsFile(t, strings.Join(lines, "\n")); len(read.Upgrade) != 5 {
		t.Errorf("there are %d steps", len(read.Upgrade))
	}
}
