package planner_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// TestPlans has a case in each file of testdata/plans: what the database is (live.sql, a statement each line), what the models say (models.hcl), what
// was asked for (options, a line name=value each), and the plan in words and as a revision file, or why there is none.
// DUO_ORM_UPDATE=1 writes what came out. All units of the database but those named hand_… are managed.
func TestPlans(t *testing.T) {
	paths, err := filepath.Glob("testdata/plans/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got, want := planOf(t, archive), string(part(archive, "want"))
			if again := planOf(t, archive); again != got {
				t.Errorf("the same input gives another plan (-first +second)\n%s", cmp.Diff(got, again))
			}
			if os.Getenv("DUO_ORM_UPDATE") != "" && got != want {
				writeWant(t, path, archive, got)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got)\n%s", path, diff)
			}
		})
	}
}

func part(archive *txtar.Archive, name string) []byte {
	for _, f := range archive.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

func writeWant(t *testing.T, path string, archive *txtar.Archive, got string) {
	t.Helper()
	files := archive.Files[:0]
	for _, f := range archive.Files {
		if f.Name != "want" {
			files = append(files, f)
		}
	}
	archive.Files = append(files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
		t.Fatal(err)
	}
}

// planOf is the plan in words and as a file, or the error.
func planOf(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	live := liveDatabase(t, string(part(archive, "live.sql")))
	request := planner.Request{
		Driver: sqlite.Driver{}, Live: live, Desired: models(t, string(part(archive, "models.hcl"))),
		Managed: func(id hclschema.Identity) bool { return !strings.HasPrefix(id.Name, "hand_") },
	}
	for line := range strings.Lines(string(part(archive, "options"))) {
		switch name, value, _ := strings.Cut(strings.TrimSpace(line), "="); name {
		case "rename":
			request.Renames = append(request.Renames, value)
		case "exclude":
			request.Exclude = append(request.Exclude, value)
		case "drop-unmanaged":
			request.DropUnmanaged = true
		case "allow-rows":
			request.AllowRows = true
		default:
			t.Fatalf("unknown option %q", line)
		}
	}
	plan, err := planner.Create(t.Context(), request)
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	if plan.Empty() {
		return "nothing to do\n"
	}
	file := planner.Revision(plan, planner.Meta{ID: "0123456789ab", Message: "A case", Created: time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC)})
	text := string(revision.Write(file))
	for _, r := range plan.LooksRenamed {
		text += "looks renamed: " + r.From.String() + " to " + r.To.String() + "\n"
	}
	return text
}

func liveDatabase(t *testing.T, script string) drivers.Connection {
	t.Helper()
	live, err := sqlite.Driver{}.Scratch(context.Background(), nil, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := live.Close(); err != nil {
			t.Error(err)
		}
	})
	for statement := range strings.Lines(script) {
		if _, err := live.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return live
}

func models(t *testing.T, text string) *hclschema.State {
	t.Helper()
	desired, diags := hclschema.Load([]hclschema.Source{{Name: "models.hcl", Bytes: []byte(text)}}, nil, sqlite.Driver{})
	if diags.HasErrors() {
		t.Fatalf("models.hcl: %v", diags)
	}
	return desired
}
