package hclschema

import (
	"fmt"
	"strings"
	"testing"
)

// wideTable is a table of twelve columns with two foreign keys, two indexes and a check.
func wideTable(n int) Source {
	var b strings.Builder
	fmt.Fprintf(&b, "table \"t%d\" {\n  column \"id\" {\n    type = int\n  }\n", n)
	for i := range 11 {
		fmt.Fprintf(&b, "  column \"c%d\" {\n    type    = varchar(20)\n    null    = true\n    default = \"x\"\n  }\n", i)
	}
	fmt.Fprintf(&b, `  primary_key { columns = [column.id] }
  foreign_key "a" {
    columns     = [column.c0]
    ref_columns = [table.t%d.column.id]
    on_delete   = CASCADE
  }
  foreign_key "b" {
    columns     = [column.c1]
    ref_columns = [column.id]
  }
  index "t%d_a" { columns = [column.c2] }
  index "t%d_b" {
    unique  = true
    columns = [column.c3, column.c4]
  }
  check { expr = "c5 > 0" }
}
`, n/2, n, n)
	return Source{Name: fmt.Sprintf("t%d.hcl", n), Bytes: []byte(b.String())}
}

func wideTables(n int) []Source {
	sources := make([]Source, n)
	for i := range sources {
		sources[i] = wideTable(i)
	}
	return sources
}

func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{10, 100, 1000, 3000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			sources := wideTables(n)
			for b.Loop() {
				if _, diags := Load(sources, nil, testDialect{}); diags.HasErrors() {
					b.Fatal(diags)
				}
			}
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, n := range []int{100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			state, _ := Load(wideTables(n), nil, testDialect{})
			for b.Loop() {
				if _, err := Write(state, testDialect{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
