package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// createTable makes a table, then its indexes.
func createTable(unit drivers.Unit) ([]drivers.Step, error) {
	t, err := newTableUnit(unit)
	if err != nil {
		return nil, err
	}
	step, err := createTableStep(t, "create "+t.object.Identity.String())
	if err != nil {
		return nil, err
	}
	indexes, err := createIndexes(t.indexes)
	return append([]drivers.Step{step}, indexes...), err
}

// createTableStep is the CREATE TABLE alone.
func createTableStep(t *tableUnit, name string) (drivers.Step, error) {
	w := newSQLWriter()
	w.Line("CREATE TABLE ", w.object(t.object.Identity), " (")
	w.List(w.tableItems(t))
	w.Line(")", tableOptions(t))
	return w.step(name)
}

// tableItems are the columns in order, then the constraints.
func (w *sqlWriter) tableItems(t *tableUnit) []string {
	var items []string
	for _, c := range t.columns {
		items = append(items, w.column(t, c))
	}
	if t.key != nil && !t.keyIsInline() {
		items = append(items, w.primaryKey(t))
	}
	for _, o := range t.constraints {
		items = append(items, w.tableConstraint(o))
	}
	return items
}

func tableOptions(t *tableUnit) string {
	var options []string
	if t.strict() {
		options = append(options, "STRICT")
	}
	if t.withoutRowid() {
		options = append(options, "WITHOUT ROWID")
	}
	if options == nil {
		return ""
	}
	return " " + strings.Join(options, ", ")
}

// column is a column as CREATE TABLE and ADD COLUMN take it.
func (w *sqlWriter) column(t *tableUnit, c *hclschema.Object) string {
	words := []string{w.Name(c.Identity.Name)}
	if c.Properties[hclschema.PropType] != nil {
		words = append(words, w.columnType(c))
	}
	words = append(words, w.nullability(t, c))
	if t.keyIsInline() && t.onlyKeyColumn() == c {
		words = append(words, w.inlineKey(t))
	}
	if c.Properties[hclschema.PropDefault] != nil {
		words = append(words, w.constraint(c, hclschema.PropDefaultName)+"DEFAULT "+w.defaultValue(c))
	}
	if c.Properties[hclschema.PropCollate] != nil {
		words = append(words, w.constraint(c, hclschema.PropCollateName)+"COLLATE "+w.collation(c.Properties.Text(hclschema.PropCollate)))
	}
	if isGenerated(c) {
		words = append(words, w.generated(c))
	}
	return joinWords(words)
}

// columnType is the type as it was written. A comment in one would count for its affinity, so none may end it.
func (w *sqlWriter) columnType(c *hclschema.Object) string {
	text := c.Properties.Text(hclschema.PropType)
	if err := checkType(text); err != nil {
		w.failOn(c, "its type %q can't be written in SQL: %w", clip(text), err)
		return ""
	}
	return w.checked(c, hclschema.PropType, text, checkExpression)
}

// nullability is NOT NULL, or nothing where NULL is allowed. A rowid key never holds NULL, so there it says nothing.
func (w *sqlWriter) nullability(t *tableUnit, c *hclschema.Object) string {
	name, conflict := w.constraint(c, hclschema.PropNullName), w.onConflict(c, hclschema.PropNullOnConflict)
	silent := name == "" && conflict == ""
	rowid := c == t.rowidColumn() && Driver{}.NeverNull(c.Properties.Text(hclschema.PropType), hclschema.TypeUse{Key: true, OnlyKey: true})
	switch null := c.Properties.Bool(hclschema.PropNull); {
	case silent && (null || rowid):
		return ""
	case null:
		return name + "NULL" + conflict
	default:
		return name + "NOT NULL" + conflict
	}
}

// defaultValue is what follows DEFAULT: a constant as it is, any other expression in parentheses.
func (w *sqlWriter) defaultValue(c *hclschema.Object) string {
	text := w.expression(c, hclschema.PropDefault)
	tokens, err := lex(text)
	if err != nil || isConstant(tokens) || isWrapped(tokens) {
		return text
	}
	return "(" + text + ")"
}

func (w *sqlWriter) generated(c *hclschema.Object) string {
	kind := w.word(c, hclschema.PropGeneratedType, "STORED", "VIRTUAL")
	return joinWords([]string{
		w.constraint(c, hclschema.PropGeneratedName) + "GENERATED ALWAYS AS " + w.parenthesised(c, hclschema.PropGenerated), kind,
	})
}

// inlineKey is the primary key behind its column.
func (w *sqlWriter) inlineKey(t *tableUnit) string {
	text := w.constraint(t.key, hclschema.PropName) + "PRIMARY KEY"
	if t.keyParts()[0]["desc"] == hclschema.Bool(true) {
		text += " DESC"
	}
	text += w.onConflict(t.key, hclschema.PropOnConflict)
	if t.autoIncrement() {
		text += " AUTOINCREMENT"
	}
	return text
}

// primaryKey is the primary key as a constraint of the table.
func (w *sqlWriter) primaryKey(t *tableUnit) string {
	parts := w.parts(t.key)
	if t.autoIncrement() {
		parts += " AUTOINCREMENT"
	}
	return w.constraint(t.key, hclschema.PropName) + "PRIMARY KEY (" + parts + ")" + w.onConflict(t.key, hclschema.PropOnConflict)
}

// tableConstraint is a unique constraint, a foreign key or a check as a constraint of the table.
func (w *sqlWriter) tableConstraint(o *hclschema.Object) string {
	name := w.ownName(o)
	switch o.Identity.Kind {
	case hclschema.KindUnique:
		return name + "UNIQUE (" + w.parts(o) + ")" + w.onConflict(o, hclschema.PropOnConflict)
	case hclschema.KindForeignKey:
		columns := o.Properties.List(hclschema.PropColumns)
		return name + "FOREIGN KEY (" + w.names(columns) + ") " + w.references(o)
	default:
		return name + "CHECK " + w.parenthesised(o, hclschema.PropExpr) + w.onConflict(o, hclschema.PropOnConflict)
	}
}

// references is the part of a foreign key that stands behind a column as well as in a constraint of the table.
func (w *sqlWriter) references(o *hclschema.Object) string {
	text := "REFERENCES " + w.Name(o.Properties.Text(hclschema.PropRefTable))
	if columns := o.Properties.List(hclschema.PropRefColumns); columns != nil {
		text += " (" + w.names(columns) + ")"
	}
	for _, event := range []struct{ property, words string }{
		{hclschema.PropOnDelete, "ON DELETE "}, {hclschema.PropOnUpdate, "ON UPDATE "},
	} {
		if action := w.word(o, event.property, "CASCADE", "SET_NULL", "SET_DEFAULT", "RESTRICT", "NO_ACTION"); action != "" {
			text += " " + event.words + action
		}
	}
	if match := o.Properties.Text(hclschema.PropMatch); match != "" {
		text += " MATCH " + w.match(match)
	}
	if deferrable := w.word(o, hclschema.PropDeferrable, "INITIALLY_DEFERRED", "INITIALLY_IMMEDIATE"); deferrable != "" {
		text += " DEFERRABLE " + deferrable
	}
	return text
}

// match is the word behind MATCH. SQLite takes any name there and does nothing with it.
func (w *sqlWriter) match(word string) string {
	switch word {
	case "SIMPLE", "PARTIAL", "FULL":
		return word
	}
	return w.Name(word)
}

// joinWords puts one space between the texts that aren't empty.
func joinWords(words []string) string {
	var b strings.Builder
	for _, word := range words {
		if word == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}
