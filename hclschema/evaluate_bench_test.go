package hclschema

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

func manyTables(n int, inOneFile bool) []Source {
	if inOneFile {
		var text strings.Builder
		for i := range n {
			text.WriteString(oneTable(i))
		}
		return model(text.String())
	}
	sources := make([]Source, n)
	for i := range sources {
		sources[i] = Source{Name: fmt.Sprintf("t%d.hcl", i), Bytes: []byte(oneTable(i))}
	}
	return sources
}

// BenchmarkParse is the floor: hcl's parser alone, on one processor.
func BenchmarkParse(b *testing.B) {
	for _, n := range []int{1000, 3000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			sources := manyTables(n, false)
			for b.Loop() {
				for _, s := range sources {
					if _, diags := hclsyntax.ParseConfig(s.Bytes, s.Name, hcl.InitialPos); diags.HasErrors() {
						b.Fatal(diags)
					}
				}
			}
		})
	}
}

func BenchmarkEvaluate(b *testing.B) {
	for _, n := range []int{10, 100, 1000, 3000} {
		for _, inOneFile := range []bool{false, true} {
			b.Run(fmt.Sprintf("%d/one=%v", n, inOneFile), func(b *testing.B) {
				sources := manyTables(n, inOneFile)
				b.ReportAllocs()
				for b.Loop() {
					if _, diags := Evaluate(sources, nil); diags.HasErrors() {
						b.Fatal(diags)
					}
				}
			})
		}
	}
}

// BenchmarkEvaluateOnly leaves the parsing out.
func BenchmarkEvaluateOnly(b *testing.B) {
	for _, n := range []int{1000, 3000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			files := parseAll(manyTables(n, false))
			for b.Loop() {
				e := newEvaluator(nil)
				for _, f := range files {
					e.files[f.name] = f
				}
				for _, d := range e.declare(files) {
					e.topLevel(d)
				}
				if len(e.diags) > 0 {
					b.Fatal(e.diags)
				}
			}
		})
	}
}
