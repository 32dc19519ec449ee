package hclschema

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// validate checks what can only be seen when all blocks are read.
func (l *loading) validate() {
	l.dependencies()
	names := &nameBook{loading: l, spaces: map[string]*Object{}, composed: map[Identity]*Object{}}
	renamed := map[Identity]*Object{}
	for _, o := range l.state.Objects() {
		names.enter(o)
		l.renamed(o, renamed)
	}
}

// dependencies resolves the entries of depends_on that name no relation: triggers.
func (l *loading) dependencies() {
	if len(l.wanted) == 0 {
		return
	}
	objects := map[[2]string]*Object{}
	for _, o := range l.state.Objects() {
		if key := [2]string{o.Identity.Kind, l.identifier(o.Identity.Name)}; objects[key] == nil {
			objects[key] = o
		}
	}
	for _, wanted := range l.wanted {
		if o := objects[[2]string{wanted.to.Kind, l.identifier(wanted.to.Name)}]; o != nil {
			wanted.object.DependsOn = append(wanted.object.DependsOn, o.Identity)
			continue
		}
		l.fail(failure(wanted.place, "Unknown object", "There is no %s %q to depend on. Declare it, or take the reference away.",
			strings.ReplaceAll(wanted.to.Kind, "_", " "), wanted.to.Name))
	}
}

// nameBook finds names that the engine would take for one, or that nobody can tell apart.
type nameBook struct {
	*loading
	spaces   map[string]*Object
	composed map[Identity]*Object
}

func (n *nameBook) enter(o *Object) {
	if o.Identity.Unnamed || o.Identity.Name == "" || o.Identity.Ordinal > 0 {
		return
	}
	for _, space := range n.dialect.Namespaces(o.Identity) {
		if first := n.spaces[space]; first != nil {
			n.fail(sameName(first, o))
			return
		}
		n.spaces[space] = o
	}
	id := n.state.Key(o.Identity)
	composed := id
	composed.Name = norm.NFC.String(id.Name)
	if first := n.composed[composed]; first != nil {
		n.fail(sameUnicode(first, o))
		return
	}
	n.composed[composed] = o
}

// renamed reports two objects that say they were one, and a former name that is still in use.
func (l *loading) renamed(o *Object, seen map[Identity]*Object) {
	if o.RenamedFrom == "" || o.Identity.Unnamed {
		return
	}
	for _, former := range o.Formers(l.foldSchema) {
		key := l.state.Key(former)
		if first := seen[key]; first != nil {
			l.fail(failure(o.Range, "Renamed twice", "The %s is said to be renamed from %q, and so is the %s at %s. Only one of them can be it.",
				called(o.Identity), o.RenamedFrom, called(first.Identity), placeOf(first.Range)))
			return
		}
		seen[key] = o
		switch other := l.state.Get(former); {
		case other == o && former.Schema == o.Identity.Schema && former.Name != o.RenamedFrom:
			l.fail(failure(o.Range, "Renamed from itself", "The %s is said to be renamed from %q, which is its own name. Write the name that it had, or take renamed_from away.",
				called(o.Identity), o.RenamedFrom))
			return
		case other != nil && other != o && other.RenamedFrom == "":
			l.fail(failure(o.Range, "Former name in use", "The %s is said to be renamed from %q, but %s declares one of that name too. Take renamed_from away, or rename the other.",
				called(o.Identity), o.RenamedFrom, placeOf(other.Range)))
			return
		}
	}
}
