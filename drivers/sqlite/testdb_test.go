package sqlite

import (
	"context"
	"database/sql"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"

	_ "modernc.org/sqlite" // the engine
)

// memory opens an empty database and runs the statements in it.
func memory(t testing.TB, statements ...string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s\n%v", statement, err)
		}
	}
	return db
}

// querier is the function that inspect wants.
func querier(db *sql.DB) queryFunc {
	return func(ctx context.Context, sql string, args []any, row func(scan func(...any) error) error) (err error) {
		rows, err := db.QueryContext(ctx, sql, args...)
		if err != nil {
			return err
		}
		defer func() {
			if closed := rows.Close(); err == nil {
				err = closed
			}
		}()
		for rows.Next() {
			if err := row(rows.Scan); err != nil {
				return err
			}
		}
		return rows.Err()
	}
}

// look inspects a database.
func look(t testing.TB, db *sql.DB) *drivers.Inspection {
	t.Helper()
	inspection, err := inspect(context.Background(), querier(db), "duo_orm_revisions")
	if err != nil {
		t.Fatal(err)
	}
	return inspection
}
