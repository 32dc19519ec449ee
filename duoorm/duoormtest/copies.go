package duoormtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
)

// How many copies are made ahead of the tests that will want them, and how many databases of tests that have ended are dropped at once: of
// so many connections that the server takes, one. Each drop waits for a checkpoint, and those that wait share the next one: with four at
// once, tests waited for drops three times as long. More copies ahead are slower, since each checkpoint has them to write.
const (
	sparesKept       = 2
	connectionsADrop = 8
	droppedAtMost    = 12
)

// copies are the databases that are copied from one template. Making one and dropping one takes a server that syncs a few tenths of a
// second, a new name a few milliseconds: so the next ones are made while tests run, under a name that says of which template they are,
// and a test takes one by giving it a name of its own, which of several that try it at once, also of other programs, one can.
type copies struct {
	place    place
	template string
	// byFiles says that the server is to copy files.
	byFiles bool
	// dropping has a place for each drop that may be at work.
	dropping chan struct{}

	lock sync.Mutex
	// done is signalled when a copy is made, or couldn't be. making are those at work, made those that were, waiting the tests that wait
	// for one, taken all that tests wanted.
	done                         *sync.Cond
	making, made, waiting, taken int
}

// newCopies are the copies of a template. From version 15 on a server copies blocks through its log, which is quicker than copying files,
// as it did before, where the two checkpoints of that must reach the disk: measured with 8 MB, 0.5 s against 1.6 s with fsync, 0.35 s
// against 0.09 s without it, as servers for tests often are.
func newCopies(ctx context.Context, admin *pgx.Conn, p place, template string) (*copies, error) {
	c := &copies{place: p, template: template}
	c.done = sync.NewCond(&c.lock)
	var connections int
	err := admin.QueryRow(ctx, "SELECT current_setting('server_version_num')::int >= 150000 AND current_setting('fsync') = 'off', current_setting('max_connections')::int").Scan(&c.byFiles, &connections)
	c.dropping = make(chan struct{}, max(1, min(connections/connectionsADrop, droppedAtMost)))
	return c, err
}

// spare is how the names of copies begin that nobody has taken.
func (c *copies) spare() string {
	return sparePrefix + strings.TrimPrefix(c.template, templatePrefix) + "_"
}

// taken is a copy that a test has. Its session is kept to drop it with.
type taken struct {
	copies *copies
	name   string
	admin  *pgx.Conn
}

// take is a copy, which is the caller's from then on.
func (c *copies) take() (*taken, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	admin, err := pgx.Connect(ctx, c.place.base.String())
	if err != nil {
		return nil, err
	}
	name, err := c.named(ctx, admin)
	if err != nil {
		return nil, errors.Join(err, admin.Close(ctx))
	}
	return &taken{copies: c, name: name, admin: admin}, nil
}

// named is the name of a copy that is nobody else's.
func (c *copies) named(ctx context.Context, admin *pgx.Conn) (string, error) {
	c.lock.Lock()
	c.taken++
	c.lock.Unlock()
	for first := true; ; first = false {
		name, left, err := c.rename(ctx, admin)
		if err != nil {
			return "", err
		}
		c.ahead(left)
		if name != "" {
			return name, nil
		}
		if !first || !c.wait() {
			return c.anew(ctx, admin)
		}
	}
}

// rename gives one of the copies that are ready the name of a test's database, and says how many are left. The name is empty where none
// is ready.
func (c *copies) rename(ctx context.Context, admin *pgx.Conn) (name string, left int, err error) {
	var ready []string
	var second string
	err = admin.QueryRow(ctx, "SELECT "+secondNow+", ARRAY(SELECT datname::text FROM pg_database WHERE starts_with(datname, $1) AND pg_has_role(datdba, 'USAGE'))", c.spare()).Scan(&second, &ready)
	if err != nil {
		return "", 0, err
	}
	name = testPrefix + second + "_" + random()
	for i, spare := range ready {
		_, err := admin.Exec(ctx, "ALTER DATABASE "+quoted(spare)+" RENAME TO "+quoted(name))
		var refused interface{ SQLState() string }
		switch {
		case err == nil:
			return name, len(ready) - i - 1, nil
		case !errors.As(err, &refused): // else somebody else has taken it
			return "", 0, err
		}
	}
	return "", 0, nil
}

// secondNow is the server's time as names and comments have it.
const secondNow = "floor(extract(epoch FROM clock_timestamp()))::bigint::text"

// anew makes a copy for a test that is waiting.
func (c *copies) anew(ctx context.Context, admin *pgx.Conn) (string, error) {
	var second string
	if err := admin.QueryRow(ctx, "SELECT "+secondNow).Scan(&second); err != nil {
		return "", err
	}
	name := testPrefix + second + "_" + random()
	return name, c.copy(ctx, admin, name)
}

// ahead has copies made for the tests to come, where fewer are ready: one after the first test, since it may be the only one.
func (c *copies) ahead(ready int) {
	c.lock.Lock()
	defer c.lock.Unlock()
	for want := min(c.taken, sparesKept); ready+c.making < want; {
		c.making++
		go func() {
			// Where it can't be made, the test that wants one is told why.
			_ = c.place.with(func(ctx context.Context, admin *pgx.Conn) error { return c.copy(ctx, admin, c.spare()+random()) })
			c.lock.Lock()
			defer c.lock.Unlock()
			c.making, c.made = c.making-1, c.made+1
			c.done.Broadcast()
		}()
	}
}

// wait waits for a copy that is being made and that nobody else waits for; it is false where there is none.
func (c *copies) wait() bool {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.making <= c.waiting {
		return false
	}
	c.waiting++
	defer func() { c.waiting-- }()
	for before := c.made; c.made == before; {
		c.done.Wait()
	}
	return true
}

func (c *copies) copy(ctx context.Context, admin *pgx.Conn, name string) error {
	statement := "CREATE DATABASE " + quoted(name) + " TEMPLATE " + quoted(c.template)
	if c.byFiles {
		statement += " STRATEGY file_copy"
	}
	if _, err := admin.Exec(ctx, statement); err != nil {
		return fmt.Errorf("copy the template %s: %w", c.template, err)
	}
	return nil
}

// giveBack has the database dropped. It returns once the server has been told, which ends what it has begun also where the program ends
// meanwhile.
func (t *taken) giveBack() error {
	t.copies.dropping <- struct{}{}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	dropped := t.admin.PgConn().Exec(ctx, dropStatement(t.name, true))
	go func() {
		defer func() { cancel(); <-t.copies.dropping }()
		if err := errors.Join(dropped.Close(), t.admin.Close(ctx)); err != nil { // the session was ended while the test ran, for instance
			// What isn't dropped now is a leftover, which later tests drop.
			_ = t.copies.place.with(func(ctx context.Context, admin *pgx.Conn) error { return drop(ctx, admin, t.name, true) })
		}
	}()
	return nil
}

// random is 64 random bits, for a name.
func random() string {
	bits := make([]byte, 8)
	_, _ = rand.Read(bits) // it never fails
	return hex.EncodeToString(bits)
}
