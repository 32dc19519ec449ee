package sqlite

import (
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// tableUnit is a table's unit by kinds, each in the order of the unit.
type tableUnit struct {
	object  *hclschema.Object
	columns []*hclschema.Object
	key     *hclschema.Object
	// constraints are unique constraints, foreign keys and checks.
	constraints []*hclschema.Object
	indexes     []*hclschema.Object
	byName      map[string]*hclschema.Object
}

// newTableUnit sorts a unit. An object that is no part of a table is an error.
func newTableUnit(unit drivers.Unit) (*tableUnit, error) {
	t := &tableUnit{object: unit[0], byName: map[string]*hclschema.Object{}}
	for _, o := range unit[1:] {
		switch o.Identity.Kind {
		case hclschema.KindColumn:
			t.columns = append(t.columns, o)
			t.byName[fold(o.Identity.Name)] = o
		case hclschema.KindPrimaryKey:
			t.key = o
		case hclschema.KindUnique, hclschema.KindForeignKey, hclschema.KindCheck:
			t.constraints = append(t.constraints, o)
		case hclschema.KindIndex:
			t.indexes = append(t.indexes, o)
		default:
			return nil, fmt.Errorf("%s can't be made: a table of SQLite has no parts of the kind %s", o.Identity, o.Identity.Kind)
		}
	}
	if len(t.columns) == 0 {
		return nil, fmt.Errorf("%s has no columns; give it one", t.object.Identity)
	}
	return t, t.checkKey()
}

// checkKey makes sure that the key's columns are there and that AUTOINCREMENT stands on the only one of them.
func (t *tableUnit) checkKey() error {
	for _, part := range t.keyParts() {
		if name, ok := columnOf(part); ok && t.byName[fold(name)] == nil {
			return fmt.Errorf("%s names the column %q, which the table has not", t.key.Identity, name)
		}
	}
	for _, c := range t.columns {
		if c.Properties.Bool(hclschema.PropAutoIncrement) && t.onlyKeyColumn() != c {
			return fmt.Errorf("%s is auto_increment, which SQLite allows for the only column of the primary key; make it that", c.Identity)
		}
	}
	return nil
}

func (t *tableUnit) name() string { return t.object.Identity.Name }

func (t *tableUnit) strict() bool { return t.object.Properties.Bool(hclschema.PropStrict) }

func (t *tableUnit) withoutRowid() bool { return t.object.Properties.Bool(hclschema.PropWithoutRowid) }

// keyParts are the parts of the primary key, none where there is no key.
func (t *tableUnit) keyParts() []hclschema.Record {
	if t.key == nil {
		return nil
	}
	return partsOf(t.key)
}

// onlyKeyColumn is the column that is the whole primary key, or nil.
func (t *tableUnit) onlyKeyColumn() *hclschema.Object {
	parts := t.keyParts()
	if len(parts) != 1 {
		return nil
	}
	name, ok := columnOf(parts[0])
	if !ok {
		return nil
	}
	return t.byName[fold(name)]
}

// rowidColumn is the column that is another name for the rowid (sqlite.org/lang_createtable.html, section 5), or nil.
func (t *tableUnit) rowidColumn() *hclschema.Object {
	c := t.onlyKeyColumn()
	if c == nil || t.withoutRowid() || t.key.Properties.Bool(hclschema.PropInline) || !isInteger(c.Properties.Text(hclschema.PropType)) {
		return nil
	}
	return c
}

// autoIncrement says that the table has a counter in sqlite_sequence.
func (t *tableUnit) autoIncrement() bool {
	c := t.onlyKeyColumn()
	return c != nil && c.Properties.Bool(hclschema.PropAutoIncrement)
}

// keyIsInline says that the primary key is written behind its column. Where a part says more than that, it can't be.
func (t *tableUnit) keyIsInline() bool {
	if t.onlyKeyColumn() == nil {
		return false
	}
	part := t.keyParts()[0]
	return part["collate"] == nil && (part["desc"] != hclschema.Bool(true) || t.key.Properties.Bool(hclschema.PropInline))
}

// isInteger says that a type makes a key an alias of the rowid; SQLite takes the quotes of a type away first.
func isInteger(typeText string) bool {
	return strings.EqualFold(strings.Trim(strings.TrimSpace(typeText), "\"'`[]"), "INTEGER")
}

// isGenerated says that a column is computed.
func isGenerated(c *hclschema.Object) bool { return c.Properties[hclschema.PropGenerated] != nil }

// partsOf are the parts of a key, a unique constraint or an index.
func partsOf(o *hclschema.Object) []hclschema.Record {
	var parts []hclschema.Record
	for _, value := range o.Properties.List(hclschema.PropColumns) {
		if part, ok := value.(hclschema.Record); ok {
			parts = append(parts, part)
		} else {
			parts = append(parts, hclschema.Record{"column": value})
		}
	}
	return parts
}

// columnOf is the column that a part is made of; ok is false where it is an expression.
func columnOf(part hclschema.Record) (name string, ok bool) {
	value, ok := part["column"]
	if !ok {
		return "", false
	}
	return value.String(), true
}
