package drivers

import "github.com/duo-orm/duo-orm/hclschema"

// Seeder is a driver that carries the rows which models declare. A value is known by the text that Read gives; nil is NULL.
type Seeder interface {
	// Given writes a declared value for a column as the literal that a first INSERT takes: what the engine makes of it is read back.
	Given(column *hclschema.Object, value hclschema.Evaluated) (string, error)
	// Read is an expression for a column's value as a text, given the column as SQL. NULL stays NULL.
	Read(column *hclschema.Object, sql string) string
	// Literal writes such a text so that the column takes it for the same value.
	Literal(column *hclschema.Object, text string) (string, error)
	// Typed is a literal where nothing else tells its type.
	Typed(column *hclschema.Object, literal string) string
	// Declared is such a text as a value of models; false where models have none for it.
	Declared(column *hclschema.Object, text string) (hclschema.Evaluated, bool)
	// Trial are the statements that make a table of a scratch database ready to take rows for themselves, whatever other tables
	// hold, in a transaction that is rolled back; name is under which it takes them, as SQL. It keeps the columns' types, the
	// table's checks, and that no two rows have the same key. n tells the trials of one transaction apart.
	Trial(state *hclschema.State, table *hclschema.Object, key []string, n int) (statements []string, name string)
	// Overriding stands between the columns and the values of an INSERT that sets these columns; empty for nothing.
	Overriding(columns []*hclschema.Object) string
	// Counter is the step that lets the counter of a column go on behind its values; false where it has none, or does so by itself.
	Counter(state *hclschema.State, column *hclschema.Object) (step Step, needed bool, err error)
	// RowLock is what others must wait for while rows are changed.
	RowLock() string
}
