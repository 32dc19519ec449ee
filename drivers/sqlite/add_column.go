package sqlite

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// addColumn adds a column, with the foreign keys and checks that are written behind it.
func addColumn(t *tableUnit, c *hclschema.Object, inline []*hclschema.Object) (drivers.Step, error) {
	w := newSQLWriter()
	words := []string{w.column(t, c)}
	for _, o := range inline {
		if o.Identity.Kind == hclschema.KindForeignKey {
			words = append(words, w.ownName(o)+w.references(o))
		} else {
			words = append(words, w.ownName(o)+"CHECK "+w.parenthesised(o, hclschema.PropExpr))
		}
	}
	w.Line("ALTER TABLE ", w.object(t.object.Identity))
	w.Line("ADD COLUMN ", joinWords(words))
	return w.step("add " + c.Identity.String())
}

// canAddColumn says that ADD COLUMN takes the column, whatever rows there are (sqlite.org/lang_altertable.html, section 5).
// later are the columns that aren't there yet.
func (a *tableChange) canAddColumn(c *hclschema.Object, inline, later []*hclschema.Object) bool {
	if isRowidName(c.Identity.Name) || partOf(a.after.key, c) || c.Properties.Text(hclschema.PropGeneratedType) == "STORED" {
		return false
	}
	for _, o := range inline {
		// Enforced or not: a plan must run in either case.
		if o.Identity.Kind == hclschema.KindForeignKey && !isNullDefault(c) {
			return false
		}
	}
	if isGenerated(c) {
		return !slices.ContainsFunc(later, func(o *hclschema.Object) bool {
			return textMentions(c.Properties[hclschema.PropGenerated], o)
		})
	}
	return hasConstantDefault(c) && (c.Properties.Bool(hclschema.PropNull) || !isNullDefault(c))
}

// inlineConstraints gives each added foreign key and check to the added column behind which it can be written. ok is
// false where there is none for one of them.
func (a *tableChange) inlineConstraints() (inline map[*hclschema.Object][]*hclschema.Object, ok bool) {
	inline = map[*hclschema.Object][]*hclschema.Object{}
	for _, o := range a.addedConstraints {
		home := a.home(o)
		if home == nil {
			return nil, false
		}
		inline[home] = append(inline[home], o)
	}
	return inline, true
}

// home is the last of the added columns that a constraint names: by then all that it names is there. It is nil where
// the constraint can't stand behind a column.
func (a *tableChange) home(o *hclschema.Object) *hclschema.Object {
	if o.Identity.Kind == hclschema.KindForeignKey {
		columns := o.Properties.List(hclschema.PropColumns)
		if len(columns) != 1 {
			return nil
		}
		for _, c := range a.added {
			if fold(c.Identity.Name) == fold(columns[0].String()) {
				return c
			}
		}
		return nil
	}
	if o.Properties[hclschema.PropOnConflict] != nil {
		return nil
	}
	tokens, err := lex(o.Properties.Text(hclschema.PropExpr))
	if err != nil {
		return nil
	}
	var home *hclschema.Object
	for _, c := range a.added {
		if mentions(tokens, c.Identity.Name) {
			home = c
		}
	}
	return home
}

// partOf says that a key, constraint or index, which may be nil, has the column as one of its parts.
func partOf(o, c *hclschema.Object) bool {
	if o == nil {
		return false
	}
	for _, part := range partsOf(o) {
		if name, ok := columnOf(part); ok && fold(name) == fold(c.Identity.Name) {
			return true
		}
	}
	return false
}

// defaultTokens are the tokens of a default without parentheses around them; none where there is no default.
func defaultTokens(c *hclschema.Object) []token {
	tokens, err := lex(c.Properties.Text(hclschema.PropDefault))
	if err != nil {
		return nil
	}
	for isWrapped(tokens) {
		tokens = tokens[1 : len(tokens)-1]
	}
	return tokens
}

// isNullDefault says that a row that gives no value gets NULL.
func isNullDefault(c *hclschema.Object) bool {
	tokens := defaultTokens(c)
	return len(tokens) == 0 || len(tokens) == 1 && tokens[0].is("NULL")
}

// hasConstantDefault says that the default is the same in every row and at any time, and so can be put into rows that exist.
func hasConstantDefault(c *hclschema.Object) bool {
	tokens := defaultTokens(c)
	if len(tokens) == 0 {
		return true
	}
	return isConstant(tokens) && !strings.HasPrefix(upper(tokens[len(tokens)-1].text), "CURRENT_")
}
