package seed

import (
	"errors"
	"fmt"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// What stands against rows is found by its type, through whatever is around it.
func TestErrorsAreFoundByTheirType(t *testing.T) {
	table := hclschema.Identity{Kind: hclschema.KindTable, Name: "t"}
	at := hcl.Range{Filename: "m.hcl", Start: hcl.Pos{Line: 3, Column: 5}}
	missing := &MissingError{To: table, Columns: []string{"a", "b"}, Values: []string{"1", "NULL"}}
	refused := &RowError{Table: table, Row: at, Cause: missing}
	for _, c := range []struct {
		err  error
		as   func(error) bool
		want string
	}{
		{refused, func(err error) bool { var e *RowError; return errors.As(err, &e) }, "a row of table t can't be had (m.hcl:3,5): it refers to a row of table t that is not there: a, b = 1, NULL"},
		{refused, func(err error) bool { var e *MissingError; return errors.As(err, &e) }, ""},
		{&AmbiguousError{Table: table, Row: at, Key: []string{"a"}}, func(err error) bool { var e *AmbiguousError; return errors.As(err, &e) }, "several rows of table t have the key of the row at m.hcl:3,5"},
		{&TooManyError{Table: table, Rows: 7}, func(err error) bool { var e *TooManyError; return errors.As(err, &e) }, "the mode SYNC would delete 7 rows of table t that no data block has"},
		{&KeyError{Table: table}, func(err error) bool { var e *KeyError; return errors.As(err, &e) }, "table t has neither a primary key nor a unique constraint to find its rows by"},
	} {
		if wrapped := fmt.Errorf("plan: %w", c.err); !c.as(wrapped) {
			t.Errorf("%T is not found", c.err)
		}
		if c.want != "" && c.err.Error() != c.want {
			t.Errorf("got %q, want %q", c.err, c.want)
		}
	}
}

// A chain of rows, however long, is put in order, and a ring ends.
func TestRowsFollowWhatTheyReferTo(t *testing.T) {
	column := func(name string) *hclschema.Object {
		return &hclschema.Object{Identity: hclschema.Identity{Kind: hclschema.KindColumn, Parent: "t", Name: name}}
	}
	state := hclschema.NewState(func(id hclschema.Identity) hclschema.Identity { return id })
	spelled := func(text string) hclschema.Spelled { return hclschema.Spelled{Text: text, Canonical: text} }
	for _, o := range []*hclschema.Object{
		{Identity: hclschema.Identity{Kind: hclschema.KindTable, Name: "t"}}, column("id"), column("up"),
		{Identity: hclschema.Identity{Kind: hclschema.KindForeignKey, Parent: "t", Name: "k"}, Properties: hclschema.Properties{
			hclschema.PropColumns: hclschema.List{spelled("up")}, hclschema.PropRefTable: spelled("t"), hclschema.PropRefColumns: hclschema.List{spelled("id")},
		}},
	} {
		state.AddNext(o)
	}
	c := &content{Table: Table{End: state}, driver: plainDriver{}, table: state.Get(hclschema.Identity{Kind: hclschema.KindTable, Name: "t"})}
	const length = 20000
	rows := make([]row, length)
	for i := range rows {
		id, up := fmt.Sprint(i), fmt.Sprint((i+1)%length)
		rows[i] = row{"id": &id, "up": &up}
	}
	rows[length/2]["up"] = nil
	order := byTree(c, rows, func(r row) row { return r })
	if len(order) != length {
		t.Fatalf("%d rows of %d are left", len(order), length)
	}
	seen := map[string]bool{}
	for _, r := range order {
		if up := r["up"]; up != nil && !seen[*up] {
			t.Fatalf("row %s comes before %s", *r["id"], *up)
		}
		seen[*r["id"]] = true
	}
	rows[length/2]["up"] = rows[0]["id"]
	if order := byTree(c, rows, func(r row) row { return r }); len(order) != length {
		t.Fatalf("%d rows of a ring of %d are left", len(order), length)
	}
}

// plainDriver knows names alone.
type plainDriver struct{ drivers.Driver }

// Identifier implements hclschema.Dialect.
func (plainDriver) Identifier(name string) hclschema.Spelled {
	return hclschema.Spelled{Text: name, Canonical: name}
}
