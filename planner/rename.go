package planner

import (
	"fmt"
	"maps"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// renames are the renames of a plan, units first. What belongs to a renamed unit stands under its new name on both sides.
type renames struct {
	driver           drivers.Driver
	current, desired *hclschema.State
	list             []drivers.Rename
	// asked is what the command line wants, by object of the models.
	asked map[*hclschema.Object]askedRename
	// units maps the folded new identity of a renamed unit to its old one; parents maps the new names of those that others belong
	// to, to the old ones, and names the old ones to the new ones.
	units, parents, names map[hclschema.Identity]hclschema.Identity
	// taken are the objects of the database that are renamed, with what becomes of them.
	taken map[hclschema.Identity]hclschema.Identity
	// moved maps the names that units and parts got out of the way of a rename to their old ones.
	moved map[hclschema.Identity]hclschema.Identity
	// displaced are the objects of the database whose names others get.
	displaced []displaced
	past      past
}

// findRenames collects what the models declare with renamed_from and what the command line asks for. A renamed_from whose
// old name isn't there any more is history and changes nothing; neither does one whose new name is there already, unless the old one is
// managed and no revision has carried it out: then what has the new name goes, or is renamed itself.
func findRenames(driver drivers.Driver, current, desired *hclschema.State, asked []string, past past) (*renames, error) {
	r := &renames{
		driver: driver, current: current, desired: desired, past: past, asked: map[*hclschema.Object]askedRename{},
		units: map[hclschema.Identity]hclschema.Identity{}, parents: map[hclschema.Identity]hclschema.Identity{},
		names: map[hclschema.Identity]hclschema.Identity{}, taken: map[hclschema.Identity]hclschema.Identity{}, moved: map[hclschema.Identity]hclschema.Identity{},
	}
	// Names of schemas first, and then those of units, since what is within may be given below a new name or an old one.
	var within, later []string
	for _, text := range asked {
		if path, _, err := parseRename(text); err == nil && (len(path.old) > 1 || r.isMove(path)) {
			within = append(within, text)
		} else if err := r.ask(text); err != nil {
			return nil, err
		}
	}
	var schemas []*hclschema.Object
	for _, o := range desired.Objects() {
		if o.Identity.Kind == hclschema.KindSchema {
			schemas = append(schemas, o)
		}
	}
	if err := r.addAll(schemas); err != nil {
		return nil, err
	}
	for _, text := range within {
		if path, _, err := parseRename(text); err == nil && !r.inSchema(path) {
			later = append(later, text)
		} else if err := r.ask(text); err != nil {
			return nil, err
		}
	}
	units := drivers.Units(driver, desired)
	for _, top := range []bool{true, false} {
		var objects []*hclschema.Object
		for _, unit := range units {
			if (unit.Identity().Parent == "") == top && unit.Identity().Kind != hclschema.KindSchema {
				objects = append(objects, unit[0])
			}
		}
		if err := r.addAll(objects); err != nil {
			return nil, err
		}
		if top {
			for _, text := range later {
				if err := r.ask(text); err != nil {
					return nil, err
				}
			}
		}
	}
	var parts []*hclschema.Object
	for _, o := range desired.Objects() {
		if !r.isUnit(o.Identity) {
			parts = append(parts, o)
		}
	}
	if err := r.addAll(parts); err != nil {
		return nil, err
	}
	for _, o := range desired.Objects() {
		r.addElements(o)
	}
	return r, r.elementsFree()
}

// addAll notes the renames of objects that may take each other's names.
func (r *renames) addAll(objects []*hclschema.Object) error {
	declared := r.declared(objects)
	for _, o := range objects {
		if err := r.add(o, declared); err != nil {
			return err
		}
	}
	return nil
}

// addElements notes the renames of fields and values that the models declare. As of objects, one whose old name is gone or whose new
// name is there is history.
func (r *renames) addElements(o *hclschema.Object) {
	if len(o.RenamedElements) == 0 {
		return
	}
	there := r.current.Get(r.liveUnit(o.Identity))
	if there == nil {
		return
	}
	has := func(name string) bool {
		return slices.ContainsFunc(hclschema.Elements(there), func(id hclschema.Identity) bool { return id.Name == name })
	}
	wanted := map[string]bool{}
	for _, to := range hclschema.Elements(o) {
		from := to
		from.Name = o.RenamedElements[to.Name]
		asked := slices.ContainsFunc(r.list, func(rename drivers.Rename) bool { return rename.To == to || rename.From == from })
		if from.Name != "" && !asked && has(from.Name) && (!has(to.Name) || r.past.wants(there.Identity, drivers.Rename{From: from, To: to})) {
			wanted[to.Name] = true
		}
	}
	leaves := func(name string) bool { // one whose name another one gets must get another name itself: values that go can't be put aside
		return slices.ContainsFunc(hclschema.Elements(o), func(to hclschema.Identity) bool { return wanted[to.Name] && o.RenamedElements[to.Name] == name })
	}
	for before := -1; before != len(wanted); {
		before = len(wanted)
		maps.DeleteFunc(wanted, func(name string, _ bool) bool { return has(name) && !leaves(name) })
	}
	for _, to := range hclschema.Elements(o) {
		from := to
		if from.Name = o.RenamedElements[to.Name]; wanted[to.Name] {
			r.list = append(r.list, drivers.Rename{From: from, To: to})
		}
	}
}

// elementsFree refuses the renames of fields and values that were asked for and whose new names others keep.
func (r *renames) elementsFree() error {
	for _, rename := range r.list {
		if rename.To.Kind != hclschema.KindField && rename.To.Kind != hclschema.KindValue {
			continue
		}
		unit := r.driver.Unit(rename.To)
		there := r.current.Get(r.liveUnit(unit))
		has := there != nil && slices.ContainsFunc(hclschema.Elements(there), func(id hclschema.Identity) bool { return id.Name == rename.To.Name })
		if has && !slices.ContainsFunc(r.list, func(other drivers.Rename) bool { return other.From == rename.To }) {
			return &RenameError{Given: fmt.Sprintf("%s to %s", rename.From, rename.To.Name), Reason: fmt.Sprintf("the database has %s already; let it go first, in a plan of its own", rename.To)}
		}
	}
	return nil
}

// liveUnit is the identity that a unit has in the current state.
func (r *renames) liveUnit(id hclschema.Identity) hclschema.Identity {
	if former, ok := r.units[r.current.Key(id)]; ok {
		return former
	}
	return r.below(id)
}

// follow adds renames of units that go with those that were asked for.
func (r *renames) follow(more []drivers.Rename) {
	for _, rename := range more {
		if _, taken := r.taken[r.current.Key(rename.From)]; !taken {
			r.note(rename.From, rename.To)
		}
	}
}

// lived are the renames with the identities that objects have in the live database.
func (r *renames) lived() []drivers.Rename {
	list := slices.Clone(r.list)
	for i := range list {
		if was, ok := r.units[r.current.Key(list[i].To)]; ok {
			list[i].From = was
		} else {
			from := r.below(list[i].To)
			from.Name = list[i].From.Name
			list[i].From = from
		}
	}
	return list
}

// renameOf is the rename of an object of the current state, as the list has it: what it belongs to has its new name by then.
func (r *renames) renameOf(was, to hclschema.Identity) drivers.Rename {
	from := to
	from.Name = was.Name
	if to.Parent == "" {
		from.Schema = r.newSchema(was.Schema)
	}
	return drivers.Rename{From: from, To: to}
}

// note adds the rename of an object of the current state.
func (r *renames) note(was, to hclschema.Identity) {
	r.taken[r.current.Key(was)] = to
	r.list = append(r.list, r.renameOf(was, to))
	if !r.isUnit(to) {
		return
	}
	r.units[r.current.Key(to)] = was
	if to.Parent == "" {
		r.parents[parentName(r.desired, to.Schema, to.Name)] = was
		r.names[parentName(r.current, was.Schema, was.Name)] = to
	}
}

func (r *renames) isUnit(id hclschema.Identity) bool {
	return r.driver.Key(r.driver.Unit(id)) == r.driver.Key(id)
}

// below is an identity with the schema and the parent that it has in the current state.
func (r *renames) below(id hclschema.Identity) hclschema.Identity {
	if was, ok := r.parents[parentName(r.desired, id.Schema, id.Parent)]; ok && id.Parent != "" {
		id.Schema, id.Parent = was.Schema, was.Name
		return id
	}
	id.Schema = r.liveSchema(id.Schema)
	return id
}

// liveSchema is the name that a schema of the models has in the current state.
func (r *renames) liveSchema(name string) string {
	for _, rename := range r.list {
		if rename.To.Kind == hclschema.KindSchema && rename.To.Name == name {
			return rename.From.Name
		}
	}
	if was, ok := r.moved[r.current.Key(hclschema.Identity{Kind: hclschema.KindSchema, Name: name})]; ok {
		return was.Name
	}
	return name
}

// newSchema is the name that a schema of the current state gets.
func (r *renames) newSchema(name string) string {
	for _, rename := range r.list {
		if rename.From.Kind == hclschema.KindSchema && rename.From.Name == name {
			return rename.To.Name
		}
	}
	return name
}

// defaultSchema is how models call the schema that objects lie in which name none.
func defaultSchema(driver drivers.Driver, models *hclschema.State) string {
	if name := models.DefaultCalled(); name != "" {
		return name
	}
	return driver.DefaultSchema()
}

// schemaCalled gives a schema's name as identities have it: the default one has none there.
func schemaCalled(driver drivers.Driver, models *hclschema.State) func(name string) string {
	return func(name string) string {
		if sameName(models, name, defaultSchema(driver, models)) {
			return ""
		}
		return name
	}
}

func (r *renames) schemaCalled(name string) string { return schemaCalled(r.driver, r.desired)(name) }

// add notes the rename of an object if its old name is there and its new one isn't, or becomes free by another rename or because what has
// it goes, or if only the case differs. A rename that was asked for and can't be is a *RenameError. declared are the renames of the
// models that are to be carried out although their new names are there.
func (r *renames) add(o *hclschema.Object, declared map[*hclschema.Object]*hclschema.Object) error {
	if o.Identity.Unnamed || o.Identity.Name == "" {
		return nil
	}
	there := r.current.Get(r.below(o.Identity))
	asked, isAsked := r.asked[o]
	if isAsked {
		if kept := r.desired.Get(asked.still); kept != nil && kept != o && r.asked[kept].text == "" && declared[kept] == nil {
			return &RenameError{Given: asked.text, Reason: fmt.Sprintf("the models declare %s too; rename that one as well, or give it another name", kept.Identity)}
		}
		if there != nil && r.current.Key(there.Identity) != r.current.Key(asked.was) {
			r.giveWay(there, o)
			there = nil
		}
	}
	switch {
	case there == nil && isAsked:
		there = r.current.Get(asked.was)
	case declared[o] != nil:
		if there != nil {
			r.giveWay(there, o)
		}
		there = declared[o]
	case there == nil:
		if there = r.former(o); there != nil && !o.Identity.Unnamed {
			if kept := r.keptBy(o, there, declared); kept != nil {
				return &RenameError{Given: fmt.Sprintf("%s to %s", there.Identity, o.Identity.Path()), Reason: fmt.Sprintf("the models declare %s too; rename that one as well, or give it another name", kept.Identity)}
			}
		}
	case there.Identity.Name == o.Identity.Name || there.Identity.Unnamed:
		return nil
	}
	if there == nil {
		return nil
	}
	if other, ok := r.taken[r.current.Key(there.Identity)]; ok {
		return &RenameError{Given: fmt.Sprintf("%s to %s", there.Identity, o.Identity.Path()), Reason: fmt.Sprintf("it is renamed to %s already; only one can be it", other.Path())}
	}
	r.note(there.Identity, o.Identity)
	return nil
}

// former is the object of the database that renamed_from of an object means, nil where it is there no more.
func (r *renames) former(o *hclschema.Object) *hclschema.Object {
	for _, former := range o.Formers(r.schemaCalled) {
		if former.Schema == o.Identity.Schema {
			former = r.below(former)
		}
		if there := r.current.Get(former); there != nil {
			return there
		}
	}
	return nil
}
