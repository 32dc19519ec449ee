package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// manyTables makes a database file with so many tables of 12 columns, 2 foreign keys, 2 indexes and a check.
func manyTables(t testing.TB, count int) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "many.db"))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	mustExec(t, db, "BEGIN")
	for i := range count {
		mustExec(t, db, fmt.Sprintf(`CREATE TABLE t%[1]d (
			id integer PRIMARY KEY, a varchar(20) NOT NULL, b int, c int, d int DEFAULT 5, e text COLLATE nocase, f text, g text, h real,
			i real, j blob UNIQUE, k datetime DEFAULT CURRENT_TIMESTAMP,
			FOREIGN KEY (b) REFERENCES t%[2]d (id), FOREIGN KEY (c) REFERENCES t0 (id) ON DELETE CASCADE, CHECK (a <> ''))`, i, i/2))
		mustExec(t, db, fmt.Sprintf("CREATE INDEX a%[1]d ON t%[1]d (a)", i))
		mustExec(t, db, fmt.Sprintf("CREATE INDEX b%[1]d ON t%[1]d (b, c DESC) WHERE b > 0", i))
	}
	mustExec(t, db, "COMMIT")
	return db
}

// BenchmarkInspect reads 1,000 and 3,000 tables; the time for one must not grow with their number.
func BenchmarkInspect(b *testing.B) {
	for _, count := range []int{10, 100, 1000, 3000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			db := manyTables(b, count)
			b.ReportAllocs()
			for b.Loop() {
				look(b, db)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(count), "µs/table")
		})
	}
}

// TestInspectIsLinear reads a database and one of eight times its size, and allows for twice that in time.
func TestInspectIsLinear(t *testing.T) {
	if os.Getenv("DUO_ORM_NIGHTLY") == "" {
		t.Skip("measures time, which a busy machine hasn't: runs in make nightly")
	}
	took := func(count int) time.Duration {
		db := manyTables(t, count)
		best := time.Hour
		for range 3 {
			start := time.Now()
			if unread := look(t, db).Unread; len(unread) > 0 {
				t.Fatal(unread)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	if small, large := took(100), took(800); large > 16*small {
		t.Errorf("100 tables take %s, 800 take %s", small, large)
	}
}

// TestInspectAsksFiveQuestions counts the queries.
func TestInspectAsksFiveQuestions(t *testing.T) {
	for _, count := range []int{0, 1, 30} {
		asked := 0
		query := querier(manyTables(t, count))
		counting := func(ctx context.Context, sql string, args []any, row func(scan func(...any) error) error) error {
			asked++
			return query(ctx, sql, args, row)
		}
		if _, err := inspect(context.Background(), counting, ""); err != nil || asked != 5 {
			t.Errorf("%d tables: %d queries, %v", count, asked, err)
		}
	}
}
