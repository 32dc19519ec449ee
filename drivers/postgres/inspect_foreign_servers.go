package postgres

import (
	_ "embed"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

var (
	//go:embed inspect_foreign_servers.sql
	foreignServersSQL string
	//go:embed inspect_user_mappings.sql
	userMappings string
)

// userMappingsSQL is the query with the options whose values may be read.
func userMappingsSQL() string {
	return strings.ReplaceAll(userMappings, "/* safe */", safeMappingOptions())
}

// readForeignServer takes a foreign data wrapper or a server.
func readForeignServer(r *reader, scan func(...any) error) error {
	var kind, class, name, comment, wrapper, sort, version string
	var oid uint32
	var handler, validator, options []string
	if err := scan(&kind, &class, &oid, &name, &comment, &handler, &validator, &wrapper, &sort, &version, &options); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: kind, Name: name}, comment)
	p := o.Properties
	for property, function := range map[string][]string{hclschema.PropHandler: handler, hclschema.PropValidator: validator} {
		if function != nil {
			p[property] = text(r.called(function))
		}
	}
	setText(p, hclschema.PropWrapper, wrapper)
	setText(p, hclschema.PropServerType, sort)
	setText(p, hclschema.PropVersion, version)
	if !r.setOptions(o, options) {
		return nil
	}
	return r.add(address{class, oid, 0}, o)
}

// readUserMapping takes one user mapping, unless it may hold a secret.
func readUserMapping(r *reader, scan func(...any) error) error {
	var oid uint32
	var role, server string
	var visible bool
	var options, others []string
	if err := scan(&oid, &role, &server, &visible, &options, &others); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindUserMapping, Name: hclschema.UserMappingName(role, server)}, "")
	switch {
	case !visible:
		r.cannot(o.Identity, "its options are hidden from this role")
		return nil
	case len(others) > 0:
		r.cannot(o.Identity, secretReason(others[0]))
		return nil
	}
	setText(o.Properties, hclschema.PropUser, role)
	o.Properties[hclschema.PropServer] = hclschema.Text(server)
	if record := optionSettings(options); len(record) > 0 {
		o.Properties[hclschema.PropOptions] = record
	}
	return r.add(address{"pg_user_mapping", oid, 0}, o)
}
