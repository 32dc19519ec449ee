package faults

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

// counting is a revision that adds 1 in every row: a row that is met twice, or not at all, shows.
const counting = `revision "eeee00000001" {
  format  = 1
  message = "count"
  parents = []
  created = "2026-11-24T04:12:00Z"
  dialect = "%s"
}
upgrade {
  step "count" {
    changes = ["table big"]
    sql     = "UPDATE big SET n = n + 1 WHERE ${each.range}"
    each {
      table = "big"
      key   = ["%s"]
      batch = %d
    }
  }
}
downgrade {
}
`

// eachProject is a folder with that revision pending.
func eachProject(t *testing.T, url, dialect, key string, batch int) string {
	t.Helper()
	folder := t.TempDir()
	must(t, folder, "init", "--url", url)
	write(t, folder, "db/models/example.hcl", "")
	write(t, folder, "db/migrations/versions/1_count.hcl", countingRevision(dialect, key, batch))
	return folder
}

// countingRevision is the revision that counts in batches of a table with that key, its columns with a comma and a space between them.
func countingRevision(dialect, key string, batch int) string {
	return fmt.Sprintf(counting, dialect, strings.ReplaceAll(key, ", ", `", "`), batch)
}

// untilDone runs the upgrade and kills it again and again, a bit later each time, until it comes to its end. After each kill the
// rows that were changed must be those of which the log tells.
func untilDone(t *testing.T, folder string, atMost time.Duration, counted func() (inRows, inLog int64)) (kills int) {
	t.Helper()
	random := rand.New(rand.NewPCG(7, 3))
	for range 2000 {
		c := command(folder, "migration", "upgrade")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		select {
		case err := <-done:
			var ended *exec.ExitError
			if errors.As(err, &ended) {
				out, _ := try(folder, "migration", "upgrade")
				t.Fatalf("after %d kills it doesn't go on: %v\n%s", kills, err, out)
			}
			return kills
		case <-time.After(atMost/4 + time.Duration(random.Int64N(int64(atMost)))):
			_ = c.Process.Kill()
			<-done
			kills++
		}
		if rows, log := counted(); rows != log {
			t.Fatalf("kill %d: %d rows are changed, and the log tells of %d", kills, rows, log)
		}
	}
	t.Fatal("it never comes to an end")
	return kills
}

// linger has the step pause between its batches, so that a quick machine isn't done before the first kill.
func linger(t *testing.T, folder, dialect, key string, batch int) {
	t.Helper()
	write(t, folder, "db/migrations/versions/1_count.hcl", strings.Replace(countingRevision(dialect, key, batch), "batch = ", "pause = \"10ms\"\n      batch = ", 1))
}

// A step with batches that is killed at any instant goes on behind its last batch, and meets each row once.
func TestEachKilled(t *testing.T) {
	rows := often(30_000, 1_000_000)
	folder := eachProject(t, "sqlite:///app.db", "sqlite", "a, b", often(100, 1000))
	linger(t, folder, "sqlite", "a, b", often(100, 1000))
	execute(t, folder, "PRAGMA journal_mode = WAL", "CREATE TABLE big (a text NOT NULL, b integer NOT NULL, n integer NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID", fmt.Sprintf(`WITH RECURSIVE i(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM i WHERE x < %d)
		INSERT INTO big SELECT 'it''s ' || (x %% 37), %d - x, 0 FROM i`, rows, rows/2))
	db := open(t, folder)
	defer func() { _ = db.Close() }()
	kills := untilDone(t, folder, 400*time.Millisecond, func() (inRows, inLog int64) {
		if err := db.QueryRow("SELECT sum(n) FROM big").Scan(&inRows); err != nil {
			t.Fatal(err)
		}
		var text sql.NullInt64
		err := db.QueryRow("SELECT json_extract(detail, '$.changed') FROM duo_orm_revisions_log WHERE action = 'each' ORDER BY id DESC LIMIT 1").Scan(&text)
		if err != nil && !errors.Is(err, sql.ErrNoRows) && !strings.Contains(err.Error(), "no such table") {
			t.Fatal(err)
		}
		return inRows, text.Int64
	})
	var all, once int
	if err := db.QueryRow("SELECT count(*), sum(n = 1) FROM big").Scan(&all, &once); err != nil || all != rows || once != rows {
		t.Fatalf("of %d rows %d are there and %d were met once: %v", rows, all, once, err)
	}
	if kills == 0 {
		t.Error("it was never killed on its way")
	}
	t.Logf("killed %d times", kills)
}

// So it does on a server, while the killed one's last statement may go on there.
func TestPostgresEachKilled(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	rows := often(30_000, 1_000_000)
	url := testserver.Postgres(t).Database(t)
	folder := eachProject(t, url, "postgres", "id", often(100, 1000))
	linger(t, folder, "postgres", "id", often(100, 1000))
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, fmt.Sprintf("CREATE TABLE big (id uuid PRIMARY KEY, n integer NOT NULL); INSERT INTO big SELECT md5(g::text)::uuid, 0 FROM generate_series(1, %d) g", rows)); err != nil {
		t.Fatal(err)
	}
	kills := untilDone(t, folder, 1500*time.Millisecond, func() (inRows, inLog int64) {
		// The two are read in one statement: the server may still be ending the last batch.
		err := conn.QueryRow(ctx, `SELECT sum(n), coalesce((SELECT (detail::json ->> 'changed')::bigint FROM duo_orm_revisions_log WHERE action = 'each' ORDER BY id DESC LIMIT 1), 0) FROM big`).Scan(&inRows, &inLog)
		if err != nil && !strings.Contains(err.Error(), "42P01") {
			t.Fatal(err)
		}
		return inRows, inLog
	})
	var all, once int
	if err := conn.QueryRow(ctx, "SELECT count(*), count(*) FILTER (WHERE n = 1) FROM big").Scan(&all, &once); err != nil || all != rows || once != rows {
		t.Fatalf("of %d rows %d are there and %d were met once: %v", rows, all, once, err)
	}
	if kills == 0 {
		t.Error("it was never killed on its way")
	}
	t.Logf("killed %d times", kills)
}

// Writers add rows and change keys meanwhile: a step that repeats leaves nothing undone.
func TestPostgresEachAmongWriters(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	url := testserver.Postgres(t).Database(t)
	folder := eachProject(t, url, "postgres", "id", 50)
	text := strings.NewReplacer("SET n = n + 1 WHERE ${each.range}", "SET n = 1 WHERE ${each.range} AND n = 0", "batch = 50", "batch  = 50\n      repeat = true\n      pause  = \"1ms\"").
		Replace(fmt.Sprintf(counting, "postgres", "id", 50))
	write(t, folder, "db/migrations/versions/1_count.hcl", text)
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	if _, err := conn.Exec(ctx, "CREATE TABLE big (id integer PRIMARY KEY, n integer NOT NULL); INSERT INTO big SELECT g, 0 FROM generate_series(1, 5000) g"); err != nil {
		t.Fatal(err)
	}
	var writers sync.WaitGroup
	for w := range 2 {
		writers.Add(1)
		go func() {
			defer writers.Done()
			random := rand.New(rand.NewPCG(9, uint64(w)))
			for ctx.Err() == nil {
				writer, err := pgx.Connect(ctx, url)
				if err != nil {
					return
				}
				for ctx.Err() == nil {
					// A key goes to the other side of zero, and a row is added that has what the step fills.
					_, _ = writer.Exec(ctx, "UPDATE big SET id = -id WHERE id = $1", random.IntN(5000)-2500)
					_, _ = writer.Exec(ctx, "INSERT INTO big VALUES ($1, 1) ON CONFLICT DO NOTHING", 10000+random.IntN(100000))
				}
				_ = writer.Close(context.Background())
			}
		}()
	}
	must(t, folder, "migration", "upgrade")
	stop()
	writers.Wait()
	var all, undone int
	if err := conn.QueryRow(context.Background(), "SELECT count(*), count(*) FILTER (WHERE n = 0) FROM big").Scan(&all, &undone); err != nil || all < 5000 || undone > 0 {
		t.Errorf("%d of %d rows are undone, %v", undone, all, err)
	}
}
