package drivers

// Splitter is a driver that cuts a text into its statements by the lexical rules of its engine.
type Splitter interface {
	// Split returns the statements of a text in order: none where there is nothing but comments. *ShellError for what only the
	// engine's shell understands.
	Split(text string) ([]Statement, error)
}

// Statement is one of a text.
type Statement struct {
	// SQL is the statement with the comments before it, without a semicolon behind it.
	SQL string
	// Title is how it begins, in one line: "CREATE TABLE users".
	Title string
	Kind  StatementKind
	// Unenforced says that it means something else where foreign keys are enforced, which they aren't where other tools run it: on
	// SQLite, dropping a table would delete the rows that refer to it.
	Unenforced bool
}

// StatementKind tells statements apart that can't be a step like any other.
type StatementKind int

// The kinds of statements.
const (
	Ordinary StatementKind = iota
	// Begins a transaction, Ends it with a commit, GivesUp rolls one back.
	Begins
	Ends
	GivesUp
	// SwitchesForeignKeys turns their enforcement on or off.
	SwitchesForeignKeys
	// StandsAlone can't run in a transaction.
	StandsAlone
)

// ShellError is returned for a line that is no SQL: a command of the engine's shell, or one whose rows only the shell can send.
type ShellError struct {
	// Command is how the line begins; Reason completes the sentence "… is no SQL: ".
	Command, Reason string
}

// Error implements error.
func (e *ShellError) Error() string { return e.Command + " " + e.Reason }
