package proof

import (
	"github.com/duo-orm/duo-orm/hclschema"
)

// constraints notes what a side of a table asks of its rows.
func (p *pairing) constraints(t *table, s side) {
	if t.objects[s] == nil {
		return
	}
	id := t.objects[s].Identity
	p.conditions(t, s)
	if s == atStart {
		p.places(t)
	}
	for _, o := range p.states[s].Children(id.Schema, id.Name) {
		switch o.Identity.Kind {
		case hclschema.KindForeignKey:
			if key, ok := p.foreignKey(t, s, o); ok {
				t.keys = append(t.keys, key)
			}
		case hclschema.KindCheck:
			text := o.Properties.Text(hclschema.PropExpr)
			name := o.Identity.Name
			t.clauses = append(t.clauses, clause{side: s, name: name, text: text, columns: p.mentioned(t, s, text)})
		case hclschema.KindColumn:
			t.note(o.Properties.Text(hclschema.PropGenerated))
			if o.Properties.Bool(hclschema.PropAutoIncrement) {
				t.noteCounter(s, p.columnAt(t, s, o.Identity.Name))
			}
		case hclschema.KindPrimaryKey, hclschema.KindUnique:
			p.unique(t, s, o)
		case hclschema.KindIndex:
			t.note(o.Properties.Text(hclschema.PropWhere))
			if o.Properties.Bool(hclschema.PropUnique) {
				p.unique(t, s, o)
			}
		}
	}
}

// unique notes the columns of a key or index, and the expressions among its parts.
func (p *pairing) unique(t *table, s side, o *hclschema.Object) {
	if t.unique == nil {
		t.unique = map[int]bool{}
	}
	for _, part := range o.Properties.List(hclschema.PropColumns) {
		record, ok := part.(hclschema.Record)
		if !ok {
			continue
		}
		if name := record["column"]; name != nil {
			t.unique[p.columnAt(t, s, name.String())] = true
		}
		if expr := record["expr"]; expr != nil {
			t.note(expr.String())
			for _, i := range p.mentioned(t, s, expr.String()) {
				t.unique[i] = true
			}
		}
	}
}

func (t *table) note(text string) {
	if text != "" {
		t.texts = append(t.texts, text)
	}
}

// columnAt is the number of the column of that name, -1 where there is none.
func (p *pairing) columnAt(t *table, s side, name string) int {
	id := t.objects[s].Identity
	key := p.states[s].Key(hclschema.Identity{Kind: hclschema.KindColumn, Schema: id.Schema, Parent: id.Name, Name: name})
	if i, ok := t.byName[s][key]; ok {
		return i
	}
	return -1
}

// mentioned are the columns whose names are words of the text, in the order of the columns.
func (p *pairing) mentioned(t *table, s side, text string) []int {
	var columns []int
	seen := map[int]bool{}
	words := lex(text)
	for n, word := range words {
		if word.kind != nameToken || namesType(words[:n]) {
			continue
		}
		if i := p.columnAt(t, s, word.text); i >= 0 && !seen[i] {
			seen[i] = true
			columns = append(columns, i)
		}
	}
	return columns
}

// namesType says that what follows the words is a type: x::date.
func namesType(before []token) bool {
	n := len(before)
	return n > 1 && before[n-1].text == ":" && before[n-2].text == ":"
}

// foreignKey resolves a key. It is not ok where it names columns that the state doesn't have.
func (p *pairing) foreignKey(t *table, s side, o *hclschema.Object) (foreignKey, bool) {
	var key foreignKey
	for _, name := range o.Properties.List(hclschema.PropColumns) {
		i := p.columnAt(t, s, name.String())
		if i < 0 {
			return key, false
		}
		key.columns = append(key.columns, i)
	}
	parent := p.referenced(s, o)
	if parent == nil {
		return key, true
	}
	for _, name := range p.referencedColumns(parent, s, o) {
		if i := p.columnAt(parent, s, name); i >= 0 {
			key.refs = append(key.refs, i)
		}
	}
	if len(key.refs) == len(key.columns) {
		key.parent = parent
	}
	return key, true
}

// referenced is the table that a key points to, nil where it isn't in the state.
func (p *pairing) referenced(s side, o *hclschema.Object) *table {
	state := p.states[s]
	name := o.Properties.Text(hclschema.PropRefTable)
	id := hclschema.Identity{Kind: p.kindOf(o.Identity), Schema: o.Properties.Text(hclschema.PropRefSchema), Name: name}
	if t := p.at[s][state.Key(id)]; t != nil {
		return t
	}
	for _, needed := range o.DependsOn {
		if t := p.at[s][state.Key(needed)]; t != nil && needed.Name == name {
			return t
		}
	}
	return nil
}

// referencedColumns are those that the key names, or else its target's primary key.
func (p *pairing) referencedColumns(parent *table, s side, o *hclschema.Object) []string {
	var names []string
	if listed := o.Properties.List(hclschema.PropRefColumns); len(listed) > 0 {
		for _, name := range listed {
			names = append(names, name.String())
		}
		return names
	}
	for _, key := range p.children(parent, s, hclschema.KindPrimaryKey) {
		for _, part := range key.Properties.List(hclschema.PropColumns) {
			if record, ok := part.(hclschema.Record); ok && record["column"] != nil {
				names = append(names, record["column"].String())
			}
		}
	}
	return names
}
