package postgres

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_grants.sql
var grantsSQL string

//go:embed inspect_defaults.sql
var defaultsSQL string

// What is kept in Object.Derived where privileges are managed, as JSON: the grants that an object has when the session's role makes
// it, and those of its identity's sequence, where default permissions give more or less than PostgreSQL by itself. Of the default
// schema it is what it had in the beginning.
const (
	derivedCreated         = "created_privileges"
	derivedCreatedSequence = "created_sequence_privileges"
)

// privilegeReadings are the queries on owners and privileges: what is kept of them, or where the project manages them what they are.
func privilegeReadings(managed bool) []reading {
	if managed {
		return []reading{{"grants", grantsSQL, readGrants}, {"default privileges", defaultsSQL, readDefaults}}
	}
	return []reading{{"privileges", privilegesSQL, readPrivileges}, {"default privileges", defaultsSQL, readKeptDefaults}}
}

// grantRow is a row of inspect_grants.sql.
type grantRow struct {
	at                  address
	part, sort, owner   string
	member, standing    bool
	identity            int32
	ofTable             uint32
	held, usual, whole  string
	heldGrants, atFirst []hclschema.Grant
	privileges          hclschema.PrivilegeSort
}

// readGrants gives an object its owner and its grants.
func readGrants(r *reader, scan func(...any) error) error {
	var g grantRow
	err := scan(&g.at.class, &g.at.oid, &g.at.sub, &g.part, &g.sort, &g.owner, &g.member, &g.standing, &g.identity, &g.ofTable, &g.held, &g.usual, &g.whole)
	if err != nil {
		return err
	}
	g.privileges = sortOfACL(g.sort)
	if g.heldGrants, err = readACL(g.held, g.whole, g.privileges); err != nil {
		return err
	}
	if g.atFirst, err = readACL(g.usual, g.whole, g.privileges); err != nil {
		return err
	}
	switch {
	case g.member:
		r.grantsOfMember(g)
	case g.standing:
		r.grantsOfDefaultSchema(g)
	case g.at.class == "pg_namespace" && r.schemas[g.at.oid] == Driver{}.DefaultSchema():
		r.publicChanged = !hclschema.Equal(hclschema.GrantList(g.heldGrants), hclschema.GrantList(g.atFirst))
	default:
		r.grantsOfObject(g)
	}
	return nil
}

// grantsOfMember reports privileges on what belongs to an extension that aren't as the extension made them: models have no word for
// such an object.
func (r *reader) grantsOfMember(g grantRow) {
	if o := r.find(g.at); o != nil && !hclschema.Equal(hclschema.GrantList(g.heldGrants), hclschema.GrantList(g.atFirst)) {
		r.cannot(o.Identity, "privileges were granted or revoked on an object that it owns, and models don't tell of those")
	}
}

// grantsOfDefaultSchema are an object of their own, since the default schema is none.
func (r *reader) grantsOfDefaultSchema(g grantRow) {
	if r.conn.likePublic {
		g.atFirst = append(g.atFirst, ofPublic(r.conn.version))
	}
	var differ []hclschema.Grant
	for _, grant := range g.privileges.Completed(g.heldGrants) {
		if !sameGrants(g.heldGrants, g.atFirst, grant.To) {
			differ = append(differ, grant)
		}
	}
	for _, grant := range g.atFirst {
		if !hasGrantee(g.heldGrants, grant.To) {
			differ = append(differ, hclschema.Grant{To: grant.To})
		}
	}
	if len(differ) == 0 {
		return
	}
	o := hclschema.DefaultSchemaPermission(Driver{}.DefaultSchema())
	o.Properties[hclschema.PropPrivileges] = hclschema.GrantList(differ)
	o.Derived = map[string]string{derivedCreated: grantsJSON(g.atFirst)}
	r.defaultGrants = o
}

// ofPublic is what everybody may do in the schema public of a new database.
func ofPublic(version int) hclschema.Grant {
	grant := hclschema.Grant{To: hclschema.Grantee{Public: true}, Privileges: []string{"USAGE"}}
	if version < closedPublic {
		grant.Privileges = []string{hclschema.AllPrivileges}
	}
	return grant
}

// closedPublic is the version in which the schema public stopped being everybody's to make objects in.
const closedPublic = 150000

func (r *reader) grantsOfObject(g grantRow) {
	if g.identity != 0 {
		column := r.at[address{"pg_class", g.ofTable, g.identity}]
		if column != nil && column.Identity.Kind == hclschema.KindColumn {
			setGrants(column, hclschema.PropSequencePrivileges, g.privileges.Told(g.heldGrants))
		}
		return
	}
	o := r.at[g.at]
	if g.at.sub != 0 && o == nil {
		if o = r.find(g.at); o != nil {
			columns, _ := o.Properties[hclschema.PropColumnPrivileges].(hclschema.Record)
			if columns == nil {
				columns = hclschema.Record{}
				o.Properties[hclschema.PropColumnPrivileges] = columns
			}
			if list := g.privileges.Told(g.heldGrants); list != nil {
				columns[g.part] = list
			}
			if len(columns) == 0 {
				delete(o.Properties, hclschema.PropColumnPrivileges)
			}
		}
		return
	}
	if o == nil || o.Identity.Kind == hclschema.KindExtension {
		return
	}
	if g.owner != "" && g.at.sub == 0 && hclschema.Owned(o.Identity.Kind) {
		o.Properties[hclschema.PropOwner] = hclschema.Text(g.owner)
	}
	if g.sort != "" {
		setGrants(o, hclschema.PropPrivileges, g.privileges.Told(g.heldGrants))
	}
}

func setGrants(o *hclschema.Object, property string, list hclschema.List) {
	if list != nil {
		o.Properties[property] = list
	}
}

// readDefaults takes the default permissions of one sort.
func readDefaults(r *reader, scan func(...any) error) error {
	o, err := r.defaults(scan)
	if o == nil || err != nil || r.hides(o.Identity) {
		return err
	}
	if in := (hclschema.Identity{Kind: hclschema.KindSchema, Name: o.Identity.Schema}); o.Identity.Schema != "" && r.state.Get(in) != nil {
		o.DependsOn = []hclschema.Identity{in}
	}
	return r.state.Add(o)
}

// readKeptDefaults notes the default permissions of a schema with the schema: they are gone when it is dropped.
func readKeptDefaults(r *reader, scan func(...any) error) error {
	o, err := r.defaults(scan)
	if o == nil || err != nil {
		return err
	}
	in := r.state.Get(hclschema.Identity{Kind: hclschema.KindSchema, Name: o.Identity.Schema})
	if o.Identity.Schema == "" || in == nil {
		return nil
	}
	kept, err := keptDefaultsOf(in.Derived)
	if err != nil {
		return err
	}
	kept = append(kept, keptDefaults{o.Properties.Text(hclschema.PropFor), o.Properties.Text(hclschema.PropMadeBy), hclschema.Grants(o.Properties[hclschema.PropPrivileges])})
	text, err := json.Marshal(kept)
	derive(in, derivedDefaults, string(text))
	return err
}

// defaults is the object of a row of inspect_defaults.sql; nil where there is none.
func (r *reader) defaults(scan func(...any) error) (*hclschema.Object, error) {
	var madeBy, schema, sort, held, whole string
	if err := scan(&madeBy, &schema, &sort, &held, &whole); err != nil {
		return nil, err
	}
	word := map[string]string{"r": "TABLES", "s": "SEQUENCES", "f": "FUNCTIONS", "T": "TYPES", "n": "SCHEMAS"}[sort]
	if word == "" {
		if r.conn.managesPrivileges {
			r.cannot(hclschema.Identity{Kind: hclschema.KindDefaultPermission, Name: "large objects"}, "default privileges of large objects are not carried")
		}
		return nil, nil
	}
	privileges := sortOfACL(sort)
	grants, err := readACL(held, whole, privileges)
	if err != nil {
		return nil, err
	}
	o := hclschema.DefaultPermission(word, r.schema(schema), schema == "", madeBy)
	list := hclschema.DefaultsList(privileges, schema != "", grants)
	if list == nil {
		return nil, nil
	}
	o.Properties[hclschema.PropPrivileges] = list
	return o, nil
}

// sortOfACL is the sort behind the letter that acldefault takes.
func sortOfACL(letter string) hclschema.PrivilegeSort {
	switch letter {
	case "r":
		return hclschema.SortTable
	case "c":
		return hclschema.SortColumn
	case "s":
		return hclschema.SortSequence
	case "f":
		return hclschema.SortRoutine
	case "T":
		return hclschema.SortType
	case "n":
		return hclschema.SortSchema
	case "F", "S":
		return hclschema.SortServer
	}
	return ""
}

// readACL reads a list of the queries. every are all privileges of the sort on this server, empty for a column.
func readACL(list, every string, sort hclschema.PrivilegeSort) ([]hclschema.Grant, error) {
	var rows [][4]string
	var all []string
	if err := json.Unmarshal([]byte(list), &rows); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(every), &all); err != nil {
		return nil, err
	}
	if sort == hclschema.SortColumn {
		all = sort.Words()
	}
	type key struct {
		to, by    string
		grantable bool
	}
	words := map[key][]string{}
	for _, row := range rows {
		k := key{row[0], row[1], row[3] == "true"}
		words[k] = append(words[k], row[2])
	}
	var grants []hclschema.Grant
	for k, list := range words {
		slices.Sort(list)
		if len(all) > 1 && len(list) == len(all) {
			list = []string{hclschema.AllPrivileges}
		}
		grant := hclschema.Grant{By: k.by, Grantable: k.grantable, Privileges: list}
		switch k.to {
		case "PUBLIC":
			grant.To.Public = true
		case "OWNER":
			grant.To.Owner = true
		default:
			grant.To.Role = strings.TrimPrefix(k.to, ":")
		}
		grants = append(grants, grant)
	}
	for _, usual := range sort.Builtin() { // who has nothing isn't in the list
		if !hasGrantee(grants, usual.To) {
			grants = append(grants, hclschema.Grant{To: usual.To})
		}
	}
	return hclschema.Grants(hclschema.GrantList(grants)), nil
}

func hasGrantee(grants []hclschema.Grant, to hclschema.Grantee) bool {
	return slices.ContainsFunc(grants, func(g hclschema.Grant) bool { return g.To == to })
}

// sameGrants says that a grantee has the same in both lists.
func sameGrants(a, b []hclschema.Grant, to hclschema.Grantee) bool {
	of := func(grants []hclschema.Grant) hclschema.List {
		return hclschema.GrantList(slices.DeleteFunc(slices.Clone(grants), func(g hclschema.Grant) bool { return g.To != to }))
	}
	return hclschema.Equal(of(a), of(b))
}

func grantsJSON(grants []hclschema.Grant) string {
	text, err := json.Marshal(grants)
	if err != nil {
		return "[]"
	}
	return string(text)
}
