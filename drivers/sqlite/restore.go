package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// On the way back a column may return that the rows need a value for: it is NOT NULL and has no default, or its values must
// differ and the default doesn't. What it held was destroyed on the way up, as the plan says. So that the way back is one,
// its rows get a value that says as little as possible: an empty text, a zero, or the number of the row where the values
// must differ.

// restoredValues are the columns that return so, and the expressions that fill them.
func (a *tableChange) restoredValues() (names, values []string) {
	if !a.back {
		return nil, nil
	}
	unique := a.after.uniqueColumns()
	for _, c := range a.added {
		if isGenerated(c) || c == a.after.rowidColumn() || a.refers(c) {
			continue
		}
		needed := isNullDefault(c) && !nullableColumn(a.after, c)
		repeated := !isNullDefault(c) && unique[fold(c.Identity.Name)]
		if !needed && !repeated {
			continue
		}
		names = append(names, c.Identity.Name)
		values = append(values, filler(affinity(c.Properties.Text(hclschema.PropType)), unique[fold(c.Identity.Name)]))
	}
	return names, values
}

// refers says that a foreign key of the table stands on the column: no value that could be made up would be right.
func (a *tableChange) refers(c *hclschema.Object) bool {
	for _, o := range a.after.constraints {
		if o.Identity.Kind != hclschema.KindForeignKey {
			continue
		}
		for _, column := range o.Properties.List(hclschema.PropColumns) {
			if fold(column.String()) == fold(c.Identity.Name) {
				return true
			}
		}
	}
	return false
}

// uniqueColumns are the columns that a key or a unique constraint or index names.
func (t *tableUnit) uniqueColumns() map[string]bool {
	unique := map[string]bool{}
	note := func(o *hclschema.Object) {
		for _, part := range partsOf(o) {
			if name, ok := columnOf(part); ok {
				unique[fold(name)] = true
				continue
			}
			for _, c := range t.columns {
				if textMentions(part["expr"], c) {
					unique[fold(c.Identity.Name)] = true
				}
			}
		}
	}
	if t.key != nil {
		note(t.key)
	}
	for _, o := range t.constraints {
		if o.Identity.Kind == hclschema.KindUnique {
			note(o)
		}
	}
	for _, o := range t.indexes {
		if o.Properties.Bool(hclschema.PropUnique) {
			note(o)
		}
	}
	return unique
}

func filler(affinity string, distinct bool) string {
	switch {
	case distinct && affinity == "text":
		return "CAST(row_number() OVER () AS TEXT)"
	case distinct && affinity == "blob":
		return "CAST(row_number() OVER () AS BLOB)"
	case distinct:
		return "row_number() OVER ()"
	case affinity == "text":
		return "''"
	case affinity == "blob":
		return "x''"
	default:
		return "0"
	}
}

// restoring tells in the plan what the rows get.
func restoring(names, values []string) string {
	var words []string
	for i, name := range names {
		value := values[i]
		if strings.Contains(value, "row_number") {
			value = "the number of the row"
		}
		words = append(words, quoting.QuoteName(name)+" gets "+value)
	}
	if len(words) == 0 {
		return ""
	}
	return "what these columns held is lost, and their rows need values: " + strings.Join(words, ", ")
}
