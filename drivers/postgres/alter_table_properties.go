package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// tableProperties plans the changes of the table's own properties. Those that it doesn't know it doesn't claim.
func (a *tableChange) tableProperties(c drivers.Change) {
	for _, name := range c.Properties {
		if a.tableProperty(name, c) {
			a.claims = append(a.claims, drivers.Claim{Identity: c.Identity(), Property: name})
		}
	}
}

func (a *tableChange) tableProperty(name string, c drivers.Change) bool {
	is := c.After.Properties
	of := a.after.id().String()
	switch name {
	case hclschema.PropComment:
		step, err := commentStep(c.After, tableLabel(c.After))
		a.add(phaseComment, step, err)
	case hclschema.PropUnlogged:
		word, step := "SET LOGGED", "log "+of
		if is.Bool(name) {
			word, step = "SET UNLOGGED", "keep "+of+" out of the log"
		}
		a.alter(phaseTable, step, accessExclusive, func(*writer) string { return word })
	case hclschema.PropStorageParams:
		a.parameters(phaseTable, "TABLE", c.After.Identity, c)
	case hclschema.PropTablespace:
		a.tablespace(phaseTable, "TABLE", c.After)
	case hclschema.PropAccessMethod:
		method := is.Text(name)
		if method == "" {
			method = "heap"
		}
		a.alter(phaseTable, "access method of "+of, accessExclusive, func(w *writer) string { return "SET ACCESS METHOD " + w.Name(method) })
	case hclschema.PropReplicaIdentity:
		a.replicaIdentity(a.releaseIdentity(c.Before.Properties.Text(name), is.Text(name)), is.Text(name))
	case hclschema.PropClusterOn:
		a.clusterOn(is.Text(name))
	case hclschema.PropRowSecurity:
		a.rowSecurity(c)
	case hclschema.PropOfType:
		a.typed(c.Before.Properties.Text(name), is.Text(name))
	default:
		return a.ancestry(name, c)
	}
	return true
}

// typed takes a table from the type that it is of, and gives it another one. A table of a type has that type's columns, and lets
// nobody add or drop any: what it gets or loses besides happens in between.
func (a *tableChange) typed(was, is string) {
	about := "type of " + a.after.id().String()
	if was != "" {
		a.alter(phaseAway, about, accessExclusive, func(*writer) string { return "NOT OF" })
	}
	if is != "" {
		a.alter(phaseTable, about, accessExclusive, func(*writer) string { return "OF " + is })
	}
}

// replicaIdentity changes what replication identifies rows by.
func (a *tableChange) replicaIdentity(was, is string) {
	if was == is {
		return
	}
	a.identifyRows(phaseMark, is)
}

func (a *tableChange) identifyRows(phase int, by string) {
	a.alter(phase, "replica identity of "+a.after.id().String(), accessExclusive, func(w *writer) string {
		return "REPLICA IDENTITY " + replicaIdentity(w, by)
	})
}

// releaseIdentity takes the mark from an index before any column gets nullable, which PostgreSQL forbids those of the index. It is
// what the table identifies its rows by from there on.
func (a *tableChange) releaseIdentity(was, is string) string {
	if !strings.HasPrefix(was, "index ") || !slices.ContainsFunc(a.Changes, func(c drivers.Change) bool {
		return c.Identity().Kind == hclschema.KindColumn && c.After != nil && c.After.Properties.Bool(hclschema.PropNull) && slices.Contains(c.Properties, hclschema.PropNull)
	}) {
		return was
	}
	meanwhile := is
	if strings.HasPrefix(is, "index ") { // which comes to be later
		meanwhile = ""
	}
	a.identifyRows(phaseAway, meanwhile)
	return meanwhile
}

func (a *tableChange) clusterOn(index string) {
	a.alter(phaseMark, "what "+a.after.id().String()+" is clustered on", shareUpdateExcl, func(w *writer) string {
		if index == "" {
			return "SET WITHOUT CLUSTER"
		}
		return "CLUSTER ON " + w.Name(index)
	})
}

func (a *tableChange) rowSecurity(c drivers.Change) {
	was, _ := c.Before.Properties[hclschema.PropRowSecurity].(hclschema.Record)
	is, _ := c.After.Properties[hclschema.PropRowSecurity].(hclschema.Record)
	for _, word := range []struct{ field, on, off string }{
		{"enabled", "ENABLE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY"},
		{"enforced", "FORCE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY"},
	} {
		if hclschema.Equal(was[word.field], is[word.field]) {
			continue
		}
		action := word.off
		if is[word.field] == hclschema.Value(hclschema.Bool(true)) {
			action = word.on
		}
		a.alter(phaseTable, "row security of "+a.after.id().String(), accessExclusive, func(*writer) string { return action })
	}
}
