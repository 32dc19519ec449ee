package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_policies.sql
var policiesSQL string

// readPolicy takes one policy of row security.
func readPolicy(r *reader, scan func(...any) error) error {
	var oid, table uint32
	var name, comment, command, using, check string
	var permissive bool
	var roles []string
	if err := scan(&oid, &table, &name, &comment, &command, &permissive, &roles, &using, &check); err != nil {
		return err
	}
	on := r.at[address{"pg_class", table, 0}]
	if on == nil {
		return nil
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindPolicy, Schema: on.Identity.Schema, Parent: on.Identity.Name, Name: name}, comment)
	if !permissive {
		o.Properties[hclschema.PropPermissive] = hclschema.Bool(false)
	}
	if word := map[string]string{"r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE"}[command]; word != "" {
		o.Properties[hclschema.PropFor] = hclschema.Text(word)
	}
	if len(roles) > 0 {
		to := make(hclschema.List, len(roles))
		for i, role := range roles {
			to[i] = hclschema.Text(role)
		}
		o.Properties[hclschema.PropTo] = to
	}
	if using != "" {
		o.Properties[hclschema.PropUsing] = text(unwrap(using))
	}
	if check != "" {
		o.Properties[hclschema.PropWithCheck] = text(unwrap(check))
	}
	return r.add(address{"pg_policy", oid, 0}, o)
}
