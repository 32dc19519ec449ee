package postgres

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

var (
	//go:embed inspect_enums.sql
	enumsSQL string
	//go:embed inspect_domains.sql
	domainsSQL string
	//go:embed inspect_composites.sql
	compositesSQL string
	//go:embed inspect_ranges.sql
	rangesSQL string
	//go:embed inspect_other_types.sql
	otherTypesSQL string
)

// addType puts a type into the state, to be found by its arrays too.
func (r *reader) addType(o *hclschema.Object, oid uint32, others ...address) error {
	at := address{"pg_type", oid, 0}
	if err := r.add(at, o); err != nil {
		return err
	}
	for _, other := range others {
		if other.oid != 0 {
			r.alias(other, at)
		}
	}
	return nil
}

func (r *reader) typeID(kind string, schema uint32, name string) hclschema.Identity {
	return hclschema.Identity{Kind: kind, Schema: r.schema(r.schemas[schema]), Name: name}
}

// readEnum takes one enum.
func readEnum(r *reader, scan func(...any) error) error {
	var oid, array, schema uint32
	var name, comment string
	var values []string
	if err := scan(&oid, &array, &schema, &name, &comment, &values); err != nil {
		return err
	}
	o := r.object(r.typeID(hclschema.KindEnum, schema, name), comment)
	list := make(hclschema.List, len(values))
	for i, value := range values {
		list[i] = hclschema.Text(value)
	}
	o.Properties[hclschema.PropValues] = list
	return r.addType(o, oid, address{"pg_type", array, 0})
}

// readDomain takes one domain with its conditions.
func readDomain(r *reader, scan func(...any) error) error {
	var oid, array, schema uint32
	var name, comment, base, fallback, collate, checks string
	var notNull bool
	if err := scan(&oid, &array, &schema, &name, &comment, &base, &notNull, &fallback, &collate, &checks); err != nil {
		return err
	}
	o := r.object(r.typeID(hclschema.KindDomain, schema, name), comment)
	o.Properties[hclschema.PropType] = text(base)
	if !notNull {
		o.Properties[hclschema.PropNull] = hclschema.Bool(true)
	}
	if fallback != "" {
		o.Properties[hclschema.PropDefault] = Driver{}.Expression(fallback)
	}
	if collate != "" {
		o.Properties[hclschema.PropCollate] = text(collate)
	}
	var list []struct {
		Oid                 uint32
		Name, Expr, Comment string
		Valid               bool
	}
	if err := json.Unmarshal([]byte(checks), &list); err != nil {
		return fmt.Errorf("the conditions of domain %s: %w", name, err)
	}
	addresses := []address{{"pg_type", array, 0}}
	record := hclschema.Record{}
	for _, c := range list {
		check := hclschema.Record{"expr": Driver{}.Expression(c.Expr)}
		if !c.Valid {
			check["not_valid"] = hclschema.Bool(true)
		}
		if c.Comment != "" {
			check["comment"] = hclschema.Text(c.Comment)
		}
		record[c.Name] = check
		addresses = append(addresses, address{"pg_constraint", c.Oid, 0})
	}
	if len(record) > 0 {
		o.Properties[hclschema.PropChecks] = record
	}
	return r.addType(o, oid, addresses...)
}

// readComposite takes one composite type with its fields.
func readComposite(r *reader, scan func(...any) error) error {
	var oid, array, class, schema uint32
	var name, comment, fields string
	if err := scan(&oid, &array, &class, &schema, &name, &comment, &fields); err != nil {
		return err
	}
	var list []struct{ Name, Type, Collate, Comment string }
	if err := json.Unmarshal([]byte(fields), &list); err != nil {
		return fmt.Errorf("the fields of composite type %s: %w", name, err)
	}
	o := r.object(r.typeID(hclschema.KindComposite, schema, name), comment)
	values := hclschema.List{}
	for _, f := range list {
		field := hclschema.Record{"name": hclschema.Text(f.Name), "type": text(f.Type)}
		if f.Collate != "" {
			field["collate"] = text(f.Collate)
		}
		if f.Comment != "" {
			field["comment"] = hclschema.Text(f.Comment)
		}
		values = append(values, field)
	}
	o.Properties[hclschema.PropFields] = values
	return r.addType(o, oid, address{"pg_type", array, 0}, address{"pg_class", class, 0})
}

// readRange takes one range type. The functions that make its values come with it.
func readRange(r *reader, scan func(...any) error) error {
	var oid, array, multi, multiArray, schema uint32
	var name, multiName, comment, subtype, ops, diff, collate string
	var canonical bool
	if err := scan(&oid, &array, &multi, &multiArray, &schema, &name, &multiName, &comment, &subtype, &ops, &diff, &collate, &canonical); err != nil {
		return err
	}
	id := r.typeID(hclschema.KindRange, schema, name)
	if canonical {
		r.cannot(id, "it has a canonical function, which has to be made between a shell type and the type itself")
		return nil
	}
	o := r.object(id, comment)
	o.Properties[hclschema.PropSubtype] = text(subtype)
	for property, value := range map[string]string{hclschema.PropSubtypeOps: ops, hclschema.PropSubtypeDiff: diff, hclschema.PropCollate: collate} {
		if value != "" {
			o.Properties[property] = text(value)
		}
	}
	if multiName != "" { // version 14 and later
		o.Derived = map[string]string{derivedMultirange: multiName}
		if multiName != multirangeName(name) {
			o.Properties[hclschema.PropMultirange] = hclschema.Text(multiName)
		}
	}
	return r.addType(o, oid, address{"pg_type", array, 0}, address{"pg_type", multi, 0}, address{"pg_type", multiArray, 0})
}

// derivedMultirange is the name of a range type's multirange.
const derivedMultirange = "multirange"

// multirangeName is the name that PostgreSQL gives the multirange of a range (makeMultirangeTypeName in its pg_type.c).
func multirangeName(name string) string {
	if before, after, ok := strings.Cut(name, "range"); ok {
		return clip(before+"multirange"+after, longestName)
	}
	return clip(name, longestName-len("_multirange")) + "_multirange"
}

// readOtherType reports one type that models can't hold.
func readOtherType(r *reader, scan func(...any) error) error {
	var schema uint32
	var name, why string
	if err := scan(&schema, &name, &why); err != nil {
		return err
	}
	reason := map[string]string{
		"shell":  "it is a shell type, which was never completed",
		"base":   "it is a base type, whose functions are written in C",
		"pseudo": "it is a pseudo-type of somebody's own",
		"hidden": "a type of PostgreSQL itself has its name",
	}[why]
	r.cannot(r.typeID("type", schema, name), reason)
	return nil
}

// uses notes that an object uses a column of another table or view, to be followed to the column's type: a type whose
// values are swapped for others is changed in its columns, and what reads these columns is in the way of that too.
type use struct{ by, column *hclschema.Object }

// noteUse keeps what readDependency found for followUses.
func (r *reader) noteUse(o, needed *hclschema.Object) {
	if needed.Identity.Kind != hclschema.KindColumn {
		return
	}
	own := Driver{}.Unit(o.Identity) == Driver{}.Unit(needed.Identity)
	if !own || o.Identity.Kind == hclschema.KindForeignKey || o.Properties[hclschema.PropGenerated] != nil {
		r.uses = append(r.uses, use{o, needed})
	}
}

// followUses lets what reads a column of an enum depend on the enum. A table's own checks and indexes are left out: the engine
// makes them again by itself, unless they name the type, and then it told of the dependency.
func (r *reader) followUses() {
	for _, u := range r.uses {
		for _, id := range u.column.DependsOn {
			if id.Kind == hclschema.KindEnum && !slices.Contains(u.by.DependsOn, id) {
				u.by.DependsOn = append(u.by.DependsOn, id)
			}
		}
	}
}
