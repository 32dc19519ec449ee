package proof_test

import (
	"fmt"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/proof"
)

// What a failed proof tells people: how the schema that came out differs from the one that was wanted.
func ExampleDifference() {
	state := func(models string) *hclschema.State {
		s, diags := hclschema.Load([]hclschema.Source{{Name: "models.hcl", Bytes: []byte(models)}}, nil, sqlite.Driver{})
		for _, d := range diags {
			fmt.Println(d)
		}
		return s
	}
	want := state(`
table "users" {
  column "email" { type = text }
  index "users_email" { columns = [column.email] }
}`)
	got := state(`
table "users" {
  column "email" {
    type = text
    null = true
  }
}`)
	for _, sentence := range proof.Difference(want, got) {
		fmt.Println(sentence)
	}
	// Output:
	// column users.email: null is true, wanted false
	// index users.users_email is missing
}
