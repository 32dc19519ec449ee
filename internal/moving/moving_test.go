package moving

import (
	"errors"
	"slices"
	"testing"
	"testing/fstest"
)

func tool(t *testing.T, name string) Tool {
	t.Helper()
	for _, tool := range Tools() {
		if tool.Name == name {
			return tool
		}
	}
	t.Fatal("no tool " + name)
	return Tool{}
}

func folder(files map[string]string) fstest.MapFS {
	fs := fstest.MapFS{}
	for name, content := range files {
		fs[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return fs
}

// Files are known by their names, and compared as each tool does.
func TestVersions(t *testing.T) {
	for _, c := range []struct {
		tool  string
		files map[string]string
		want  []string
	}{
		{"goose", map[string]string{"00010_b.sql": "", "9_a.go": "", "README.md": "", "x.sql": "", "0_z.sql": ""}, []string{"9", "10"}},
		{"golang-migrate", map[string]string{"10_b.up.sql": "", "10_b.down.sql": "", "009_a.up.sql": ""}, []string{"10"}},
		{"dbmate", map[string]string{"001_b.sql": "", "20240101.sql": ""}, []string{"001", "20240101"}},
		{"alembic", map[string]string{
			"a.py": "revision = 'a'\r\ndown_revision = None\r\n", "b.py": "\ufeffx = 1\nrevision: str = \"b\"\ndown_revision: str | None = \"a\"  # x\n",
			"m.py": "revision = 'm'\ndown_revision = (\n    'b',\n    'c',\n)\n", "c.py": "revision = 'c'\ndown_revision = 'a'\n", "__init__.py": "",
		}, []string{"m"}},
		{"goose", nil, nil},
	} {
		got, err := tool(t, c.tool).Versions(folder(c.files))
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v; want %v", c.tool, got, err, c.want)
		}
	}
}

// What can't be told apart, or isn't whole, is refused.
func TestRefused(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"goose":          {"1_a.sql": "", "001_b.sql": ""},
		"golang-migrate": {"99999999999999999999_a.up.sql": ""},
		"alembic":        {"b.py": "revision = 'b'\ndown_revision = 'a'\n"},
	} {
		var wrong *FolderError
		if _, err := tool(t, name).Versions(folder(files)); !errors.As(err, &wrong) || wrong.WayOut == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A version's last row counts.
func TestCompare(t *testing.T) {
	d := Compare([]string{"1", "2", "3"}, []Row{{"1", Applied}, {"2", Applied}, {"2", Undone}, {"4", Applied}, {"5", Unsettled}})
	if !slices.Equal(d.Pending, []string{"2", "3"}) || !slices.Equal(d.Unknown, []string{"4"}) || !slices.Equal(d.Unsettled, []string{"5"}) {
		t.Errorf("%+v", d)
	}
}
