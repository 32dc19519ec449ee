package proof

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

func TestMain(m *testing.M) { testserver.Main(m) }

// scratches hands out scratch databases of PostgreSQL and takes them back, since it is much slower to make one than to empty it.
type scratches struct {
	live drivers.Connection
	lock sync.Mutex
	free []*reused
}

// reused is a scratch database that is emptied instead of dropped.
type reused struct {
	drivers.Connection
	pool *scratches
	// statements is how many were run.
	statements int
}

func newScratches(t *testing.T) *scratches {
	t.Helper()
	live, err := postgres.Driver{}.Open(t.Context(), testserver.Postgres(t).Database(t), drivers.OpenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	pool := &scratches{live: live}
	t.Cleanup(func() {
		for _, conn := range pool.free {
			if err := conn.Connection.Close(); err != nil {
				t.Error(err)
			}
		}
		if err := live.Close(); err != nil {
			t.Error(err)
		}
	})
	return pool
}

func (p *scratches) scratch(ctx context.Context) (drivers.Connection, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if n := len(p.free); n > 0 {
		conn := p.free[n-1]
		p.free = p.free[:n-1]
		conn.statements = 0
		return conn, nil
	}
	conn, err := postgres.Driver{}.Scratch(ctx, p.live, "")
	return &reused{Connection: conn, pool: p}, err
}

func (c *reused) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	c.statements++
	return c.Connection.Exec(ctx, sql, args...)
}

func (c *reused) Query(ctx context.Context, sql string, args []any, row func(func(...any) error) error) error {
	c.statements++
	return c.Connection.Query(ctx, sql, args, row)
}

// Close empties the database.
func (c *reused) Close() error {
	ctx := context.Background()
	err := c.Rollback()
	var drops []string
	err = errors.Join(err, c.Connection.Query(ctx, `SELECT format('DROP EXTENSION %I CASCADE', extname) FROM pg_extension WHERE extname <> 'plpgsql'
		UNION ALL SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
		UNION ALL SELECT 'CREATE SCHEMA public'`, nil, func(scan func(...any) error) error {
		drops = append(drops, "")
		return scan(&drops[len(drops)-1])
	}))
	for _, drop := range drops {
		_, failed := c.Connection.Exec(ctx, drop)
		err = errors.Join(err, failed)
	}
	c.pool.lock.Lock()
	defer c.pool.lock.Unlock()
	c.pool.free = append(c.pool.free, c)
	return err
}

// filled makes a schema and puts rows into it, as a proof does before the way up, and returns its tables.
func (p *scratches) filled(t *testing.T, schema string) []*table {
	t.Helper()
	conn, err := p.scratch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}()
	state := made(t, conn, postgresSteps(schema))
	prover := newProver(Request{Driver: postgres.Driver{}, Start: state, End: state})
	main := &database{conn: conn, quote: postgres.Driver{}.QuoteName, sampler: prover.sampler}
	f := &filler{main: main, trials: mostTrials}
	if err := f.fill(t.Context(), prover.tables); err != nil {
		t.Fatal(err)
	}
	if err := prover.raise(t.Context(), main); err != nil {
		t.Fatal(err)
	}
	snapshot, err := prover.snapshot(t.Context(), main)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range prover.tables {
		if content, ok := snapshot.rows[table]; ok && len(content.rows) < len(table.rows) {
			t.Errorf("%s: %d rows were put in, %d can be read", table.identity(), len(table.rows), len(content.rows))
		}
	}
	for s, c := range snapshot.counts {
		if !c.above() {
			t.Errorf("%s: the next number is %d, the highest %d", s.name, c.next, c.highest)
		}
	}
	return prover.tables
}

// request is a plan written by hand as SQL.
func (p *scratches) request(t *testing.T, w way) Request {
	t.Helper()
	r := Request{
		Driver: postgres.Driver{}, Scratch: p.scratch, MakeStart: postgresSteps(w.start), MakeEnd: postgresSteps(w.end),
		Upgrade: postgresSteps(w.upgrade), Downgrade: postgresSteps(w.downgrade), Renames: w.renames,
	}
	r.Start = p.inspected(t, r.MakeStart)
	r.End = r.Start
	if w.end != w.start {
		r.End = p.inspected(t, r.MakeEnd)
	}
	return r
}

func (p *scratches) inspected(t *testing.T, list []drivers.Step) *hclschema.State {
	t.Helper()
	conn, err := p.scratch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}()
	return made(t, conn, list)
}

// made makes a schema and reads it back.
func made(t *testing.T, conn drivers.Connection, list []drivers.Step) *hclschema.State {
	t.Helper()
	for _, step := range list {
		if _, err := conn.Exec(t.Context(), step.SQL); err != nil {
			t.Fatalf("%s: %v", step.SQL, err)
		}
	}
	inspection, err := conn.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(inspection.Unread) > 0 { // what the driver doesn't carry comes to no proof
		t.Fatalf("not carried: %v", inspection.Unread)
	}
	return inspection.State
}

// postgresSteps takes a script apart at semicolons outside of quotes.
func postgresSteps(script string) []drivers.Step {
	var list []drivers.Step
	from := 0
	end := func(at int) {
		if text := strings.TrimSpace(script[from:at]); text != "" {
			name, _, _ := strings.Cut(text, "\n")
			list = append(list, drivers.Step{Name: name, SQL: text})
		}
		from = min(at+1, len(script))
	}
	for i := 0; i < len(script); i++ {
		switch {
		case script[i] == '\'' || script[i] == '"':
			_, n := quoted(script[i:], script[i])
			i += n - 1
		case strings.HasPrefix(script[i:], "$$"):
			i = skipTo(script, i+2, "$$") - 1
		case strings.HasPrefix(script[i:], "--"):
			i = skipTo(script, i, "\n") - 1
		case script[i] == ';':
			end(i)
		}
	}
	end(len(script))
	return list
}
