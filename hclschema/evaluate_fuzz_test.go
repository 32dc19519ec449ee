package hclschema

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzEvaluate holds, for any text: no panic, no hang; the same result twice; and either an error, or blocks in which
// nothing failed and every element of a list has its place.
func FuzzEvaluate(f *testing.F) {
	paths, err := filepath.Glob("testdata/evaluate/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(string(file.Data))
		}
	}
	f.Add(oneTable(1))
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		blocks, diags := Evaluate(model(text), map[string]string{"given": text})
		if took := time.Since(start); took > hostileTime {
			t.Errorf("took %v", took)
		}
		again, diagsAgain := Evaluate(model(text), map[string]string{"given": text})
		if diff := cmp.Diff(blocks, again); diff != "" {
			t.Errorf("two results\n%s", diff)
		}
		if len(diags) != len(diagsAgain) {
			t.Errorf("%d errors, then %d", len(diags), len(diagsAgain))
		}
		checkDiagnostics(t, diags)
		if !diags.HasErrors() {
			checkBlocks(t, blocks)
		}
	})
}

func checkDiagnostics(t *testing.T, diags hcl.Diagnostics) {
	for _, d := range diags {
		if d.Summary == "" || d.Detail == "" {
			t.Errorf("empty message %+v", d)
		}
	}
}

func checkBlocks(t *testing.T, blocks []*Block) {
	for _, b := range blocks {
		if b.Incomplete {
			t.Errorf("%s is incomplete without an error", b.Type)
		}
		for _, a := range b.Attributes {
			checkValue(t, a.Value)
		}
		checkBlocks(t, b.Blocks)
	}
}

func checkValue(t *testing.T, v Evaluated) {
	switch v := v.(type) {
	case nil, Invalid:
		t.Errorf("%T without an error", v)
	case Sequence:
		if len(v.Elements) != len(v.Ranges) {
			t.Errorf("%d elements with %d places", len(v.Elements), len(v.Ranges))
		}
		for _, element := range v.Elements {
			checkValue(t, element)
		}
	case Mapping:
		for i, value := range v.Values {
			if i > 0 && v.Keys[i-1] >= v.Keys[i] {
				t.Errorf("keys %q and %q", v.Keys[i-1], v.Keys[i])
			}
			checkValue(t, value)
		}
	}
}
