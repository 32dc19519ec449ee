package execute_test

import (
	"context"
	"fmt"
	"time"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Revisions are run up to a target, recorded, and taken back.
func Example() {
	ctx, driver := context.Background(), sqlite.Driver{}
	conn, err := driver.Scratch(ctx, nil, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() {
		if err := conn.Close(); err != nil {
			fmt.Println(err)
		}
	}()
	graph, diags := revision.Join([]*revision.File{{
		ID: "aaaa1111", Message: "add users", Dialect: "sqlite",
		Upgrade:   []revision.Step{{Name: "create table users", SQL: "CREATE TABLE users (id integer PRIMARY KEY)", Transaction: true}},
		Downgrade: []revision.Step{{Name: "drop table users", SQL: "DROP TABLE users", Transaction: true}},
	}})
	if diags.HasErrors() {
		fmt.Println(diags)
		return
	}
	options := execute.Options{
		Driver: driver, Conn: conn, Graph: graph, Target: "head", VersionTable: "duo_orm_revisions", Tool: "example",
		Clock: func() time.Time { return time.Date(2026, 11, 24, 4, 12, 0, 0, time.UTC) },
		Progress: execute.Progress{Step: func(_ *revision.File, step revision.Step, number, of int, _ time.Duration) {
			fmt.Printf("%d/%d %s\n", number, of, step.Name)
		}},
	}
	up, err := execute.Upgrade(ctx, options)
	fmt.Println(up.From, "→", up.Current, err)
	again, err := execute.Upgrade(ctx, options)
	fmt.Println("nothing to do:", again.NothingToDo(), err)
	options.Target = "base"
	down, err := execute.Downgrade(ctx, options)
	fmt.Println(down.From, "→", down.Current, err)
	// Output:
	// 1/1 create table users
	// [] → [aaaa1111] <nil>
	// nothing to do: true <nil>
	// 1/1 drop table users
	// [aaaa1111] → [] <nil>
}
