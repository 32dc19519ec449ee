package drivers

// Scripter is a driver that writes for its engine's own shell what it does on a connection: for sqlite3, for psql.
type Scripter interface {
	// Script begins a script for the database of a URL, which isn't connected to. A URL that can't be meant is the error that
	// Open has for it.
	Script(url string, options OpenOptions) (Script, error)
}

// Script writes pieces of a script. Each is whole lines, and the shell stops at the first that fails. The pieces are to be asked for in
// the order in which they stand in the script.
type Script interface {
	// Usage says how a file with the script is run, in one line.
	Usage(file string) string
	// Open comes first: what the session needs, and on engines with one the lock that keeps other upgraders out. Close comes last.
	Open() string
	Close() string
	// Begin and Commit are the transaction of a revision, as those of a Connection.
	Begin(options BeginOptions) string
	Commit() string
	// Statement is one statement of a step or a hook. What Connection.Exec refuses is an error here too.
	Statement(sql string) (string, error)
	// Settle takes back what statements may have set for the session, before duo-orm's own.
	Settle() string
	// Require stops the script with a message where a condition isn't true.
	Require(condition, message string) string
	// Literal is a text as SQL, Holds a condition: that one text expression holds another.
	Literal(text string) string
	Holds(text, part string) string
	// Now is an expression for the time at which it runs, as the version table has it.
	Now() string
}
