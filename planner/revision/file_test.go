package revision

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/hcl/v2"
	"pgregory.net/rapid"
)

var ignorePlaces = cmp.Options{cmpopts.IgnoreTypes(hcl.Range{}), cmpopts.EquateEmpty()}

const golden = `# Add posts
#
# Plan: 1 to add, 0 to change, 0 to drop

revision "3f2a9c1d4b7e" {
  format  = 1
  message = "Add posts"
  parents = ["9b1c0d2e7f35"]
  created = "2026-11-24T04:12:00Z"
  dialect = "sqlite"
  end = {
    "table posts" = "77e0c1d9a64b02f8"
    "table users" = "90ad33be12f7c455"
  }
  proved = "SQLite 3.50, with rows, 5b9e6f0c"
}

upgrade {
  step "create table posts" {
    makes = ["table posts"]
    sql   = <<-SQL
      CREATE TABLE posts (
        id integer PRIMARY KEY,
        body text DEFAULT '$${x}'
      )
    SQL
  }
}

downgrade {
  step "drop table posts" {
    drops    = ["table posts"]
    destroys = "the rows of posts"
    sql      = <<-SQL
      DROP TABLE posts
    SQL
  }
}
`

func example() *File {
	return &File{
		Path: "x.hcl", Summary: "Add posts\n\nPlan: 1 to add, 0 to change, 0 to drop", ID: "3f2a9c1d4b7e", Format: 1, Message: "Add posts",
		Parents: []string{"9b1c0d2e7f35"}, Created: time.Date(2026, 11, 24, 4, 12, 0, 0, time.UTC), Dialect: "sqlite",
		End: map[string]string{"table users": "90ad33be12f7c455", "table posts": "77e0c1d9a64b02f8"}, Proved: "SQLite 3.50, with rows, 5b9e6f0c",
		Upgrade:   []Step{{Name: "create table posts", Makes: []string{"table posts"}, Transaction: true, SQL: "CREATE TABLE posts (\n  id integer PRIMARY KEY,\n  body text DEFAULT '${x}'\n)"}},
		Downgrade: []Step{{Name: "drop table posts", Drops: []string{"table posts"}, Destroys: "the rows of posts", Transaction: true, SQL: "DROP TABLE posts"}},
	}
}

func TestWriteReadsWell(t *testing.T) {
	if difference := cmp.Diff(golden, string(Write(example()))); difference != "" {
		t.Errorf("(-want +got):\n%s", difference)
	}
}

// What is written reads back, whatever the names and statements are.
func TestReadIsTheInverseOfWrite(t *testing.T) {
	text := rapid.OneOf(rapid.StringMatching(`[ -~\n\t]{0,40}`), rapid.SampledFrom([]string{
		"SQL", "  SQL\n", "a\n\n  b", "\n", "x\n", "${a} %{b} $${c}", "\"\\", "a\r\nb", "--", "  indented\n    more", "\u202e", "tab\tin", "ünï 🙂",
	}))
	step := rapid.Custom(func(t *rapid.T) Step {
		return Step{
			Name: text.Draw(t, "name"), SQL: "X" + text.Draw(t, "sql"), Destroys: text.Draw(t, "destroys"), Because: text.Draw(t, "because"),
			Transaction: rapid.Bool().Draw(t, "transaction"), Makes: rapid.SliceOfN(text, 0, 2).Draw(t, "makes"), Drops: rapid.SliceOfN(text, 0, 2).Draw(t, "drops"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		want := example()
		want.Message, want.ForeignKeysOff = text.Draw(t, "message"), rapid.Bool().Draw(t, "off")
		want.Start = map[string]string{text.Draw(t, "unit"): "1", "table x": "2"}
		want.Upgrade, want.Downgrade = rapid.SliceOfN(step, 0, 3).Draw(t, "up"), rapid.SliceOfN(step, 0, 3).Draw(t, "down")
		written := Write(want)
		got, diags := Read("x.hcl", written)
		if diags.HasErrors() {
			t.Fatalf("%v\n%s", diags, written)
		}
		if difference := cmp.Diff(want, got, ignorePlaces); difference != "" {
			t.Fatalf("(-want +got):\n%s\n%s", difference, written)
		}
		if Checksum(want) != Checksum(got) || string(Write(got)) != string(written) {
			t.Fatal("not stable")
		}
	})
}

func TestReadErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "No revision"},
		{`revision "a" { dialect = "sqlite" }` + "\n" + `revision "b" { dialect = "sqlite" }`, "Second block"},
		{`revision "head" { dialect = "sqlite" }`, "Unusable id"},
		{`revision "a-1" { dialect = "sqlite" }`, "Unusable id"},
		{`revision "a" { }`, "No dialect"},
		{`revision "a" { dialekt = "sqlite" }`, `Did you mean "dialect"?`},
		{`revision "a" { dialect = "sqlite", format = 2 }`, ""},
		{"revision \"a\" {\n dialect = \"sqlite\"\n format = 2\n}", "newer duo-orm"},
		{"revision \"a\" {\n dialect = \"sqlite\"\n}\nupgrad {}", `Did you mean "upgrade"?`},
		{"revision \"a\" {\n dialect = \"sqlite\"\n}\nupgrade {\n step \"x\" {\n }\n}", "Step without SQL"},
		{"revision \"a\" {\n dialect = \"sqlite\"\n}\nupgrade {\n step \"x\" {\n sqll = \"x\"\n }\n}", `Did you mean "sql"?`},
		{strings.Repeat("[", 100000), ""},
	} {
		_, diags := Read("f.hcl", []byte(c.text))
		if !diags.HasErrors() {
			t.Errorf("no error for %.60q", c.text)
			continue
		}
		var all strings.Builder
		for _, d := range diags {
			all.WriteString(d.Summary + ": " + d.Detail + "\n")
		}
		if !strings.Contains(all.String(), c.want) {
			t.Errorf("%.60q: want %q in\n%s", c.text, c.want, all.String())
		}
	}
}

func TestSlug(t *testing.T) {
	for message, want := range map[string]string{
		"add user and post tables": "add_user_and_post_tables", "  Ünï!! x--y ": "n_x_y", "日本": "", "": "",
		strings.Repeat("word ", 30): "word_word_word_word_word_word_word_word_word_word_word_word",
	} {
		if got := Slug(message); got != want || len(got) > 60 {
			t.Errorf("Slug(%q) = %q, want %q", message, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(golden))
	f.Add([]byte(`revision "a" { dialect = "sqlite" }`))
	f.Add([]byte("revision \"a\" {\n start = {\n \"x\" = 1\n }\n}"))
	f.Fuzz(func(t *testing.T, content []byte) {
		file, diags := Read("f.hcl", content)
		if (file == nil) != diags.HasErrors() {
			t.Fatalf("file %v with %v", file, diags)
		}
		if file != nil {
			again, diags := Read("f.hcl", Write(file))
			if diags.HasErrors() || Checksum(again) != Checksum(file) {
				t.Fatalf("not stable: %v", diags)
			}
		}
	})
}
