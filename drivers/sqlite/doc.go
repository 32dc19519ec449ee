// Package sqlite is the SQLite dialect: it connects, reads the schema from SQLite's own record of it, writes the SQL that
// leads from one state to another, and runs it. It never changes a database's journal mode, never loads an extension, and
// takes no lock but SQLite's own.
package sqlite
