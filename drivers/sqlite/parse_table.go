package sqlite

import (
	"fmt"

	"github.com/duo-orm/duo-orm/hclschema"
)

// tableText reads CREATE TABLE. Its objects come out in the order of columns, primary key, unique constraints, foreign
// keys and checks, each in the order of the text.
type tableText struct {
	*reader
	name       string
	properties hclschema.Properties
	columns    []*columnText
	// byName holds the columns by folded name.
	byName     map[string]*columnText
	primaryKey *hclschema.Object
	uniques    []*hclschema.Object
	foreign    []*hclschema.Object
	checks     []*hclschema.Object
	// constraint is the name that CONSTRAINT gave to the constraint that follows; empty where none did.
	constraint string
	// keyColumn is the column behind which PRIMARY KEY stands; nil where it stands by itself.
	keyColumn *columnText
	// rowid is the column that stands for the rowid; nil where none does.
	rowid *columnText
}

// parseTable reads the text of a table. The error completes "table t can't be carried: …".
func parseTable(sql string) (*tableText, error) {
	r, err := newReader(sql)
	if err != nil {
		return nil, err
	}
	t := &tableText{reader: r, properties: hclschema.Properties{}, byName: map[string]*columnText{}}
	if t.name, err = r.head("TABLE"); err != nil {
		return nil, err
	}
	if err := t.elements(); err != nil {
		return nil, err
	}
	if err := t.options(); err != nil {
		return nil, err
	}
	if err := t.settleKey(); err != nil {
		return nil, err
	}
	return t, nil
}

// elements reads the columns and constraints in their parentheses.
func (t *tableText) elements() error {
	if err := t.wantSymbol("("); err != nil {
		return err
	}
	for {
		if err := t.column(); err != nil {
			return err
		}
		if !t.symbol(",") {
			return t.wantSymbol(")")
		}
		if t.constraintAhead() {
			return t.constraints()
		}
	}
}

// constraintAhead says whether a constraint of the table begins here; none of these words can be a name.
func (t *tableText) constraintAhead() bool {
	return t.see("CONSTRAINT") || t.see("PRIMARY") || t.see("UNIQUE") || t.see("CHECK") || t.see("FOREIGN")
}

// constraints reads the table's constraints. SQLite wants no commas between them.
func (t *tableText) constraints() error {
	for {
		if err := t.tableConstraint(); err != nil {
			return err
		}
		if t.symbol(")") {
			return nil
		}
		if t.symbol(",") {
			t.constraint = ""
		}
	}
}

// options reads WITHOUT ROWID and STRICT.
func (t *tableText) options() error {
	for first := true; !t.done(); first = false {
		if !first {
			if err := t.wantSymbol(","); err != nil {
				return err
			}
		}
		switch {
		case t.accept("WITHOUT", "ROWID"):
			t.properties[hclschema.PropWithoutRowid] = hclschema.Bool(true)
		case t.accept("STRICT"):
			t.properties[hclschema.PropStrict] = hclschema.Bool(true)
		default:
			return t.unexpected("WITHOUT ROWID or STRICT")
		}
	}
	return nil
}

// settleKey works out what the primary key means for its columns: which of them allow NULL, and whether the key is the rowid.
func (t *tableText) settleKey() error {
	key := map[*columnText]bool{}
	for _, part := range t.keyPartsFound() {
		name := part.(hclschema.Record)["column"].(hclschema.Spelled)
		c := t.byName[name.Canonical]
		if c == nil {
			return fmt.Errorf("its primary key has the column %q, which was not found", name.Text)
		}
		key[c] = true
	}
	t.rowid = t.rowidColumn()
	implied := t.properties.Bool(hclschema.PropWithoutRowid) || t.properties.Bool(hclschema.PropStrict)
	for _, c := range t.columns {
		switch {
		case c == t.rowid:
			delete(c.properties, hclschema.PropNullName)
			delete(c.properties, hclschema.PropNullOnConflict)
		case !c.notNull && !(key[c] && implied):
			c.properties[hclschema.PropNull] = hclschema.Bool(true)
		}
	}
	return nil
}

// keyPartsFound are the parts of the primary key; none where there is no key.
func (t *tableText) keyPartsFound() hclschema.List {
	if t.primaryKey == nil {
		return nil
	}
	return t.primaryKey.Properties.List(hclschema.PropColumns)
}

// rowidColumn is the column that stands for the rowid; nil where none does. It also settles the one case in which the
// place of PRIMARY KEY matters: "x INTEGER PRIMARY KEY DESC" is no rowid, "PRIMARY KEY (x DESC)" is.
func (t *tableText) rowidColumn() *columnText {
	parts := t.keyPartsFound()
	if len(parts) != 1 || t.properties.Bool(hclschema.PropWithoutRowid) {
		return nil
	}
	part := parts[0].(hclschema.Record)
	c := t.byName[partColumn(part)]
	if c == nil || !rowidType(c.properties.Text(hclschema.PropType)) {
		return nil
	}
	if t.keyColumn == c && part["desc"] == hclschema.Bool(true) {
		t.primaryKey.Properties[hclschema.PropInline] = hclschema.Bool(true)
		return nil
	}
	return c
}

// objects are the table and its parts. Unnamed parts have no Ordinal yet.
func (t *tableText) objects() []*hclschema.Object {
	all := []*hclschema.Object{{
		Identity: hclschema.Identity{Kind: hclschema.KindTable, Name: t.name}, Properties: t.properties,
	}}
	for _, c := range t.columns {
		all = append(all, &hclschema.Object{
			Identity:   hclschema.Identity{Kind: hclschema.KindColumn, Parent: t.name, Name: c.name},
			Properties: c.properties,
		})
	}
	if t.primaryKey != nil {
		all = append(all, t.primaryKey)
	}
	all = append(all, t.uniques...)
	all = append(all, t.foreign...)
	return append(all, t.checks...)
}
