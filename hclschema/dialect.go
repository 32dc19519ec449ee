package hclschema

// Dialect is what models must know of an engine. Drivers satisfy it.
type Dialect interface {
	// Name is the dialect as revision files and messages name it: "sqlite".
	Name() string
	// Title is the engine as messages name it: "SQLite".
	Title() string
	// DefaultSchema is the name under which models may speak of the default schema ("main"); empty where any name will do.
	DefaultSchema() string
	// Namespaces name the spaces in which the engine wants an object's name to be unique, the folded name included; none where
	// it wants nothing. A table and a view of one name collide: "relation users".
	Namespaces(Identity) []string
	// Key folds an identity so that two identities that the engine takes for one become equal. SQLite folds ASCII case
	// of Schema, Parent and Name; the content of an unnamed object stays.
	Key(Identity) Identity
	// Accepts says whether objects of a kind exist here (attribute ""), and whether such an object has the attribute or
	// nested block of that name, as models spell it: Accepts("table", "strict"), Accepts("column", "identity"). Language
	// lists the names that are asked for.
	Accepts(kind, attribute string) bool
	// ParseType resolves a type as a model writes it to the type that the engine is told. The error says what is wrong
	// and, where it can, the type that was meant; it names no place, which the caller knows.
	ParseType(t Type, use TypeUse) (Spelled, error)
	// FormatType is the inverse: a Type that ParseType resolves to the same Spelled (the same canonical form, and where
	// possible the same text).
	FormatType(text string, use TypeUse) Type
	// Expression gives an SQL expression, query or body its canonical form. It never fails: a text that it can't read
	// is its own canonical form. The engine judges it later.
	Expression(text string) Spelled
	// Settle gives canonical forms that need more than one object to tell: in SQLite "Price" in double quotes is a name where
	// the table has such a column, and a string elsewhere. Models and inspection pass their states through it. It returns the
	// state itself where nothing changes, else one in which changed objects are new; none is changed in place.
	Settle(state *State) *State
	// QuoteName writes a name so that SQL takes it for that name and nothing else, whatever is in it. Plain words stay as they are.
	QuoteName(name string) string
	// Identifier gives a name its canonical form (SQLite folds ASCII case).
	Identifier(name string) Spelled
	// NeverNull says that a column of that type (the engine's text) holds no NULL whatever is declared, so that NULL and NOT
	// NULL mean nothing there: SQLite's rowid key. Neither inspection nor models give such a column the property null.
	NeverNull(typeText string, use TypeUse) bool
}

// Type is a type as models write it: a word with arguments (varchar(255)), the text of sql("…"), or a reference to an
// object that is a type (enum.status).
type Type struct {
	// Word is the type's word as it was written, Args the literals behind it: "decimal", ["10", "2"].
	Word string
	Args []string
	// SQL is the text of sql("…"); Word is empty then.
	SQL string
	// Reference is set where the type is an object of the models.
	Reference *Identity
}

// TypeUse is where a type stands, for dialects in which that matters.
type TypeUse struct {
	// Key says that the column is part of its table's primary key.
	Key bool
	// OnlyKey says that it is the only one there, and the key hasn't the property inline.
	OnlyKey bool
	// AutoIncrement says that the column has auto_increment = true.
	AutoIncrement bool
	// Strict says that the table is a STRICT table of SQLite.
	Strict bool
	// Argument says that it is the type of an argument or result of a function, which has no modifiers: varchar(255) is varchar.
	Argument bool
	// Aliased says that the models call the default schema by a name of their own, so that the usual one means another schema.
	Aliased bool
	// WithoutRowid says that the table is a WITHOUT ROWID table of SQLite.
	WithoutRowid bool
}
