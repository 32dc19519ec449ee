package postgres

import (
	"github.com/duo-orm/duo-orm/hclschema"
)

// typedLater is a target in which a table isn't of its type yet, where it becomes one of it while the type itself changes: the type has its
// new fields, and the table columns that are the same, before the one is said to be of the other.
func typedLater(from, to *hclschema.State) *hclschema.State {
	later := map[hclschema.Identity]bool{}
	for _, o := range to.Objects() {
		of, before := o.Properties[hclschema.PropOfType], from.Get(o.Identity)
		if of == nil || before == nil || hclschema.Equal(of, before.Properties[hclschema.PropOfType]) {
			continue
		}
		id := tableIdentity(of.String())
		id.Kind = hclschema.KindComposite
		if was, is := from.Get(id), to.Get(id); was != nil && is != nil && !hclschema.Equal(was.Properties[hclschema.PropFields], is.Properties[hclschema.PropFields]) {
			later[o.Identity] = true
		}
	}
	if len(later) == 0 {
		return to
	}
	state := to.NewLike()
	for _, o := range to.Objects() {
		if later[o.Identity] {
			o = o.Clone()
			delete(o.Properties, hclschema.PropOfType)
		}
		state.AddNext(o)
	}
	return state
}
