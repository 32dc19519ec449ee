package duoorm_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/duo-orm/duo-orm/duoorm"
)

// The folder is found wherever it lies, and named where that is not clear.
func TestFolder(t *testing.T) {
	whole := os.DirFS("../examples")
	_, err := duoorm.Upgrade(context.Background(), open(t), whole)
	if e := as[*duoorm.FolderError](t, err); !strings.Contains(e.Error(), "library/postgres/migrations") || !strings.Contains(e.Error(), "duoorm.WithFolder") {
		t.Errorf("got %v", e)
	}
	sub, err := fs.Sub(whole, "library/sqlite/migrations")
	if err != nil {
		t.Fatal(err)
	}
	for name, result := range map[string]duoorm.Result{
		"named":   upgrade(t, open(t), whole, duoorm.WithFolder("library/sqlite/migrations/")),
		"itself":  upgrade(t, open(t), sub),
		"between": upgrade(t, open(t), library()),
	} {
		if ran(result) != first+" "+second {
			t.Errorf("%s: ran %s", name, ran(result))
		}
	}
	for name, system := range map[string]fs.FS{
		"empty":          fstest.MapFS{},
		"none":           nil,
		"settings alone": fstest.MapFS{"migrations/migrations.hcl": {}},
		"too deep":       fstest.MapFS{"a/b/c/d/e/f/g/versions/x.hcl": {}},
		"hidden":         fstest.MapFS{".git/versions/x.hcl": {}},
	} {
		_, err := duoorm.Upgrade(context.Background(), open(t), system)
		if e := as[*duoorm.FolderError](t, err); !strings.Contains(e.Error(), "go:embed") {
			t.Errorf("%s: %v", name, e)
		}
	}
	_, err = duoorm.Upgrade(context.Background(), open(t), library(), duoorm.WithFolder("nowhere"))
	if as[*duoorm.FolderError](t, err); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// All faults are told at once, with their places.
func TestFaults(t *testing.T) {
	system := files("good", `bad:upgrade {
  step "x" {
    sqll = "SELECT 1"
  }
}
downgrade {}`)
	system["db/migrations/versions/worse.hcl"] = &fstest.MapFile{Data: []byte("revision {\n")}
	_, err := duoorm.Upgrade(context.Background(), open(t), system)
	e := as[*duoorm.FilesError](t, err)
	if len(e.Faults) < 2 || !strings.Contains(err.Error(), "db/migrations/versions/bad.hcl:8,5") || !strings.Contains(err.Error(), "worse.hcl:2") {
		t.Errorf("got %v", err)
	}
	two := files("a")
	two["db/migrations/versions/b.hcl"] = two["db/migrations/versions/a.hcl"]
	_, err = duoorm.Upgrade(context.Background(), open(t), two)
	if e := as[*duoorm.FilesError](t, err); len(e.Faults) != 1 || e.Faults[0].Summary != "Duplicate revision" {
		t.Errorf("got %v", err)
	}
	odd := files("a")
	odd["db/migrations/migrations.hcl"] = &fstest.MapFile{Data: []byte("migrations {\n  lock_wate = 1\n}\n")}
	_, err = duoorm.Upgrade(context.Background(), open(t), odd)
	if e := as[*duoorm.FilesError](t, err); e.Faults[0].File != "db/migrations/migrations.hcl" || e.Faults[0].Line != 2 {
		t.Errorf("got %v", err)
	}
}

// What migrations.hcl says holds, and an option before it.
func TestSettings(t *testing.T) {
	system := files("a", `b:upgrade {
  step "fill" {
    sql = "INSERT INTO a VALUES ($${var.number})"
  }
}
downgrade {}`)
	file := system["db/migrations/versions/b.hcl"]
	file.Data = []byte(strings.ReplaceAll(string(file.Data), "$${", "${"))
	system["db/migrations/migrations.hcl"] = &fstest.MapFile{Data: []byte(`
migrations {
  version_table = env("TABLE")
  variables     = { number = "1" }
  after_upgrade { sql = "INSERT INTO a VALUES (100)" }
}
environment "production" {
  variables = { number = "2" }
}
`)}
	lookup := duoorm.WithLookup(func(name string) (string, bool) { return "records", name == "TABLE" })
	db := open(t)
	upgrade(t, db, system, lookup)
	if got := text(t, db, "SELECT (SELECT count(*) FROM records) || ' ' || group_concat(id) FROM a"); got != "2 1,100" {
		t.Errorf("got %s", got)
	}
	db = open(t)
	upgrade(t, db, system, lookup, duoorm.WithEnvironment("production"), duoorm.WithVersionTable("others"))
	if got := text(t, db, "SELECT (SELECT count(*) FROM others) || ' ' || group_concat(id) FROM a"); got != "2 2,100" {
		t.Errorf("got %s", got)
	}
	for name, option := range map[string]duoorm.Option{
		"WithVersionTable": duoorm.WithVersionTable(`a"b`), "WithLockWait": duoorm.WithLockWait(-time.Second), "WithLockTimeout": duoorm.WithLockTimeout(0),
		"version_table": duoorm.WithVersionTable("meta.revisions"),
	} {
		_, err := duoorm.Upgrade(context.Background(), open(t), system, lookup, option)
		if e := as[*duoorm.OptionError](t, err); e.Option != name {
			t.Errorf("%s: got %+v", name, e)
		}
	}
}
