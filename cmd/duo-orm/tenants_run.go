package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
)

// fleet is what is done to several databases: a worker does one after the other, several work at once.
type fleet struct {
	session *session
	tenants []tenant
	options tenantOptions
	// do works on one database with a session of its own, which is not open yet, and fills in what became of it. It closes the
	// session with the error that it returns.
	do func(ctx context.Context, s *session, result *views.Tenant) error
	// quiet leaves out the line that is told of each.
	quiet bool

	// turn guards what follows, and the standard error stream.
	turn    sync.Mutex
	next    int
	done    int
	stopped bool
	// working is how many work; left are databases that one who got no connection has left to them.
	working int
	left    []int
	// told says that the user knows that fewer work than were to.
	told bool
}

// run works on all databases and returns what became of each, in their order. Once the context has ended no further one is begun.
func (f *fleet) run(ctx context.Context) []views.Tenant {
	results := make([]views.Tenant, len(f.tenants))
	for i, t := range f.tenants {
		results[i] = views.Tenant{Name: t.name, Status: views.TenantNotBegun}
	}
	var workers sync.WaitGroup
	f.working = min(f.options.parallel, len(f.tenants))
	for range f.working {
		workers.Go(func() { f.work(ctx, results) })
	}
	workers.Wait()
	return results
}

// work works on one database after the other, until there is none, or the server has no connection for so many workers.
func (f *fleet) work(ctx context.Context, results []views.Tenant) {
	w := &worker{}
	for {
		for i, ok := f.take(ctx); ok; i, ok = f.take(ctx) {
			if !f.one(ctx, w, i, &results[i]) {
				return
			}
		}
		// Whatever the last session says when it ends, its work is done.
		_ = w.close() //nolint:errcheck
		if f.over() {
			return
		}
	}
}

// over ends a worker, who has closed its connection, unless something was left to it meanwhile.
func (f *fleet) over() bool {
	f.turn.Lock()
	defer f.turn.Unlock()
	if len(f.left) > 0 && !f.stopped {
		return false
	}
	f.working--
	return true
}

// leave leaves a database to the other workers and ends this one, which got no connection. It returns false for the last worker.
func (f *fleet) leave(i int) bool {
	f.turn.Lock()
	defer f.turn.Unlock()
	if f.working == 1 {
		return false
	}
	f.working--
	f.left = append(f.left, i)
	if !f.told {
		f.told = true
		f.session.app.note("The server has no connection for so many at once: fewer are worked on than --parallel says.")
	}
	return true
}

// take is the next database to begin with.
func (f *fleet) take(ctx context.Context) (int, bool) {
	f.turn.Lock()
	defer f.turn.Unlock()
	if ctx.Err() != nil {
		f.stopped = true
	}
	if last := len(f.left) - 1; last >= 0 && !f.stopped {
		i := f.left[last]
		f.left = f.left[:last]
		return i, true
	}
	if f.stopped || f.next == len(f.tenants) {
		return 0, false
	}
	f.next++
	return f.next - 1, true
}

// one works on one database and tells of it. It returns false where the server had no connection for it, and others are at work to
// whom it was left.
func (f *fleet) one(ctx context.Context, w *worker, i int, result *views.Tenant) bool {
	s := f.sessionOf(w, f.tenants[i])
	begun := s.app.clock()
	err := f.do(ctx, s, result)
	result.Elapsed = s.app.clock().Sub(begun)
	if serverFull(err) && ctx.Err() == nil && f.leave(i) {
		*result = views.Tenant{Name: f.tenants[i].name, Status: views.TenantNotBegun}
		return false
	}
	if err != nil {
		failure := s.app.explain(err)
		result.Status, result.Failure = views.TenantFailed, &failure
		if ctx.Err() != nil {
			result.Status = views.TenantInterrupted
			failure.Code, failure.Kind, failure.Message, failure.SQL, failure.Next = exitInterrupt, "interrupted", "interrupted", "", nil
		}
	}
	f.turn.Lock()
	defer f.turn.Unlock()
	f.done++
	f.stopped = f.stopped || f.options.failFast && result.Status == views.TenantFailed
	if !f.quiet && !f.session.app.json {
		views.TenantLine(f.session.app.printErr(), f.done, len(f.tenants), *result)
	}
	return true
}

// serverFull says that the server has no connection to give now.
func serverFull(err error) bool {
	var unreachable *drivers.UnreachableError
	return errors.As(err, &unreachable) && unreachable.Full
}

// sessionOf is a session for one database. What it has to say goes to standard error, each line with the database's name.
func (f *fleet) sessionOf(w *worker, t tenant) *session {
	a, s := *f.session.app, *f.session
	out := &namedLines{out: f.session.app.stderr, turn: &f.turn, name: t.name}
	a.stdout, a.stderr = out, out
	s.app, s.worker, s.conn, s.waitingTold = &a, w, nil, false
	s.become(t)
	return &s
}

// namedLines puts a name before each line. Each Write must hold whole lines.
type namedLines struct {
	out  io.Writer
	turn *sync.Mutex
	name string
}

// Write implements io.Writer.
func (n *namedLines) Write(p []byte) (int, error) {
	var b bytes.Buffer
	for line := range strings.Lines(string(p)) {
		b.WriteString(views.Clean(n.name) + ": " + line)
	}
	n.turn.Lock()
	defer n.turn.Unlock()
	if _, err := n.out.Write(b.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// worker keeps a connection between the schemas of one database.
type worker struct {
	conn drivers.Connection
	// moves is in how many schemas it was.
	moves int
}

// mostMoves is in how many schemas a connection works before it is made anew: a server keeps what it has read of each.
const mostMoves = 500

// open is a connection to the session's database: the one that is kept, or a new one.
func (w *worker) open(ctx context.Context, s *session, options drivers.OpenOptions) (drivers.Connection, error) {
	kept := w.conn
	w.conn = nil
	if mover, ok := kept.(drivers.Mover); ok && s.tenant.schema != "" && w.moves < mostMoves {
		if mover.Move(ctx, s.tenant.schema) == nil {
			w.moves++
			return kept, nil
		}
	}
	if kept != nil {
		// It may have been lost while it was kept. A new one tells what is really wrong.
		_ = kept.Close() //nolint:errcheck
	}
	w.moves = 0
	return s.driver.Open(ctx, s.database.URL, options)
}

// keep takes a connection back, and ends it where it can't go on elsewhere or something went wrong with it.
func (w *worker) keep(conn drivers.Connection, s *session, failed bool) error {
	if _, ok := conn.(drivers.Mover); ok && s.tenant.schema != "" && !failed {
		w.conn = conn
		return nil
	}
	return conn.Close()
}

func (w *worker) close() error {
	conn := w.conn
	if w.conn = nil; conn == nil {
		return nil
	}
	return conn.Close()
}
