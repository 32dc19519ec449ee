package planner_test

import (
	"context"
	"fmt"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
)

// A plan is made from a database and what models say, and is proved on scratch before it is returned.
func Example() {
	ctx, driver := context.Background(), sqlite.Driver{}
	live, err := driver.Scratch(ctx, nil, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() {
		if err := live.Close(); err != nil {
			fmt.Println(err)
		}
	}()
	if _, err := live.Exec(ctx, `CREATE TABLE users (id integer PRIMARY KEY, mail text NOT NULL)`); err != nil {
		fmt.Println(err)
		return
	}
	models := hclschema.Source{Name: "users.hcl", Bytes: []byte(`table "users" {
  column "id" { type = int }
  column "email" {
    type         = text
    renamed_from = "mail"
  }
  primary_key { columns = [column.id] }
  index "users_email" { columns = [column.email] }
}`)}
	desired, diags := hclschema.Load([]hclschema.Source{models}, nil, driver)
	if diags.HasErrors() {
		fmt.Println(diags)
		return
	}
	plan, err := planner.Create(ctx, planner.Request{Driver: driver, Live: live, Desired: desired})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(planner.Summarize(plan).Headline())
	for _, step := range plan.Upgrade {
		fmt.Println("up:  ", step.Name)
	}
	for _, step := range plan.Downgrade {
		fmt.Println("down:", step.Name)
	}
	fmt.Println("proved with rows:", plan.Proof.Rows > 0)
	// Output:
	// Plan: 0 to add, 1 to change, 0 to drop
	// up:   rename column users.mail to email
	// up:   create index users_email
	// down: rename column users.email to mail
	// down: drop index users_email
	// proved with rows: true
}
