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
	if !a.Back || o.Properties[hclschema.PropGenerated] != nil || o.Properties[hclschema.PropIdentity] != nil || a.again[o.Identity.Name] && !a.wasComputed(o) || a.refers(o) {
		return "", false
	}
	distinct := a.isDistinct(o)
	needed := (o.Properties[hclschema.PropDefault] == nil || ofSession(o.Properties.Text(hclschema.PropDefault))) && (!o.Properties.Bool(hclschema.PropNull) || a.demanded(o))
	repeated := o.Properties[hclschema.PropDefault] != nil && distinct && counterOf(o) == "" && !strings.Contains(o.Properties.Text(hclschema.PropDefault), "random")
	if !needed && !repeated {
		return "", false
	}
	filler, fills := a.leastOf(o.Properties.Text(hclschema.PropType), distinct)
	if fills && !distinct {
		filler = a.fitting(o, filler)
	}
	return filler, fills
}

// wasComputed says that a column was a computed one.
func (a *tableChange) wasComputed(o *hclschema.Object) bool {
	before := a.before.columns[o.Identity.Name]
	return before != nil && before.Properties[hclschema.PropGenerated] != nil
}

// rowNumber stands in a filler for the number of the row, rowNumbers is the sequence that counts them.
const (
	rowNumber  = "(number of the row)"
	rowNumbers = "duo_orm_numbers"
)

// leastOf is a value of a type, another one in each row where values must differ.
func (a *tableChange) leastOf(typeText string, distinct bool) (string, bool) {
	p := partsOfType(typeText)
	if p.array {
		return "'{}'", !distinct
	}
	switch families[p.base] {
	case "number":
		return either(distinct, rowNumber, "0"), true
	case "text":
		return either(distinct, rowNumber+"::text", "''"), true
	case "boolean":
		return "false", !distinct
	case "time":
		return either(distinct, "'1970-01-01'::date + "+rowNumber+"::integer", "'1970-01-01'"), true
	case "clock":
		return "'00:00'", !distinct
	case "json":
		return either(distinct, "to_jsonb("+rowNumber+")::"+p.base, "'{}'"), true
	case "uuid":
		return either(distinct, "lpad(to_hex("+rowNumber+"), 32, '0')::uuid", "'00000000-0000-0000-0000-000000000000'"), true
	case "bytea":
		return either(distinct, rowNumber+"::text::bytea", "''"), true
	case "interval", "money":
		return "'0'", !distinct
	case "address":
		return "'0.0.0.0'", !distinct
	case "bits":
		return "0::bit(" + width(p) + ")::" + typeText, !distinct
	}
	if least, ok := leastValues[p.base]; ok {
		return least, !distinct
	}
	return a.ownFiller(p.base, distinct)
}

// leastValues are values of types that have no family.
var leastValues = map[string]string{
	"int4range": "'empty'", "int8range": "'empty'", "numrange": "'empty'", "tsrange": "'empty'", "tstzrange": "'empty'", "daterange": "'empty'",
	"int4multirange": "'{}'", "int8multirange": "'{}'", "nummultirange": "'{}'", "tsmultirange": "'{}'", "tstzmultirange": "'{}'", "datemultirange": "'{}'",
	"point": "'(0,0)'", "box": "'(0,0),(0,0)'", "lseg": "'(0,0),(0,0)'", "path": "'((0,0))'", "polygon": "'((0,0))'", "circle": "'<(0,0),0>'", "line": "'{1,0,0}'",
	"xml": "''", "tsvector": "''", "tsquery": "''", "macaddr": "'00:00:00:00:00:00'", "macaddr8": "'00:00:00:00:00:00:00:00'", "oid": "0", "hstore": "''", "ltree": "''", "pg_lsn": "'0/0'",
}

// ownFiller is the same for a type of people's own: the first value of an enum, an empty range, a composite of NULLs, and what is
// right for a domain's base type.
func (a *tableChange) ownFiller(name string, distinct bool) (string, bool) {
	if distinct {
		return "", false
	}
	for _, kind := range []string{hclschema.KindEnum, hclschema.KindRange, hclschema.KindComposite, hclschema.KindDomain} {
		o := a.typeOf(kind, name)
		switch {
		case o == nil:
		case kind == hclschema.KindEnum && len(o.Properties.List(hclschema.PropValues)) > 0:
			first, err := quoting.Literal(o.Properties.List(hclschema.PropValues)[0].String())
			return first, err == nil
		case kind == hclschema.KindRange:
			return "'empty'", true
		case kind == hclschema.KindComposite && len(o.Properties.List(hclschema.PropFields)) > 0:
			return "'(" + strings.Repeat(",", len(o.Properties.List(hclschema.PropFields))-1) + ")'", true
		case kind == hclschema.KindDomain:
			return a.leastOf(o.Properties.Text(hclschema.PropType), false)
		}
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

// typeOf is the type of that kind and name as the plan leaves it or as it is at the start, nil where there is none.
func (a *tableChange) typeOf(kind, name string) *hclschema.Object {
	id := tableIdentity(name)
	id.Kind = kind
	for _, find := range []func(hclschema.Identity) *hclschema.Object{a.End, a.Start} {
		if find == nil {
			continue
		}
		if o := find(id); o != nil {
			return o
		}
	}
	return nil
}

// whole are the parts of the table in the end, those included that are out of the way meanwhile.
func (a *tableChange) whole() []*hclschema.Object {
	if a.Whole == nil {
		return a.after.parts
	}
	return a.Whole[1:]
}

// refers says that a foreign key of the table stands on the column: no value that could be made up would be right.
func (a *tableChange) refers(o *hclschema.Object) bool {
	for _, part := range a.whole() {
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
	for _, part := range a.whole() {
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
