package postgres

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

var (
	//go:embed inspect_operator_families.sql
	operatorFamilies string
	//go:embed inspect_operator_classes.sql
	operatorClasses string
)

// sortFamily is the query for the family that an operator of a class sorts by, as it is called in SQL.
const sortFamily = `SELECT CASE WHEN pg_opfamily_is_visible(sf.oid) THEN quote_ident(sf.opfname) ELSE quote_ident(sn.nspname) || '.' || quote_ident(sf.opfname) END
                  FROM pg_opfamily sf JOIN pg_namespace sn ON sn.oid = sf.opfnamespace WHERE sf.oid = a.amopsortfamily`

func operatorFamiliesSQL() string {
	return strings.ReplaceAll(operatorFamilies, "/* family */", sortFamily)
}

func operatorClassesSQL() string {
	return strings.ReplaceAll(operatorClasses, "/* family */", sortFamily)
}

// readOperatorFamily takes one family. One that came with its only class is kept for that.
func readOperatorFamily(r *reader, scan func(...any) error) error {
	var oid, schema uint32
	var name, method, comment string
	var own bool
	var items []string
	var operators, functions []uint32
	if err := scan(&oid, &schema, &name, &method, &comment, &own, &items, &operators, &functions); err != nil {
		return err
	}
	if own {
		r.ownFamilies[oid] = ownFamily{items, operators, functions}
		return nil
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindOperatorFamily, Schema: r.schema(r.schemas[schema]), Name: hclschema.MethodName(name, method)}, comment)
	setItems(o, items)
	at := address{"pg_opfamily", oid, 0}
	if err := r.add(at, o); err != nil {
		return err
	}
	r.aliasMembers(at, operators, functions)
	return nil
}

// ownFamily is a family that came with its only class: members that the engine counts as the family's, and the addresses of
// all of its members.
type ownFamily struct {
	items                []string
	operators, functions []uint32
}

// readOperatorClass takes one class, with its own family where it has one.
func readOperatorClass(r *reader, scan func(...any) error) error {
	var oid, schema, familyOID uint32
	var name, method, comment, typeText, storage string
	var isDefault bool
	var family, items []string
	var operators, functions []uint32
	if err := scan(&oid, &schema, &name, &method, &comment, &typeText, &isDefault, &storage, &familyOID, &family, &items, &operators, &functions); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindOperatorClass, Schema: r.schema(r.schemas[schema]), Name: hclschema.MethodName(name, method)}, comment)
	p := o.Properties
	p[hclschema.PropType] = text(typeText)
	setBool(p, hclschema.PropDefault, isDefault)
	if storage != "" {
		p[hclschema.PropStorageType] = text(storage)
	}
	own, ok := r.ownFamilies[familyOID]
	if ok {
		items = append(items, own.items...)
		slices.SortStableFunc(items, func(a, b string) int { return -strings.Compare(a[:1], b[:1]) }) // OPERATOR before FUNCTION
	} else {
		p[hclschema.PropFamily] = text(r.called(family))
	}
	setItems(o, items)
	at := address{"pg_opclass", oid, 0}
	if err := r.add(at, o); err != nil {
		return err
	}
	r.aliasMembers(at, operators, functions)
	if ok {
		r.alias(address{"pg_opfamily", familyOID, 0}, at)
		r.aliasMembers(at, own.operators, own.functions)
	}
	return nil
}

func setItems(o *hclschema.Object, items []string) {
	var list hclschema.List
	for _, item := range items {
		list = append(list, hclschema.Text(item))
	}
	setList(o.Properties, hclschema.PropItems, list)
}

// aliasMembers lets operators and functions of a class or family, which dependencies start from, lead to it.
func (r *reader) aliasMembers(at address, operators, functions []uint32) {
	for _, oid := range operators {
		r.alias(address{"pg_amop", oid, 0}, at)
	}
	for _, oid := range functions {
		r.alias(address{"pg_amproc", oid, 0}, at)
	}
}
