// Package postgres is the driver for PostgreSQL 13 and later: it reads the catalogue (inspect*.go and the .sql files beside
// them, a fixed number of queries in one batch), writes SQL for each kind of object (a file a kind, listed in kinds.go), and
// connects, locks and makes scratch databases through pgx.
//
// A state holds the engine's own texts, deparsed with the default schema as the search_path: what lies in the default schema
// stands unqualified, so that one revision serves schemas of any name. Nothing is compared by spelling: models are made on
// scratch and read back.
package postgres
