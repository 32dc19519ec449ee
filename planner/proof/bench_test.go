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

// pickyTables are n tables whose checks refuse plain rows.
func pickyTables(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "CREATE TABLE t%d (id INTEGER PRIMARY KEY, a TEXT NOT NULL CHECK (a IN ('p', 'q', 'r')), b INT NOT NULL, c INT NOT NULL, CHECK (b > c), CHECK (c > 100));\n", i)
	}
	return b.String()
}

// What a proof costs grows in step with the tables.
func BenchmarkCheck(b *testing.B)      { benchmark(b, manyTables) }
func BenchmarkCheckPicky(b *testing.B) { benchmark(b, pickyTables) }

func benchmark(b *testing.B, tables func(int) string) {
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			schema := tables(n)
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
