package postgres

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// permissionKind is the grants of the default schema, which is no object. Its name isn't known to models: statements ask for it.
func permissionKind() kind {
	return kind{
		name:       hclschema.KindPermission,
		properties: map[string][]string{hclschema.KindPermission: {hclschema.PropPrivileges}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) {
			return schemaGrants(unit[0], nil, hclschema.Grants(unit[0].Properties[hclschema.PropPrivileges]))
		},
		drop: func(unit drivers.Unit) ([]drivers.Step, error) {
			return schemaGrants(unit[0], hclschema.Grants(unit[0].Properties[hclschema.PropPrivileges]), nil)
		},
		alter: func(change drivers.UnitChange) (drivers.Alteration, error) {
			before, after := change.Before[0], change.After[0]
			steps, err := schemaGrants(before, hclschema.Grants(before.Properties[hclschema.PropPrivileges]), hclschema.Grants(after.Properties[hclschema.PropPrivileges]))
			return drivers.Alteration{Steps: steps, Claims: claimAll(after.Identity, hclschema.PropPrivileges)}, err
		},
	}
}

// schemaGrants lead from one list to another; who isn't spoken of has what the schema gave in the beginning.
func schemaGrants(o *hclschema.Object, from, to []hclschema.Grant) ([]drivers.Step, error) {
	everybody := hclschema.Grantee{Public: true}
	atFirst := append(hclschema.SortSchema.Builtin(), hclschema.Grant{To: everybody, Privileges: []string{"USAGE"}})
	known := o.Derived[derivedCreated] != ""
	atFirst = grantsFromJSON(o.Derived[derivedCreated], atFirst)
	g := granting{of: "the default schema", sort: hclschema.SortSchema, on: "SCHEMA " + argumentMark, argument: "current_schema()", form: "%I"}
	g.ownerSQL = "(SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = current_schema())"
	var steps []drivers.Step
	if !known && !hasGrantee(from, everybody) && hasGrantee(to, everybody) {
		// What everybody has in the beginning depends on the server's version and on who made the schema.
		step, err := g.statement("REVOKE ", []string{hclschema.AllPrivileges}, " FROM ", everybody, "", "", isPassedOn(from, to), false)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
		atFirst = slices.DeleteFunc(atFirst, func(g hclschema.Grant) bool { return g.To == everybody })
	}
	more, err := g.steps(completedBy(from, atFirst), completedBy(to, atFirst))
	if steps = append(steps, more...); len(steps) > 0 || err != nil {
		return steps, err
	}
	return g.steps(nil, append(slices.Clone(to), from...)) // it is so already, and a unit has a step that makes it
}

// completedBy adds the grants of a second list to those that the first doesn't speak of.
func completedBy(grants, by []hclschema.Grant) []hclschema.Grant {
	all := slices.Clone(grants)
	for _, grant := range by {
		if !hasGrantee(grants, grant.To) {
			all = append(all, grant)
		}
	}
	return all
}
