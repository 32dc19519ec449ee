package project

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func lookup(pairs ...string) Lookup {
	return func(name string) (string, bool) {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

// tree writes files (a path that ends in / is a folder) and returns the root.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, name)
		if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(path, 0o755))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(content), 0o644))
	}
	return root
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// snapshot is every path below root with its content.
func snapshot(t *testing.T, root string) map[string]string {
	t.Helper()
	all := map[string]string{}
	must(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		if err != nil || entry.IsDir() {
			all[relative+"/"] = ""
			return err
		}
		content, err := os.ReadFile(path)
		all[relative] = string(content)
		return err
	}))
	return all
}

func nothing() error { return nil }

func TestCleanDir(t *testing.T) {
	for given, want := range map[string]string{"db": "db", "./db": "db", "db/": "db", "src/app/core/database": "src/app/core/database", "a.b-c_D9": "a.b-c_D9"} {
		if got, err := CleanDir(given); err != nil || got != want {
			t.Errorf("CleanDir(%q) = %q, %v; want %q", given, got, err, want)
		}
	}
	for _, given := range []string{"", ".", "..", "../db", "a/../../b", "a/..", "/db", "/", "a//b", "a b", "dä", `a\b`, "a\x00", "$x", "…", "..."} {
		var refused *DirError
		if got, err := CleanDir(given); !errors.As(err, &refused) {
			t.Errorf("CleanDir(%q) = %q, %v; want a *DirError", given, got, err)
		}
	}
}

func TestFind(t *testing.T) {
	root := tree(t, map[string]string{
		"duo-orm.hcl": `duo_orm_dir = "data/base"`, "data/base/": "", "deep/er/": "",
		"py/pyproject.toml": "[tool.duo-orm]\nduo_orm_dir = 'x'\n", "py/x/": "", "py/sub/": "", "py/sub/pyproject.toml": "[project]\n",
		"same/duo-orm.hcl": `duo_orm_dir = "db"`, "same/pyproject.toml": "[tool.duo-orm]\nduo_orm_dir = 'db'\n", "same/db/": "",
		"other/duo-orm.hcl": `duo_orm_dir = "db"`, "other/pyproject.toml": "[tool.duo-orm]\nduo_orm_dir = 'db2'\n",
	})
	for _, c := range []struct{ start, flag, root, dir, config string }{
		{".", "", ".", "data/base", ConfigFile},
		{"deep/er", "", ".", "data/base", ConfigFile},
		{"deep/er", "deep", ".", "deep", ConfigFile},
		{"py/sub", "", "py", "x", PyprojectFile},
		{"same", "", "same", "db", ConfigFile},
	} {
		got, err := Find(filepath.Join(root, c.start), c.flag, lookup())
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		want := &Project{Root: filepath.Join(root, c.root), Dir: c.dir, Config: c.config}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%+v: %s", c, diff)
		}
	}
	var conflict *ConfigError
	if _, err := Find(filepath.Join(root, "other"), "", lookup()); !errors.As(err, &conflict) {
		t.Errorf("two values: got %v", err)
	}
	var missing *NotFoundError
	if _, err := Find(t.TempDir(), "", lookup()); !errors.As(err, &missing) {
		t.Errorf("no project: got %v", err)
	}
	var file *FileError
	if _, err := Find(root, "nowhere", lookup()); !errors.As(err, &file) {
		t.Errorf("--dir nowhere: got %v", err)
	}
}

func TestLinksOutOfTheProject(t *testing.T) {
	outside := tree(t, map[string]string{"models/a.hcl": "", "secret": "s"})
	for name, make := range map[string]func(root string) error{
		"dir":    func(root string) error { return os.Symlink(outside, filepath.Join(root, "db")) },
		"nested": func(root string) error { return os.Symlink(outside, filepath.Join(root, "up")) },
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			must(t, make(root))
			before := snapshot(t, outside)
			dir := map[string]string{"dir": "db", "nested": "up/db"}[name]
			if _, err := Prepare(root, InitOptions{Dir: dir}, lookup()); err == nil {
				t.Error("init followed a link out of the project")
			}
			if diff := cmp.Diff(before, snapshot(t, outside)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestInit(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"empty":     {},
		"pyproject": {"pyproject.toml": "[project]\nname = 'x'\n"},
		"partly":    {"db/models/users.hcl": "# mine\n", "db/database.hcl": "database {\n  url = \"sqlite:///x.db\"\n}\n"},
	} {
		t.Run(name, func(t *testing.T) {
			root := tree(t, files)
			setup, err := Prepare(root, InitOptions{}, lookup())
			must(t, err)
			if got := snapshot(t, root); len(got) != len(snapshot(t, tree(t, files))) {
				t.Fatal("Prepare wrote something")
			}
			must(t, setup.Write(nothing))
			first := snapshot(t, root)
			for path, content := range files {
				if path != "pyproject.toml" && first[path] != content {
					t.Errorf("%s was changed", path)
				}
			}
			again, err := Prepare(root, InitOptions{}, lookup())
			must(t, err)
			if !again.Unchanged() {
				t.Errorf("second init would change %+v", again.Entries)
			}
			must(t, again.Write(nothing))
			if diff := cmp.Diff(first, snapshot(t, root)); diff != "" {
				t.Errorf("second init changed: %s", diff)
			}
			p, err := Find(filepath.Join(root, "db/models"), "", lookup())
			must(t, err)
			if _, err := p.Migrations(lookup()); err != nil {
				t.Error(err)
			}
			database, err := p.Database(Choice{}, lookup())
			must(t, err)
			if name != "partly" && database.URL != "sqlite:///app.db" {
				t.Errorf("URL %q", database.URL)
			}
		})
	}
}

func TestInitThatFailsWritesNothing(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"a file where a folder must be": {"db/models": "", "pyproject.toml": "a = 1\n"},
		"a folder where a file must be": {"db/database.hcl/": ""},
		"broken pyproject":              {"pyproject.toml": "a = \n"},
		"dir is a file":                 {"db": ""},
	} {
		t.Run(name, func(t *testing.T) {
			root := tree(t, files)
			before := snapshot(t, root)
			setup, err := Prepare(root, InitOptions{}, lookup())
			if err == nil {
				err = setup.Write(nothing)
			}
			if err == nil {
				t.Error("no error")
			}
			if diff := cmp.Diff(before, snapshot(t, root)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What comes after the files fails: nothing is left of them.
func TestInitTakesBack(t *testing.T) {
	root := tree(t, map[string]string{"pyproject.toml": "a = 1\n", "db/models/x.hcl": ""})
	before := snapshot(t, root)
	setup, err := Prepare(root, InitOptions{}, lookup())
	must(t, err)
	must(t, setup.Add("db/models/users.hcl", "", []byte("#")))
	if err := setup.Write(func() error { return errors.New("no") }); err == nil {
		t.Error("no error")
	}
	if diff := cmp.Diff(before, snapshot(t, root)); diff != "" {
		t.Error(diff)
	}
}

func TestWriteTakesBack(t *testing.T) {
	root := tree(t, map[string]string{"kept": "old", "taken": "here"})
	p := &Project{Root: root, Dir: "db"}
	before := snapshot(t, root)
	err := p.Write([]FileChange{{Path: "kept", Content: []byte("new")}, {Path: "new/a", Content: []byte("a"), New: true}, {Path: "taken", New: true}})
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff(before, snapshot(t, root)); diff != "" {
		t.Error(diff)
	}
	must(t, p.Write([]FileChange{{Path: "kept", Content: []byte("new")}, {Path: "new/a", Content: []byte("a"), New: true}, {Path: "taken", Remove: true}}))
	if diff := cmp.Diff(map[string]string{"./": "", "kept": "new", "new/": "", "new/a": "a"}, snapshot(t, root)); diff != "" {
		t.Error(diff)
	}
}

func TestDatabase(t *testing.T) {
	const file = `
database {
  url = env("DATABASE_URL", "sqlite:///app.db")
}
environment "production" {
  url       = env("PRODUCTION_DATABASE_URL")
  scratch   = "sqlite://"
  protected = true
}
`
	for _, c := range []struct {
		name, file string
		choice     Choice
		lookup     Lookup
		want       Database
		fault      string
	}{
		{name: "default", file: file, want: Database{URL: "sqlite:///app.db"}},
		{name: "variable", file: file, lookup: lookup("DATABASE_URL", "sqlite:///x.db"), want: Database{URL: "sqlite:///x.db"}},
		{name: "empty variable", file: file, lookup: lookup("DATABASE_URL", ""), fault: "DATABASE_URL is set, but empty"},
		{name: "missing variable", file: file, choice: Choice{Environment: "production"}, fault: "PRODUCTION_DATABASE_URL is not set"},
		{name: "flag", file: file, choice: Choice{Environment: "production", URL: "sqlite://"}, want: Database{URL: "sqlite://", Scratch: "sqlite://", Environment: "production", Protected: true}},
		{name: "environment", file: file, choice: Choice{Environment: "production"}, lookup: lookup("PRODUCTION_DATABASE_URL", "u"), want: Database{URL: "u", Scratch: "sqlite://", Environment: "production", Protected: true}},
		{name: "unknown environment", file: file, choice: Choice{Environment: "prod"}, fault: `no environment "prod"`},
		{name: "typo", file: "database {\n ulr = \"x\"\n}\n", fault: `Did you mean "url"?`},
		{name: "typo in a block", file: "databse {\n}\n", fault: `Did you mean "database"?`},
		{name: "twice", file: "database {\n url = \"x\"\n}\ndatabase {\n}\n", fault: "Declared twice"},
		{name: "no url", file: "database {\n}\n", fault: "Missing url"},
		{name: "kind", file: "database {\n url = [\"x\"]\n}\n", fault: "url must be a text"},
		{name: "null", file: "database {\n url = null\n}\n", fault: "url must be a text"},
		{name: "deep", file: "database {\n url = " + strings.Repeat("[", 200_000) + "\n}\n", fault: "Nested too deeply"},
		{name: "signs", file: "database {\n url = " + strings.Repeat("!", 200_000) + "1\n}\n", fault: "Nested too deeply"},
		{name: "no file function", file: "database {\n url = file(\"/etc/passwd\")\n}\n", fault: "Call to unknown function"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.lookup == nil {
				c.lookup = lookup()
			}
			p := &Project{Root: tree(t, map[string]string{"db/database.hcl": c.file}), Dir: "db"}
			got, err := p.Database(c.choice, c.lookup)
			if c.fault != "" {
				if err == nil || !strings.Contains(err.Error(), c.fault) {
					t.Fatalf("got %v, want %q", err, c.fault)
				}
				return
			}
			must(t, err)
			if diff := cmp.Diff([]string{"production"}, got.Environments); diff != "" {
				t.Error(diff)
			}
			got.Environments = nil
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMigrations(t *testing.T) {
	p := &Project{Root: tree(t, map[string]string{"db/migrations/migrations.hcl": "migrations {\n version_table = \"v\"\n lock_wait = \"2m\"\n lock_timeout = \"500ms\"\n exclude = [\"legacy_*\"]\n manage_privileges = true\n}\n"}), Dir: "db"}
	got, err := p.Migrations(lookup())
	must(t, err)
	if diff := cmp.Diff(Migrations{VersionTable: "v", LockWait: 2 * time.Minute, LockTimeout: 500 * time.Millisecond, Exclude: []string{"legacy_*"}, ManagePrivileges: true, Variables: map[string]string{}}, got); diff != "" {
		t.Error(diff)
	}
	for file, fault := range map[string]string{
		"version_table = \"a b\"": "Invalid table name", "lock_wait = \"60\"": "Invalid duration", "exclude = [\"[\"]": "Invalid pattern",
		"exclude = \"x\"": "must be a list", "exclud = []": `Did you mean "exclude"?`, "lock_wait = \"-1s\"": "Invalid duration", "lock_timeout = \"0s\"": "at least 1ms", "version_table = \"a.b.c\"": "Invalid table name",
	} {
		p := &Project{Root: tree(t, map[string]string{"db/migrations/migrations.hcl": "migrations {\n " + file + "\n}\n"}), Dir: "db"}
		if _, err := p.Migrations(lookup()); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%s: got %v, want %q", file, err, fault)
		}
	}
}

// Variables of an environment come before the others, and those of other environments aren't looked at; hooks can use them.
func TestVariablesAndHooks(t *testing.T) {
	const file = `migrations {
  variables = { owner = "app", quota = 5 }
  before_upgrade {
    sql = <<-SQL
      SELECT '${var.owner}'
    SQL
  }
  after_each {
    sql = "GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${var.owner}"
  }
  after_upgrade {
    exec = ["./notify", var.owner]
  }
  after_upgrade {
    exec = ["true"]
  }
}
environment "production" {
  variables = { owner = env("OWNER") }
}
`
	p := &Project{Root: tree(t, map[string]string{"db/migrations/migrations.hcl": file}), Dir: "db"}
	got, err := p.Migrations(lookup())
	must(t, err)
	want := DefaultMigrations()
	want.Variables = map[string]string{"owner": "app", "quota": "5"}
	want.BeforeUpgrade = []Hook{{SQL: "SELECT 'app'", Place: "db/migrations/migrations.hcl:3"}}
	want.AfterEach = []Hook{{SQL: "GRANT SELECT ON ALL TABLES IN SCHEMA public TO app", Place: "db/migrations/migrations.hcl:8"}}
	want.AfterUpgrade = []Hook{{Exec: []string{"./notify", "app"}, Place: "db/migrations/migrations.hcl:11"}, {Exec: []string{"true"}, Place: "db/migrations/migrations.hcl:14"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got, err = p.MigrationsFor("production", lookup("OWNER", "boss")); err != nil || got.Variables["owner"] != "boss" || got.AfterUpgrade[0].Exec[1] != "boss" {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err = p.MigrationsFor("production", lookup()); err == nil {
		t.Error("a variable of the environment is missing, and nobody says so")
	}
	for text, fault := range map[string]string{
		"variables = { \"a b\" = \"x\" }": "Invalid name", "variables = [\"x\"]": "must be a map", "before_upgrade {\n}": "Empty hook",
		"after_each {\n exec = [\"x\"]\n}": "Outside of transactions", "after_upgrade {\n exec = []\n}": "No program", "after_upgrade {\n sql = \"x\"\n exec = [\"x\"]\n}": "Two in one hook",
		"after_upgrad {\n}": `Did you mean "after_upgrade"?`, "before_upgrade {\n sql = var.none\n}": "Unsupported attribute",
	} {
		p := &Project{Root: tree(t, map[string]string{"db/migrations/migrations.hcl": "migrations {\n " + text + "\n}\n"}), Dir: "db"}
		if _, err := p.Migrations(lookup()); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%s: got %v, want %q", text, err, fault)
		}
	}
}

func TestHCLFiles(t *testing.T) {
	root := tree(t, map[string]string{"db/models/b.hcl": "", "db/models/a/c.hcl": "", "db/models/.#b.hcl": "", "db/models/b.hcl~": "", "db/models/.b.hcl.swp": "",
		"db/models/.git/x.hcl": "", "db/models/notes.md": "", "db/real.hcl": ""})
	p := &Project{Root: root, Dir: "db"}
	must(t, os.Symlink("../real.hcl", filepath.Join(root, "db/models/link.hcl")))
	got, err := p.HCLFiles("db/models")
	must(t, err)
	if diff := cmp.Diff([]string{"db/models/a/c.hcl", "db/models/b.hcl", "db/models/link.hcl"}, got); diff != "" {
		t.Error(diff)
	}
	must(t, syscall.Mkfifo(filepath.Join(root, "db/models/pipe.hcl"), 0o644))
	if _, err := p.ReadFile("db/models/pipe.hcl"); err == nil {
		t.Error("a pipe was read")
	}
	must(t, os.Symlink(".", filepath.Join(root, "db/models/loop")))
	if _, err := p.HCLFiles("db/models"); err == nil {
		t.Error("a link to a folder was passed over")
	}
}
