package sqlite_test

import (
	"context"
	"fmt"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
)

// A database is read into a state by SQLite's own record of it; what can't be read in full is named.
func Example() {
	ctx := context.Background()
	conn, err := sqlite.Driver{}.Scratch(ctx, nil, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() {
		if err := conn.Close(); err != nil {
			fmt.Println(err)
		}
	}()
	for _, statement := range []string{
		`CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT NOT NULL COLLATE NOCASE UNIQUE)`,
		`CREATE VIEW mails AS SELECT mail FROM users`,
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			fmt.Println(err)
			return
		}
	}
	inspection, err := conn.Inspect(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range inspection.State.Objects() {
		fmt.Println(o.Identity, o.Properties.Names())
	}
	fmt.Println(len(inspection.Unread), "not read")
	// Output:
	// table users []
	// column users.id [type]
	// column users.mail [collate type]
	// primary_key users [columns]
	// unique users (mail) [columns]
	// view mails [as]
	// 0 not read
}
