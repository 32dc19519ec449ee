package hclschema

import (
	"fmt"
	"maps"
	"slices"
)

// State is a set of objects in a stable order: that of their declaration, or the engine's. It is not safe for use by
// several goroutines while one of them adds to it.
type State struct {
	key     func(Identity) Identity
	objects []*Object
	index   map[Identity]*Object
	// children holds what belongs to a table or view, by the folded schema and name.
	children map[Identity][]*Object
	// roles are those that models name, permissions the places of their permission blocks, rowSets the declared rows. Load alone fills them in, but for
	// WithRowSets.
	roles       []RoleUse
	permissions []permissionPlace
	rowSets     []*RowSet
	// defaultName is how models call the default schema (see CallDefault).
	defaultName string
}

// NewState makes an empty state whose identities are compared after key has folded them (see Dialect.Key).
func NewState(key func(Identity) Identity) *State {
	return &State{key: key, index: map[Identity]*Object{}, children: map[Identity][]*Object{}}
}

// DuplicateError is returned when a state holds an object of the same identity already.
type DuplicateError struct{ First, Second *Object }

// Error implements error.
func (e *DuplicateError) Error() string {
	return fmt.Sprintf("%s is declared twice", e.Second.Identity)
}

// Add puts an object at the end. A *DuplicateError is returned, and nothing added, where the identity is taken; an
// unnamed object, or one whose Repeatable kind allows it, should be given the next Ordinal instead (see AddNext).
func (s *State) Add(o *Object) error {
	key := s.key(o.Identity)
	if first, ok := s.index[key]; ok {
		return &DuplicateError{First: first, Second: o}
	}
	s.index[key] = o
	s.objects = append(s.objects, o)
	if o.Identity.Parent != "" {
		parent := s.parentKey(o.Identity.Schema, o.Identity.Parent)
		s.children[parent] = append(s.children[parent], o)
	}
	return nil
}

// AddNext adds the object with the lowest Ordinal that is free.
func (s *State) AddNext(o *Object) {
	for s.Add(o) != nil {
		o.Identity.Ordinal++
	}
}

// Key folds an identity as the state's dialect does.
func (s *State) Key(id Identity) Identity { return s.key(id) }

// Get is the object of that identity, nil where there is none.
func (s *State) Get(id Identity) *Object { return s.index[s.key(id)] }

// Objects are all objects in order. The slice must not be changed.
func (s *State) Objects() []*Object { return s.objects }

// Children are the objects that belong to the table or view of that schema and name, in order, whatever their kind.
func (s *State) Children(schema, parent string) []*Object {
	return s.children[s.parentKey(schema, parent)]
}

// Len is the number of objects.
func (s *State) Len() int { return len(s.objects) }

// NewLike makes an empty state of the same dialect.
func (s *State) NewLike() *State {
	like := NewState(s.key)
	like.defaultName = s.defaultName
	return like
}

// Without is a copy of the state that lacks the objects for which leave is true; the objects themselves are shared.
func (s *State) Without(leave func(*Object) bool) *State {
	rest := s.NewLike()
	for _, o := range s.objects {
		if !leave(o) {
			rest.AddNext(o)
		}
	}
	return rest
}

// Clone is a deep enough copy of an object: its properties and dependencies can be set without touching the original.
func (o *Object) Clone() *Object {
	c := *o
	c.Properties = make(Properties, len(o.Properties))
	for name, value := range o.Properties {
		c.Properties[name] = value
	}
	c.DependsOn = slices.Clone(o.DependsOn)
	c.Mentions = slices.Clone(o.Mentions)
	c.Derived = maps.Clone(o.Derived)
	c.RenamedElements = maps.Clone(o.RenamedElements)
	return &c
}

func (s *State) parentKey(schema, parent string) Identity {
	return s.key(Identity{Kind: "parent", Schema: schema, Name: parent})
}
