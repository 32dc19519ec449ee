package sqlite

import (
	"fmt"

	"github.com/duo-orm/duo-orm/hclschema"
)

// tableConstraint reads one constraint of the table.
func (t *tableText) tableConstraint() error {
	if t.accept("CONSTRAINT") {
		name, err := t.reader.name()
		t.constraint = name
		return err
	}
	name := t.constraint
	t.constraint = ""
	switch {
	case t.accept("PRIMARY", "KEY"):
		return t.tablePrimaryKey(name)
	case t.accept("UNIQUE"):
		parts, err := t.keyParts()
		if err != nil {
			return err
		}
		if err := t.wantSymbol(")"); err != nil {
			return err
		}
		return t.addUnique(parts, name)
	case t.accept("CHECK"):
		return t.addCheck(name, true)
	case t.accept("FOREIGN", "KEY"):
		columns, err := t.names()
		if err != nil {
			return err
		}
		if err := t.want("REFERENCES"); err != nil {
			return err
		}
		if err := t.addForeignKey(columns, name); err != nil {
			return err
		}
		if t.see("DEFERRABLE") || t.see("NOT", "DEFERRABLE") {
			return t.deferrable()
		}
		return nil
	}
	return t.unexpected("a constraint")
}

func (t *tableText) tablePrimaryKey(name string) error {
	parts, err := t.keyParts()
	if err != nil {
		return err
	}
	increment := t.accept("AUTOINCREMENT")
	if err := t.wantSymbol(")"); err != nil {
		return err
	}
	action, err := t.onConflict()
	if err != nil {
		return err
	}
	if increment {
		for _, c := range t.columns {
			if fold(c.name) == parts[0].(hclschema.Record)["column"].(hclschema.Spelled).Canonical {
				c.properties[hclschema.PropAutoIncrement] = hclschema.Bool(true)
			}
		}
	}
	return t.setPrimaryKey(parts, name, action)
}

func (t *tableText) columnPrimaryKey(c *columnText, name string) error {
	part := hclschema.Record{"column": identifier(c.name)}
	if t.accept("DESC") {
		part["desc"] = hclschema.Bool(true)
	} else {
		t.accept("ASC")
	}
	action, err := t.onConflict()
	if err != nil {
		return err
	}
	if t.accept("AUTOINCREMENT") {
		c.properties[hclschema.PropAutoIncrement] = hclschema.Bool(true)
	}
	t.keyColumn = c
	return t.setPrimaryKey(hclschema.List{part}, name, action)
}

func (t *tableText) setPrimaryKey(parts hclschema.List, name, action string) error {
	if t.primaryKey != nil {
		return fmt.Errorf("it has two primary keys")
	}
	t.primaryKey = t.part(hclschema.KindPrimaryKey, "", hclschema.Properties{hclschema.PropColumns: parts})
	if name != "" {
		t.primaryKey.Properties[hclschema.PropName] = hclschema.Text(name)
	}
	setAction(t.primaryKey, hclschema.PropOnConflict, action)
	return nil
}

// addUnique adds a unique constraint, whose ON CONFLICT is still to be read.
func (t *tableText) addUnique(parts hclschema.List, name string) error {
	action, err := t.onConflict()
	o := t.part(hclschema.KindUnique, name, hclschema.Properties{hclschema.PropColumns: parts})
	setAction(o, hclschema.PropOnConflict, action)
	t.uniques = append(t.uniques, settleName(o))
	return err
}

// addCheck adds a check. SQLite takes ON CONFLICT behind a check of the table only, and makes nothing of it.
func (t *tableText) addCheck(name string, conflict bool) error {
	expression, err := t.parenthesised()
	if err != nil {
		return err
	}
	o := t.part(hclschema.KindCheck, name, hclschema.Properties{hclschema.PropExpr: spelledExpression(expression)})
	t.checks = append(t.checks, settleName(o))
	if !conflict {
		return nil
	}
	action, err := t.onConflict()
	setAction(o, hclschema.PropOnConflict, action)
	return err
}

// addForeignKey adds a foreign key from what stands behind REFERENCES.
func (t *tableText) addForeignKey(columns hclschema.List, name string) error {
	target, err := t.reader.name()
	if err != nil {
		return err
	}
	o := t.part(hclschema.KindForeignKey, name, hclschema.Properties{
		hclschema.PropColumns: columns, hclschema.PropRefTable: identifier(target),
	})
	o.Detachable = true
	if t.ahead(0).symbol("(") {
		referred, err := t.names()
		if err != nil {
			return err
		}
		o.Properties[hclschema.PropRefColumns] = referred
	}
	t.foreign = append(t.foreign, settleName(o))
	return t.references(o)
}

// references reads MATCH and ON … in any order; the last of each counts.
func (t *tableText) references(o *hclschema.Object) error {
	for {
		switch {
		case t.accept("MATCH"):
			word, err := t.reader.name()
			if err != nil {
				return err
			}
			o.Properties[hclschema.PropMatch] = hclschema.Text(upper(word))
		case t.accept("ON", "UPDATE"):
			if err := t.referenceAction(o, hclschema.PropOnUpdate); err != nil {
				return err
			}
		case t.accept("ON", "DELETE"):
			if err := t.referenceAction(o, hclschema.PropOnDelete); err != nil {
				return err
			}
		case t.accept("ON", "INSERT"):
			// The grammar has it; it never did anything.
			if err := t.referenceAction(nil, ""); err != nil {
				return err
			}
		default:
			return nil
		}
	}
}

// referenceAction reads an action and makes it a property of the object, if there is one.
func (t *tableText) referenceAction(o *hclschema.Object, property string) error {
	action := ""
	switch {
	case t.accept("SET", "NULL"):
		action = "SET_NULL"
	case t.accept("SET", "DEFAULT"):
		action = "SET_DEFAULT"
	case t.accept("CASCADE"):
		action = "CASCADE"
	case t.accept("RESTRICT"):
		action = "RESTRICT"
	case t.accept("NO", "ACTION"):
	default:
		return t.unexpected("an action such as CASCADE")
	}
	if o != nil {
		setAction(o, property, action)
	}
	return nil
}

// deferrable reads [NOT] DEFERRABLE, which SQLite gives to the latest foreign key of the table, wherever it stands.
func (t *tableText) deferrable() error {
	not := t.accept("NOT")
	if err := t.want("DEFERRABLE"); err != nil {
		return err
	}
	mode := "INITIALLY_IMMEDIATE"
	switch {
	case t.accept("INITIALLY", "DEFERRED"):
		mode = "INITIALLY_DEFERRED"
	case t.accept("INITIALLY", "IMMEDIATE"):
	case t.see("INITIALLY"):
		return t.unexpected("INITIALLY DEFERRED or INITIALLY IMMEDIATE")
	}
	if not {
		mode = ""
	}
	if len(t.foreign) > 0 {
		setAction(t.foreign[len(t.foreign)-1], hclschema.PropDeferrable, mode)
	}
	return nil
}

// keyParts reads (a DESC, b COLLATE x …) up to the closing parenthesis.
func (t *tableText) keyParts() (hclschema.List, error) {
	if err := t.wantSymbol("("); err != nil {
		return nil, err
	}
	var parts hclschema.List
	for {
		part, err := t.keyPart()
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
		if !t.symbol(",") {
			return parts, nil
		}
	}
}

func (t *tableText) keyPart() (hclschema.Record, error) {
	nested := 0
	for t.symbol("(") {
		nested++
	}
	name, err := t.reader.name()
	if err != nil {
		return nil, err
	}
	part := hclschema.Record{"column": identifier(name)}
	for ; nested > 0; nested-- {
		if err := t.wantSymbol(")"); err != nil {
			return nil, err
		}
	}
	for t.accept("COLLATE") {
		collation, err := t.reader.name()
		if err != nil {
			return nil, err
		}
		part["collate"] = identifier(collation)
	}
	if t.accept("DESC") {
		part["desc"] = hclschema.Bool(true)
	} else {
		t.accept("ASC")
	}
	return part, nil
}

// onConflict reads ON CONFLICT and returns its action; it is empty where there is none, and for ABORT, the default.
func (r *reader) onConflict() (string, error) {
	if !r.accept("ON", "CONFLICT") {
		return "", nil
	}
	for _, action := range []string{"ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"} {
		if r.accept(action) {
			if action == "ABORT" {
				action = ""
			}
			return action, nil
		}
	}
	return "", r.unexpected("an action such as IGNORE")
}

// part makes an object that belongs to the table.
func (t *tableText) part(kind, name string, properties hclschema.Properties) *hclschema.Object {
	return &hclschema.Object{
		Identity: hclschema.Identity{
			Kind: kind, Parent: t.name, Name: name, Unnamed: name == "" && kind != hclschema.KindPrimaryKey,
		},
		Properties: properties,
	}
}

// settleName names an unnamed object by its content.
func settleName(o *hclschema.Object) *hclschema.Object {
	if o.Identity.Unnamed {
		o.Identity.Name = hclschema.UnnamedName(o)
	}
	return o
}

// setAction sets a property that is a word, or takes it away where the word is empty.
func setAction(o *hclschema.Object, property, word string) {
	if word == "" {
		delete(o.Properties, property)
		return
	}
	o.Properties[property] = hclschema.Text(word)
}
