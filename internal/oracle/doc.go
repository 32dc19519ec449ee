// Package oracle describes a SQLite database without any of the project's own readers, so that tests can tell whether two
// databases are the same by SQLite's word: its pragmas, and the clauses of its DDL that no pragma reports.
package oracle
