package conformance

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// trial is a case on its way.
type trial struct {
	*testing.T
	Case
	target Target
	live   drivers.Connection
}

func (c Case) run(t *testing.T, target Target) {
	r := &trial{T: t, Case: c, target: target, live: c.open(t, target)}
	before, after := r.load(c.models(c.Before)), r.load(c.models(c.After))
	r.execute("first upgrade", r.plan(before, nil).Upgrade, false)
	r.settled("the models before", before)
	for _, statement := range c.Rows {
		if _, err := r.live.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s\n%v", statement, err)
		}
	}
	if c.Refused != "" {
		r.refused(after)
		return
	}
	plan := r.plan(after, c.Renames)
	if c.Nothing {
		if len(plan.Upgrade)+len(plan.Downgrade) > 0 {
			t.Errorf("there is nothing to do, but:\n%s", describe(plan.Upgrade))
		}
		return
	}
	if d := cmp.Diff(plan, r.plan(after, c.Renames)); d != "" {
		t.Errorf("two plans from the same input differ:\n%s", d)
	}
	r.judge(plan)
	r.upAndDown(plan, before, after)
}

// upAndDown runs the plan both ways and up again, and looks at everything after each leg.
func (r *trial) upAndDown(plan *Plan, before, after *hclschema.State) {
	bottom := r.inspect()
	r.agrees("the start of the plan", plan.Start, bottom)
	rows := r.snapshot()
	r.holds("before", func(q Query) (string, string) { return q.Before, q.Want })
	r.execute("upgrade", plan.Upgrade, plan.ForeignKeysOff)
	top := r.inspect()
	r.agrees("the end of the plan", plan.End, top)
	r.accounts("upgrade", plan.Upgrade, bottom, top)
	r.accounts("downgrade", plan.Downgrade, top, bottom)
	r.same("a database made from the models after", r.fresh(after), top)
	r.settled("the models after", after)
	stays := r.withoutRenamed(staying(bottom, top), after)
	r.kept("upgrade", rows, r.snapshot(), stays)
	r.holds("after the upgrade", Query.after)

	r.execute("downgrade", plan.Downgrade, plan.ForeignKeysOff)
	r.same("the database before", bottom, r.inspect())
	r.settled("the models before, after the downgrade", before)
	r.kept("downgrade", rows, r.snapshot(), stays)
	r.holds("after the downgrade", func(q Query) (string, string) { return q.Before, q.Want })

	r.execute("second upgrade", plan.Upgrade, plan.ForeignKeysOff)
	r.same("the first upgrade", top, r.inspect())
	r.kept("second upgrade", rows, r.snapshot(), stays)
}

// accounts makes sure that the steps tell each unit that they make and each that they drop: by that the units are known that a project
// manages.
func (r *trial) accounts(leg string, steps []drivers.Step, from, to *hclschema.State) {
	r.Helper()
	units := func(state *hclschema.State) map[string]bool {
		names := map[string]bool{}
		for _, unit := range drivers.Units(r.target.Driver, state) {
			names[state.Key(unit.Identity()).String()] = true
		}
		return names
	}
	there := units(from)
	for _, step := range steps {
		for _, id := range step.Drops {
			delete(there, from.Key(id).String())
		}
		for _, id := range step.Makes {
			there[from.Key(id).String()] = true
		}
	}
	if d := cmp.Diff(units(to), there); d != "" {
		r.Errorf("the units that are there after the %s, and as its steps tell (-want +got):\n%s", leg, d)
	}
}

// agrees compares the units of the database with a plan's fingerprints of them, as an upgrade does before it begins.
func (r *trial) agrees(what string, prints map[string]string, is *hclschema.State) {
	r.Helper()
	there := map[string]drivers.Unit{}
	for _, unit := range drivers.Units(r.target.Driver, is) {
		there[unit.Identity().String()] = unit
	}
	for name, print := range prints {
		if unit, ok := there[name]; !ok || !drivers.Agrees(r.target.Driver, print, unit, is.Key, r.Manages, false) {
			r.Errorf("%s: %s has another fingerprint in the database, or isn't there: %t", what, name, ok)
		}
	}
}

func (q Query) after() (string, string) {
	query, want := q.Before, q.Want
	if q.After != "" {
		query = q.After
	}
	if q.Then != "" {
		want = q.Then
	}
	return query, want
}

func (c Case) open(t testing.TB, target Target) drivers.Connection {
	t.Helper()
	live := target.Live
	if c.Manages {
		live = target.Managing
	}
	conn := live(t)
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

func (r *trial) load(text string) *hclschema.State {
	r.Helper()
	state, diags := hclschema.LoadWith([]hclschema.Source{{Name: "models.hcl", Bytes: []byte(text)}}, hclschema.LoadOptions{ManagePrivileges: r.Manages}, r.target.Driver)
	for _, d := range diags {
		r.Error(d)
	}
	if r.Failed() {
		r.Fatal(text)
	}
	return state
}

func (r *trial) plan(desired *hclschema.State, renames []string) *Plan {
	r.Helper()
	plan, err := r.target.Plan(r.Context(), r.live, desired, renames)
	if err != nil {
		r.Fatalf("no plan: %v", err)
	}
	return plan
}

// judge looks at the plan itself.
func (r *trial) judge(plan *Plan) {
	r.Helper()
	if len(plan.Upgrade) == 0 {
		r.Error("the plan is empty")
	}
	if len(plan.WithoutRows) > 0 != r.Unproven {
		r.Errorf("proved without rows in %q", plan.WithoutRows)
	}
	if r.Stops != nil {
		if d := cmp.Diff(r.Stops, append([]string{}, plan.NotBack...)); d != "" {
			r.Errorf("tables at whose rows the way back stops (-want +got):\n%s", d)
		}
	}
	if r.InPlace && plan.ForeignKeysOff {
		r.Errorf("a table is rebuilt:\n%s", describe(append(plan.Upgrade, plan.Downgrade...)))
	}
}

func (r *trial) refused(after *hclschema.State) {
	r.Helper()
	_, err := r.target.Plan(r.Context(), r.live, after, r.Renames)
	if err == nil {
		r.Fatal("a plan was made, where it had to be refused")
	}
	if !strings.Contains(err.Error(), r.Refused) {
		r.Errorf("refused with %q, wanted %q in it", err, r.Refused)
	}
}

// settled makes sure that a further plan finds nothing to do.
func (r *trial) settled(what string, desired *hclschema.State) {
	r.Helper()
	plan, err := r.target.Plan(r.Context(), r.live, desired, nil)
	switch {
	case err != nil:
		r.Fatalf("%s are there, but a further plan says %v", what, err)
	case len(plan.Upgrade)+len(plan.Downgrade) > 0:
		r.Fatalf("%s are there, but a further plan would do something:\n%s", what, describe(plan.Upgrade))
	}
}

// execute runs steps as an upgrade would: in one transaction, but for those that stand alone.
func (r *trial) execute(leg string, steps []drivers.Step, foreignKeysOff bool) {
	r.Helper()
	for _, step := range steps {
		foreignKeysOff = foreignKeysOff || step.ForeignKeysOff
	}
	begin := func() {
		if err := r.live.Begin(r.Context(), drivers.BeginOptions{ForeignKeysOff: foreignKeysOff}, nil); err != nil {
			r.Fatalf("%s: %v", leg, err)
		}
	}
	commit := func() {
		if err := r.live.Commit(r.Context()); err != nil {
			r.Fatalf("%s: %v\n%s", leg, err, describe(steps))
		}
	}
	begin()
	for _, step := range steps {
		if step.OwnTransaction {
			commit()
		}
		if _, err := r.live.Exec(r.Context(), step.SQL); err != nil {
			if back := r.live.Rollback(); back != nil {
				r.Error(back)
			}
			r.Fatalf("%s: %s: %v\n%s", leg, step.Name, err, describe(steps))
		}
		if step.OwnTransaction {
			begin()
		}
	}
	commit()
}

// fresh is the state of a database that was made from models at once.
func (r *trial) fresh(models *hclschema.State) *hclschema.State {
	r.Helper()
	other := &trial{T: r.T, Case: r.Case, target: r.target, live: r.open(r.T, r.target)}
	other.execute("making the models after", other.plan(models, nil).Upgrade, false)
	return other.inspect()
}

func (r *trial) inspect() *hclschema.State {
	r.Helper()
	inspection, err := r.live.Inspect(r.Context())
	if err != nil {
		r.Fatal(err)
	}
	for _, unread := range inspection.Unread {
		r.Errorf("%s can't be carried: %s", unread.Identity, unread.Reason)
	}
	broken, err := r.live.Try(r.Context(), inspection.State)
	if err != nil {
		r.Fatal(err)
	}
	for _, b := range broken {
		r.Errorf("%s is broken: %s", b.Identity, b.Message)
	}
	return inspection.State
}

// same compares two states, object by object and property by property.
func (r *trial) same(what string, want, got *hclschema.State) {
	r.Helper()
	if d := cmp.Diff(lines(want), lines(got)); d != "" {
		r.Fatalf("the schema is not that of %s (-want +got):\n%s", what, d)
	}
}

// lines are a state's objects and properties, as they are compared, whatever their order.
func lines(state *hclschema.State) map[string]string {
	all := map[string]string{}
	for _, o := range state.Objects() {
		id := state.Key(o.Identity).String()
		all[id] = o.Identity.Name
		for _, name := range o.Properties.Names() {
			all[id+" "+name] = o.Properties[name].Key()
		}
	}
	return all
}

// describe shows steps for a failure.
func describe(steps []drivers.Step) string {
	var b strings.Builder
	for _, step := range steps {
		fmt.Fprintf(&b, "-- %s\n%s;\n", step.Name, step.SQL)
	}
	return b.String()
}
