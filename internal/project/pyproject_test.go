package project

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"
	"pgregory.net/rapid"
)

func TestEditPyproject(t *testing.T) {
	const saved = "[tool.duo-orm]\nduo_orm_dir = \"db\"\n"
	for name, c := range map[string]struct{ before, after string }{
		"empty":             {"", saved},
		"no line end":       {"[project]\nname = 'a' # kept", "[project]\nname = 'a' # kept\n\n" + saved},
		"line end":          {"[project]\nname='a'\n", "[project]\nname='a'\n\n" + saved},
		"CRLF":              {"a = 1\r\n", "a = 1\r\n\r\n[tool.duo-orm]\r\nduo_orm_dir = \"db\"\r\n"},
		"byte order mark":   {"\xef\xbb\xbfa = 1\n", "\xef\xbb\xbfa = 1\n\n" + saved},
		"table, other key":  {"[tool.duo-orm]\nversion_table = 'v'\n[x]\n", "[tool.duo-orm]\nduo_orm_dir = \"db\"\nversion_table = 'v'\n[x]\n"},
		"table, comment":    {"[ tool . \"duo-orm\" ] # ours\n\n[[x]]\n", "[ tool . \"duo-orm\" ] # ours\nduo_orm_dir = \"db\"\n\n[[x]]\n"},
		"table at the end":  {"[tool.duo-orm]", "[tool.duo-orm]\nduo_orm_dir = \"db\""},
		"inline":            {"[tool]\nduo-orm = { version_table = 'v' }\n", "[tool]\nduo-orm = { duo_orm_dir = \"db\", version_table = 'v' }\n"},
		"inline, empty":     {"tool.duo-orm = {}\n", "tool.duo-orm = { duo_orm_dir = \"db\" }\n"},
		"tool inline":       {"tool = { black = { x = 1 } }\n", "tool = { duo-orm = { duo_orm_dir = \"db\" }, black = { x = 1 } }\n"},
		"dotted":            {"tool.duo-orm.version_table = 'v'\n[a]\n", "tool.duo-orm.duo_orm_dir = \"db\"\ntool.duo-orm.version_table = 'v'\n[a]\n"},
		"dotted below tool": {"[tool]\nduo-orm.version_table = 'v'\n", "[tool]\nduo-orm.duo_orm_dir = \"db\"\nduo-orm.version_table = 'v'\n"},
		"array after it":    {"[[tool.uv.index]]\nname = 'x'\n", "[[tool.uv.index]]\nname = 'x'\n\n" + saved},
		"braces in strings": {"[tool.x]\na = '{'\nb = \"\"\"\n[tool.duo-orm]\n\"\"\"\n", "[tool.x]\na = '{'\nb = \"\"\"\n[tool.duo-orm]\n\"\"\"\n\n" + saved},
		"a dot in a key":    {"[\"tool.duo-orm\"]\nx = 1\n", "[\"tool.duo-orm\"]\nx = 1\n\n" + saved},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := editPyproject("pyproject.toml", []byte(c.before), "db")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.after, string(got)); diff != "" {
				t.Errorf("%s\nwant against got: %s", c.before, diff)
			}
		})
	}
	for _, hopeless := range []string{"[[tool.duo-orm]]\nx = 1\n", "tool = 3\n", "[[tool]]\n", "a = \n"} {
		if got, err := editPyproject("pyproject.toml", []byte(hopeless), "db"); err == nil {
			t.Errorf("%q became %q without an error", hopeless, got)
		}
	}
}

// Whatever the file looks like: the edit adds bytes in one place and changes one value.
func TestEditPyprojectKeepsBytes(t *testing.T) {
	pieces := []string{"[tool]\n", "[tool.duo-orm]\n", "[tool.black]\n", "[project]\n", "a = 1\n", "b.c = '{'\n", "# c\n", "\n",
		"duo-orm = {}\n", "duo-orm = { version_table = \"x\" } # }\n", "tool.x = {}\n", "[[tool.list]]\n", "d = [\n  1,\n]\n", "\r\n", "  "}
	rapid.Check(t, func(t *rapid.T) {
		before := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 8).Draw(t, "pieces"), "")
		var want map[string]any
		if toml.Unmarshal([]byte(before), &want) != nil {
			t.Skip("no TOML")
		}
		after, err := editPyproject("pyproject.toml", []byte(before), "db")
		if err != nil {
			if setDir(want, "db") == nil {
				t.Fatalf("%q: %v", before, err)
			}
			t.Skip("no table")
		}
		common := 0
		for common < len(before) && before[common] == after[common] {
			common++
		}
		if !strings.HasSuffix(string(after), before[common:]) {
			t.Fatalf("%q became %q: more than an insertion", before, after)
		}
		var got map[string]any
		if err := toml.Unmarshal(after, &got); err != nil {
			t.Fatal(err)
		}
		if err := setDir(want, "db"); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(want, got) {
			t.Fatal(cmp.Diff(want, got))
		}
	})
}
