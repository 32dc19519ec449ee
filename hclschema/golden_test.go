package hclschema

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what came out into the golden files")

// TestEvaluateGolden has a case in each file of testdata/evaluate: model files, the values of variables (a line
// name=value each), and what comes of them. It doesn't depend on the order of the files.
func TestEvaluateGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/evaluate/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := evaluateArchive(archive)
			want := ""
			var inputs []txtar.File
			for _, f := range archive.Files {
				if f.Name == "want" {
					want = string(f.Data)
					continue
				}
				inputs = append(inputs, f)
			}
			for i, j := 0, len(inputs)-1; i < j; i, j = i+1, j-1 {
				inputs[i], inputs[j] = inputs[j], inputs[i]
			}
			if reversed := evaluateArchive(&txtar.Archive{Files: inputs}); reversed != got {
				t.Errorf("the order of the files matters (-one +other)\n%s", cmp.Diff(got, reversed))
			}
			if *update && got != want {
				writeWant(t, path, archive, got)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got)\n%s", path, diff)
			}
		})
	}
}

func evaluateArchive(archive *txtar.Archive) string {
	var sources []Source
	variables := map[string]string{}
	for _, f := range archive.Files {
		switch {
		case strings.HasSuffix(f.Name, ".hcl"):
			sources = append(sources, Source{Name: f.Name, Bytes: f.Data})
		case f.Name == "variables":
			for line := range strings.Lines(string(f.Data)) {
				name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
				variables[name] = value
			}
		}
	}
	blocks, _ := Evaluate(sources, variables)
	return outline(blocks) + complain(sources, variables)
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
