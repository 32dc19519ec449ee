package hclschema_test

import (
	"fmt"

	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Models are read with the dialect of a driver, and every error names its place.
func ExampleLoad() {
	models := hclschema.Source{Name: "users.hcl", Bytes: []byte(`
table "users" {
  column "id" { type = int }
  column "email" {
    type    = text
    default = "nobody"
  }
  primary_key { columns = [column.id] }
  index "users_email" {
    unique  = true
    columns = [column.emial]
  }
}
`)}
	_, diags := hclschema.Load([]hclschema.Source{models}, nil, sqlite.Driver{})
	for _, d := range diags {
		fmt.Println(d)
	}
	// Output:
	// users.hcl:11,16-28: Unknown column; Table "users" has no column "emial". Did you mean "email"?
}

// A state is a set of objects with identities and properties, and can be written as models again.
func Example() {
	models := hclschema.Source{Name: "users.hcl", Bytes: []byte(`table "users" {
  column "id" { type = int }
  column "email" { type = varchar(80) }
  primary_key { columns = [column.id] }
}`)}
	state, diags := hclschema.Load([]hclschema.Source{models}, nil, sqlite.Driver{})
	if diags.HasErrors() {
		fmt.Println(diags)
		return
	}
	for _, o := range state.Objects() {
		fmt.Println(o.Identity, o.Properties.Names(), "declared at line", o.Range.Start.Line)
	}
	text, err := hclschema.WriteText(state, sqlite.Driver{})
	fmt.Print(string(text), err)
	// Output:
	// table users [] declared at line 1
	// column users.id [type] declared at line 2
	// column users.email [type] declared at line 3
	// primary_key users [columns] declared at line 4
	// table "users" {
	//   column "id" {
	//     type = integer
	//   }
	//   column "email" {
	//     type = varchar(80)
	//   }
	//
	//   primary_key {
	//     columns = [column.id]
	//   }
	// }
	// <nil>
}
