package sqlite

import (
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// columnText is one column as its table's text declares it.
type columnText struct {
	name       string
	properties hclschema.Properties
	notNull    bool
}

// column reads a column with its constraints.
func (t *tableText) column() error {
	name, err := t.reader.name()
	if err != nil {
		return err
	}
	c := &columnText{name: name, properties: hclschema.Properties{}}
	if t.byName[fold(name)] != nil {
		return fmt.Errorf("it has two columns %q", name)
	}
	t.byName[fold(name)] = c
	t.columns = append(t.columns, c)
	t.constraint = ""
	typeText, err := t.typeText()
	if err != nil {
		return fmt.Errorf("column %s: %w", name, err)
	}
	if typeText != "" {
		c.properties[hclschema.PropType] = spelledType(typeText)
	}
	for !t.ahead(0).symbol(",") && !t.ahead(0).symbol(")") {
		if err := t.columnConstraint(c); err != nil {
			return fmt.Errorf("column %s: %w", name, err)
		}
	}
	return nil
}

// typeText reads the words of a type and the numbers behind it; it is empty where there is none. GENERATED ALWAYS at its end,
// which SQLite's parser takes for a part of the type at first, is left out, as SQLite does.
func (t *tableText) typeText() (string, error) {
	start := t.at
	for typeWord(t.ahead(0)) {
		t.at++
	}
	end := t.at
	if t.endsGenerated(start, end) {
		if end -= 2; t.endsGenerated(start, end) {
			return "", fmt.Errorf("a type that ends with GENERATED ALWAYS can't be told from a generated column")
		}
	} else if end > start && t.symbol("(") {
		if err := t.typeNumbers(); err != nil {
			return "", err
		}
		end = t.at
	}
	if start == end {
		return "", nil
	}
	return t.spellType(start, end)
}

// endsGenerated says whether the tokens end with GENERATED ALWAYS.
func (t *tableText) endsGenerated(start, end int) bool {
	return end-start >= 2 && t.tokens[end-2].is("GENERATED") && t.tokens[end-1].is("ALWAYS")
}

// typeNumbers reads one or two signed numbers and the closing parenthesis.
func (t *tableText) typeNumbers() error {
	for count := 1; ; count++ {
		if !t.symbol("+") {
			t.symbol("-")
		}
		if t.ahead(0).kind != tokenNumber {
			return t.unexpected("a number")
		}
		t.at++
		if count == 2 || !t.symbol(",") {
			return t.wantSymbol(")")
		}
	}
}

// spellType is the type's text: as it is written where it stands on one line without comments, its tokens otherwise.
// SQLite derives a column's affinity from the whole text, so a comment that changes it is refused.
func (t *tableText) spellType(start, end int) (string, error) {
	raw := t.text(start, end)
	if inner, ok := unquotedType(t.tokens[start:end]); ok {
		return inner, nil
	}
	clean := joinType(t.tokens[start:end])
	if affinity(raw) != affinity(clean) {
		return "", fmt.Errorf("a comment inside the type %q changes what SQLite makes of it", clip(clean))
	}
	if strings.ContainsAny(raw, "\n\r\f\t") || strings.Contains(raw, "/*") || strings.Contains(raw, "--") {
		return clean, nil
	}
	return raw, nil
}

// columnConstraint reads one constraint of a column.
func (t *tableText) columnConstraint(c *columnText) error {
	if t.accept("CONSTRAINT") {
		// A name with nothing behind it, or before NULL, says nothing to SQLite.
		name, err := t.reader.name()
		t.constraint = name
		return err
	}
	name := t.constraint
	t.constraint = ""
	switch {
	case t.accept("NULL"):
		_, err := t.onConflict()
		return err
	case t.accept("NOT", "NULL"):
		return t.notNull(c, name)
	case t.accept("DEFAULT"):
		return t.defaultValue(c, name)
	case t.accept("COLLATE"):
		collation, err := t.reader.name()
		c.properties[hclschema.PropCollate] = identifier(collation)
		c.setText(hclschema.PropCollateName, name)
		return err
	case t.accept("AS"), t.accept("GENERATED", "ALWAYS", "AS"):
		return t.generated(c, name)
	case t.accept("PRIMARY", "KEY"):
		return t.columnPrimaryKey(c, name)
	case t.accept("UNIQUE"):
		return t.addUnique(hclschema.List{hclschema.Record{"column": identifier(c.name)}}, name)
	case t.accept("CHECK"):
		return t.addCheck(name, false)
	case t.accept("REFERENCES"):
		return t.addForeignKey(hclschema.List{identifier(c.name)}, name)
	case t.see("DEFERRABLE") || t.see("NOT", "DEFERRABLE"):
		return t.deferrable()
	}
	return t.unexpected("a constraint, a comma or a closing parenthesis")
}

func (t *tableText) notNull(c *columnText, name string) error {
	c.notNull = true
	action, err := t.onConflict()
	c.setText(hclschema.PropNullOnConflict, action)
	c.setText(hclschema.PropNullName, name)
	return err
}

// defaultValue reads what stands behind DEFAULT. The last DEFAULT of a column counts.
func (t *tableText) defaultValue(c *columnText, name string) error {
	start := t.at
	switch first := t.ahead(0); {
	case first.symbol("("):
		if _, err := t.parenthesised(); err != nil {
			return err
		}
	case first.symbol("+") || first.symbol("-"):
		t.at++
		if !t.defaultTerm() {
			return t.unexpected("a literal")
		}
		t.at++
	case t.defaultTerm() || first.named():
		t.at++
	default:
		return t.unexpected("a default")
	}
	c.properties[hclschema.PropDefault] = spelledExpression(t.text(start, t.at))
	c.setText(hclschema.PropDefaultName, name)
	return nil
}

// defaultTerm says whether a literal comes next.
func (t *tableText) defaultTerm() bool {
	next := t.ahead(0)
	switch next.kind {
	case tokenNumber, tokenString, tokenBlob:
		return true
	default:
		return next.is("NULL") || next.is("CURRENT_DATE") || next.is("CURRENT_TIME") || next.is("CURRENT_TIMESTAMP")
	}
}

func (t *tableText) generated(c *columnText, name string) error {
	expression, err := t.parenthesised()
	if err != nil {
		return err
	}
	storage := "VIRTUAL"
	switch {
	case t.accept("STORED"):
		storage = "STORED"
	default:
		t.accept("VIRTUAL")
	}
	c.properties[hclschema.PropGenerated] = spelledExpression(expression)
	c.properties[hclschema.PropGeneratedType] = hclschema.Text(storage)
	c.setText(hclschema.PropGeneratedName, name)
	return nil
}

// setText sets a property, or takes it away where the text is empty.
func (c *columnText) setText(property, text string) {
	if text == "" {
		delete(c.properties, property)
		return
	}
	c.properties[property] = hclschema.Text(text)
}
