package proof

import (
	"fmt"
	"strings"
	"testing"
)

// manyTables are n tables that point to the one before, with an index and a check each.
func manyTables(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "CREATE TABLE t%d (id INTEGER PRIMARY KEY, parent INT REFERENCES t%d, a TEXT NOT NULL, b INT CHECK (b < 100), c REAL, d DATE);\n", i, max(0, i-1))
		fmt.Fprintf(&b, "CREATE INDEX i%d ON t%d (a);\n", i, i)
	}
	return b.String()
}

func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			schema := manyTables(n)
			request := way{start: schema, end: schema}.request(b)
			for b.Loop() {
				result, err := Check(b.Context(), request)
				if err != nil {
					b.Fatal(err)
				}
				if result.Rows != 3*n {
					b.Fatalf("%d rows; without: %v", result.Rows, result.WithoutRows)
				}
			}
		})
	}
}
