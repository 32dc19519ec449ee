package seed

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
)

// ProofRequest is a plan of rows to be proved.
type ProofRequest struct {
	Plan *Plan
	// End is the state in which the steps run.
	End *hclschema.State
	// Scratch makes a state on a throwaway database; Extend leads a database from one state to another.
	Scratch func(context.Context, *hclschema.State) (drivers.Connection, error)
	Extend  func(ctx context.Context, conn drivers.Connection, from, to *hclschema.State) error
}

// Prove runs the steps on scratch with the rows that the live database has where the steps work: up, down and up again. After the
// way up the declared rows must be there, after the way down those that were there before. It returns how many rows it worked
// with. A plan that doesn't hold is a *proof.Failure.
func Prove(ctx context.Context, r ProofRequest) (rows int, err error) {
	p := &prover{ProofRequest: r}
	full := p.withoutForeign()
	bare := full.Without(p.reacts)
	conn, err := r.Scratch(ctx, bare)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := p.load(ctx, conn); err != nil {
		return 0, err
	}
	if bare.Len() < full.Len() {
		if err := r.Extend(ctx, conn, bare, full); err != nil {
			return 0, &proof.Failure{Stage: "start", Cause: err}
		}
	}
	return p.rows, p.run(ctx, conn)
}

type prover struct {
	ProofRequest
	rows int
}

func (p *prover) isDeclared(table hclschema.Identity) *content {
	for _, c := range p.Plan.contents {
		if p.End.Key(c.id()) == p.End.Key(table) {
			return c
		}
	}
	return nil
}

// withoutForeign is the end state without the foreign keys whose rows aren't all known here: the live database has them.
func (p *prover) withoutForeign() *hclschema.State {
	left := map[hclschema.Identity]bool{}
	for _, c := range p.Plan.contents {
		for _, r := range c.references() {
			parent := p.isDeclared(r.to)
			if parent == nil || !c.fulfilled(r, parent) {
				left[p.End.Key(r.key.Identity)] = true
			}
		}
	}
	return p.End.Without(func(o *hclschema.Object) bool { return left[p.End.Key(o.Identity)] })
}

// fulfilled says that all known rows of a table find the rows that a foreign key wants among the known ones of the other.
func (c *content) fulfilled(r reference, parent *content) bool {
	there := map[string]bool{}
	for _, known := range parent.known() {
		if text, ok := tuple(known, r.refs); ok {
			there[text] = true
		}
	}
	for _, known := range c.known() {
		if text, ok := tuple(known, r.columns); ok && !there[text] {
			return false
		}
	}
	return true
}

// known are all rows that a plan knows of, as they were and as they will be.
func (c *content) known() []row { return append(c.before(), c.declared...) }

// before are the rows that are loaded: those of the live table that the declared ones match, and those that are deleted.
func (c *content) before() []row {
	var list []row
	for at := range c.declared {
		have, ok := c.live[at]
		if !ok {
			continue
		}
		have = clone(have)
		for _, o := range c.columns { // a column that the plan adds may want a value
			if v, ok := c.declared[at][o.Identity.Name]; ok && c.liveName(o.Identity.Name) == "" {
				have[o.Identity.Name] = v
			}
		}
		list = append(list, have)
	}
	return append(list, c.extra...)
}

func clone(r row) row {
	copied := make(row, len(r))
	for name, v := range r {
		copied[name] = v
	}
	return copied
}

// reacts says that an object would do something of its own to the rows that are loaded.
func (p *prover) reacts(o *hclschema.Object) bool {
	if o.Identity.Kind != hclschema.KindTrigger && o.Identity.Kind != hclschema.KindRule {
		return false
	}
	return p.isDeclared(hclschema.Identity{Kind: hclschema.KindTable, Schema: o.Identity.Schema, Name: o.Identity.Parent}) != nil
}

// load puts the rows in that are there before the steps.
func (p *prover) load(ctx context.Context, conn drivers.Connection) (err error) {
	if err := conn.Begin(ctx, drivers.BeginOptions{ForeignKeysOff: true}, nil); err != nil {
		return err
	}
	for _, c := range p.Plan.contents {
		rows := byTree(c, c.before(), func(r row) row { return r })
		p.rows += len(rows) + len(c.inserts)
		for _, b := range batches(rows, len(c.own()) > 0, mostRows, c.has) {
			text, err := c.insertRows(c.quoted(c.id()), b)
			if err == nil {
				_, err = conn.Exec(ctx, text)
			}
			if err != nil {
				step := &drivers.Step{Name: "put the rows of " + c.id().Path() + " in that are there now"}
				return &proof.Failure{Stage: "start", Step: step, Cause: errors.Join(err, conn.Rollback())}
			}
		}
	}
	if err := conn.Commit(ctx); err != nil {
		return &proof.Failure{Stage: "start", Cause: err}
	}
	return nil
}

// snapshot is the rows of each table by their keys.
type snapshot map[*content]map[string]row

func (p *prover) snapshot(ctx context.Context, conn drivers.Connection) (snapshot, error) {
	all := snapshot{}
	for _, c := range p.Plan.contents {
		rows, err := readAll(ctx, conn, c.seeder, c.driver, c.quoted(c.id()), c.columns, func(o *hclschema.Object) string { return o.Identity.Name })
		if err != nil {
			return nil, err
		}
		all[c] = map[string]row{}
		for _, r := range rows {
			all[c][c.key(r)] = r
		}
	}
	return all, nil
}

func (p *prover) run(ctx context.Context, conn drivers.Connection) error {
	before, err := p.snapshot(ctx, conn)
	if err != nil {
		return &proof.Failure{Stage: "start", Cause: err}
	}
	top, err := p.move(ctx, conn, "upgrade", p.Plan.Upgrade)
	if err != nil {
		return err
	}
	if err := differ("upgrade", p.missing(top)); err != nil {
		return err
	}
	bottom, err := p.move(ctx, conn, "downgrade", p.Plan.Downgrade)
	if err != nil {
		return err
	}
	if err := differ("downgrade", p.changed(before, bottom)); err != nil || !p.comesBack() {
		return err
	}
	if top, err = p.move(ctx, conn, "second upgrade", p.Plan.Upgrade); err != nil {
		return err
	}
	return differ("second upgrade", p.missing(top))
}

// comesBack says that the way down leads to where the way up can begin again: the tables that the plan makes aren't dropped here.
func (p *prover) comesBack() bool {
	return !slices.ContainsFunc(p.Plan.contents, func(c *content) bool { return !c.back() && len(c.inserts) > 0 })
}

func (p *prover) move(ctx context.Context, conn drivers.Connection, stage string, way []drivers.Step) (snapshot, error) {
	if err := conn.Begin(ctx, drivers.BeginOptions{}, nil); err != nil {
		return nil, err
	}
	for i := range way {
		if _, err := conn.Exec(ctx, way[i].SQL); err != nil {
			return nil, &proof.Failure{Stage: stage, Step: &way[i], Cause: errors.Join(err, conn.Rollback())}
		}
	}
	if err := conn.Commit(ctx); err != nil {
		return nil, &proof.Failure{Stage: stage, Cause: err}
	}
	after, err := p.snapshot(ctx, conn)
	if err != nil {
		return nil, &proof.Failure{Stage: stage, Cause: err}
	}
	return after, nil
}

// mostDifferences is how many differences are told.
const mostDifferences = 10

func differ(stage string, differences []string) error {
	if differences == nil {
		return nil
	}
	if more := len(differences) - mostDifferences; more > 0 {
		differences = append(differences[:mostDifferences:mostDifferences], fmt.Sprintf("and %d more", more))
	}
	return &proof.Failure{Stage: stage, Differences: differences, OfRows: true}
}

// missing are the declared rows that are not there, or not as they should be, and those that should be gone.
func (p *prover) missing(after snapshot) (differences []string) {
	for _, c := range p.Plan.contents {
		for at, want := range c.declared {
			old, had := c.live[at]
			key := c.key(want)
			if had { // which the engine may take for the same, though it is written in another way
				key = c.key(old)
			}
			have, there := after[c][key]
			switch {
			case !there:
				differences = append(differences, fmt.Sprintf("the row %s of %s is not there", c.named(want), c.id().Path()))
			case had && c.Set.Mode == hclschema.InsertRows:
			case had:
				want = clone(want)
				for _, name := range c.Set.Key {
					want[name] = have[name]
				}
				differences = append(differences, c.unlike(want, have)...)
			default:
				differences = append(differences, c.unlike(want, have)...)
			}
		}
		for _, gone := range c.deletes {
			if _, there := after[c][c.key(gone)]; there {
				differences = append(differences, fmt.Sprintf("the row %s of %s is still there", c.named(gone), c.id().Path()))
			}
		}
	}
	return differences
}

// changed are the rows that the way down didn't bring back.
func (p *prover) changed(before, after snapshot) (differences []string) {
	for _, c := range p.Plan.contents {
		if !c.back() {
			continue
		}
		for _, at := range c.inserts {
			if _, there := after[c][c.key(c.declared[at])]; there {
				differences = append(differences, fmt.Sprintf("the row %s of %s is still there", c.named(c.declared[at]), c.id().Path()))
			}
		}
		if !c.restorable() {
			continue
		}
		for _, u := range c.restored() {
			differences = append(differences, c.compareBack(before, after, c.live[u.at], u.columns)...)
		}
		for _, gone := range c.deletes {
			differences = append(differences, c.compareBack(before, after, gone, c.has(gone))...)
		}
	}
	return differences
}

func (c *content) compareBack(before, after snapshot, r row, columns []string) []string {
	was, is := before[c][c.key(r)], after[c][c.key(r)]
	if is == nil {
		return []string{fmt.Sprintf("the row %s of %s is not there", c.named(r), c.id().Path())}
	}
	want := row{}
	for _, name := range append(slices.Clone(c.Set.Key), columns...) {
		want[name] = was[name]
	}
	return c.unlike(want, is)
}

// unlike are the values of a row that aren't as they should be.
func (c *content) unlike(want, have row) (differences []string) {
	for _, name := range c.has(want) {
		if !same(want[name], have[name]) {
			differences = append(differences, fmt.Sprintf("the row %s of %s: %s is %s, not %s", c.named(want), c.id().Path(), name, shown(have[name]), shown(want[name])))
		}
	}
	return differences
}

// named is a row as messages call it, by its key.
func (c *content) named(r row) string {
	words := make([]string, 0, len(c.Set.Key))
	for _, name := range c.Set.Key {
		if v, ok := r[name]; ok {
			words = append(words, shown(v))
		}
	}
	return strings.Join(words, ", ")
}

// longestShown is how much of a value messages show.
const longestShown = 60

func shown(v value) string {
	if v == nil {
		return "NULL"
	}
	if letters := []rune(*v); len(letters) > longestShown {
		return string(letters[:longestShown-1]) + "…"
	}
	return *v
}
