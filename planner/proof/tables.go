package proof

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// side tells the two states of a plan apart.
type side int

const (
	atStart side = iota
	atEnd
)

// table is something that holds rows, as it is at the start and at the end. One of the two may be missing.
type table struct {
	objects [2]*hclschema.Object
	columns []*column
	// byName finds columns by their folded identity.
	byName [2]map[hclschema.Identity]int
	keys   []foreignKey
	// clauses are the checks of both sides, texts what else may refuse a row: generated columns, expressions of indexes.
	clauses []clause
	texts   []string
	// unique are the columns of which a primary key, a unique constraint or a unique index makes use.
	unique map[int]bool
	// rows are those that were put in, a value for each column.
	rows []row
	// width is the number of columns of a table whose columns the state doesn't tell: a virtual table.
	width int
	// without is why there are no rows.
	without string
	// facts are what a Sampler says of the table on each side.
	facts [2]drivers.Rows
	// counter is what is known of the table's AUTOINCREMENT, nil for nothing.
	counter *counter
	visited bool
	// unfilled is why the table gets no rows; empty where it gets some.
	unfilled string
}

// column is a column on both sides, or on the one that has it.
type column struct {
	objects [2]*hclschema.Object
	// sample and typing are what a Sampler says of the column; sample is nil without one.
	sample *drivers.Sample
	typing [2]drivers.Typing
	// keeps is how much of a value stays when the column becomes that of the other side, by the side that it comes from.
	keeps [2]drivers.Fidelity
}

// row is a value for each column of a table; unset where the column's default is to be taken.
type row []any

// unset is the value of a column that an INSERT leaves out.
type unset struct{}

// foreignKey is a key of either side. parent is nil where the key can hold nothing but NULL: its table is not there, or
// has no rows yet on that side.
type foreignKey struct {
	columns []int
	parent  *table
	refs    []int
}

// clause is a check with the columns that it speaks of.
type clause struct {
	side    side
	name    string
	text    string
	columns []int
}

// in is the column on a side if an INSERT may name it there.
func (c *column) in(s side) bool {
	return c.objects[s] != nil && c.objects[s].Properties[hclschema.PropGenerated] == nil
}

// both says that the column lives through the plan.
func (c *column) both() bool { return c.objects[atStart] != nil && c.objects[atEnd] != nil }

// any is the column on the side that has it, the start first.
func (c *column) any() *hclschema.Object {
	if c.objects[atStart] != nil {
		return c.objects[atStart]
	}
	return c.objects[atEnd]
}

// nullable says that no side demands a value.
func (c *column) nullable() bool {
	for _, o := range c.objects {
		if o != nil && !o.Properties.Bool(hclschema.PropNull) {
			return false
		}
	}
	return c.sample == nil || !c.sample.NotNull
}

// identity is the table's on the side that has it, the end first, since that is the name people know.
func (t *table) identity() hclschema.Identity {
	if t.objects[atEnd] != nil {
		return t.objects[atEnd].Identity
	}
	return t.objects[atStart].Identity
}

// any is the table on the side that has it, the start first.
func (t *table) any() *hclschema.Object {
	if t.objects[atStart] != nil {
		return t.objects[atStart]
	}
	return t.objects[atEnd]
}

// both says that the table lives through the plan.
func (t *table) both() bool { return t.objects[atStart] != nil && t.objects[atEnd] != nil }

// pairing brings the two states of a request together.
type pairing struct {
	states [2]*hclschema.State
	driver drivers.Linker
	// sampler is nil for an engine with loose types.
	sampler drivers.Sampler
	// to holds the renames by their folded From; taken the folded names that they lead to.
	to    map[hclschema.Identity]hclschema.Identity
	taken map[hclschema.Identity]bool
	// at finds tables by their folded identity.
	at       [2]map[hclschema.Identity]*table
	tables   []*table
	counters []*source
}

// pair lists the tables of both states in the order of the start, then of the end, one entry for the two sides of a table that
// stays, and what else they have in common.
func pair(r Request) *pairing {
	p := &pairing{
		states: [2]*hclschema.State{r.Start, r.End},
		driver: r.Driver,
		to:     map[hclschema.Identity]hclschema.Identity{},
		taken:  map[hclschema.Identity]bool{},
		at:     [2]map[hclschema.Identity]*table{{}, {}},
	}
	if sampling, ok := r.Driver.(drivers.Sampling); ok {
		p.sampler = sampling.Sampler()
	}
	p.renames(r.Renames)
	p.pair()
	because := r.UnfilledBecause
	if because == "" {
		because = "steps of the revision put rows in"
	}
	for _, id := range r.Unfilled {
		for s, state := range p.states {
			if t := p.at[s][state.Key(id)]; t != nil {
				t.unfilled = because
			}
		}
	}
	for _, t := range p.tables {
		p.sampleTable(t)
		p.pairColumns(t)
		p.sampleColumns(t)
	}
	for _, t := range p.tables {
		for _, s := range []side{atStart, atEnd} {
			p.constraints(t, s)
			if p.sampler != nil && t.objects[s] != nil {
				p.partitionKeys(t, s)
			}
		}
		// Keys of many columns come first: they leave less choice than those that share a column with them.
		slices.SortStableFunc(t.keys, func(a, b foreignKey) int { return len(b.columns) - len(a.columns) })
	}
	p.pairCounters()
	return p
}

// renames notes units first, since the From of a part may lie in a unit under its old name or under its new one.
func (p *pairing) renames(renames []drivers.Rename) {
	start, end := p.states[atStart], p.states[atEnd]
	former := map[hclschema.Identity]hclschema.Identity{}
	schemas := map[string]string{} // by their new names
	for _, rename := range renames {
		if rename.From.Kind == hclschema.KindSchema {
			schemas[rename.To.Name] = rename.From.Name
		}
	}
	note := func(from, to hclschema.Identity) {
		if old, ok := schemas[from.Schema]; ok && start.Get(from) == nil {
			from.Schema = old
		}
		p.to[start.Key(from)] = to
		p.taken[end.Key(to)] = true
	}
	for _, rename := range renames {
		if rename.From.Parent == "" {
			note(rename.From, rename.To)
			former[end.Key(rename.To)] = rename.From
		}
	}
	for _, rename := range renames {
		if rename.From.Parent == "" {
			continue
		}
		from := rename.From
		unit := hclschema.Identity{Kind: p.kindOf(rename.To), Schema: rename.To.Schema, Name: rename.To.Parent}
		if old, ok := former[end.Key(unit)]; ok {
			from.Schema, from.Parent = old.Schema, old.Name
		}
		note(from, rename.To)
	}
}

// kindOf is the kind of the unit that a part belongs to.
func (p *pairing) kindOf(part hclschema.Identity) string { return p.driver.Unit(part).Kind }

func (p *pairing) pair() {
	start, end := p.states[atStart], p.states[atEnd]
	for _, o := range start.Objects() {
		if !p.holdsRows(o) {
			continue
		}
		t := &table{objects: [2]*hclschema.Object{o, p.counterpart(o.Identity, o.Identity)}}
		p.tables = append(p.tables, t)
		p.at[atStart][start.Key(o.Identity)] = t
		if other := t.objects[atEnd]; other != nil {
			p.at[atEnd][end.Key(other.Identity)] = t
		}
	}
	for _, o := range end.Objects() {
		key := end.Key(o.Identity)
		if p.holdsRows(o) && p.at[atEnd][key] == nil {
			t := &table{objects: [2]*hclschema.Object{nil, o}}
			p.tables = append(p.tables, t)
			p.at[atEnd][key] = t
		}
	}
}

func (p *pairing) holdsRows(o *hclschema.Object) bool {
	return o.Identity.Parent == "" && p.driver.HoldsRows(o.Identity)
}

// counterpart is the object at the end that an object of the start becomes: the target of its rename, else the one that
// has the identity same, in a schema that is renamed with all that is in it by its new name, unless that is another object's
// new name.
func (p *pairing) counterpart(id, same hclschema.Identity) *hclschema.Object {
	end := p.states[atEnd]
	if to, ok := p.to[p.states[atStart].Key(hclschema.Identity{Kind: hclschema.KindSchema, Name: same.Schema})]; ok && same.Schema == id.Schema {
		same.Schema = to.Name
	}
	if to, ok := p.to[p.states[atStart].Key(id)]; ok {
		return end.Get(to)
	}
	if p.taken[end.Key(same)] {
		return nil
	}
	return end.Get(same)
}

func (p *pairing) pairColumns(t *table) {
	t.byName = [2]map[hclschema.Identity]int{{}, {}}
	start, end := t.objects[atStart], t.objects[atEnd]
	if start != nil {
		for n, o := range p.children(t, atStart, hclschema.KindColumn) {
			c := &column{objects: [2]*hclschema.Object{o, nil}}
			if end != nil {
				same := o.Identity
				same.Schema, same.Parent = end.Identity.Schema, end.Identity.Name
				if p.sampler == nil {
					c.objects[atEnd] = p.counterpart(o.Identity, same)
				} else {
					c.objects[atEnd] = p.inherited(t, n)
				}
			}
			p.addColumn(t, c)
		}
	}
	if end != nil {
		for _, o := range p.children(t, atEnd, hclschema.KindColumn) {
			if _, ok := t.byName[atEnd][p.states[atEnd].Key(o.Identity)]; !ok {
				p.addColumn(t, &column{objects: [2]*hclschema.Object{nil, o}})
			}
		}
	}
}

func (p *pairing) addColumn(t *table, c *column) {
	for s, o := range c.objects {
		if o != nil {
			t.byName[s][p.states[s].Key(o.Identity)] = len(t.columns)
		}
	}
	t.columns = append(t.columns, c)
}

// children are the parts of a table on a side that are of the kind.
func (p *pairing) children(t *table, s side, kind string) []*hclschema.Object {
	if p.sampler != nil && kind == hclschema.KindColumn {
		return t.facts[s].Columns
	}
	var children []*hclschema.Object
	id := t.objects[s].Identity
	for _, o := range p.states[s].Children(id.Schema, id.Name) {
		if o.Identity.Kind == kind {
			children = append(children, o)
		}
	}
	return children
}
