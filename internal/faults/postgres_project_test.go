package faults

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

const shopFirst = `enum "state" {
  values = ["new", "paid", "lost"]
}
table "orders" {
  column "id" {
    type = bigint
    identity {
      generated = BY_DEFAULT
    }
  }
  column "state" {
    type    = enum.state
    default = "new"
  }
  column "amount" {
    type    = integer
    default = 1
  }
  column "note" {
    type = text
    null = true
  }
  primary_key {
    columns = [column.id]
  }
  check "amount_positive" {
    expr = "amount > 0"
  }
}
view "totals" {
  as = "SELECT state, sum(amount) AS total FROM orders GROUP BY state"
}
`

// shopSecond has another type under a view and a check, an enum without a value and with another, and a table that refers to
// the first. shopThird has an index.
var (
	shopSecond = strings.NewReplacer(
		`"paid", "lost"]`, `"paid", "shipped"]`, "type    = integer", "type    = numeric(12,2)",
	).Replace(shopFirst) + `table "lines" {
  column "order_id" {
    type = bigint
  }
  column "pieces" {
    type    = integer
    default = 1
  }
  foreign_key "lines_order" {
    columns     = [column.order_id]
    ref_columns = [table.orders.column.id]
  }
}
`
	shopThird = strings.Replace(shopSecond, `  check "amount_positive"`, "  index \"orders_note\" {\n    columns = [column.note]\n  }\n  check \"amount_positive\"", 1) + `table "marks" {
  column "n" {
    type = integer
  }
}
`
)

// shop is a project on PostgreSQL with three revisions, of which the third builds its index outside of a transaction.
type shop struct {
	t           *testing.T
	folder, url string
	// revisions are their ids.
	revisions []string
	// faces are what the database looks like at each of them.
	faces []string
}

// newShop makes the project and its revisions, and leaves the database at the first, with rows.
func newShop(t *testing.T, url string, rows int) *shop {
	t.Helper()
	s := &shop{t: t, folder: t.TempDir(), url: url}
	must(t, s.folder, "init", "--url", url)
	for _, model := range []string{shopFirst, shopSecond, shopThird} {
		write(t, s.folder, "db/models/example.hcl", model)
		must(t, s.folder, "migration", "create", fmt.Sprintf("number %d", len(s.revisions)+1))
		if len(s.revisions) == 2 {
			s.concurrently()
		}
		must(t, s.folder, "migration", "upgrade")
		s.revisions = append(s.revisions, strings.Fields(must(t, s.folder, "migration", "current"))[0])
		s.faces = append(s.faces, s.face())
	}
	must(t, s.folder, "migration", "downgrade", s.revisions[0])
	if s.face() != s.faces[0] {
		t.Fatalf("the way back doesn't lead back:\n%s\n-- is --\n%s", s.faces[0], s.face())
	}
	testserver.Exec(t, url, fmt.Sprintf("INSERT INTO orders (state, amount, note) SELECT 'new', n, 'order ' || n FROM generate_series(1, %d) n", rows))
	return s
}

// concurrently has the last revision build its index while others write, and drop it so.
func (s *shop) concurrently() {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(s.folder, "db/migrations/versions/*_number_3.hcl"))
	if err != nil || len(files) != 1 {
		s.t.Fatal(files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		s.t.Fatal(err)
	}
	made := regexp.MustCompile(`(?m)^( *)sql += (<<-SQL\n +)?"?(CREATE|DROP) INDEX `)
	edited := made.ReplaceAllStringFunc(string(text), func(found string) string {
		return made.FindStringSubmatch(found)[1] + "transaction = false\n" + found + "CONCURRENTLY "
	})
	if strings.Count(edited, "CONCURRENTLY") != 2 {
		s.t.Fatalf("no index to build:\n%s", text)
	}
	write(s.t, s.folder, strings.TrimPrefix(files[0], s.folder+"/"), edited)
	must(s.t, s.folder, "migration", "prove")
}

// face is what the catalogue says of the tables, their columns, keys, checks and indexes, the view and the enum, with what is
// recorded. It is read by other queries than the tool's.
func (s *shop) face() string {
	s.t.Helper()
	var text string
	s.query(`SELECT concat_ws(E'\n',
  (SELECT string_agg(concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid)), E'\n' ORDER BY c.relname, a.attname)
   FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'S') AND a.attnum > 0 AND NOT a.attisdropped AND c.relname !~ '^duo_orm'),
  (SELECT string_agg(concat_ws(' ', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid)), E'\n' ORDER BY conname)
   FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text !~ '^duo_orm'),
  (SELECT string_agg(concat_ws(' ', indisvalid, pg_get_indexdef(indexrelid)), E'\n' ORDER BY indexrelid::regclass::text)
   FROM pg_index WHERE indrelid::regclass::text IN ('orders', 'lines', 'marks')),
  (SELECT string_agg(concat_ws(' ', enumtypid::regtype, enumlabel), E'\n' ORDER BY enumtypid::regtype::text, enumsortorder) FROM pg_enum),
  (SELECT pg_get_viewdef('totals'::regclass)),
  (SELECT string_agg(concat_ws(' ', revision, steps, finished <> ''), E'\n' ORDER BY revision) FROM duo_orm_revisions))`, &text)
	return text
}

func (s *shop) query(sql string, into ...any) {
	s.t.Helper()
	if err := s.tryQuery(sql, into...); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) tryQuery(sql string, into ...any) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return err
	}
	return errors.Join(conn.QueryRow(ctx, sql).Scan(into...), conn.Close(ctx))
}

// awake waits until the server answers again, which restarts itself when one of its processes is killed.
func (s *shop) awake() {
	s.t.Helper()
	var one int
	var err error
	for begun := time.Now(); time.Since(begun) < time.Minute; time.Sleep(50 * time.Millisecond) {
		if err = s.tryQuery("SELECT 1", &one); err == nil {
			return
		}
	}
	s.t.Fatal("the server doesn't come back: ", err)
}

// writers put orders in while revisions run. sure are those whose insertion was answered, unsure those that were cut off.
type writers struct {
	sure, unsure atomic.Int64
	stop         context.CancelFunc
	all          sync.WaitGroup
}

func (s *shop) write(n int) *writers {
	ctx, stop := context.WithCancel(context.Background())
	w := &writers{stop: stop}
	for range n {
		w.all.Add(1)
		go func() {
			defer w.all.Done()
			for ctx.Err() == nil {
				conn, err := pgx.Connect(ctx, s.url)
				if err != nil {
					time.Sleep(20 * time.Millisecond)
					continue
				}
				for ctx.Err() == nil && !conn.IsClosed() {
					_, err := conn.Exec(ctx, "INSERT INTO orders (amount, note) VALUES (7, 'while others work')")
					var refused interface{ SQLState() string }
					switch {
					case err == nil:
						w.sure.Add(1)
					case errors.As(err, &refused) && !strings.HasPrefix(refused.SQLState(), "57"): // it was rolled back for sure
					default:
						w.unsure.Add(1)
					}
					time.Sleep(2 * time.Millisecond)
				}
				_ = conn.Close(context.Background())
			}
		}()
	}
	return w
}

// end stops the writers and makes sure that all that they wrote is there, once.
func (w *writers) end(s *shop, before int64) {
	s.t.Helper()
	w.stop()
	w.all.Wait()
	var n int64
	s.query("SELECT count(*) FROM orders", &n)
	if least := before + w.sure.Load(); n < least || n > least+w.unsure.Load() {
		s.t.Errorf("%d orders, but %d were there, %d were put in and %d perhaps", n, before, w.sure.Load(), w.unsure.Load())
	}
}
