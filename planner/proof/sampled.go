package proof

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// sampleTable asks the sampler about a table, before its columns are paired.
func (p *pairing) sampleTable(t *table) {
	if p.sampler == nil {
		return
	}
	for s, o := range t.objects {
		if o != nil {
			t.facts[s] = p.sampler.Table(p.states[s], o)
		}
	}
}

// sampleColumns asks it about the columns.
func (p *pairing) sampleColumns(t *table) {
	if p.sampler == nil {
		return
	}
	for _, c := range t.columns {
		var forms []drivers.Typed
		for s, o := range c.objects {
			if o != nil {
				form := drivers.Typed{State: p.states[s], Column: o, Renames: p.to}
				c.typing[s] = p.sampler.Typing(form)
				forms = append(forms, form)
			}
		}
		sample := p.sampler.Sample(forms...)
		c.sample = &sample
		if c.both() {
			c.keeps[atStart] = p.sampler.Keeps(forms[0], forms[1])
			c.keeps[atEnd] = p.sampler.Keeps(forms[1], forms[0])
		}
	}
}

// inherited is the column at the end that the n-th of the start becomes, which may be declared in another table.
func (p *pairing) inherited(t *table, n int) *hclschema.Object {
	start, end := t.facts[atStart], t.facts[atEnd]
	name := start.Columns[n].Identity.Name
	to, renamed := p.to[p.states[atStart].Key(start.Declared[n])]
	for i, o := range end.Columns {
		key := p.states[atEnd].Key(end.Declared[i])
		if renamed && key == p.states[atEnd].Key(to) || !renamed && o.Identity.Name == name && !p.taken[key] {
			return o
		}
	}
	return nil
}

// partitionKeys are the foreign keys of a table's partitions, which its rows must fulfil too.
func (p *pairing) partitionKeys(t *table, s side) {
	for _, part := range p.tables {
		if part.objects[s] == nil || part.facts[s].Of != t.objects[s].Identity {
			continue
		}
		for _, o := range p.states[s].Children(part.objects[s].Identity.Schema, part.objects[s].Identity.Name) {
			if o.Identity.Kind != hclschema.KindForeignKey {
				continue
			}
			if key, ok := p.foreignKey(t, s, o); ok && !slices.ContainsFunc(t.keys, key.equal) {
				t.keys = append(t.keys, key)
			}
		}
	}
}

func (k foreignKey) equal(other foreignKey) bool {
	return k.parent == other.parent && slices.Equal(k.columns, other.columns) && slices.Equal(k.refs, other.refs)
}

// conditions notes what the sampler knows to stand against rows besides checks.
func (p *pairing) conditions(t *table, s side) {
	for _, text := range t.facts[s].Conditions {
		t.clauses = append(t.clauses, clause{side: s, text: text, columns: p.mentioned(t, s, text)})
	}
	for i, c := range t.columns {
		for _, text := range c.typing[s].Checks {
			t.clauses = append(t.clauses, clause{side: s, text: text, columns: []int{i}})
		}
	}
}

// places notes that a row has to stay in its partition where that gets other bounds: the plan moves none.
func (p *pairing) places(t *table) {
	if !t.both() {
		return
	}
	for _, part := range p.tables {
		if !part.both() || part.facts[atStart].Of != t.objects[atStart].Identity || part.facts[atEnd].Of != t.objects[atEnd].Identity ||
			slices.Equal(part.facts[atStart].Conditions, part.facts[atEnd].Conditions) {
			continue
		}
		text := "(" + allOf(part.facts[atStart].Conditions) + ") = (" + allOf(part.facts[atEnd].Conditions) + ")"
		t.clauses = append(t.clauses, clause{side: atStart, text: text, columns: p.mentioned(t, atStart, text)})
	}
}

// allOf is the condition that all of some hold.
func allOf(conditions []string) string {
	if len(conditions) == 0 {
		return "true"
	}
	return "(" + strings.Join(conditions, ") AND (") + ")"
}

// elsewhere says that the table's rows are those of another one on a side: that of a partition.
func (t *table) elsewhere(s side) bool { return t.facts[s].Of != (hclschema.Identity{}) }

// moves says that the table's rows are those of another one on one side only, or of different ones.
func (t *table) moves() bool {
	return (t.elsewhere(atStart) || t.elsewhere(atEnd)) && t.facts[atStart].Of != t.facts[atEnd].Of
}

// unfit says why the sampler knows no rows for the table; empty where it does. Columns of unknown types that can be left out
// are no reason.
func (t *table) unfit(s side) string {
	if t.facts[s].Without != "" {
		return t.facts[s].Without
	}
	for _, c := range t.columns {
		if c.sample == nil || c.sample.Unknown == "" || !c.in(s) || c.nullable() {
			continue
		}
		if demands(c.objects[s]) {
			return "column " + c.objects[s].Identity.Name + " of type " + c.sample.Unknown
		}
	}
	return ""
}

// sampledShape are values that a driver knows.
type sampledShape struct {
	sample drivers.Sample
	// absent stands for the value of a column whose type nobody knows.
	absent any
}

func (c *column) sampledShape() shape {
	s := sampledShape{sample: *c.sample}
	if s.sample.Unknown != "" && !c.nullable() {
		s.absent = unset{}
	}
	return s
}

func (s sampledShape) plain(position, n int) any {
	if s.sample.Unknown != "" {
		return s.absent
	}
	return s.sample.Plain(position, n)
}

func (s sampledShape) others() []any {
	if s.sample.Unknown != "" {
		return []any{s.absent}
	}
	return s.sample.Others
}

func (s sampledShape) suggest(numbers, texts []any) []any {
	if s.sample.Unknown != "" {
		return nil
	}
	return s.sample.Suggest(numbers, texts)
}

func (s sampledShape) candidates(plain, numbers, texts []any) []any {
	if s.sample.Unknown != "" {
		return nil
	}
	return append(append(plain, s.sample.Suggest(numbers, texts)...), s.sample.Others...)
}
