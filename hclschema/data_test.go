package hclschema

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const countries = `
table "countries" {
  column "code" { type = text }
  column "name" { type = text }
  column "area" { 
    type = int
    null = true
  }
  column "upper" {
    type = text
    as   = "upper(name)"
  }
  primary_key { columns = [column.code] }
  unique "named" { columns = [column.name] }
}
table "keyless" {
  column "a" { type = int }
}
`

// rowLines shows declared rows: a line for each.
func rowLines(state *State) string {
	var b strings.Builder
	for _, set := range state.RowSets() {
		fmt.Fprintf(&b, "%s %s by %s\n", set.Table, set.Mode, strings.Join(set.Key, ","))
		for _, row := range set.Rows {
			fmt.Fprintf(&b, "  %d:", row.Range.Start.Line)
			for _, name := range sortedKeys(row.Values) {
				fmt.Fprintf(&b, " %s=%s", name, describe(row.Values[name]))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func TestDataIsReadForEachTable(t *testing.T) {
	for _, c := range []struct{ name, models, want string }{
		{"the primary key finds rows", `data "some words" {
  table = table.countries
  rows = [
    { code = "IL", name = "Israel", area = 22072 },
    { code = "DE", name = "It's $${x}\n\\", area = null },
  ]
}`, `table countries UPSERT by code
  22: area=the number 22072 code=the text "IL" name=the text "Israel"
  23: area=null code=the text "DE" name=the text "It's ${x}\n\\"
`},
		{"blocks of one table are taken together", `data {
  table = table.countries
  mode = SYNC
  rows = [{ code = "A" }]
}
data {
  table = table.countries
  mode = "SYNC"
  rows = [for c in ["B", "C"] : { code = c, area = true }]
}`, `table countries SYNC by code
  22: code=the text "A"
  27: area=true code=the text "B"
  27: area=true code=the text "C"
`},
		{"another key, each, bytes, and no rows at all", `data {
  for_each = { a = 1, b = 2 }
  table = table.countries
  key = [column.name]
  rows = [{ name = each.key, area = each.value, code = sql("x'00Ff'") }]
}
data {
  table = table.keyless
  key = []
  rows = []
}`, ""},
		{"names as the engine takes them", `data {
  table = table.countries
  key = ["NAME"]
  mode = INSERT
  rows = [{ NAME = "x", Code = "y" }]
}`, `table countries INSERT by name
  23: code=the text "y" name=the text "x"
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.want == "" {
				_, diags := Load([]Source{{Name: "m.hcl", Bytes: []byte(countries + c.models)}}, nil, testDialect{})
				if len(diags) != 1 || !strings.Contains(diags[0].Detail, "A key needs a column") {
					t.Fatal(diags)
				}
				return
			}
			if diff := cmp.Diff(c.want, rowLines(load(t, countries+c.models))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDataErrorsTellThePlace(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"unknown table", `table = table.contries
rows = []`, `m.hcl:20,9: There is no table "contries". Did you mean "countries"?`},
		{"no table", `rows = []`, `m.hcl:19,1: A data block needs table`},
		{"no rows", `table = table.countries`, `m.hcl:19,1: A data block needs rows`},
		{"unknown column", `table = table.countries
rows = [{ code = "A", nmae = "x" }]`, `m.hcl:21,9: Table "countries" has no column "nmae". Did you mean "name"?`},
		{"generated column", `table = table.countries
rows = [{ code = "A", upper = "x" }]`, `m.hcl:21,9: Column "upper" of table "countries" is computed by the database`},
		{"no key", `table = table.keyless
rows = [{ a = 1 }]`, `m.hcl:19,1: Table "keyless" has no primary key to find its rows by.`},
		{"a key that is none", `table = table.countries
key = [column.area]
rows = [{ area = 1 }]`, `m.hcl:21,7: No primary key, unique constraint or unique index of table "countries" is made of area alone`},
		{"row without its key", `table = table.countries
rows = [{ name = "x" }]`, `m.hcl:21,9: The row has no value for "code"`},
		{"key is null", `table = table.countries
rows = [{ code = null }]`, `m.hcl:21,9: The row has no value for "code"`},
		{"twice", `table = table.countries
rows = [{ code = "A" }, { code = "B" }, { code = "A" }]`, `m.hcl:21,41: Table "countries" has a row of the key A already, at m.hcl:21,9.`},
		{"column twice", `table = table.countries
rows = [{ code = "A", CODE = "B" }]`, `m.hcl:21,9: The row sets column "code" twice`},
		{"expression", `table = table.countries
rows = [{ code = "A", name = sql("now()") }]`, `m.hcl:21,9: The value of "name" is an SQL expression, which can't be compared`},
		{"injected bytes", `table = table.countries
rows = [{ code = sql("x'00') --") }]`, `m.hcl:21,9: The value of "code" is an SQL expression`},
		{"list", `table = table.countries
rows = [{ code = "A", name = ["x"] }]`, `m.hcl:21,9: The value of "name" is a list. Write jsonencode`},
		{"word", `table = table.countries
rows = [{ code = "A", name = Israel }]`, `m.hcl:21,9: The value of name must be a string, a number, true, false or null, not the word Israel.`},
		{"NUL", `table = table.countries
rows = [{ code = "A\u0000B" }]`, `m.hcl:21,9: The value of "code" holds a NUL character`},
		{"no object", `table = table.countries
rows = ["A"]`, `m.hcl:21,9: A row must be an object of columns and values`},
		{"mode", `table = table.countries
mode = MERGE
rows = []`, `m.hcl:21,8: mode can't be "MERGE".`},
		{"modes differ", `table = table.countries
rows = []
}
data {
table = table.countries
mode = SYNC
rows = []`, `m.hcl:25,1: The rows of table "countries" have the mode SYNC here and UPSERT at m.hcl:19,1.`},
		{"keys differ", `table = table.countries
rows = []
}
data {
table = table.countries
key = ["name"]
rows = []`, `m.hcl:25,7: The rows of table "countries" are found by name here and by code at m.hcl:19,1.`},
		{"unknown attribute", `table = table.countries
row = []
rows = []`, `m.hcl:21,1: A data block has no attribute "row". Did you mean "rows"?`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, diags := Load([]Source{{Name: "m.hcl", Bytes: []byte(countries + "data {\n" + c.body + "\n}\n")}}, nil, testDialect{})
			if len(diags) == 0 {
				t.Fatal("no error")
			}
			if got := place(*diags[0].Subject) + ": " + diags[0].Detail; !strings.HasPrefix(got, c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if len(diags) > 1 {
				t.Error(diags)
			}
		})
	}
}

// A long list of rows is read in proportion to its length.
func TestManyRowsAreRead(t *testing.T) {
	var text strings.Builder
	text.WriteString(countries + "data {\n  table = table.countries\n  rows = [\n")
	for i := range 10000 {
		fmt.Fprintf(&text, "    { code = \"c%d\", name = \"Country %d\", area = %d },\n", i, i, i)
	}
	text.WriteString("  ]\n}\n")
	if got := len(load(t, text.String()).RowSets()[0].Rows); got != 10000 {
		t.Error(got, "rows")
	}
}
