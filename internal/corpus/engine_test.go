package corpus

import "testing"

// engine is what a database engine's own programs do for the tests.
type engine interface {
	// name is the folder of the corpus that holds the engine's files.
	name() string
	// fresh makes an empty database for a session and returns its URL.
	fresh(t *testing.T, s *session, label string) string
	// load runs a script in a database.
	load(t *testing.T, s *session, url, file string)
	// describe are the facts about a database's schema, by the oracle.
	describe(t *testing.T, s *session, url string) []string
	// granted says that a fact is of who may do what, which isn't carried from one database to another unless a project says so.
	granted(fact string) bool
	// rows are a database's rows, by the oracle.
	rows(t *testing.T, s *session, url string) []string
}
