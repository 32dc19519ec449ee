package postgres

import (
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// filler is what rows get on the way back in a column that needs a value and whose values were destroyed on the way up: as
// little as possible, or the number of the row where values must differ. False where nothing is needed, or nothing that
// could be made up would be right.
func (a *tableChange) filler(o *hclschema.Object) (string, bool) {
	if !a.Back || o.Properties[hclschema.PropGenerated] != nil || o.Properties[hclschema.PropIdentity] != nil || a.again[o.Identity.Name] || a.refers(o) {
		return "", false
	}
	distinct := a.isDistinct(o)
	needed := o.Properties[hclschema.PropDefault] == nil && !o.Properties.Bool(hclschema.PropNull)
	repeated := o.Properties[hclschema.PropDefault] != nil && distinct && counterOf(o) == "" && !strings.Contains(o.Properties.Text(hclschema.PropDefault), "random")
	if !needed && !repeated {
		return "", false
	}
	p := partsOfType(o.Properties.Text(hclschema.PropType))
	if p.array {
		return "'{}'", !distinct
	}
	switch families[p.base] {
	case "number":
		return either(distinct, "numbered.number", "0"), true
	case "text":
		return either(distinct, "numbered.number::text", "''"), true
	case "boolean":
		return "false", !distinct
	case "time":
		return either(distinct, "'1970-01-01'::date + numbered.number::integer", "'1970-01-01'"), true
	case "clock":
		return "'00:00'", !distinct
	case "json":
		return either(distinct, "to_jsonb(numbered.number)::"+p.base, "'{}'"), true
	case "uuid":
		return either(distinct, "lpad(to_hex(numbered.number), 32, '0')::uuid", "'00000000-0000-0000-0000-000000000000'"), true
	case "bytea":
		return either(distinct, "numbered.number::text::bytea", "''"), true
	case "interval", "money":
		return "'0'", !distinct
	case "address":
		return "'0.0.0.0'", !distinct
	case "bits":
		return "0::bit(" + width(p) + ")::" + o.Properties.Text(hclschema.PropType), !distinct
	}
	if e := a.enumOf(p.base); e != nil && !distinct && len(e.Properties.List(hclschema.PropValues)) > 0 {
		first, err := quoting.Literal(e.Properties.List(hclschema.PropValues)[0].String())
		return first, err == nil
	}
	return "", false
}

func either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

func width(p typeParts) string {
	if p.base == "bit" && p.modifiers != nil {
		return strconv.Itoa(p.modifiers[0])
	}
	return "1"
}

// enumOf is the enum of that name at the start, nil where it is none.
func (a *tableChange) enumOf(name string) *hclschema.Object {
	if a.Start == nil {
		return nil
	}
	id := hclschema.Identity{Kind: hclschema.KindEnum}
	names := nameParts(name)
	if id.Name = names[len(names)-1]; len(names) > 1 {
		id.Schema = names[0]
	}
	return a.Start(id)
}

// refers says that a foreign key of the table stands on the column: no value that could be made up would be right.
func (a *tableChange) refers(o *hclschema.Object) bool {
	for _, part := range a.after.parts {
		if part.Identity.Kind != hclschema.KindForeignKey {
			continue
		}
		for _, column := range part.Properties.List(hclschema.PropColumns) {
			if column.String() == o.Identity.Name {
				return true
			}
		}
	}
	return false
}

// isDistinct says that a key or a unique index names the column.
func (a *tableChange) isDistinct(o *hclschema.Object) bool {
	for _, part := range a.after.parts {
		if !isUnique(part) {
			continue
		}
		for _, value := range part.Properties.List(hclschema.PropColumns) {
			record, _ := value.(hclschema.Record)
			if column := record["column"]; column != nil && column.String() == o.Identity.Name {
				return true
			}
			if expr := record["expr"]; expr != nil {
				for _, word := range words(expr.String()) {
					if word == o.Identity.Name {
						return true
					}
				}
			}
		}
	}
	return false
}

func isUnique(o *hclschema.Object) bool {
	switch o.Identity.Kind {
	case hclschema.KindPrimaryKey, hclschema.KindUnique, hclschema.KindExclude:
		return true
	case hclschema.KindIndex:
		return o.Properties.Bool(hclschema.PropUnique)
	}
	return false
}
