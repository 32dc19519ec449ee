package hclschema_test

import (
	"fmt"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Models are read with the dialect of a driver, and every error names its place.
func Example() {
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
	_, diags := hclschema.Load([]hclschema.Source{models}, nil, hclschema.SmallDialect())
	for _, d := range diags {
		fmt.Println(d)
	}

	models.Bytes = []byte(`table "users" {
  column "email" { type = text }
}`)
	state, _ := hclschema.Load([]hclschema.Source{models}, nil, hclschema.SmallDialect())
	text, _ := hclschema.WriteText(state, hclschema.SmallDialect())
	fmt.Print(string(text))
	// Output:
	// users.hcl:11,16-28: Unknown column; Table "users" has no column "emial". Did you mean "email"?
	// table "users" {
	//   column "email" {
	//     type = text
	//   }
	// }
}
