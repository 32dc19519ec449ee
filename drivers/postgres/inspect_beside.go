package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// settleDefaultSchema adds what is told of the default schema, which is no object by itself. Where something of the state lies in
// public beside it, that one is a schema like others, and models have another name for the default one.
func (r *reader) settleDefaultSchema() error {
	public := Driver{}.DefaultSchema()
	name := public
	if r.conn.defaultSchema != public && r.readsPublic() {
		name = hclschema.CurrentSchema
		r.state.CallDefault(r.conn.defaultSchema)
		id := hclschema.Identity{Kind: hclschema.KindSchema, Name: public}
		if ownComment(r.publicComment) {
			o := r.object(id, r.publicComment)
			o.Properties[hclschema.PropBeside] = hclschema.Bool(true)
			if err := r.state.Add(o); err != nil {
				return err
			}
		}
		if r.publicChanged {
			r.cannot(id, "privileges on it were granted or revoked, and models don't tell of those where the search_path makes another schema the default one")
		}
	}
	if ownComment(r.defaultComment) {
		if err := r.state.Add(r.object(hclschema.Identity{Kind: hclschema.KindSchema, Name: name}, r.defaultComment)); err != nil {
			return err
		}
	}
	if o := r.defaultGrants; o != nil {
		o.Identity = hclschema.DefaultSchemaPermission(name).Identity
		return r.state.Add(o)
	}
	return nil
}

// ownComment says that people have written a comment on a schema that each database has.
func ownComment(comment string) bool { return comment != "" && comment != usualComment }

// readsPublic says that an object lies in public, or has a type that does.
func (r *reader) readsPublic() bool {
	prefix := Driver{}.DefaultSchema() + "."
	for _, o := range r.state.Objects() {
		if o.Identity.Schema+"." == prefix || strings.Contains(o.Identity.Name, "("+prefix) || strings.Contains(o.Identity.Name, " "+prefix) {
			return true
		}
		for _, value := range o.Properties {
			if beginsWith(value, prefix) {
				return true
			}
		}
	}
	return false
}

// beginsWith says that a text in a value does.
func beginsWith(value hclschema.Value, prefix string) bool {
	switch v := value.(type) {
	case hclschema.List:
		for _, element := range v {
			if beginsWith(element, prefix) {
				return true
			}
		}
		return false
	case hclschema.Record:
		for _, element := range v {
			if beginsWith(element, prefix) {
				return true
			}
		}
		return false
	case nil:
		return false
	}
	text := value.String()
	return strings.HasPrefix(text, prefix) || strings.HasPrefix(text, "SETOF "+prefix)
}
