package hclschema

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// permissionPlace is where a permission block stands, and an object that it is for.
type permissionPlace struct {
	place hcl.Range
	of    Identity
}

// write writes the grants of the default schema.
func (permissionKind) write(w *writer, o *Object) {
	w.permissions("schema"+step(w.dialect.DefaultSchema()), Grants(o.Properties[PropPrivileges]), false)
}

// permissions writes a block for each grant on an object, blank lines between them.
func (w *writer) permissions(path string, grants []Grant, ofSequence bool) {
	for _, grant := range grants {
		if w.source.Len() > 0 {
			w.blank()
		}
		w.line(KindPermission + " {")
		w.depth++
		w.grant(grant, func() { w.attribute("for", path) })
		if ofSequence {
			w.attribute("sequence", "true")
		}
		w.depth--
		w.line("}")
	}
}

// grant writes the attributes of a grant; target, if not nil, what it is for.
func (w *writer) grant(g Grant, target func()) {
	switch {
	case g.To.Public:
		w.attribute("to", "PUBLIC")
	case g.To.Owner:
		w.attribute("to", "OWNER")
	default:
		w.attribute("to", quoteHCL(g.To.Role))
	}
	if target != nil {
		target()
	}
	w.attribute("privileges", "["+strings.Join(g.Privileges, ", ")+"]")
	if g.Grantable {
		w.attribute("grantable", "true")
	}
	if g.By != "" {
		w.attribute("granted_by", quoteHCL(g.By))
	}
}

// unitWithPermissions is a unit's block with the permission blocks of all its parts behind it.
func (w *writer) unitWithPermissions(o *Object) ([]byte, error) {
	text, err := w.unit(o)
	if err != nil {
		return nil, err
	}
	if more := w.permissionsOf(o, func(*Object) bool { return true }); more != nil {
		text = append(append(text, '\n'), more...)
	}
	return text, nil
}

// permissionsOf are the permission blocks of those objects of a unit that are wanted, formatted; nil for none.
func (w *writer) permissionsOf(unit *Object, wanted func(*Object) bool) []byte {
	if grantsAlone(unit.Identity.Kind) {
		return nil
	}
	w.source.Reset()
	path := objectPath(unit.Identity)
	if wanted(unit) {
		w.permissionsOn(unit, path)
		columns, _ := unit.Properties[PropColumnPrivileges].(Record)
		for _, name := range columns.Names() {
			w.permissions(path+".column"+step(name), Grants(columns[name]), false)
		}
	}
	for _, part := range ownParts(w.state, unit) {
		if part.Identity.Kind == KindColumn && wanted(part) {
			w.permissionsOn(part, path+".column"+step(part.Identity.Name))
		}
	}
	if w.source.Len() == 0 {
		return nil
	}
	return hclwrite.Format(w.source.Bytes())
}

// permissionsOn writes what isn't as the default permissions of the state have it.
func (w *writer) permissionsOn(o *Object, path string) {
	implied := impliedTargets(o)
	if SortOf(o.Identity.Kind) == SortColumn || len(implied) == 0 {
		w.permissions(path, Grants(o.Properties[PropPrivileges]), false)
	}
	for _, target := range implied {
		usual := Anew(w.state, target.sort(), o.Identity.Schema)
		has := target.sort().Completed(Grants(o.Properties[target.property]))
		for _, to := range grantees(usual) {
			if len(grantsOf(has, to)) == 0 {
				has = append(has, Grant{To: to})
			}
		}
		var rest []Grant
		for _, grant := range joined(has) {
			if !slices.EqualFunc(joined(grantsOf(has, grant.To)), joined(grantsOf(usual, grant.To)), sameGrant) {
				rest = append(rest, grant)
			}
		}
		w.permissions(path, rest, target.property == PropSequencePrivileges)
	}
}
