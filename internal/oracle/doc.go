// Package oracle describes databases without any of the project's own readers, so that tests can tell whether two of them
// are the same by the engine's word. SQLite: its pragmas, and the clauses of its DDL that no pragma reports. PostgreSQL:
// pg_dump, and catalogue queries through psql for what a dump of the schema leaves out.
package oracle
