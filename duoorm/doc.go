// Package duoorm brings a database to the revisions that a Go program carries in itself: what duo-orm migration upgrade does,
// as a function.
//
//	//go:embed db/migrations
//	var migrations embed.FS
//
//	result, err := duoorm.Upgrade(ctx, db, migrations)
//
// The revisions are those that duo-orm migration create has written, with the same checks, the same lock and the same record:
// a program and the command line can take turns on one database. Many programs may call Upgrade at once; one does the work, the
// others wait and find it done.
//
// # Handles
//
// A database is given as a *sql.DB or *sql.Conn, whose driver is pgx (github.com/jackc/pgx/v5/stdlib) or one for SQLite
// (modernc.org/sqlite, github.com/mattn/go-sqlite3), as a *pgx.Conn or *pgxpool.Pool, or by its URL (see [Open]). A handle is
// never closed. One session of it is used while a function runs, and given back with the settings that it had: search path,
// role, time zone and the like on PostgreSQL, the switches of PRAGMA foreign_keys and its kin on SQLite. On PostgreSQL the
// first schema of the session's search path is the one that revisions speak of.
//
// What can't work is refused by name with a [*HandleError]: a driver that isn't known, an open transaction, a pool in
// transaction mode, a database in memory of which each connection of a pool has its own.
//
// # Errors
//
// Each reason why a run stops is a type of this package, found with errors.As: [*LockedError], [*DriftError], [*StepError] and
// so on. Their texts say what happened, where, and what to do. What was committed before an error stays, and is in the [Result]
// that comes with it. Neither holds a password.
//
// # Stability
//
// This package and [github.com/duo-orm/duo-orm/duoorm/duoormtest] are the stable part of the module. They follow semantic
// versioning: within a major version no name is taken away and none changes its meaning; from version 0 on, changes that
// break are in a minor version and told in CHANGELOG.md. Additions that callers must expect: fields of results, errors and
// options; types of errors; types in the union [Handle]. Texts of errors may change. All other packages of the module can be imported, and may
// change in any version.
package duoorm
