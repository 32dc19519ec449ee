package postgres

import (
	"regexp"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// columnProperties are those that columnDefinition and columnSteps write.
func columnProperties() []string {
	return []string{
		hclschema.PropType, hclschema.PropNull, hclschema.PropNullName, hclschema.PropDefault, hclschema.PropGenerated, hclschema.PropGeneratedType,
		hclschema.PropCollate, hclschema.PropIdentity, hclschema.PropStorage, hclschema.PropCompression, hclschema.PropStatistics, hclschema.PropOptions,
		hclschema.PropComment, hclschema.PropInherited,
	}
}

// derivedTypeStorage is the storage that the type of a column has by itself, told where the column has another one or its parent has.
const derivedTypeStorage = "type storage"

// defaultCompression is the compression of a column that has none of its own, though its parent has.
const defaultCompression = "default"

// columnDefinition is a column as CREATE TABLE and ADD COLUMN write it.
func columnDefinition(w *writer, column *hclschema.Object) string {
	p := column.Properties
	text := w.Name(column.Identity.Name) + " " + p.Text(hclschema.PropType)
	if compression := p.Text(hclschema.PropCompression); compression != "" {
		text += " COMPRESSION " + compression
	}
	if collate := p.Text(hclschema.PropCollate); collate != "" {
		text += " COLLATE " + collate
	}
	return text + columnConstraints(w, column)
}

// columnConstraints are the default and the like, as they follow a column's type.
func columnConstraints(w *writer, column *hclschema.Object) string {
	p, text := column.Properties, ""
	if expr, ok := p[hclschema.PropDefault]; ok {
		text += " DEFAULT " + defaultExpression(expr.String())
	}
	if identity := record(column, hclschema.PropIdentity); identity != nil {
		text += " " + generatedWord(identity) + " AS IDENTITY" + identityOptions(w, identity)
	}
	if expr, ok := p[hclschema.PropGenerated]; ok {
		text += " GENERATED ALWAYS AS " + wrapped(expr.String()) + " " + p.Text(hclschema.PropGeneratedType)
	}
	if !p.Bool(hclschema.PropNull) {
		if name := p.Text(hclschema.PropNullName); name != "" {
			text += " CONSTRAINT " + w.Name(name)
		}
		text += " NOT NULL"
	}
	return text
}

// settingOfSession finds a setting of people's own that is read without saying what to do where it isn't set.
var settingOfSession = regexp.MustCompile(`current_setting\('[^']*\.[^']*'(?:::text)?\)`)

// ofSession says that a default fails in a session without a certain setting. A column can't be added together with it there:
// PostgreSQL computes it at once, rows or none.
func ofSession(expr string) bool { return settingOfSession.MatchString(expr) }

// defaultExpression is a default behind the word DEFAULT, where not every expression may stand without parentheses.
func defaultExpression(expr string) string {
	upper := strings.ToUpper(" " + expr + " ")
	for _, word := range []string{" AND ", " OR ", " NOT ", " IN ", " LIKE ", " BETWEEN ", " IS "} {
		if strings.Contains(upper, word) && unwrap(expr) == strings.TrimSpace(expr) {
			return wrapped(expr)
		}
	}
	return expr
}

// columnSteps say of the columns of a new table what their definitions can't.
func columnSteps(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	typed := unit[0].Properties[hclschema.PropOfType] != nil
	var actions []string
	for _, o := range unit[1:] {
		if o.Identity.Kind != hclschema.KindColumn {
			continue
		}
		alter := "ALTER COLUMN " + w.Name(o.Identity.Name) + " SET "
		if compression := o.Properties.Text(hclschema.PropCompression); compression != "" && (typed || o.Properties.Bool(hclschema.PropInherited)) {
			actions = append(actions, alter+"COMPRESSION "+compression)
		}
		if storage := o.Properties.Text(hclschema.PropStorage); storage != "" {
			actions = append(actions, alter+"STORAGE "+storage)
		}
		if target := o.Properties.Text(hclschema.PropStatistics); target != "" {
			actions = append(actions, alter+"STATISTICS "+target)
		}
		if options := record(o, hclschema.PropOptions); len(options) > 0 {
			actions = append(actions, alter+"("+w.options(options)+")")
		}
	}
	if actions == nil {
		return nil, nil
	}
	w.Line("ALTER TABLE ", w.object(unit.Identity()))
	w.List(actions)
	return one(w.step("storage of the columns of "+unit.Identity().String(), accessExclusive))
}

func columnName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "COLUMN " + w.parent(o.Identity) + "." + w.Name(o.Identity.Name) }
}
