package postgres

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// fitting counts the values of a column that have no place in its type once that has been made again.
type fitting struct {
	change drivers.UnitChange
	column *hclschema.Object
	// value is a value of the type itself; list is what it is an element of, empty where the column holds it.
	value, list, source string
	// ok says that the column is one of that type, or of arrays of it.
	ok bool
}

func newFitting(change drivers.UnitChange, column *hclschema.Object, typeText string) fitting {
	if column.Identity.Kind != hclschema.KindColumn {
		return fitting{}
	}
	w := newWriter()
	f := fitting{change: change, column: column, value: w.Name(column.Live().Name)}
	switch is := column.Properties.Text(hclschema.PropType); {
	case is == typeText:
	case element(is) == typeText:
		f.list, f.value = f.value, listElement
	default:
		return f
	}
	table := Driver{}.Unit(column.Live())
	if change.Start != nil {
		if o := change.Start(Driver{}.Unit(column.Identity)); o != nil {
			table = o.Live()
		}
	}
	f.source, f.ok = w.object(table), true
	return f
}

// count counts the rows that have a value for which a condition holds.
func (f fitting) count(condition string) string {
	if f.list != "" {
		condition = within(f.list, condition)
	}
	return "SELECT count(*) FROM " + f.source + " WHERE " + condition
}

// hazard is about an expression of a value whose type becomes another one.
func (f fitting) hazard(expr, before, after string) drivers.Hazard {
	h := drivers.Hazard{
		Kind: drivers.Violates, Object: f.column.Identity, TotalSQL: "SELECT count(*) FROM " + f.source, Rows: -1, Total: -1,
		WaysOut: []string{"Correct these values first.", "Choose a type that holds them.", handWritten},
	}
	of := " (" + f.change.After.Identity().String() + ")"
	if condition, text := misfit(expr, before, after); condition != "" {
		h.Text, h.CountSQL = "has no place for a value that "+text+of, f.count(condition)
		return h
	}
	if before != "" && !always(before, after) {
		h.Text = "needs values that can be converted to " + after + of
		h.TrySQL = "SELECT count(" + conversion(expr, before, after) + ") FROM " + f.source
		if f.list != "" {
			h.TrySQL += ", unnest(" + f.list + ") AS " + listElement
		}
	}
	return h
}
