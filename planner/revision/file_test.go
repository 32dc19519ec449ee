package revision

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
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
	piece := rapid.OneOf(rapid.StringMatching(`[ -~\n\t]{0,40}`), rapid.String(), rapid.SampledFrom([]string{
		"SQL", "  SQL\n", "a\n\n  b", "\n", "x\n", "${a} %{b} $${c}", "$${", "$", "%%{x}", "\"\\", "a\r\nb", "\r", "--", "  indented\n    more", "\u202e", "tab\tin",
		"ünï 🙂", "e\u0301", "\u0301", "\u00a0", "\u00a0x\n x", "x \n  \ny", "\u0085", "\u2028", "\ufeff", "\x00", "\x1b[31m", "\nSQL\n", "<<-SQL", "}", "#", "*/",
	}))
	text := rapid.Map(rapid.SliceOfN(piece, 0, 3), func(pieces []string) string { return strings.Join(pieces, "") })
	unit := rapid.Map(text, func(name string) string { return "table x" + name })
	step := rapid.Custom(func(t *rapid.T) Step {
		return Step{
			Name: text.Draw(t, "name"), SQL: rapid.Map(text, func(sql string) string {
				if strings.TrimSpace(sql) == "" {
					return sql + ";"
				}
				return sql
			}).Draw(t, "sql"), Destroys: text.Draw(t, "destroys"), Because: text.Draw(t, "because"),
			Transaction: rapid.Bool().Draw(t, "transaction"), Makes: rapid.SliceOfN(unit, 0, 2).Draw(t, "makes"), Drops: rapid.SliceOfN(unit, 0, 2).Draw(t, "drops"),
			Changes: rapid.SliceOfN(unit, 0, 2).Draw(t, "changes"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		want := example()
		want.Message, want.ForeignKeysOff = text.Draw(t, "message"), rapid.Bool().Draw(t, "off")
		want.Branch = rapid.SampledFrom([]string{"", "billing", "v2.x"}).Draw(t, "branch")
		want.DependsOn = rapid.SampledFrom([][]string{nil, {"b"}, {"b", "c"}}).Draw(t, "depends on")
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
		if Checksum(want) != Checksum(got) || string(Write(got)) != string(written) || string(hclwrite.Format(written)) != string(written) {
			t.Fatalf("not stable:\n%s", written)
		}
	})
}

// around puts a value of sql into a file that is right otherwise.
func around(sql string) string {
	return "revision \"a\" {\n  dialect = \"sqlite\"\n}\n\nupgrade {\n  step \"s\" {\n    sql = " + sql + "\n  }\n}\n\ndowngrade {}\n"
}

// with puts lines into the revision block.
func with(lines string) string {
	return strings.Replace(around(`"x"`), "  dialect", lines+"\n  dialect", 1)
}

func TestReadErrors(t *testing.T) {
	const end = "\nupgrade {}\ndowngrade {}\n"
	for _, c := range []struct{ text, want string }{
		{"", "f.hcl:1: No revision: The file has no revision block."},
		{"revision \"a\" {\n dialect = \"sqlite\"\n}\nrevision \"b\" {\n dialect = \"sqlite\"\n}" + end, "f.hcl:4: Second block"},
		{"revision \"head\" {\n dialect = \"sqlite\"\n}" + end, "f.hcl:1: Unusable id"},
		{"revision \"a-1\" {\n dialect = \"sqlite\"\n}" + end, "f.hcl:1: Unusable id"},
		{"revision {\n dialect = \"sqlite\"\n}" + end, "f.hcl:1: Revision without an id"},
		{"revision \"a\" \"b\" {\n dialect = \"sqlite\"\n}" + end, "f.hcl:1: Revision without an id"},
		{"revision \"a\" {\n}" + end, "f.hcl:1: No dialect"},
		{"revision \"a\" {\n dialekt = \"sqlite\"\n}" + end, `f.hcl:2: Unknown attribute: Revision has no attribute "dialekt". Did you mean "dialect"?`},
		{"revision \"a\" {\n dialect = \"sqlite\", format = 2\n}" + end, "f.hcl:2: Name expected"},
		{with("  format = 2\n  colour = red\n  sort = \"x\""), "f.hcl:2: Newer format: The file has format 2, and this duo-orm reads up to 1. It was made by a newer duo-orm: use that."},
		{with("  format = \"1\""), "f.hcl:2: Not a format"},
		{with("  format = 0"), "f.hcl:2: Not a format"},
		{with("  message = 1"), "f.hcl:2: Not a text"},
		{with("  created = \"yesterday\""), "f.hcl:2: Not a time"},
		{with("  parents = \"b\""), "f.hcl:2: Not a list"},
		{with("  parents = [1]"), "f.hcl:2: Not a text"},
		{with("  parents = [\"B\"]"), "f.hcl:2: Unusable id"},
		{with("  parents = [\"b\" \"c\"]"), "f.hcl:2: Comma or ] expected"},
		{with("  depends_on = [\"B\"]"), "f.hcl:2: Unusable id"},
		{with("  depends_on = \"b\""), "f.hcl:2: Not a list"},
		{with("  branch = 1"), "f.hcl:2: Not a text"},
		{with("  branch = \"head\""), `f.hcl:2: Unusable label: "head" means something else already; a branch needs another label.`},
		{with("  branch = \"a-1\""), "f.hcl:2: Unusable label"},
		{with("  branch = \"fee\""), `f.hcl:2: Unusable label: "fee" looks like the beginning of a revision's id`},
		{with("  start = []"), "f.hcl:2: Not fingerprints"},
		{with("  start = { \"t\" = 1 }"), "f.hcl:2: Not a fingerprint"},
		{with("  renames = []"), "f.hcl:2: Not renames"},
		{with("  renames = { \"column t.a\" = \"table b\" }"), "f.hcl:2: Not a rename"},
		{with("  start = { \"t\" = \"1\", \"t\" = \"2\" }"), "f.hcl:2: Key set twice"},
		{with("  start = { \"t\" \"1\" }"), "f.hcl:2: = expected"},
		{with("  start = { [1] = \"1\" }"), "f.hcl:2: Key expected"},
		{with("  foreign_keys = \"false\""), "f.hcl:2: Not true or false"},
		{with("  message = \"a\"\n  message = \"b\""), "f.hcl:3: Attribute set twice"},
		{with("  step {}"), "f.hcl:2: Unknown block"},
		{"revision \"a\" {\n dialect = \"sqlite\"\n}\nupgrad {}\ndowngrade {}", `f.hcl:4: Unknown block: A revision file holds revision, upgrade and downgrade, and no "upgrad". Did you mean "upgrade"?`},
		{"x = 1\n" + around(`"x"`), "f.hcl:1: Attribute outside a block"},
		{"revision \"a\" {\n dialect = \"sqlite\"\n}\nupgrade {}\n", "No downgrade: The file has no downgrade block. Where there is nothing to do, write: downgrade {}"},
		{"revision \"a\" {\n dialect = \"sqlite\"\n}\ndowngrade {}\n", "No upgrade"},
		{"revision \"a\" {\n dialect = \"sqlite\"\n}\nupgrade \"x\" {}\ndowngrade {}", "f.hcl:4: Label not expected"},
		{strings.Replace(around(`"x"`), "sql =", "sqll =", 1), `f.hcl:7: Unknown attribute: Step has no attribute "sqll". Did you mean "sql"?`},
		{strings.Replace(around(`"x"`), "step \"s\"", "step", 1), "f.hcl:6: Step without a name"},
		{strings.Replace(around(`"x"`), "    sql", "    makes = [\"tabel users\"]\n    sql", 1), `f.hcl:7: Not an object: Makes names objects by kind and name, such as "table users"; "tabel users" is none. Did you mean "table"?`},
		{strings.Replace(around(`"x"`), "    sql", "    drops = [\"table\"]\n    sql", 1), "f.hcl:7: Not an object"},
		{strings.Replace(around(`"x"`), "    sql", "    transaction = no\n    sql", 1), "f.hcl:7: Not a literal"},
		{around(`" "`), "f.hcl:6: Step without SQL"},
		{around(`upper("select")`), "f.hcl:7: Not a literal: Here stands upper."},
		{around(`"a${1 + 1}b"`), "f.hcl:7: Not a literal: ${ begins something that is to be computed, and nothing in a revision file is, but for ${var.name} in a step's sql and ${each.range} in that of an each step. For these two characters themselves write $${."},
		{around("<<-SQL\n  %{ if true }x%{ endif }\n  SQL"), "f.hcl:8: Not a literal"},
		{around("1"), "f.hcl:7: Not a text"},
		{around("null"), "f.hcl:7: Not a literal"},
		{around(`"x`), "f.hcl:7: Invalid multi-line string"},
		{around(`"\q"`), "f.hcl:7: Invalid escape sequence"},
		{around("<<-SQL\n  x"), "f.hcl:7: Heredoc without an end: Its text ends at a line that holds nothing but SQL, and there is none."},
		{around(""), "f.hcl:7: Not a literal: Here stands the end of the line."},
		{"revision \"a\" {\n dialect = \"sqlite\"\n", "f.hcl:3: Block without an end: The revision block that begins in line 1 isn't closed."},
		{"revision \"a\" { dialect = \"sqlite\" message = \"x\" }" + end, "f.hcl:1: Line end expected"},
		{"revision = {", "f.hcl:1: Key expected"},
		{"}", "f.hcl:1: Name expected"},
		{"\"x\"", "f.hcl:1: Name expected"},
		{around("\"\xff\""), "f.hcl:7: Not UTF-8"},
		{around("\"\u202e\""), "f.hcl:7: Hidden control character"},
		{strings.Repeat("[", 100000), "f.hcl:1: Name expected"},
		{"a = " + strings.Repeat("[", 100000), "f.hcl:1: Nested too deeply"},
		{"a = " + strings.Repeat("{a=", 100000), "f.hcl:1: Nested too deeply"},
		{strings.Repeat("a {\n", 100000), "Nested too deeply"},
		{around(strings.Repeat("!", 100000)), "f.hcl:7: Not a literal"},
		{around("\"" + strings.Repeat("${\"", 10000)), "f.hcl:7: Invalid multi-line string"},
		{strings.Repeat("x", 17<<20), "f.hcl:1: File too large"},
	} {
		_, diags := Read("f.hcl", []byte(c.text))
		var all strings.Builder
		for _, d := range diags {
			fmt.Fprintf(&all, "%s:%d: %s: %s\n", d.Subject.Filename, d.Subject.Start.Line, d.Summary, d.Detail)
		}
		if !diags.HasErrors() || !strings.Contains(all.String(), c.want) {
			t.Errorf("%.200q:\nwant %s\ngot  %s", c.text, c.want, all.String())
		}
	}
}

// All faults of a file are told at once, and none twice.
func TestReadTellsAll(t *testing.T) {
	text := strings.Replace(with("  colour = red\n  parents = [\"B\"]"), "    sql = \"x\"", "    sql = nothing\n    becuase = \"x\"", 1)
	_, diags := Read("f.hcl", []byte(text))
	var lines []int
	for _, d := range diags {
		lines = append(lines, d.Subject.Start.Line)
	}
	slices.Sort(lines)
	if difference := cmp.Diff([]int{2, 2, 3, 9, 10}, lines); difference != "" {
		t.Errorf("%v (-want +got):\n%s\n%s", diags, difference, text)
	}
}

// Texts are as they were written: not in another normal form, with line ends as LF, whatever the editor made of the file.
func TestReadKeepsTexts(t *testing.T) {
	for sql, want := range map[string]string{
		"\"e\u0301 \\u0301 $${x} %%{y}\"":       "e\u0301 \u0301 ${x} %{y}",
		"<<-SQL\n      a\n\n        b\n    SQL": "a\n\n  b", "<<SQL\n  a\nSQL": "  a", "<<-SQL\n\ta\n\t\tb\n  SQL": "a\n\tb",
		"<<-X\n  SQL\n  X": "SQL", "<<-SQL\n  a\n    \n  b\n  SQL": "a\n    \nb", "\"x\" # why\n": "x", "\"x\" // why": "x", "\"x\" /* why */": "x",
	} {
		text := "# head\n#\n#   more\n\n# not this\n" + around(sql)
		for _, form := range []string{text, "\ufeff" + text, strings.ReplaceAll(text, "\n", "\r\n")} {
			f, diags := Read("f.hcl", []byte(form))
			if diags.HasErrors() {
				t.Errorf("%q: %v", sql, diags)
				continue
			}
			if f.Upgrade[0].SQL != want || f.Summary != "head\n\n  more" {
				t.Errorf("%q: got %q, summary %q", sql, f.Upgrade[0].SQL, f.Summary)
			}
		}
	}
}

// The time to read grows with the text, not with its square: a statement of some megabytes is read in a second or two.
func TestReadLongStatements(t *testing.T) {
	begun := time.Now()
	f, diags := Read("f.hcl", []byte(around("<<-SQL\n"+strings.Repeat("INSERT INTO x VALUES ('$${a}')\n", 100_000)+"SQL")))
	if diags.HasErrors() || len(f.Upgrade[0].SQL) != 100_000*len("INSERT INTO x VALUES ('${a}')\n")-1 {
		t.Fatal(diags)
	}
	if took := time.Since(begun); took > 5*time.Minute {
		t.Errorf("took %s", took)
	}
}

func TestChecksumIsOfTheMeaning(t *testing.T) {
	want := Checksum(example())
	for name, change := range map[string]func(*File){
		"summary": func(f *File) { f.Summary = "x" }, "message": func(f *File) { f.Message = "x" }, "step's name": func(f *File) { f.Upgrade[0].Name = "x" },
		"destroys": func(f *File) { f.Downgrade[0].Destroys = "x" }, "because": func(f *File) { f.Upgrade[0].Because = "x" }, "proved": func(f *File) { f.Proved = "" },
		"end": func(f *File) { f.End = nil }, "line ends": func(f *File) { f.Upgrade[0].SQL = strings.ReplaceAll(f.Upgrade[0].SQL, "\n", "\r\n") },
	} {
		f := example()
		if change(f); Checksum(f) != want {
			t.Errorf("%s counts", name)
		}
	}
	for name, change := range map[string]func(*File){
		"id": func(f *File) { f.ID = "x" }, "parents": func(f *File) { f.Parents = nil }, "depends_on": func(f *File) { f.DependsOn = []string{"b"} }, "sql": func(f *File) { f.Upgrade[0].SQL += " " },
		"down": func(f *File) { f.Downgrade[0].SQL += ";" }, "order": func(f *File) { f.Upgrade, f.Downgrade = f.Downgrade, f.Upgrade }, "makes": func(f *File) { f.Upgrade[0].Makes = nil },
		"drops": func(f *File) { f.Downgrade[0].Drops = []string{"table x"} }, "transaction": func(f *File) { f.Upgrade[0].Transaction = false },
		"foreign keys": func(f *File) { f.ForeignKeysOff = true }, "another step": func(f *File) { f.Upgrade = append(f.Upgrade, f.Upgrade[0]) },
	} {
		f := example()
		if change(f); Checksum(f) == want {
			t.Errorf("%s doesn't count", name)
		}
	}
}

func TestCheckedRefusesWhatWouldChange(t *testing.T) {
	if text, err := Checked(example()); err != nil || string(text) != golden {
		t.Errorf("%v\n%s", err, text)
	}
	f := example()
	f.Upgrade[0].SQL = "SELECT '\xff'"
	if _, err := Checked(f); err == nil {
		t.Error("a text that isn't UTF-8 was written")
	}
	f = example()
	f.Upgrade[0].SQL = " "
	if _, err := Checked(f); err == nil {
		t.Error("a step without a statement was written")
	}
}

func TestProvedState(t *testing.T) {
	f := example()
	if got := f.ProvedState(); got != EditedSince {
		t.Errorf("got %q", got)
	}
	f.Proved = "SQLite 3.50, with rows, " + StepsSum(f.Upgrade, f.Downgrade, f.ForeignKeysOff)
	if got := f.ProvedState(); got != Proved {
		t.Errorf("got %q", got)
	}
	if f.Proved = ""; f.ProvedState() != Unproved {
		t.Errorf("got %q", f.ProvedState())
	}
}

// Nothing in a summary ends its comment.
func TestSummaryStaysAComment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := example()
		f.Summary = rapid.OneOf(rapid.String(), rapid.StringMatching(`[ #/*{}"\r\n\x85\x{2028}a]*`)).Draw(t, "summary")
		got, diags := Read("x.hcl", Write(f))
		if diags.HasErrors() || Checksum(got) != Checksum(f) {
			t.Fatalf("%v\n%s", diags, Write(f))
		}
	})
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
	f.Add([]byte(strings.Replace(forms, `sql_file = "report.sql"`, `sql = "$$${var.a}$${var.b} $"`, 1)))
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
