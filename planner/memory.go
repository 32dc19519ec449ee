package planner

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"maps"
	"slices"
	"sync"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Memory keeps what scratch told of databases that are alike, such as schemas of one database at the same revision: it is asked once for
// all that hold the very same objects, and rows are counted in each. It serves requests with the same models, for schemas of one
// database. The zero value is ready; goroutines may share it.
type Memory struct {
	lock sync.Mutex
	kept map[string]*kept
}

// kept is a plan before rows were counted.
type kept struct {
	// turn is held by the one that makes it, while others wait.
	turn sync.Mutex
	made *maker
	// failed says that it couldn't be made; why may be the matter of one database.
	failed bool
}

func (m *Memory) of(key string) *kept {
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.kept == nil {
		m.kept = map[string]*kept{}
	}
	if m.kept[key] == nil {
		m.kept[key] = &kept{}
	}
	return m.kept[key]
}

// onScratch finds the steps, with the help of scratch or of what a database that is alike was told. Declared rows are compared in the
// database itself, and proofs belong to one plan.
func (m *maker) onScratch(ctx context.Context) error {
	if m.Memory == nil || !m.Unproven || len(m.sets) > 0 || len(m.renames.list) > 0 {
		return m.steps(ctx)
	}
	kept := m.Memory.of(m.likeness())
	kept.turn.Lock()
	if kept.made != nil {
		defer kept.turn.Unlock()
		m.start, m.settled, m.plan = kept.made.start, kept.made.settled, kept.made.plan.uncounted()
		return nil
	}
	if kept.failed {
		kept.turn.Unlock()
		return m.steps(ctx)
	}
	defer kept.turn.Unlock()
	if err := m.steps(ctx); err != nil {
		var unreachable *drivers.UnreachableError
		kept.failed = !errors.As(err, &unreachable)
		return err
	}
	made := *m
	made.plan = m.plan.uncounted()
	kept.made = &made
	return nil
}

// steps asks scratch.
func (m *maker) steps(ctx context.Context) error {
	if err := m.normalise(ctx); err != nil || m.settled {
		return err
	}
	return m.script(ctx)
}

// uncounted is a copy of a plan whose rows were not counted yet, and that counting them leaves as it is.
func (p *Plan) uncounted() *Plan {
	c := *p
	c.Upgrade, c.Downgrade = slices.Clone(p.Upgrade), slices.Clone(p.Downgrade)
	c.UpgradeHazards, c.DowngradeHazards = slices.Clone(p.UpgradeHazards), slices.Clone(p.DowngradeHazards)
	c.Units = slices.Clone(p.Units)
	for i := range c.Units {
		c.Units[i].Parts = slices.Clone(c.Units[i].Parts)
	}
	return &c
}

// likeness is the same for databases, with their models, in which scratch would find the same.
func (m *maker) likeness() string {
	sum := sha256.New()
	for _, state := range []*hclschema.State{m.current, m.desired} {
		fmt.Fprintf(sum, "%q\n", state.DefaultCalled())
		for _, o := range state.Objects() {
			writeObject(sum, o)
		}
	}
	fmt.Fprintf(sum, "%q", m.Exclude)
	return string(sum.Sum(nil))
}

// writeObject writes all that is known of an object.
func writeObject(sum hash.Hash, o *hclschema.Object) {
	fmt.Fprintf(sum, "%#v %#v %#v %#v %t %q %q %s\n", o.Identity, o.Former, o.DependsOn, o.Mentions, o.Detachable, o.RenamedFrom, o.RenamedElements, o.Range)
	for _, name := range o.Properties.Names() {
		fmt.Fprintf(sum, "%q %q %q\n", name, o.Properties[name].Key(), o.Properties[name].String())
	}
	for _, name := range slices.Sorted(maps.Keys(o.Derived)) {
		fmt.Fprintf(sum, "%q %q\n", name, o.Derived[name])
	}
}
