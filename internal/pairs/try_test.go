package pairs

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

const versionTable = "duo_orm_revisions"

// trial is one pair on its way there and back.
type trial struct {
	pair
	folder string
	driver sqlite.Driver
	live   drivers.Connection
	// sources are b's models, asked the renames that aren't in them.
	sources []hclschema.Source
	asked   []string
	plan    *planner.Plan
	file    *revision.File
	before  snapshot
	want    snapshot
	scripts [2]string
	// refused is the kind of refusal, empty where a plan was made; back says that the way back refused rows that came later.
	refused string
	back    string
}

// fault is something that must not happen; its class is what it has in common with others.
type fault struct{ class, text string }

func (f *fault) Error() string { return f.class + ": " + f.text }

func faultf(class, format string, args ...any) error {
	return &fault{class, fmt.Sprintf(format, args...)}
}

// try takes the pair there and back. Any error is a fault.
func (p pair) try(folder string) (t *trial, err error) {
	t = &trial{pair: p, folder: folder}
	defer func() {
		if t.live != nil {
			err = errors.Join(err, t.live.Close())
		}
	}()
	for _, part := range []func() error{t.load, t.create, t.up, t.settled, t.stable, t.down} {
		if err := part(); err != nil || t.refused != "" {
			return t, err
		}
	}
	return t, nil
}

func (t *trial) load() error {
	for i, s := range []*schema{&t.A, &t.B} {
		name := []string{"a.db", "b.db"}[i]
		db, err := sql.Open("sqlite", filepath.Join(t.folder, name)+"?_pragma=synchronous(0)&_pragma=journal_mode(memory)")
		if err != nil {
			return err
		}
		m := &maker{db: db}
		var rows func() error
		if i == 0 {
			rows = func() error { return fill(db, *s) }
		}
		err = m.make(s, rows)
		t.scripts[i] = m.script()
		if err = errors.Join(err, db.Close()); err != nil {
			return err
		}
	}
	var err error
	if t.before, err = take(t.folder, "a.db", t.A); err == nil {
		t.want, err = take(t.folder, "b.db", t.B)
	}
	return err
}

func (t *trial) open(name string) (drivers.Connection, error) {
	return t.driver.Open(context.Background(), "sqlite:///"+name, drivers.OpenOptions{Root: t.folder, VersionTable: versionTable})
}

// models writes the models of b, with renames, and reads them back.
func (t *trial) models() (*hclschema.State, error) {
	conn, err := t.open("b.db")
	if err != nil {
		return nil, err
	}
	inspection, err := conn.Inspect(context.Background())
	if err = errors.Join(err, conn.Close()); err != nil {
		return nil, err
	}
	if len(inspection.Unread) > 0 {
		return nil, faultf("unread", "%+v", inspection.Unread)
	}
	for i, r := range t.Renames {
		id := hclschema.Identity{Kind: r.Kind, Parent: r.Parent, Name: r.To}
		switch o := inspection.State.Get(id); {
		case o == nil: // SQLite didn't take it
		case i%2 == 0:
			o.RenamedFrom = r.From
		default:
			path := strconv.Quote(r.From)
			if r.Parent != "" {
				path = strconv.Quote(r.Parent) + "." + path
			}
			t.asked = append(t.asked, r.Kind+" "+path+"="+strconv.Quote(r.To))
		}
	}
	files, err := hclschema.Write(inspection.State, t.driver)
	if err != nil {
		return nil, faultf("write models", "%v", err)
	}
	for _, file := range files {
		t.sources = append(t.sources, hclschema.Source(file))
	}
	return t.reload(t.sources)
}

func (t *trial) reload(sources []hclschema.Source) (*hclschema.State, error) {
	state, diagnostics := hclschema.Load(sources, nil, t.driver)
	if diagnostics.HasErrors() {
		return nil, faultf("read models", "%v\n%s", diagnostics, sources[0].Bytes)
	}
	return state, nil
}

var withoutNames = regexp.MustCompile(`a row of .*`)

// create plans, and has the plan go through its file.
func (t *trial) create() error {
	desired, err := t.models()
	if err != nil && strings.Contains(err.Error(), "Names look the same") {
		t.refused = "names look the same"
		return nil
	}
	if err != nil {
		return err
	}
	if t.live, err = t.open("a.db"); err != nil {
		return err
	}
	t.plan, err = planner.Create(context.Background(), planner.Request{Driver: t.driver, Live: t.live, Desired: desired, Renames: t.asked, DropUnmanaged: true})
	var against *planner.RowsError
	var rename *planner.RenameError
	switch {
	case errors.As(err, &against):
		t.refused = "rows: " + withoutNames.ReplaceAllString(against.Hazards[0].Text, "…")
		return nil
	case errors.As(err, &rename):
		t.refused = "rename"
		return nil
	case err != nil && strings.Contains(err.Error(), "renames no column to or from a name of the rowid"):
		t.refused = "rename to or from a name of the rowid"
		return nil
	case err != nil && strings.Contains(err.Error(), "expressions prohibited in PRIMARY KEY and UNIQUE constraints"):
		t.refused = "SQLite can't rename a column that has two keys of its own WITHOUT ROWID"
		return nil
	case err != nil:
		return faultf(fmt.Sprintf("create %T", err), "%v", err)
	}
	meta := planner.Meta{ID: "0123456789ab", Message: "a pair", Created: time.Unix(0, 0)}
	content := revision.Write(planner.Revision(t.plan, meta))
	file, diagnostics := revision.Read("file.hcl", content)
	if diagnostics.HasErrors() || !bytes.Equal(revision.Write(file), content) {
		return faultf("read revision", "%v\n%s", diagnostics, content)
	}
	t.file = file
	return nil
}

// run runs the revision file as users do.
func (t *trial) run(move func(context.Context, execute.Options) (execute.Result, error), target string) error {
	graph, diagnostics := revision.Join([]*revision.File{t.file})
	if diagnostics.HasErrors() {
		return diagnostics
	}
	_, err := move(context.Background(), execute.Options{
		Driver: t.driver, Conn: t.live, Graph: graph, Clock: time.Now, Tool: "pairs", VersionTable: versionTable, Target: target,
	})
	return err
}

func (t *trial) up() error {
	if err := t.run(execute.Upgrade, "head"); err != nil {
		return t.notUp(err)
	}
	after, err := take(t.folder, "a.db", t.B)
	if err != nil {
		return faultf("read after the upgrade", "%v", err)
	}
	if difference := cmp.Diff(t.want.facts, after.facts); difference != "" {
		return faultf("upgrade differs", "(-want +got)\n%s", difference)
	}
	if len(t.before.broken) == 1 && !slices.Equal(after.broken, t.before.broken) {
		return faultf("integrity after the upgrade", "%v", after.broken)
	}
	for _, tab := range t.B.Tables {
		old := t.A.table(t.formerly(tab.Name))
		if old == nil {
			continue
		}
		same := sameRows{before: old, after: tab, rows: t.before.rows[fold(old.Name)], now: after.rows[fold(tab.Name)]}
		same.was = func(c string) string { return t.formerColumn(tab.Name, c) }
		difference, changed, err := same.check()
		if err != nil || difference != "" {
			return faultf("rows after the upgrade", "%s: %v %s", tab.Name, err, difference)
		}
		if changed && !t.warned(tab.Name) {
			return faultf("values change without a hazard", "%s: %+v", tab.Name, t.plan.UpgradeHazards)
		}
		if err := sameCounter(old, tab, t.before, after); err != nil {
			return err
		}
	}
	return t.virtualRows(after)
}

// notUp says that an upgrade that failed did so for a reason that was told and could not be counted, and that it left
// everything in place.
func (t *trial) notUp(cause error) error {
	told := slices.ContainsFunc(t.plan.UpgradeHazards, func(h drivers.Hazard) bool { return h.Kind == drivers.Violates && h.Rows < 0 })
	if !told {
		return faultf("upgrade fails", "%v", cause)
	}
	t.refused = "while upgrading: rows that could not be counted"
	return t.same(t.before, t.A, cause)
}

// same says that what failed has left everything in place.
func (t *trial) same(before snapshot, s schema, cause error) error {
	after, err := take(t.folder, "a.db", s)
	if err != nil {
		return err
	}
	if difference := cmp.Diff(before.facts, after.facts) + cmp.Diff(before.rows, after.rows); difference != "" {
		return faultf("half a way", "%v\n%s", cause, difference)
	}
	return nil
}

// warned says whether a hazard of the table speaks of values that change.
func (t *trial) warned(table string) bool {
	return slices.ContainsFunc(t.plan.UpgradeHazards, func(h drivers.Hazard) bool {
		return h.Kind != drivers.Rewrites && (h.Object.Parent == table || h.Object.Name == table) && h.Rows > 0
	})
}

func sameCounter(old, tab *table, before, after snapshot) error {
	if old.Key == nil || !old.Key.AutoIncrement || tab.Key == nil || !tab.Key.AutoIncrement {
		return nil
	}
	if was, is := before.counters[fold(old.Name)], after.counters[fold(tab.Name)]; was != is {
		return faultf("counter", "%s: %q before, %q after", tab.Name, was, is)
	}
	return nil
}

// virtualRows compares the rows of virtual tables that stay as they are.
func (t *trial) virtualRows(after snapshot) error {
	for _, v := range t.B.Virtuals {
		for _, old := range t.A.Virtuals {
			if old.Name == v.Name && old.ddl() == v.ddl() {
				if difference := cmp.Diff(t.before.rows[fold(v.Name)], after.rows[fold(v.Name)]); difference != "" {
					return faultf("rows of a virtual table", "%s", difference)
				}
			}
		}
	}
	return nil
}

// settled says that nothing is left to plan.
func (t *trial) settled() error {
	desired, err := t.reload(t.sources)
	if err != nil {
		return err
	}
	again, err := planner.Create(context.Background(), planner.Request{Driver: t.driver, Live: t.live, Desired: desired})
	if err != nil || !again.Empty() {
		return faultf("a second create", "%v, %+v", err, again)
	}
	return nil
}

// stable says that the same plan comes of the same models in another order, for some pairs.
func (t *trial) stable() error {
	if !t.Later {
		return nil
	}
	sources := slices.Clone(t.sources)
	slices.Reverse(sources)
	var plans []string
	for _, sources := range [][]hclschema.Source{t.sources, sources} {
		desired, err := t.reload(sources)
		if err != nil {
			return err
		}
		db, err := t.open("b.db")
		if err != nil {
			return err
		}
		plan, err := planner.Create(context.Background(), planner.Request{Driver: t.driver, Live: mustBeEmpty{db}, Desired: desired, Unproven: true})
		if err = errors.Join(err, db.Close()); err != nil {
			return faultf("create from nothing", "%v", err)
		}
		plans = append(plans, string(revision.Write(planner.Revision(plan, planner.Meta{ID: "0123456789ab", Message: "m", Created: time.Unix(0, 0)}))))
	}
	if plans[0] != plans[1] {
		return faultf("order of models", "%s", cmp.Diff(plans[0], plans[1]))
	}
	return nil
}

// mustBeEmpty is a connection to a database that seems empty.
type mustBeEmpty struct{ drivers.Connection }

// Inspect implements drivers.Connection.
func (mustBeEmpty) Inspect(context.Context) (*drivers.Inspection, error) {
	return &drivers.Inspection{State: hclschema.NewState(sqlite.Driver{}.Key)}, nil
}

func (t *trial) down() error {
	if t.Later {
		if err := t.addRows(); err != nil {
			return err
		}
	}
	before, err := take(t.folder, "a.db", t.B)
	if err != nil {
		return err
	}
	if err := t.run(execute.Downgrade, "base"); err != nil {
		return t.stands(before, err)
	}
	after, err := take(t.folder, "a.db", t.A)
	if err != nil {
		return faultf("read after the downgrade", "%v", err)
	}
	if difference := cmp.Diff(t.before.facts, after.facts); difference != "" {
		return faultf("downgrade differs", "(-want +got)\n%s", difference)
	}
	if len(before.broken) == 1 && !slices.Equal(after.broken, before.broken) {
		return faultf("integrity after the downgrade", "%v", after.broken)
	}
	if line := contains(t.before.dangling, after.dangling); line != "" && !t.Later && !strings.Contains(line, "don't fit") {
		return faultf("dangling after the downgrade", "%s", line)
	}
	for _, tab := range t.A.Tables {
		for _, now := range t.B.Tables {
			if fold(t.formerly(now.Name)) != fold(tab.Name) {
				continue
			}
			same := sameRows{before: now, after: tab, rows: before.rows[fold(now.Name)], now: after.rows[fold(tab.Name)]}
			same.was = func(c string) string { return t.laterColumn(now.Name, c) }
			if difference, _, err := same.check(); err != nil || difference != "" {
				return faultf("rows after the downgrade", "%s: %v %s", tab.Name, err, difference)
			}
			if err := sameCounter(now, tab, before, after); err != nil {
				return err
			}
		}
	}
	return nil
}

// laterColumn is the name that a column of the first schema has in the second.
func (p *pair) laterColumn(table, column string) string {
	for _, r := range p.Renames {
		if r.Kind == "column" && r.Parent == table && r.From == column {
			return r.To
		}
	}
	return column
}

// stands says that a way back that rows refuse has left everything in place.
func (t *trial) stands(before snapshot, cause error) error {
	var orphans *drivers.ForeignKeyError
	switch {
	case t.Later:
	case len(t.plan.Proof.NotBack) > 0:
		t.back = "rows that the plan says can't come back"
	case errors.As(cause, &orphans) && len(t.before.dangling) > 0:
		t.back = "rows that referred to nothing at the start"
	default:
		return faultf("downgrade fails", "%v", cause)
	}
	if t.back == "" {
		t.back = "rows that came later"
	}
	return t.same(before, t.B, cause)
}

// addRows puts rows into the new tables, as far as these take them.
func (t *trial) addRows() error {
	db, err := sql.Open("sqlite", filepath.Join(t.folder, "a.db"))
	if err != nil {
		return err
	}
	for _, tab := range t.B.Tables {
		for i := range 3 {
			numbers := make([]int, len(tab.Columns))
			for j := range numbers {
				numbers[j] = 100 + i*37 + j*11
			}
			if err := tab.insert(db, numbers, 600+i); err != nil {
				break // a trigger of the table may well be against it
			}
		}
	}
	return db.Close()
}
