package hclschema

import "github.com/hashicorp/hcl/v2"

// Object is one thing that a database holds: a table, a column, a key, a view. It is plain data; nothing in it is shared
// with another object unless its maker says so.
type Object struct {
	Identity Identity
	// Properties holds what differs from the default: an absent name means the default, whichever it is.
	Properties Properties
	// DependsOn are the objects that must be there for this one to exist. The parent is not among them.
	DependsOn []Identity
	// Mentions are objects that its texts seem to name: the tables in the body of a function. The engine may not want them to
	// be there, and the list may hold too much: an order follows it where it can.
	Mentions []Identity
	// Derived are facts that follow from the rest, or that models don't tell: the columns of a view's result, the privileges of
	// a table. They are never compared, written or part of a fingerprint.
	Derived map[string]string
	// Detachable says that the object can be added to its parent afterwards and left out of it without harm to the rest:
	// a foreign key, an index. Scratch databases and cycles make use of it.
	Detachable bool
	// RenamedFrom is the name that the model says the object had (see Formers); empty where it says nothing.
	RenamedFrom string
	// RenamedElements are the names that the model says its elements had (see Elements), by those that they have now; nil for none.
	RenamedElements map[string]string
	// Former is the identity that the object has in the live database while a plan renames it; the zero Identity
	// where it has the same.
	Former Identity
	// Range is where the object was declared; its Filename is empty for an inspected object.
	Range hcl.Range
}

// Properties are the properties of an object by name.
type Properties map[string]Value

// Names are the names of the properties, sorted.
func (p Properties) Names() []string { return sortedKeys(p) }

// Bool is the named property, false where it is absent.
func (p Properties) Bool(name string) bool { v, _ := p[name].(Bool); return bool(v) }

// Text is the text of the named property, whichever type it has; empty where it is absent.
func (p Properties) Text(name string) string {
	if v, ok := p[name]; ok {
		return v.String()
	}
	return ""
}

// List is the named property, nil where it is absent.
func (p Properties) List(name string) List { v, _ := p[name].(List); return v }

// Changed are the names of the properties in which two objects differ, sorted.
func (p Properties) Changed(other Properties) []string {
	names := map[string]bool{}
	for name, value := range p {
		if !Equal(value, other[name]) {
			names[name] = true
		}
	}
	for name, value := range other {
		if !Equal(value, p[name]) {
			names[name] = true
		}
	}
	return sortedKeys(names)
}

// Known is the object's name as people know it, behind that of what it belongs to: what is only called otherwise while a plan gives its
// name to another one has the name that it had.
func (o *Object) Known() string {
	id := o.Identity
	if id.Parent == "" {
		id.Schema = o.Live().Schema
	}
	id.Name = o.Live().Name
	return id.Path()
}

// Live is the identity that the object has in the live database.
func (o *Object) Live() Identity {
	if o.Former != (Identity{}) {
		return o.Former
	}
	return o.Identity
}
