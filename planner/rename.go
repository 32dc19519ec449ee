package planner

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// renames are the renames of a plan, units first. What belongs to a renamed unit stands under its new name on both sides.
type renames struct {
	driver           drivers.Driver
	current, desired *hclschema.State
	list             []drivers.Rename
	// asked is what the command line wants, by object of the models; leaving are the objects of the database whose names
	// become free by it.
	asked   map[*hclschema.Object]askedRename
	leaving map[hclschema.Identity]bool
	// units maps the folded new identity of a renamed unit to its old one; parents maps new names to old ones.
	units   map[hclschema.Identity]hclschema.Identity
	parents map[hclschema.Identity]string
	// names maps old names of renamed tables and views to new ones.
	names map[hclschema.Identity]string
	// taken are the objects of the database that are renamed, with what becomes of them.
	taken map[hclschema.Identity]hclschema.Identity
	// moved maps the names that units got out of the way of a rename to their old ones.
	moved map[hclschema.Identity]hclschema.Identity
}

// askedRename is one --rename: its text, and the old name in it.
type askedRename struct{ text, old string }

// findRenames collects what the models declare with renamed_from and what the command line asks for. A renamed_from whose
// old name isn't there any more is history and changes nothing; neither does one whose new name is there already.
func findRenames(driver drivers.Driver, current, desired *hclschema.State, asked []string) (*renames, error) {
	r := &renames{
		driver: driver, current: current, desired: desired, asked: map[*hclschema.Object]askedRename{}, leaving: map[hclschema.Identity]bool{},
		units: map[hclschema.Identity]hclschema.Identity{}, parents: map[hclschema.Identity]string{},
		names: map[hclschema.Identity]string{}, taken: map[hclschema.Identity]hclschema.Identity{}, moved: map[hclschema.Identity]hclschema.Identity{},
	}
	// Names of schemas first, and then those of units, since what is within may be given below a new name or an old one.
	var within, later []string
	for _, text := range asked {
		if path, _, err := parseRename(text); err == nil && len(path.old) > 1 {
			within = append(within, text)
		} else if err := r.ask(text); err != nil {
			return nil, err
		}
	}
	for _, o := range desired.Objects() {
		if o.Identity.Kind == hclschema.KindSchema {
			if err := r.add(o); err != nil {
				return nil, err
			}
		}
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
		for _, unit := range units {
			if (unit.Identity().Parent == "") == top && unit.Identity().Kind != hclschema.KindSchema {
				if err := r.add(unit[0]); err != nil {
					return nil, err
				}
			}
		}
		if top {
			for _, text := range later {
				if err := r.ask(text); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, o := range desired.Objects() {
		if !r.isUnit(o.Identity) {
			if err := r.add(o); err != nil {
				return nil, err
			}
		}
		r.addElements(o)
	}
	return r, nil
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
	for _, to := range hclschema.Elements(o) {
		from := to
		from.Name = o.RenamedElements[to.Name]
		_, declared := o.RenamedElements[to.Name]
		asked := slices.ContainsFunc(r.list, func(rename drivers.Rename) bool { return rename.To == to || rename.From == from })
		if declared && !asked && has(from.Name) && !has(to.Name) {
			r.list = append(r.list, drivers.Rename{From: from, To: to})
		}
	}
}

// liveUnit is the identity that a unit has in the current state.
func (r *renames) liveUnit(id hclschema.Identity) hclschema.Identity {
	if former, ok := r.units[r.current.Key(id)]; ok {
		return former
	}
	id.Schema = r.liveSchema(id)
	return id
}

// follow adds renames of units that go with those that were asked for.
func (r *renames) follow(more []drivers.Rename) {
	for _, rename := range more {
		if _, taken := r.taken[r.current.Key(rename.From)]; taken {
			continue
		}
		r.taken[r.current.Key(rename.From)] = rename.To
		r.list = append(r.list, rename)
		r.units[r.current.Key(rename.To)] = rename.From
	}
}

func (r *renames) isUnit(id hclschema.Identity) bool {
	return r.driver.Key(r.driver.Unit(id)) == r.driver.Key(id)
}

// liveParent is the name that the parent of an object has in the current state.
func (r *renames) liveParent(id hclschema.Identity) string {
	if old, ok := r.parents[parentName(r.desired, id.Schema, id.Parent)]; ok && id.Parent != "" {
		return old
	}
	return id.Parent
}

// liveSchema is the name that the schema of an object has in the current state.
func (r *renames) liveSchema(id hclschema.Identity) string {
	for _, rename := range r.list {
		if rename.To.Kind == hclschema.KindSchema && rename.To.Name == id.Schema {
			return rename.From.Name
		}
	}
	return id.Schema
}

// add notes the rename of an object if its old name is there and its new one isn't, or becomes free by another rename, or
// if only the case differs. A rename that was asked for and can't be is a *RenameError.
func (r *renames) add(o *hclschema.Object) error {
	if o.Identity.Unnamed || o.Identity.Name == "" {
		return nil
	}
	live := o.Identity
	live.Schema, live.Parent = r.liveSchema(live), r.liveParent(live)
	there := r.current.Get(live)
	if asked, ok := r.asked[o]; ok {
		still := o.Identity
		still.Name = asked.old
		if kept := r.desired.Get(still); kept != nil && kept != o && r.asked[kept].old == "" {
			return &RenameError{Given: asked.text, Reason: fmt.Sprintf("the models declare %s too; rename that one as well, or give it another name", kept.Identity)}
		}
		if there != nil && !sameName(r.current, there.Identity.Name, asked.old) {
			if !r.leaving[r.current.Key(there.Identity)] {
				return &RenameError{Given: asked.text, Reason: fmt.Sprintf("the database has %s already", there.Identity)}
			}
			there = nil
		}
	}
	if there == nil {
		if live.Name = o.RenamedFrom; r.asked[o].old != "" {
			live.Name = r.asked[o].old
		}
		if live.Name == "" {
			return nil
		}
		if there = r.current.Get(live); there == nil {
			return nil
		}
	} else if there.Identity.Name == o.Identity.Name || there.Identity.Unnamed {
		return nil
	}
	was := r.current.Key(there.Identity)
	if other, ok := r.taken[was]; ok {
		return &RenameError{Given: fmt.Sprintf("%s to %s", there.Identity, o.Identity.Path()), Reason: fmt.Sprintf("it is renamed to %s already; only one can be it", other.Path())}
	}
	r.taken[was] = o.Identity
	from := o.Identity
	from.Name = there.Identity.Name
	r.list = append(r.list, drivers.Rename{From: from, To: o.Identity})
	if r.isUnit(o.Identity) {
		r.units[r.current.Key(o.Identity)] = there.Identity
		if o.Identity.Parent == "" {
			r.parents[parentName(r.desired, o.Identity.Schema, o.Identity.Name)] = there.Identity.Name
			r.names[parentName(r.current, there.Identity.Schema, there.Identity.Name)] = o.Identity.Name
		}
	}
	return nil
}

// ask reads "users=people", "users.mail=email" or "index users.old=new" and finds the object of the models that it means.
func (r *renames) ask(text string) error {
	path, kind, err := parseRename(text)
	if err != nil {
		return err
	}
	old := path.old[len(path.old)-1]
	var candidates []string
	declared, found := false, false
	for _, o := range r.desired.Objects() {
		if kind != "" && o.Identity.Kind != kind || !r.within(o.Identity, path.old[:len(path.old)-1]) {
			continue
		}
		if o.Identity.Name != "" && !o.Identity.Unnamed {
			candidates = append(candidates, o.Identity.Name)
		}
		if !sameName(r.desired, o.Identity.Name, path.name) && !sameName(r.desired, o.Identity.Bare(), path.name) {
			continue
		}
		declared = true
		was := o.Identity
		was.Name, was.Schema, was.Parent = old, r.liveSchema(o.Identity), r.liveParent(o.Identity)
		if o.Identity.Bare() != o.Identity.Name && sameName(r.desired, o.Identity.Bare(), path.name) { // f=g stands for f(integer)=g(integer)
			was.Name = o.Identity.Called(hclschema.Identity{Kind: o.Identity.Kind, Name: old}.Bare()).Name
		}
		if there := r.current.Get(was); there != nil {
			if earlier, ok := r.asked[o]; ok && !sameName(r.current, earlier.old, was.Name) {
				return &RenameError{Given: text, Reason: fmt.Sprintf("%s is asked for too, and only one can become %s", earlier.text, o.Identity)}
			}
			r.asked[o] = askedRename{text, was.Name}
			r.leaving[r.current.Key(there.Identity)] = true
			if o.Identity.Bare() == o.Identity.Name {
				return nil
			}
			found = true // and so may others of that name be meant
		}
	}
	if found {
		return nil
	}
	if done, err := r.askElement(path, kind, text); done || err != nil {
		return err
	}
	if declared {
		return &RenameError{Given: text, Reason: fmt.Sprintf("the database has no %q", strings.Join(path.old, "."))}
	}
	return &RenameError{Given: text, Reason: fmt.Sprintf("the models declare no %q", path.name), Candidates: candidates}
}

// within says that an object is one of those that names before its own lead to: of a schema, of a table, of a table in a schema.
func (r *renames) within(id hclschema.Identity, names []string) bool {
	switch {
	case len(names) == 0:
		return id.Parent == ""
	case id.Parent == "":
		return len(names) == 1 && r.isSchema(id, names[0])
	case len(names) == 2 && !r.isSchema(id, names[0]):
		return false
	}
	parent := names[len(names)-1]
	return sameName(r.desired, id.Parent, parent) || sameName(r.desired, r.liveParent(id), parent)
}

// isSchema says that a name is that of an object's schema, or was.
func (r *renames) isSchema(id hclschema.Identity, name string) bool {
	return sameName(r.desired, id.Schema, name) || sameName(r.desired, r.liveSchema(id), name)
}

// inSchema says that a rename is that of a unit in a schema: sales.orders=bills.
func (r *renames) inSchema(path renamePath) bool {
	return len(path.old) == 2 && slices.ContainsFunc(r.desired.Objects(), func(o *hclschema.Object) bool {
		return o.Identity.Parent == "" && o.Identity.Schema != "" && r.isSchema(o.Identity, path.old[0]) &&
			(sameName(r.desired, o.Identity.Name, path.name) || sameName(r.desired, o.Identity.Bare(), path.name))
	})
}

// askElement finds the field of a composite type or the value of an enum that "address.town=city" means.
func (r *renames) askElement(path renamePath, kind, text string) (done bool, err error) {
	if len(path.old) != 2 {
		return false, nil
	}
	for _, o := range r.desired.Objects() {
		live := r.liveUnit(o.Identity)
		there := r.current.Get(live)
		if there == nil || !sameName(r.desired, o.Identity.Name, path.old[0]) && !sameName(r.desired, live.Name, path.old[0]) {
			continue
		}
		for _, to := range hclschema.Elements(o) {
			if to.Name != path.name || kind != "" && kind != to.Kind {
				continue
			}
			from := to
			from.Name = path.old[1]
			if !slices.ContainsFunc(hclschema.Elements(there), func(id hclschema.Identity) bool { return id.Name == from.Name }) {
				return false, &RenameError{Given: text, Reason: fmt.Sprintf("%s of the database has no %s %q", live, to.Kind, from.Name)}
			}
			r.list = append(r.list, drivers.Rename{From: from, To: to})
			return true, nil
		}
	}
	return false, nil
}

// parseRename splits an optional kind, the old path and the new name.
func parseRename(text string) (path renamePath, kind string, err error) {
	rest := strings.TrimSpace(text)
	if word, after, ok := strings.Cut(rest, " "); ok && !strings.ContainsAny(word, `."=`) {
		kind, rest = word, strings.TrimSpace(after)
	}
	path, err = splitPath(rest)
	if err != nil || len(path.old) == 0 || path.name == "" || len(path.old) > 3 {
		err = &RenameError{Given: text, Reason: `write it as --rename users=people, --rename users.mail=email or --rename "index users.old_idx=new_idx"`}
	}
	return path, kind, err
}

func sameName(state *hclschema.State, a, b string) bool {
	return state.Key(hclschema.Identity{Name: a}) == state.Key(hclschema.Identity{Name: b})
}

// inverse are the renames of the way back.
func (r *renames) inverse() []drivers.Rename {
	var back []drivers.Rename
	for _, rename := range r.list {
		from, to := rename.To, rename.From
		schema, parent := r.liveSchema(rename.To), r.liveParent(rename.To)
		from.Schema, to.Schema, from.Parent, to.Parent = schema, schema, parent, parent
		back = append(back, drivers.Rename{From: from, To: to})
	}
	return back
}

// markFormer sets on each object of a renamed state the identity that it has in the live database.
func (r *renames) markFormer(state *hclschema.State) {
	r.eachFormer(state, func(o *hclschema.Object, former hclschema.Identity) {
		if former != o.Identity {
			o.Former = former
		}
	})
}

// recallLive gives the objects of a renamed state what is known of them in the live database.
func (r *renames) recallLive(state *hclschema.State) {
	r.eachFormer(state, func(o *hclschema.Object, former hclschema.Identity) {
		if live := r.current.Get(former); live != nil {
			recall(o, live)
		}
	})
}

// eachFormer calls do for each object of a renamed state with the identity that it has in the live database.
func (r *renames) eachFormer(state *hclschema.State, do func(*hclschema.Object, hclschema.Identity)) {
	names, schemas := map[hclschema.Identity]string{}, map[string]string{}
	for _, rename := range r.list {
		names[state.Key(rename.To)] = rename.From.Name
		if rename.To.Kind == hclschema.KindSchema {
			schemas[rename.To.Name] = rename.From.Name
		}
	}
	for _, o := range state.Objects() {
		former := o.Identity
		former.Parent = r.liveParent(former)
		if schema, ok := schemas[former.Schema]; ok {
			former.Schema = schema
		}
		if name, ok := names[state.Key(o.Identity)]; ok {
			former.Name = name
		}
		if old, ok := r.moved[state.Key(o.Identity)]; ok {
			former = old
		}
		do(o, former)
	}
}

// noteMoved notes the units that steps rename although nobody asked for that: they had names that others get.
func (r *renames) noteMoved(steps []drivers.Step) {
	for _, step := range steps {
		if len(step.Drops) == 1 && len(step.Makes) == 1 && step.Drops[0].Kind == step.Makes[0].Kind {
			if _, asked := r.taken[r.current.Key(step.Drops[0])]; !asked && r.current.Get(step.Drops[0]) != nil {
				r.moved[r.current.Key(step.Makes[0])] = step.Drops[0]
			}
		}
	}
}

type renamePath struct {
	old  []string
	name string
}

// splitPath reads old.path=new, in which a name with a dot, a space or an equals sign stands in double quotes.
func splitPath(text string) (renamePath, error) {
	var path renamePath
	seen := false
	for text != "" {
		word := text
		if text[0] == '"' {
			prefix, err := strconv.QuotedPrefix(text)
			if err != nil {
				return path, err
			}
			if word, err = strconv.Unquote(prefix); err != nil {
				return path, err
			}
			text = text[len(prefix):]
		} else {
			end := strings.IndexAny(text, ".=")
			if end < 0 || seen {
				end = len(text)
			}
			word, text = text[:end], text[end:]
		}
		if word == "" {
			return path, fmt.Errorf("an empty name")
		}
		if seen {
			path.name = word
			if text != "" {
				return path, fmt.Errorf("unexpected %q", text)
			}
			return path, nil
		}
		path.old = append(path.old, word)
		if text == "" {
			return path, fmt.Errorf("no = in it")
		}
		seen = text[0] == '='
		text = text[1:]
	}
	return path, nil
}
