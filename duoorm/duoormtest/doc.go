// Package duoormtest gives tests a database that has a program's revisions, in milliseconds: they run once, into a template that
// is copied for each test.
//
//	func TestLoan(t *testing.T) {
//		db := duoormtest.SQLite(t, migrations).DB
//		…
//	}
//
// Each test has its own database, so that tests can run in parallel; it is gone when the test ends. The functions end a
// test that can't have one. Like duoorm, the package is stable.
package duoormtest
