package postgres

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
)

// scratchPrefix begins the names of scratch databases; the second at which the server made one follows, and 64 random bits.
const scratchPrefix = "duo_orm_scratch_"

// scratchMark is the comment of a scratch database. What has another one is never dropped as a leftover.
const scratchMark = "made by duo-orm to try plans on; it is dropped when that is done"

// dropWait is how long a scratch database may take to go.
const dropWait = time.Minute

// sweepWait is how long a scratch schema may take, whose objects go one after the other.
const sweepWait = 5 * time.Minute

// maker makes scratch databases and drops them. While a plan works on the first, a second is made, since plans need two at a
// time; those that are done with are emptied for the next who asks. Making one takes some 50 ms, and the first inspection in a
// new session as long again. It may be used by several goroutines.
type maker struct {
	url   string
	place place
	// managesPrivileges is the live connection's.
	managesPrivileges bool
	// like is what the live database is like, nil where there is none.
	like *likeness
	// kept says that the live connection closes the maker; otherwise each scratch database closes it after itself.
	kept bool

	// turn is held while the session is used.
	turn    sync.Mutex
	spares  sync.Mutex // is held while spare is used
	session *connection
	// clause is the rest of CREATE DATABASE behind the name; role is the session's user.
	clause, role string

	// spare are the databases that are being made in advance or emptied; what comes out of the channel may be an error.
	spare []<-chan spare
	drops sync.WaitGroup
	// failed are the errors of drops.
	failed []error
	closed atomic.Bool
}

// spare is a database that nobody uses, or why there is none: neither where it couldn't be emptied.
type spare struct {
	conn *connection
	err  error
}

// likeness is what a scratch database has of the live one.
type likeness struct {
	version int
	schema  string
	// read returns the clause that gives a new database the encoding and the locale of the live one.
	read func(context.Context) (string, error)
}

func (l *likeness) defaultSchema() string {
	if l == nil {
		return "public"
	}
	return l.schema
}

// next is a scratch database with nothing in it.
func (m *maker) next(ctx context.Context) (*connection, error) {
	first := m.clause == ""
	if first {
		if err := m.begin(ctx); err != nil {
			return nil, err
		}
		if m.kept {
			m.prepare(func() spare { return m.ahead(context.WithoutCancel(ctx)) })
		}
	}
	for !first {
		waiting := m.take()
		if waiting == nil {
			break
		}
		select {
		case got := <-waiting:
			if got.conn != nil || got.err != nil {
				return got.conn, got.err
			}
		case <-ctx.Done():
			m.putBack(waiting)
			return nil, ctx.Err()
		}
	}
	return m.make(ctx)
}

// prepare has a spare database made in the background.
func (m *maker) prepare(work func() spare) {
	done := make(chan spare, 1)
	m.putBack(done)
	go func() { done <- work() }()
}

func (m *maker) putBack(waiting <-chan spare) {
	m.spares.Lock()
	defer m.spares.Unlock()
	m.spare = append(m.spare, waiting)
}

func (m *maker) take() <-chan spare {
	m.spares.Lock()
	defer m.spares.Unlock()
	if len(m.spare) == 0 {
		return nil
	}
	waiting := m.spare[0]
	m.spare = m.spare[1:]
	return waiting
}

// ahead makes a database in advance. The first inspection of a session takes long, since the engine knows nothing yet.
func (m *maker) ahead(ctx context.Context) spare {
	c, err := m.make(ctx)
	if err == nil {
		_, err = c.Inspect(ctx)
	}
	if err != nil && c != nil {
		return spare{err: errors.Join(err, m.discard(c))}
	}
	return spare{conn: c, err: err}
}

// begin looks at the server, and drops what killed runs have left there.
func (m *maker) begin(ctx context.Context) error {
	return m.use(ctx, func(admin *connection) error {
		m.role = admin.user
		if m.like != nil && m.like.version/10000 != admin.version/10000 {
			return fmt.Errorf("scratch is %s, but the live database is PostgreSQL %d, which writes and takes other texts: use a server of the same major version", admin.server, m.like.version/10000)
		}
		read := admin.readLikeness
		if m.like != nil {
			read = m.like.read
		}
		var err error
		if m.clause, err = read(ctx); err != nil {
			return err
		}
		return admin.dropLeftovers(ctx)
	})
}

// use runs work in the maker's session, which it opens where there is none. Its place is not the live connection's own
// session: that may have a transaction open.
func (m *maker) use(ctx context.Context, work func(*connection) error) error {
	m.turn.Lock()
	defer m.turn.Unlock()
	if m.session == nil || m.session.session.IsClosed() {
		admin, err := open(ctx, m.place, drivers.OpenOptions{})
		if err != nil {
			return err
		}
		m.session = admin
	}
	return m.session.explained(work(m.session))
}

func (m *maker) make(ctx context.Context) (*connection, error) {
	random := make([]byte, 8)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	name := ""
	err := m.use(ctx, func(admin *connection) error {
		var second string
		if err := admin.row(ctx, "SELECT floor(extract(epoch FROM pg_catalog.clock_timestamp()))::bigint", nil, &second); err != nil {
			return err
		}
		name = scratchPrefix + second + "_" + hex.EncodeToString(random)
		if _, err := admin.exec(ctx, "CREATE DATABASE "+quoted(name)+m.clause, nil); err != nil {
			return err
		}
		_, err := admin.exec(ctx, "COMMENT ON DATABASE "+quoted(name)+" IS "+literal(scratchMark), nil)
		if err != nil {
			return errors.Join(err, admin.drop(context.WithoutCancel(ctx), name))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return m.connect(ctx, name)
}

// dropLater drops a database once its session is closed: where the live connection waits for it, in the background.
func (m *maker) dropLater(name string) func() error {
	return func() error {
		drop := func() error {
			ctx, cancel := context.WithTimeout(context.Background(), dropWait)
			defer cancel()
			return m.use(ctx, func(admin *connection) error { return admin.drop(ctx, name) })
		}
		if !m.kept || m.closed.Load() {
			return errors.Join(drop(), m.release())
		}
		m.drops.Add(1)
		go func() {
			defer m.drops.Done()
			if err := drop(); err != nil {
				m.turn.Lock()
				defer m.turn.Unlock()
				m.failed = append(m.failed, err)
			}
		}()
		return nil
	}
}

// release closes a maker that nobody keeps.
func (m *maker) release() error {
	if m.kept && !m.closed.Load() {
		return nil
	}
	return m.close()
}

// close waits for what is being made and dropped, drops what nobody has asked for, and closes the session.
func (m *maker) close() error {
	m.closed.Store(true)
	var errs []error
	for waiting := m.take(); waiting != nil; waiting = m.take() {
		if got := <-waiting; got.conn != nil {
			errs = append(errs, m.discard(got.conn))
		}
	}
	m.drops.Wait()
	m.turn.Lock()
	defer m.turn.Unlock()
	errs = append(errs, m.failed...)
	m.failed = nil
	if m.session != nil {
		errs = append(errs, m.session.Close())
		m.session = nil
	}
	return errors.Join(errs...)
}

func (c *connection) drop(ctx context.Context, name string) error {
	if _, err := c.exec(ctx, "DROP DATABASE IF EXISTS "+quoted(name)+" WITH (FORCE)", nil); err != nil {
		return fmt.Errorf("drop the scratch database %s: %w", name, c.explained(err))
	}
	return nil
}

// dropLeftovers drops the scratch databases of killed runs: more than an hour old and with nobody in them. One whose run was
// killed before it could mark it has no comment.
func (c *connection) dropLeftovers(ctx context.Context) error {
	var names []string
	err := c.query(ctx, `SELECT d.datname
FROM pg_catalog.pg_database d
WHERE d.datname ~ '^`+scratchPrefix+`[0-9]{10}_[0-9a-f]{16}$' AND COALESCE(pg_catalog.shobj_description(d.oid, 'pg_database'), ?) = ?
  AND pg_catalog.substr(d.datname, ?::integer, 10)::bigint < extract(epoch FROM pg_catalog.clock_timestamp()) - 3600
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid)
  AND pg_catalog.pg_has_role(d.datdba, 'USAGE')`, []any{scratchMark, scratchMark, len(scratchPrefix) + 1}, func(scan func(...any) error) error {
		names = append(names, "")
		return scan(&names[len(names)-1])
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		// Without FORCE: somebody may have come meanwhile, or be dropping it too.
		_, err := c.exec(ctx, "DROP DATABASE IF EXISTS "+quoted(name), nil)
		switch sqlState(err) {
		case "", stateObjectInUse, stateNoDatabase:
		default:
			return fmt.Errorf("drop the scratch database %s that a killed run has left: %w", name, err)
		}
		if err != nil && sqlState(err) == "" {
			return err
		}
	}
	return nil
}

// readLikeness is the clause of CREATE DATABASE that gives a new database the encoding and the locale of this one. The
// columns differ by version: the locale's provider came with 15, its rules with 16, the engine's own locales with 17.
func (c *connection) readLikeness(ctx context.Context) (string, error) {
	var encoding, collate, ctype string
	var provider, locale, rules *string
	err := c.row(ctx, `SELECT pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate, d.datctype, x.j->>'datlocprovider',
  COALESCE(x.j->>'datlocale', x.j->>'daticulocale'), x.j->>'daticurules'
FROM pg_catalog.pg_database d, LATERAL (SELECT pg_catalog.to_jsonb(d) AS j) x
WHERE d.datname = pg_catalog.current_database()`, nil, &encoding, &collate, &ctype, &provider, &locale, &rules)
	if err != nil {
		return "", c.explained(err)
	}
	var b strings.Builder
	add := func(name, value string) { b.WriteString(" " + name + " " + literal(value)) }
	b.WriteString(" TEMPLATE template0")
	add("ENCODING", encoding)
	add("LC_COLLATE", collate)
	add("LC_CTYPE", ctype)
	switch {
	case provider == nil:
	case *provider == "i":
		b.WriteString(" LOCALE_PROVIDER icu")
		add("ICU_LOCALE", deref(locale))
		if rules != nil {
			add("ICU_RULES", *rules)
		}
	case *provider == "b":
		b.WriteString(" LOCALE_PROVIDER builtin")
		add("BUILTIN_LOCALE", deref(locale))
	default:
		b.WriteString(" LOCALE_PROVIDER libc")
	}
	return b.String(), nil
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
