package moving

import (
	"slices"
	"strings"
)

// Table is the name of a version table. Schema is empty for the connection's default one.
type Table struct{ Schema, Name string }

// ParseTable reads a name as tools take it: with a schema and a dot before it, with or without double quotes.
func ParseTable(text string) Table {
	parts := []string{""}
	quoted := false
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r == '"':
			quoted = !quoted
		case r == '.' && !quoted:
			parts = append(parts, "")
		default:
			parts[len(parts)-1] += string(r)
		}
	}
	if len(parts) == 1 {
		return Table{Name: parts[0]}
	}
	return Table{Schema: parts[0], Name: strings.Join(parts[1:], ".")}
}

// String is the name as ParseTable takes it.
func (t Table) String() string {
	name := t.Name
	if strings.Contains(name, ".") {
		name = `"` + name + `"`
	}
	if t.Schema == "" {
		return name
	}
	return t.Schema + "." + name
}

// Looks says whether a table with these columns could be the tool's version table.
func (t Tool) Looks(columns []string) bool {
	if len(t.Columns) == 1 && len(columns) > 1 {
		return false
	}
	for _, column := range t.Columns {
		if !slices.ContainsFunc(columns, func(c string) bool { return strings.EqualFold(c, column) }) {
			return false
		}
	}
	return true
}
