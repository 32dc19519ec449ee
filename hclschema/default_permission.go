package hclschema

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// defaultPermissionKind is default_permission { for = TABLES, schema = schema.public, to = role.app, privileges = [SELECT] }: what
// new objects give to whom. All blocks for one sort of objects, schema and role that makes them are one object.
type defaultPermissionKind struct{}

// Reference implements Kind.
func (defaultPermissionKind) Reference() KindReference {
	return KindReference{
		Name: KindDefaultPermission, Text: "What a role may do with new objects of a sort (ALTER DEFAULT PRIVILEGES), and with those of the models that say nothing of the role. With manage_privileges alone.",
		Labels: 1, Unlabelled: true,
		Names: []NameReference{
			{Name: "for", Text: "The sort of objects: TABLES, views among them, SEQUENCES, FUNCTIONS, procedures and aggregates among them, TYPES or SCHEMAS."},
			{Name: "schema", Text: "The schema that they are made in, schema.sales; all without it."},
			toAttribute(),
			{Name: "privileges", Text: "What the role may do: [SELECT, INSERT], [ALL]; [] takes away what PostgreSQL gives by itself."},
			grantableAttribute(),
			{Name: PropMadeBy, Text: "The role whose new objects are meant, where that isn't the one that duo-orm works as."},
		},
	}
}

// defaultBlock is a default_permission block that was read.
type defaultBlock struct {
	place  hcl.Range
	object Identity
	sort   string
	madeBy string
	grants []Grant
}

// defaultSorts are the words behind for with the sorts of objects that they mean.
func defaultSorts() map[string]PrivilegeSort {
	return map[string]PrivilegeSort{"TABLES": SortTable, "SEQUENCES": SortSequence, "FUNCTIONS": SortRoutine, "TYPES": SortType, "SCHEMAS": SortSchema}
}

func (defaultPermissionKind) read(l *loading, b *Block, _ *relation) {
	if _, ok := l.name(b); !ok || !l.manages(b.Range, "A default permission") {
		return
	}
	l.require(b, "for", "for = TABLES")
	l.require(b, "to", "to = role.app")
	l.require(b, "privileges", "privileges = [SELECT]")
	block := defaultBlock{place: b.Range}
	a := given(b, "for")
	if a == nil {
		return
	}
	var ok bool
	if block.sort, ok = l.word(a, []string{"TABLES", "SEQUENCES", "FUNCTIONS", "TYPES", "SCHEMAS"}); !ok {
		return
	}
	if a := given(b, PropMadeBy); a != nil {
		if block.madeBy, ok = l.role(a.Value, a.ValueRange, PropMadeBy, `a role such as role.app, or its name in quotes`); !ok {
			return
		}
	}
	schema, everywhere := "", true
	if a := given(b, "schema"); a != nil {
		everywhere = false
		if schema = l.quietSchema(b); !l.isDefaultSchema(a.Value) { // which needs no block
			schema = l.schemaOf(b)
		}
		if block.sort == "SCHEMAS" {
			l.fail(failure(a.NameRange, "Schema of schemas", "Schemas lie in no schema. Take the attribute away."))
		}
	}
	block.object = DefaultPermissionIdentity(block.sort, schema, everywhere, block.madeBy)
	words, ok := l.privileges(b, defaultSorts()[block.sort], "new "+strings.ToLower(block.sort))
	for _, to := range l.grantees(b) {
		block.grants = append(block.grants, Grant{To: to, Grantable: l.grantable(b), Privileges: words})
	}
	if ok {
		l.defaults = append(l.defaults, block)
	}
}

// isDefaultSchema says that a value is a reference to the default schema.
func (l *loading) isDefaultSchema(v Evaluated) bool {
	r, ok := v.(Reference)
	return ok && len(r.Path) == 2 && r.Path[0] == KindSchema && l.foldSchema(r.Path[1]) == ""
}

// DefaultPermissionIdentity is the identity of the default permissions of a sort of objects: TABLES, say.
func DefaultPermissionIdentity(sort, schema string, everywhere bool, madeBy string) Identity {
	name := strings.ToLower(sort)
	if !everywhere && schema == "" {
		name += " in the default schema"
	}
	if madeBy != "" {
		name += " of " + madeBy
	}
	return Identity{Kind: KindDefaultPermission, Schema: schema, Name: name}
}

// DefaultPermission is the object with what it is for, without its grants.
func DefaultPermission(sort, schema string, everywhere bool, madeBy string) *Object {
	o := &Object{Identity: DefaultPermissionIdentity(sort, schema, everywhere, madeBy), Properties: Properties{PropFor: Text(sort)}}
	if !everywhere {
		o.Properties[PropInSchema] = Bool(true)
	}
	if madeBy != "" {
		o.Properties[PropMadeBy] = Text(madeBy)
	}
	return o
}

// DefaultsList is what the property privileges of default permissions holds: those of a schema add to those of all schemas, which
// stand in the place of what the engine gives by itself.
func DefaultsList(sort PrivilegeSort, inSchema bool, grants []Grant) List {
	if inSchema {
		return told(sort.tidy(grants), nil)
	}
	return sort.Told(grants)
}

// addDefaults adds the objects of the default_permission blocks to the state.
func (l *loading) addDefaults(state *State) {
	grants := map[Identity][]Grant{}
	var order []defaultBlock
	for _, block := range l.defaults {
		if _, known := grants[block.object]; !known {
			order = append(order, block)
		}
		grants[block.object] = append(grants[block.object], block.grants...)
	}
	for _, block := range order {
		everywhere := block.object.Schema == "" && !strings.Contains(block.object.Name, " in the default schema")
		o := DefaultPermission(block.sort, block.object.Schema, everywhere, block.madeBy)
		o.Range = block.place
		if list := DefaultsList(defaultSorts()[block.sort], !everywhere, grants[block.object]); list != nil {
			o.Properties[PropPrivileges] = list
			state.AddNext(o)
		}
	}
}

// Anew is what an object of a sort has in a schema when the session's role makes it: what the engine gives by itself, and what the state's default
// permissions say. A nil list is that of a sort without privileges.
func Anew(state *State, sort PrivilegeSort, schema string) []Grant {
	grants := sort.Builtin()
	for word, of := range defaultSorts() {
		if of != sort || sort == "" {
			continue
		}
		if everywhere := state.Get(DefaultPermissionIdentity(word, "", true, "")); everywhere != nil {
			grants = sort.Completed(Grants(everywhere.Properties[PropPrivileges]))
		}
		if sort == SortSchema {
			continue
		}
		if within := state.Get(DefaultPermissionIdentity(word, schema, false, "")); within != nil {
			grants = append(grants, Grants(within.Properties[PropPrivileges])...)
		}
	}
	if !slices.ContainsFunc(grants, func(g Grant) bool { return len(g.Privileges) > 0 }) {
		grants = sort.Builtin() // PostgreSQL takes an empty list for none at all
	}
	return sort.tidy(grants)
}

func (defaultPermissionKind) write(w *writer, o *Object) {
	for i, grant := range Grants(o.Properties[PropPrivileges]) {
		if i > 0 {
			w.blank()
		}
		w.line(KindDefaultPermission + " {")
		w.depth++
		w.attribute("for", o.Properties.Text(PropFor))
		if o.Properties.Bool(PropInSchema) {
			schema := o.Identity.Schema
			if schema == "" {
				schema = w.dialect.DefaultSchema()
			}
			w.attribute("schema", "schema"+step(schema))
		}
		w.grant(grant, nil)
		w.text(o, PropMadeBy)
		w.depth--
		w.line("}")
	}
}
