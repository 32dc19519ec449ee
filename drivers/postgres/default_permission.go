package postgres

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// defaultPermissionKind is what ALTER DEFAULT PRIVILEGES keeps of one sort of objects.
func defaultPermissionKind() kind {
	grants := func(o *hclschema.Object) []hclschema.Grant {
		return hclschema.Grants(o.Properties[hclschema.PropPrivileges])
	}
	return kind{
		name: hclschema.KindDefaultPermission,
		properties: map[string][]string{hclschema.KindDefaultPermission: {
			hclschema.PropPrivileges, hclschema.PropFor, hclschema.PropInSchema, hclschema.PropMadeBy,
		}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) { return defaultSteps(unit[0], nil, grants(unit[0])) },
		drop:   func(unit drivers.Unit) ([]drivers.Step, error) { return defaultSteps(unit[0], grants(unit[0]), nil) },
		alter: func(change drivers.UnitChange) (drivers.Alteration, error) {
			steps, err := defaultSteps(change.After[0], grants(change.Before[0]), grants(change.After[0]))
			return drivers.Alteration{Steps: steps, Claims: claimAll(change.After.Identity(), hclschema.PropPrivileges)}, err
		},
	}
}

// defaultSteps lead from one list to another. Those of a schema begin with nothing, those of all schemas with what PostgreSQL gives.
func defaultSteps(o *hclschema.Object, from, to []hclschema.Grant) ([]drivers.Step, error) {
	w := newWriter()
	word := o.Properties.Text(hclschema.PropFor)
	g := granting{of: "new " + lower(word), owner: o.Properties.Text(hclschema.PropMadeBy), before: "ALTER DEFAULT PRIVILEGES", on: word}
	g.sort = map[string]hclschema.PrivilegeSort{
		"TABLES": hclschema.SortTable, "SEQUENCES": hclschema.SortSequence, "FUNCTIONS": hclschema.SortRoutine, "TYPES": hclschema.SortType, "SCHEMAS": hclschema.SortSchema,
	}[word]
	if g.owner != "" {
		g.before += " FOR ROLE " + w.Name(g.owner)
		g.of += " of " + g.owner
	}
	if !o.Properties.Bool(hclschema.PropInSchema) {
		g.before += " "
		return g.steps(g.sort.Completed(from), g.sort.Completed(to))
	}
	if o.Identity.Schema != "" {
		g.before += " IN SCHEMA " + w.Name(o.Identity.Schema) + " "
		g.of += " in " + o.Identity.Schema
	} else {
		g.before += " IN SCHEMA " + argumentMark + " "
		g.argument, g.form = "current_schema()", "%I"
		g.of += " in the default schema"
	}
	return g.steps(from, to)
}
