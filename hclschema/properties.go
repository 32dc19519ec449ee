package hclschema

// The kinds of objects, as blocks of models and as the Kind of an Identity.
const (
	KindTable        = "table"
	KindColumn       = "column"
	KindPrimaryKey   = "primary_key"
	KindUnique       = "unique"
	KindForeignKey   = "foreign_key"
	KindCheck        = "check"
	KindIndex        = "index"
	KindView         = "view"
	KindTrigger      = "trigger"
	KindVirtualTable = "virtual_table"
)

// The properties of objects. An absent property is the default. "Spelled" and the like is the Value's type.
const (
	// table
	PropStrict       = "strict"        // Bool
	PropWithoutRowid = "without_rowid" // Bool
	PropComment      = "comment"       // Text; every kind, where the engine has comments

	// column
	PropType           = "type"             // Spelled, the engine's type; absent for a SQLite column without a type
	PropNull           = "null"             // Bool: true where NULL is allowed. SQLite: absent on the columns of a rowid key that say nothing
	PropDefault        = "default"          // Spelled: the text behind DEFAULT, outer parentheses of an expression left out of Canonical
	PropGenerated      = "generated"        // Spelled: the expression, without outer parentheses
	PropGeneratedType  = "generated_type"   // Text: STORED or VIRTUAL; set whenever generated is
	PropCollate        = "collate"          // Spelled
	PropAutoIncrement  = "auto_increment"   // Bool
	PropNullOnConflict = "null_on_conflict" // Text: ROLLBACK, FAIL, IGNORE, REPLACE (ABORT is the default: absent)
	PropNullName       = "null_name"        // Text: the name of a NOT NULL constraint
	PropDefaultName    = "default_name"     // Text: the name of a DEFAULT
	PropCollateName    = "collate_name"     // Text
	PropGeneratedName  = "generated_name"   // Text

	// primary_key (Identity.Name is empty, one a table), unique, index
	PropColumns    = "columns"     // List of Record{column Spelled | expr Spelled; desc Bool; collate Spelled}; the parts in order
	PropOnConflict = "on_conflict" // Text, as null_on_conflict; also check
	PropName       = "name"        // Text: the name of a primary key constraint
	PropInline     = "inline"      // Bool: SQLite's quirk that "x INTEGER PRIMARY KEY DESC" behind a column is no rowid; set in that case only
	PropUnique     = "unique"      // Bool: of an index
	PropWhere      = "where"       // Spelled: of an index

	// foreign_key (columns: List of Spelled)
	PropRefTable   = "ref_table"   // Spelled: the table's name
	PropRefColumns = "ref_columns" // List of Spelled; absent where the statement names none
	PropOnUpdate   = "on_update"   // Text: CASCADE, SET_NULL, SET_DEFAULT, RESTRICT (NO_ACTION: absent)
	PropOnDelete   = "on_delete"   // Text
	PropMatch      = "match"       // Text: the word behind MATCH, upper case
	PropDeferrable = "deferrable"  // Text: INITIALLY_DEFERRED, INITIALLY_IMMEDIATE; absent: not deferrable

	// check
	PropExpr = "expr" // Spelled, without outer parentheses

	// view, trigger
	PropAs          = "as"           // Spelled: the query; of a trigger the body, BEGIN … END included
	PropViewColumns = "view_columns" // List of Spelled: the names in CREATE VIEW v(a, b)
	PropTiming      = "timing"       // Text: BEFORE, AFTER, INSTEAD_OF
	PropEvent       = "event"        // Text: INSERT, UPDATE, DELETE
	PropUpdateOf    = "update_of"    // List of Spelled
	PropWhen        = "when"         // Spelled, without outer parentheses

	// virtual_table
	PropModule    = "module"    // Spelled
	PropArguments = "arguments" // List of Spelled: each argument's text, trimmed
)
