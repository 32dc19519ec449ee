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
	// units maps the folded new identity of a renamed unit to its old one; parents maps the new names of those that others belong
	// to, to the old ones, and names the old ones to the new ones.
	units, parents, names map[hclschema.Identity]hclschema.Identity
	// taken are the objects of the database that are renamed, with what becomes of them.
	taken map[hclschema.Identity]hclschema.Identity
	// moved maps the names that units got out of the way of a rename to their old ones.
	moved map[hclschema.Identity]hclschema.Identity
}

// askedRename is one --rename: its text, and the object of the database that it is about, as it is called there and as the models
// would call it.
type askedRename struct {
	text       string
	was, still hclschema.Identity
}

// findRenames collects what the models declare with renamed_from and what the command line asks for. A renamed_from whose
// old name isn't there any more is history and changes nothing; neither does one whose new name is there already.
func findRenames(driver drivers.Driver, current, desired *hclschema.State, asked []string) (*renames, error) {
	r := &renames{
		driver: driver, current: current, desired: desired, asked: map[*hclschema.Object]askedRename{}, leaving: map[hclschema.Identity]bool{},
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

// note adds the rename of an object of the current state.
func (r *renames) note(was, to hclschema.Identity) {
	r.taken[r.current.Key(was)] = to
	from := to
	from.Name = was.Name
	if to.Parent == "" {
		from.Schema = r.newSchema(was.Schema)
	}
	r.list = append(r.list, drivers.Rename{From: from, To: to})
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

// add notes the rename of an object if its old name is there and its new one isn't, or becomes free by another rename, or
// if only the case differs. A rename that was asked for and can't be is a *RenameError.
func (r *renames) add(o *hclschema.Object) error {
	if o.Identity.Unnamed || o.Identity.Name == "" {
		return nil
	}
	there := r.current.Get(r.below(o.Identity))
	asked, isAsked := r.asked[o]
	if isAsked {
		if kept := r.desired.Get(asked.still); kept != nil && kept != o && r.asked[kept].text == "" {
			return &RenameError{Given: asked.text, Reason: fmt.Sprintf("the models declare %s too; rename that one as well, or give it another name", kept.Identity)}
		}
		if there != nil && r.current.Key(there.Identity) != r.current.Key(asked.was) {
			if !r.leaving[r.current.Key(there.Identity)] {
				return &RenameError{Given: asked.text, Reason: fmt.Sprintf("the database has %s already", there.Identity)}
			}
			there = nil
		}
	}
	switch {
	case there == nil && isAsked:
		there = r.current.Get(asked.was)
	case there == nil:
		there = r.former(o)
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
		still := formerly(o.Identity, old, path.name)
		done, err := r.askFor(o, text, r.below(still), still)
		if err != nil || done && o.Identity.Bare() == o.Identity.Name {
			return err
		}
		found = found || done // and so may others of that name be meant
	}
	if found {
		return nil
	}
	if done, err := r.askElement(path, kind, text); done || err != nil {
		return err
	}
	if !declared && path.moves() {
		return r.askMove(path, kind, text)
	}
	if declared {
		return &RenameError{Given: text, Reason: fmt.Sprintf("the database has no %q", strings.Join(path.old, "."))}
	}
	return &RenameError{Given: text, Reason: fmt.Sprintf("the models declare no %q", path.name), Candidates: candidates}
}

// formerly is the identity that an object of the models had under another name: f=g stands for f(integer)=g(integer).
func formerly(id hclschema.Identity, old, now string) hclschema.Identity {
	if id.Bare() != id.Name && id.Bare() == now {
		return id.Called(hclschema.Identity{Kind: id.Kind, Name: old}.Bare())
	}
	id.Name = old
	return id
}

// askFor notes what is asked for of an object, if the database has the other one.
func (r *renames) askFor(o *hclschema.Object, text string, was, still hclschema.Identity) (there bool, err error) {
	live := r.current.Get(was)
	if live == nil {
		return false, nil
	}
	if earlier, ok := r.asked[o]; ok && r.current.Key(earlier.was) != r.current.Key(was) {
		return false, &RenameError{Given: text, Reason: fmt.Sprintf("%s is asked for too, and only one can become %s", earlier.text, o.Identity)}
	}
	r.asked[o] = askedRename{text, was, still}
	r.leaving[r.current.Key(live.Identity)] = true
	return true, nil
}

// askMove reads "sales.orders=archive.orders" and finds the object of the models that it means: one that comes from another schema.
func (r *renames) askMove(path renamePath, kind, text string) error {
	old, from := path.old[len(path.old)-1], ""
	if len(path.old) == 2 {
		from = r.schemaCalled(path.old[0])
	}
	var candidates []string
	declared, found := false, false
	for _, o := range r.desired.Objects() {
		id := o.Identity
		if id.Parent != "" || id.Kind == hclschema.KindSchema || kind != "" && id.Kind != kind || len(path.old) > 2 {
			continue
		}
		candidates = append(candidates, id.Path())
		if !r.leadsTo(path, id) {
			continue
		}
		declared = true
		still := formerly(id, old, path.to[1])
		was := still
		was.Schema, still.Schema = r.liveSchema(from), r.newSchema(from)
		done, err := r.askFor(o, text, was, still)
		if err != nil || done && id.Bare() == id.Name {
			return err
		}
		found = found || done
	}
	switch {
	case found:
		return nil
	case declared:
		return &RenameError{Given: text, Reason: fmt.Sprintf("the database has no %q", strings.Join(path.old, "."))}
	}
	return &RenameError{Given: text, Reason: fmt.Sprintf("the models declare no %q", strings.Join(path.to, ".")), Candidates: candidates}
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
	return sameName(r.desired, id.Parent, parent) || sameName(r.desired, r.below(id).Parent, parent)
}

// isSchema says that a name is that of an object's schema, or was.
func (r *renames) isSchema(id hclschema.Identity, name string) bool {
	return sameName(r.desired, id.Schema, name) || sameName(r.desired, r.below(id).Schema, name)
}

// inSchema says that a rename is that of a unit in a schema: sales.orders=bills.
func (r *renames) inSchema(path renamePath) bool {
	return r.isMove(path) || len(path.old) == 2 && slices.ContainsFunc(r.desired.Objects(), func(o *hclschema.Object) bool {
		return o.Identity.Parent == "" && o.Identity.Schema != "" && r.isSchema(o.Identity, path.old[0]) &&
			(sameName(r.desired, o.Identity.Name, path.name) || sameName(r.desired, o.Identity.Bare(), path.name))
	})
}

// isMove says that the new name is that of a unit in another schema: sales.orders=archive.orders.
func (r *renames) isMove(path renamePath) bool {
	return path.moves() && slices.ContainsFunc(r.desired.Objects(), func(o *hclschema.Object) bool { return r.leadsTo(path, o.Identity) })
}

// leadsTo says that the new name with its schema is that of a unit.
func (r *renames) leadsTo(path renamePath, id hclschema.Identity) bool {
	return id.Parent == "" && id.Kind != hclschema.KindSchema && sameName(r.desired, id.Schema, r.schemaCalled(path.to[0])) &&
		(sameName(r.desired, id.Name, path.to[1]) || sameName(r.desired, id.Bare(), path.to[1]))
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
		err = &RenameError{Given: text, Reason: `write it as --rename users=people, --rename users.mail=email, --rename sales.orders=archive.orders or --rename "index users.old_idx=new_idx"`}
	}
	return path, kind, err
}

func sameName(state *hclschema.State, a, b string) bool {
	return state.Key(hclschema.Identity{Name: a}) == state.Key(hclschema.Identity{Name: b})
}

// moves says that an object that stands by itself gets into another schema.
func moves(r drivers.Rename) bool { return r.To.Parent == "" && r.From.Schema != r.To.Schema }

// carryOut writes the renames of a way and has run execute the steps, in as many parts as take other states to start from: what is
// moved needs the schema that it goes to, and goes from a schema by the name that this has got. state is where things stand.
func (m *maker) carryOut(list []drivers.Rename, target *hclschema.State, state func() *hclschema.State, run func([]drivers.Step) error) error {
	rename := func(list []drivers.Rename) error {
		if len(list) == 0 {
			return nil
		}
		steps, err := m.driver.Rename(list, state())
		if err != nil {
			return err
		}
		for i := range steps {
			steps[i].Because = "declared with renamed_from or --rename"
		}
		return run(steps)
	}
	if !slices.ContainsFunc(list, moves) {
		return rename(list)
	}
	schemas := 0
	for schemas < len(list) && list[schemas].To.Kind == hclschema.KindSchema {
		schemas++
	}
	if err := rename(list[:schemas]); err != nil {
		return err
	}
	var steps []drivers.Step
	made := map[string]bool{}
	for _, r := range list[schemas:] {
		id := hclschema.Identity{Kind: hclschema.KindSchema, Name: r.To.Schema}
		schema := target.Get(id)
		if !moves(r) || made[id.Name] || schema == nil || state().Get(id) != nil {
			continue
		}
		made[id.Name] = true
		more, err := m.driver.Create(drivers.Unit{schema})
		if err != nil {
			return err
		}
		steps = append(steps, more...)
	}
	if len(steps) > 0 {
		if err := run(steps); err != nil {
			return err
		}
	}
	return rename(list[schemas:])
}

// renameText is a rename as it is asked for. schema is how models call the default schema.
func renameText(r drivers.Rename, schema string) string {
	text := r.From.Path() + "=" + r.To.Name
	if moves(r) {
		text = inSchema(r.From, schema) + "=" + inSchema(r.To, schema)
	}
	if r.From.Kind != hclschema.KindTable && r.From.Kind != hclschema.KindColumn {
		text = r.From.Kind + " " + text
	}
	return text
}

// inSchema is an object's name with that of its schema, the default one's too.
func inSchema(id hclschema.Identity, schema string) string {
	if id.Schema != "" {
		schema = id.Schema
	}
	return hclschema.JoinPath(schema, id.Name)
}

// inverse are the renames of the way back.
func (r *renames) inverse() []drivers.Rename {
	var back []drivers.Rename
	for _, rename := range r.list {
		from, to := rename.To, rename.From
		if rename.To.Parent == "" {
			from.Schema, to.Schema = r.liveSchema(from.Schema), r.liveSchema(to.Schema)
		} else {
			live := r.below(rename.To)
			from.Schema, to.Schema, from.Parent, to.Parent = live.Schema, live.Schema, live.Parent, live.Parent
		}
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
	was := map[hclschema.Identity]hclschema.Identity{}
	for _, rename := range r.lived() {
		was[state.Key(rename.To)] = rename.From
	}
	for _, o := range state.Objects() {
		former, ok := was[state.Key(o.Identity)]
		if ok {
			kept := o.Identity
			kept.Schema, kept.Parent, kept.Name = former.Schema, former.Parent, former.Name
			former = kept
		} else {
			former = r.below(o.Identity)
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

// renamePath is a rename as it is written: the old name behind those that lead to it, and the new one. to are the names that the
// new one would be if its dots are not part of it.
type renamePath struct {
	old  []string
	name string
	to   []string
}

// moves says that the new name may be one in another schema.
func (p renamePath) moves() bool { return len(p.to) == 2 }

// splitPath reads old.path=new, in which a name with a dot, a space or an equals sign stands in double quotes.
func splitPath(text string) (renamePath, error) {
	var path renamePath
	seen := false
	for text != "" {
		if seen {
			path.to, _ = hclschema.SplitPath(text)
		}
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
			if text != "" {
				if word += text; !path.moves() {
					return path, fmt.Errorf("unexpected %q", text)
				}
			}
			path.name = word
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
