package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/hclschema"
)

var (
	//go:embed inspect_extensions.sql
	extensionsSQL string
	//go:embed inspect_members.sql
	membersSQL string
	//go:embed inspect_collations.sql
	collationsSQL string
)

// derivedVersion is the name of an extension's version in Object.Derived: it is the server's matter unless models ask for one.
const derivedVersion = "version"

// readExtension takes one extension.
func readExtension(r *reader, scan func(...any) error) error {
	var oid uint32
	var name, schema, version, comment string
	if err := scan(&oid, &name, &schema, &version, &comment); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindExtension, Name: name}, comment)
	if schema = r.schema(schema); schema != "" {
		o.Properties[hclschema.PropExtensionSchema] = hclschema.Text(schema)
	}
	o.Derived = map[string]string{derivedVersion: version}
	return r.add(address{"pg_extension", oid, 0}, o)
}

// readMember lets an object that an extension owns stand for the extension, which is what others then depend on.
func readMember(r *reader, scan func(...any) error) error {
	var at address
	var extension uint32
	if err := scan(&at.class, &at.oid, &extension); err != nil {
		return err
	}
	if r.at[at] == nil {
		r.alias(at, address{"pg_extension", extension, 0})
	}
	return nil
}

// readCollation takes one collation.
func readCollation(r *reader, scan func(...any) error) error {
	var oid, schema uint32
	var name, comment, provider, locale, collate, ctype, rules string
	var deterministic bool
	if err := scan(&oid, &schema, &name, &comment, &provider, &deterministic, &locale, &collate, &ctype, &rules); err != nil {
		return err
	}
	o := r.object(r.typeID(hclschema.KindCollation, schema, name), comment)
	p := o.Properties
	// before version 15 the locale of ICU stood where that of libc does
	if locale == "" && (provider != "c" || collate == ctype) {
		locale = collate
	}
	if provider == "c" && collate != ctype {
		p[hclschema.PropLcCollate], p[hclschema.PropLcCtype] = hclschema.Text(collate), hclschema.Text(ctype)
	} else {
		p[hclschema.PropLocale] = hclschema.Text(locale)
	}
	if provider != "c" {
		p[hclschema.PropProvider] = hclschema.Text(map[string]string{"i": "icu", "b": "builtin", "d": "default"}[provider])
	}
	if !deterministic {
		p[hclschema.PropDeterministic] = hclschema.Bool(false)
	}
	setText(p, hclschema.PropRules, rules)
	return r.add(address{"pg_collation", oid, 0}, o)
}
