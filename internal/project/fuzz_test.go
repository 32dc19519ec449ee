package project

import (
	"os"
	"path/filepath"
	"testing"
)

// Whatever a configuration file holds, reading it ends with a value or an error.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{"duo_orm_dir = \"db\"\n", "database {\n url = env(\"X\", \"y\")\n}\nenvironment \"a\" {\n protected = true\n}\n",
		"migrations {\n exclude = [\"a\"]\n lock_wait = \"1s\"\n}\n", "database {\n url = \"${\"\n}", "\xef\xbb\xbfa=1\r\n", "database { url = [for x in [1]: x] }"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		root := t.TempDir()
		p := &Project{Root: root, Dir: "db"}
		for _, name := range []string{ConfigFile, p.DatabaseFile(), p.MigrationsFile()} {
			must(t, os.MkdirAll(filepath.Dir(p.Absolute(name)), 0o755))
			must(t, os.WriteFile(p.Absolute(name), []byte(content), 0o644))
		}
		if found, err := configured(root, lookup()); err == nil && found != nil {
			if _, err := CleanDir(found.Dir); err != nil {
				t.Errorf("%q gave the folder %q", content, found.Dir)
			}
		}
		if database, err := p.Database(Choice{}, lookup()); err == nil && database.URL == "" {
			t.Errorf("%q gave no URL and no error", content)
		}
		if migrations, err := p.Migrations(lookup()); err == nil && !tableName.MatchString(migrations.VersionTable) {
			t.Errorf("%q gave the table %q", content, migrations.VersionTable)
		}
	})
}

// Whatever a pyproject.toml holds, an edit keeps all of its bytes or is refused.
func FuzzPyproject(f *testing.F) {
	for _, seed := range []string{"", "[tool.duo-orm]\n", "tool = {}\n", "[tool]\nduo-orm = { a = 1 }\n", "a = 1\r\n", "[[tool.x]]\n", "tool.duo-orm.x = '''\n'''"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, before string) {
		after, err := editPyproject("pyproject.toml", []byte(before), "db")
		if err != nil {
			return
		}
		common := 0
		for common < len(before) && before[common] == after[common] {
			common++
		}
		if len(after) < len(before) || string(after[len(after)-(len(before)-common):]) != before[common:] {
			t.Errorf("%q became %q", before, after)
		}
	})
}
