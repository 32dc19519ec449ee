package planner

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// past is what led to a database: it tells a renamed_from that is history from one that is to be carried out where both names are there.
type past struct {
	driver drivers.Driver
	// managed says whether an applied revision made a unit; nil where none did.
	managed func(hclschema.Identity) bool
	// applied are the revisions in the order in which they ran.
	applied []*revision.File
}

// wants says that a rename whose two names are in the database is to be carried out: a revision made what has the old name, and none has
// carried the rename out since.
func (p past) wants(was hclschema.Identity, rename drivers.Rename) bool {
	return p.managed != nil && p.managed(p.driver.Unit(was)) && !p.has(rename)
}

// has says that a revision has carried a rename out. It looks back from the last one; what an object belongs to may have got its name on
// the way.
func (p past) has(rename drivers.Rename) bool {
	fold := func(text string) string { return p.driver.Key(hclschema.Identity{Name: text}).Name }
	for i := len(p.applied) - 1; i >= 0; i-- {
		file := p.applied[i]
		was := map[string]string{}
		for from, to := range file.Renames {
			was[fold(to)] = from
		}
		did := func() bool { return fold(was[fold(rename.To.String())]) == fold(rename.From.String()) }
		if did() {
			return true
		}
		for _, step := range file.Upgrade {
			for _, unit := range step.Makes {
				if fold(unit) == fold(rename.From.String()) && was[fold(unit)] == "" {
					return false // it is another one
				}
			}
		}
		if p.before(&rename, func(id hclschema.Identity) string { return was[fold(id.String())] }) && did() { // one file may stand for several
			return true
		}
	}
	return false
}

// before takes back what was renamed of what both names of a rename belong to. former is what something was called, empty where it wasn't
// renamed.
func (p past) before(rename *drivers.Rename, former func(hclschema.Identity) string) (changed bool) {
	owner := p.driver.Unit(rename.To)
	names, renamed := namesIn(former(owner))
	for _, id := range []*hclschema.Identity{&rename.From, &rename.To} {
		if renamed && id.Parent != "" && owner != rename.To {
			id.Schema, id.Parent, changed = "", names[len(names)-1], true
			if len(names) > 1 {
				id.Schema = names[0]
			}
		}
		if schema, ok := namesIn(former(hclschema.Identity{Kind: hclschema.KindSchema, Name: id.Schema})); ok && id.Schema != "" {
			id.Schema, changed = schema[0], true
		}
	}
	return changed
}

// namesIn are the names of an identity that is written out: "table sales.orders".
func namesIn(identity string) (names []string, ok bool) {
	if _, path, found := strings.Cut(identity, " "); found {
		return hclschema.SplitPath(path)
	}
	return nil, false
}

// declared are the objects of the database whose names objects of the models get by renamed_from although something has the new names: it
// goes, or gets another name itself. Other declared renames need no such decision.
func (r *renames) declared(objects []*hclschema.Object) map[*hclschema.Object]*hclschema.Object {
	list := map[*hclschema.Object]*hclschema.Object{}
	for _, o := range objects {
		if o.RenamedFrom == "" || o.Identity.Unnamed || r.asked[o].text != "" {
			continue
		}
		there, former := r.current.Get(r.below(o.Identity)), r.former(o)
		if there != nil && former != nil && there != former && r.past.wants(former.Identity, r.renameOf(former.Identity, o.Identity)) {
			list[o] = former
		}
	}
	for before := -1; before != len(list); {
		before = len(list)
		for _, o := range objects {
			if list[o] != nil && r.keptBy(o, list[o], list) != nil {
				delete(list, o)
			}
		}
	}
	return list
}

// keptBy is the object of the models that keeps the name which another one is said to have had; nil where that name goes.
func (r *renames) keptBy(o, former *hclschema.Object, declared map[*hclschema.Object]*hclschema.Object) *hclschema.Object {
	for _, still := range o.Formers(r.schemaCalled) {
		kept := r.desired.Get(still)
		if kept == nil || kept == o || declared[kept] != nil || r.asked[kept].text != "" {
			continue
		}
		if there := r.current.Get(r.below(kept.Identity)); there == former {
			return kept
		}
	}
	return nil
}

// displaced is an object of the database whose name something else gets: from is what it is called when that is renamed, before the
// at-th rename of the list.
type displaced struct {
	was, from hclschema.Identity
	at        int
}

// giveWay notes that an object of the models gets the name of another one of the database, which goes unless it is renamed itself.
func (r *renames) giveWay(there, to *hclschema.Object) {
	from := to.Identity
	from.Name = there.Identity.Name
	r.displaced = append(r.displaced, displaced{there.Identity, from, len(r.list)})
}

// going are those that give way and get no other name.
func (r *renames) going() []displaced {
	return slices.DeleteFunc(slices.Clone(r.displaced), func(d displaced) bool {
		_, renamed := r.taken[r.current.Key(d.was)]
		return renamed
	})
}

// upwards is the list with the renames that free the names of what goes; what they lead to is noted in moved.
func (r *renames) upwards() []drivers.Rename {
	going := r.going()
	if len(going) == 0 {
		return r.list
	}
	var list []drivers.Rename
	done := 0
	taken := map[string]bool{}
	for _, state := range []*hclschema.State{r.current, r.desired} {
		for _, o := range state.Objects() {
			for _, name := range drivers.Names(r.driver, o) {
				taken[name] = true
			}
		}
	}
	for _, d := range going {
		list = append(list, r.list[done:d.at]...)
		done = d.at
		var aside hclschema.Identity
		for n := 1; ; n++ {
			aside = d.from.Called(clipped(d.from.Bare(), 40) + "_between_" + strconv.Itoa(n))
			free := r.current.Get(r.below(aside)) == nil && r.desired.Get(aside) == nil
			for _, name := range r.driver.Namespaces(aside) {
				free = free && !taken[name]
			}
			if free {
				break
			}
		}
		for _, name := range r.driver.Namespaces(aside) {
			taken[name] = true
		}
		r.moved[r.current.Key(aside)] = d.was
		list = append(list, drivers.Rename{From: d.from, To: aside})
	}
	return append(list, r.list[done:]...)
}

// clipped is the beginning of a name, in whole letters.
func clipped(name string, size int) string {
	for len(name) > size {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	return name
}
