package hclschema

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
)

const handwritten = `# People.

variable "size" { default = 20 }

mixin "dated" {
  column "at" { type = text }
}

# Whoever writes.
table "users" { # not aligned
  use = [mixin.dated]
    column "id" { type = int }
  # their name
  column "name" {
      type = varchar(var.size) # short
  }
  column "mail" { type = text }

  primary_key { columns = [column.id] }
  # found by
  index "by_name" { columns = [column.name] }
}

# One for each.
table "log" {
  for_each = ["a", "b"]
  name     = each.value
  column "x" { type = int }
}

# Everybody.
view "all" {
  as = "SELECT * FROM users"
}
`

// TestRewriteTouchesNothingElse changes a state and shows the models that come of it.
func TestRewriteTouchesNothingElse(t *testing.T) {
	source := []Source{{Name: "users.hcl", Bytes: []byte(handwritten)}}
	for _, c := range []struct {
		name string
		// change gives the state that is wanted by models.
		from, to string
		// want is handwritten with these replacements.
		want []string
		// others are the other files: added with their text, removed with "-".
		others map[string]string
	}{
		{name: "nothing"},
		{
			name: "a column's type", from: `column "mail" { type = text }`, to: `column "mail" { type = blob }`,
			want: []string{`column "mail" { type = text }`, "column \"mail\" {\n    type = blob\n  }"},
		},
		{
			name: "a column more", from: `column "mail" { type = text }`, to: "column \"mail\" { type = text }\n column \"age\" { type = int }",
			want: []string{"column \"mail\" { type = text }\n", "column \"mail\" { type = text }\n  column \"age\" {\n    type = int\n  }\n"},
		},
		{
			name: "a check more", from: `column "mail" { type = text }`, to: "column \"mail\" { type = text }\n check { expr = \"id > 0\" }",
			want: []string{"[column.name] }\n}\n", "[column.name] }\n\n  check {\n    expr = \"id > 0\"\n  }\n}\n"},
		},
		{
			name: "an index less", from: `index "by_name" { columns = [column.name] }`, to: "",
			want: []string{"  # found by\n  index \"by_name\" { columns = [column.name] }\n", ""},
		},
		{
			name: "a column of a mixin", from: `column "at" { type = text }`, to: `column "at" { type = blob }`,
			want: []string{handwritten[strings.Index(handwritten, "table \"users\""):strings.Index(handwritten, "\n\n# One")], `table "users" {
  column "at" {
    type = blob
  }
  column "id" {
    type = integer
  }
  column "name" {
    type = varchar(20)
  }
  column "mail" {
    type = text
  }

  primary_key {
    columns = [column.id]
  }

  index "by_name" {
    columns = [column.name]
  }
}`},
		},
		{
			name: "a view less", from: handwritten[strings.Index(handwritten, "view"):], to: "",
			want: []string{handwritten[strings.Index(handwritten, "# Everybody"):], ""},
		},
		{
			name: "one of for_each less", from: `["a", "b"]`, to: `["b"]`,
			want: []string{handwritten[strings.Index(handwritten, "table \"log\""):strings.Index(handwritten, "\n\n# Every")], "table \"b\" {\n  column \"x\" {\n    type = int\n  }\n}"},
		},
		{
			name: "a table more", from: "# One for", to: "table \"A b\" {\n column \"c\" {}\n}\n# One for",
			others: map[string]string{"A_b-746d5912.hcl": "table \"A b\" {\n  column \"c\" {}\n}\n"},
		},
		{
			name: "all gone but the rest of the file", from: handwritten[strings.Index(handwritten, "# Whoever"):], to: "",
			want: []string{handwritten[strings.Index(handwritten, "# Whoever"):], ""},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			state := load(t, strings.Replace(handwritten, c.from, c.to, 1))
			written, removed, err := Rewrite(source, LoadOptions{}, state, testDialect{})
			if err != nil || len(removed) > 0 {
				t.Fatal(removed, err)
			}
			want := map[string]string{}
			if c.want != nil {
				want["users.hcl"] = strings.TrimRight(strings.Replace(handwritten, c.want[0], c.want[1], 1), "\n") + "\n"
			}
			for name, text := range c.others {
				want[name] = text
			}
			got := map[string]string{}
			for _, file := range written {
				got[file.Name] = string(file.Bytes)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRewriteRemovesEmptyFiles(t *testing.T) {
	existing := []Source{
		{Name: "a.hcl", Bytes: []byte("\xef\xbb\xbf# gone\r\ntable \"a\" {\r\n  column \"x\" {}\r\n}\r\n")},
		{Name: "b.hcl", Bytes: []byte("\xef\xbb\xbf# stays\r\n\r\ntable \"b\" {\r\n  column \"x\" {}\r\n}\r\n")},
	}
	written, removed, err := Rewrite(existing, LoadOptions{}, load(t, "table \"b\" {\ncolumn \"x\" {}\ncolumn \"y\" {}\n}"), testDialect{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a.hcl"}, removed); diff != "" {
		t.Error(diff)
	}
	want := []WrittenFile{{"b.hcl", []byte("\xef\xbb\xbf# stays\r\n\r\ntable \"b\" {\r\n  column \"x\" {}\r\n  column \"y\" {}\r\n}\r\n")}}
	if diff := cmp.Diff(want, written); diff != "" {
		t.Error(diff)
	}
}

func TestRewriteNeedsModelsThatLoad(t *testing.T) {
	_, _, err := Rewrite([]Source{{Name: "a.hcl", Bytes: []byte("tabel \"a\" {}")}}, LoadOptions{}, NewState(testDialect{}.Key), testDialect{})
	var diags hcl.Diagnostics
	if !errors.As(err, &diags) || diags[0].Subject.Filename != "a.hcl" {
		t.Errorf("got %v", err)
	}
}

func TestWriteRefusesWhatModelsCannotHold(t *testing.T) {
	state := NewState(testDialect{}.Key)
	state.AddNext(&Object{Identity: Identity{Kind: KindTable, Name: "t"}})
	state.AddNext(&Object{Identity: Identity{Kind: KindColumn, Parent: "t", Name: "a"}, Properties: Properties{"invented": Bool(true)}})
	_, err := Write(state, testDialect{})
	if err == nil || !strings.Contains(err.Error(), "invented of column t.a") {
		t.Errorf("got %v", err)
	}
	state.AddNext(&Object{Identity: Identity{Kind: "wonder", Name: "e"}})
	if _, err = WriteText(state, testDialect{}); err == nil || !strings.Contains(err.Error(), "wonder e") {
		t.Errorf("got %v", err)
	}
}
