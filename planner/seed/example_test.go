package seed_test

import (
	"context"
	"fmt"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/seed"
)

// The rows of a table as models declare them.
func ExampleRead() {
	ctx, driver := context.Background(), sqlite.Driver{}
	conn, err := driver.Open(ctx, "sqlite://", drivers.OpenOptions{})
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
		"CREATE TABLE countries (code text NOT NULL PRIMARY KEY, name text)",
		"INSERT INTO countries VALUES ('IL', 'Israel'), ('DE', NULL)",
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			fmt.Println(err)
		}
	}
	inspection, err := conn.Inspect(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	table := hclschema.Identity{Kind: hclschema.KindTable, Name: "countries"}
	dump, err := seed.Read(ctx, conn, driver, driver, inspection.State, table)
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := hclschema.WriteRows(table, dump.Key, dump.Columns, dump.Rows)
	fmt.Print(string(text), err)
	// Output:
	// data {
	//   table = table.countries
	//   rows = [
	//     { code = "DE", name = null },
	//     { code = "IL", name = "Israel" },
	//   ]
	// }
	// <nil>
}
