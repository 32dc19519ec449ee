package planner

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// askedRename is one --rename: its text, and the object of the database that it is about, as it is called there and as the models
// would call it.
type askedRename struct {
	text       string
	was, still hclschema.Identity
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
