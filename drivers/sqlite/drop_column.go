package sqlite

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

func dropColumn(t *tableUnit, c *hclschema.Object) (drivers.Step, error) {
	w := newSQLWriter()
	w.Line("ALTER TABLE ", w.object(t.object.Identity))
	w.Line("DROP COLUMN ", w.Name(c.Identity.Name))
	step, err := w.step("drop " + c.Identity.String())
	if !isGenerated(c) {
		step.Destroys = "the values of " + c.Known()
	}
	return step, err
}

// canDropColumn says that DROP COLUMN takes the column (sqlite.org/lang_altertable.html, section 6): nothing in the table that
// stays speaks of it. What speaks of it and goes is dropped by a rebuild, since SQLite would keep a constraint that isn't the
// column's own.
func (a *tableChange) canDropColumn(c *hclschema.Object) bool {
	if a.keepTexts || isRowidName(c.Identity.Name) || partOf(a.before.key, c) {
		return false
	}
	for _, o := range a.before.constraints {
		if namesColumn(o, c) {
			return false
		}
	}
	for _, o := range a.before.indexes {
		if namesColumn(o, c) && !slices.Contains(a.droppedIndexes, o) {
			return false
		}
	}
	for _, other := range a.before.columns {
		if other != c && textMentions(other.Properties[hclschema.PropGenerated], c) {
			return false
		}
	}
	return true
}

// namesColumn says that a constraint or an index of the column's table could speak of the column.
func namesColumn(o, c *hclschema.Object) bool {
	if partOf(o, c) {
		return true
	}
	for _, part := range partsOf(o) {
		if textMentions(part["expr"], c) {
			return true
		}
	}
	return textMentions(o.Properties[hclschema.PropExpr], c) || textMentions(o.Properties[hclschema.PropWhere], c)
}

// textMentions says that an expression, which may be absent, could speak of the column. What can't be read might.
func textMentions(value hclschema.Value, c *hclschema.Object) bool {
	if value == nil {
		return false
	}
	tokens, err := lex(value.String())
	return err != nil || mentions(tokens, c.Identity.Name)
}
