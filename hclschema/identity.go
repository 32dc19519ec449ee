package hclschema

import (
	"fmt"
	"strings"
)

// Identity names an object: what it is, the schema it lies in, what it belongs to, and its own name.
// It is comparable and so serves as a map key; before it does, a dialect folds it with Dialect.Key.
type Identity struct {
	// Kind is the block type that declares it: "table", "column", "foreign_key".
	Kind string
	// Schema is empty for the connection's default schema.
	Schema string
	// Parent is the name of the table or view that the object belongs to; empty for an object that stands by itself.
	Parent string
	// Name is the declared name. For an unnamed object it is the canonical text of its content, such as "(age > 0)".
	Name string
	// Unnamed says that the engine knows no name for the object.
	Unnamed bool
	// Ordinal tells objects apart that would be equal otherwise: 0 for the first, 1 for the second.
	Ordinal int
}

// String is the identity as messages and revision files write it: "table users", "column users.email",
// `check users (age > 0)`. Names that are not plain words are quoted.
func (id Identity) String() string {
	var b strings.Builder
	b.WriteString(id.Kind)
	if path := id.Path(); path != "" {
		b.WriteByte(' ')
		b.WriteString(path)
	}
	return b.String()
}

// Path is the identity without its kind: "users.email".
func (id Identity) Path() string {
	var parts []string
	for _, part := range []string{id.Schema, id.Parent} {
		if part != "" {
			parts = append(parts, quoteName(part))
		}
	}
	path := strings.Join(parts, ".")
	switch {
	case id.Name == "":
	case id.Unnamed:
		path += " " + id.Name
	case path == "":
		path = quoteName(id.Name)
	default:
		path += "." + quoteName(id.Name)
	}
	if id.Ordinal > 0 {
		path += fmt.Sprintf(" #%d", id.Ordinal+1)
	}
	return strings.TrimSpace(path)
}

// quoteName leaves plain words as they are and writes every other name as a Go string literal, so that a name
// with a dot, a space or a line break stays one word on one line.
func quoteName(name string) string {
	for i, r := range name {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return fmt.Sprintf("%q", name)
		}
	}
	if name == "" {
		return `""`
	}
	return name
}
