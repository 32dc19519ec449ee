package drivers

import "github.com/duo-orm/duo-orm/hclschema"

// Sampling is a driver whose engine is strict about types, so that the rows of a proof have to be made with what it knows of
// them. Without it the proof makes values that an engine with loose types takes.
type Sampling interface {
	Sampler() Sampler
}

// Sampler knows which rows a schema takes. It is pure: it looks at states, never at a database. A value is a text in the form
// in which the engine reads and writes the type, or nil for NULL.
type Sampler interface {
	// Sample says what a column can hold, given its forms on both sides of a plan, the start first, or the one that it has.
	Sample(forms ...Typed) Sample
	// Typing is what a query needs that works with such values instead of the column.
	Typing(form Typed) Typing
	// Keeps says how much of a column's values is the same text after a plan that changes one form into the other.
	Keeps(before, after Typed) Fidelity
	// Table says what must be known of a table, besides its parts, before it is given rows.
	Table(state *hclschema.State, table *hclschema.Object) Rows
	// Counter is what gives a column its values, or the sequence itself; nil where there is none, or where it may come to
	// the same value twice.
	Counter(state *hclschema.State, object *hclschema.Object) *Counter
	// Literal writes a value without its type.
	Literal(value any) string
	// AsText is an expression's value as a text.
	AsText(expr string) string
	// Together is one statement that runs several INSERT statements, with foreign keys looked at when all are done.
	Together(inserts []string) string
}

// Typed is a column in the state that declares its type, where the engine doesn't.
type Typed struct {
	State  *hclschema.State
	Column *hclschema.Object
	// Renames lead from the folded names that the plan changes to the new ones.
	Renames map[hclschema.Identity]hclschema.Identity
}

// Sample is what a column can hold.
type Sample struct {
	// Unknown is the type of which no value is known; empty where the rest is set.
	Unknown string
	// Plain is the value for the n-th row of the column at a position among those of its table: different for each row and,
	// as far as the type is wide enough, for each position.
	Plain func(position, n int) any
	// Others are values to try where the plain ones are refused.
	Others []any
	// Suggest makes values of numbers (int64, float64) and texts (string) that were found in a check.
	Suggest func(numbers, texts []any) []any
	// NotNull says that the type itself refuses NULL.
	NotNull bool
}

// Typing is a column's type within queries.
type Typing struct {
	// Type is what a value can be cast to whether or not it passes Checks.
	Type string
	// Checks are conditions that the type adds to those of the table, on the column's name.
	Checks []string
}

// Fidelity is how much of a value stays.
type Fidelity int

const (
	// SameText says that the text is the same.
	SameText Fidelity = iota
	// SameNumber says that the number is the same, however it is written.
	SameNumber
	// SamePresence says that NULL stays NULL and nothing else becomes it.
	SamePresence
	// SameNothing says that even that isn't sure: of a list that becomes one value.
	SameNothing
)

// Rows is what must be known of a table that is to be given rows.
type Rows struct {
	// Columns are those that the table has, those of its parents included, as parts of the table.
	Columns []*hclschema.Object
	// Declared are the columns in the state that these are taken from, one for each.
	Declared []hclschema.Identity
	// Of is the table whose rows these are: of a partition the partitioned table. The zero Identity for a table of its own.
	Of hclschema.Identity
	// Without is why it can't have rows; empty where it can.
	Without string
	// Conditions must hold for a row besides the table's own checks.
	Conditions []string
	// Own is what stands before the table's name in a FROM clause that leaves out the rows of other tables.
	Own string
	// Overriding stands between the columns and the values of an INSERT that sets all columns.
	Overriding string
}

// Counter is a source of numbers.
type Counter struct {
	// Next is an expression that takes the next number.
	Next string
	// Raise is a query after which the next number is above the highest of the column; empty for a sequence.
	Raise string
	// Highest is an expression for the highest number of the column; empty for a sequence.
	Highest string
	// Owned says that nothing else but the column is given the numbers.
	Owned bool
}
