package postgres

import (
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// enumSwap puts a new type in the place of an enum whose values go or change their order, which PostgreSQL can't do to a type.
// The old type gets another name, each column is taken over by its text, and the old type goes. What else depends on the
// type is out of the way meanwhile (Alteration.Disturbs).
type enumSwap struct {
	*typeChange
	change drivers.UnitChange
}

// enumColumn is a column of the type, or of arrays of it.
type enumColumn struct {
	*hclschema.Object
	array bool
	// leaves says that the column goes, or gets another type: until then it has its values as text.
	leaves bool
}

func (s *enumSwap) plan() error {
	columns, err := s.columns()
	if err != nil {
		return err
	}
	old := s.oldName()
	w := newWriter()
	s.step(w, "set the old "+s.after.Identity.String()+" aside", "ALTER ", typeName(s.before)(w), " RENAME TO ", w.Name(old.Name))
	made, err := makeEnum(s.after)
	if err != nil {
		return err
	}
	s.alteration.Steps = append(s.alteration.Steps, made)
	if err := s.takeOver(columns); err != nil {
		return err
	}
	w = newWriter()
	s.step(w, "drop the old "+s.after.Identity.String(), "DROP TYPE ", w.object(old))
	if s.after.Properties.Text(hclschema.PropComment) != "" && !s.changed(hclschema.PropComment) {
		step, err := commentStep(s.after, typeName(s.after))
		if err != nil {
			return err
		}
		s.alteration.Steps = append(s.alteration.Steps, step)
	}
	kept, err := Driver{}.Keep(drivers.Unit{s.before}, drivers.Unit{s.after})
	if err != nil {
		return err
	}
	s.alteration.Steps = append(s.alteration.Steps, kept...)
	s.alteration.Disturbs = s.disturbs
	s.hazards(columns)
	return s.err
}

// oldName is a name for the old type that nothing has.
func (s *enumSwap) oldName() hclschema.Identity {
	id := s.after.Identity
	for n := 1; ; n++ {
		id.Name = fmt.Sprintf("%s_old", clip(s.after.Identity.Name, 50))
		if n > 1 {
			id.Name = fmt.Sprintf("%s%d", id.Name, n)
		}
		taken := false
		for _, kind := range []string{hclschema.KindEnum, hclschema.KindDomain, hclschema.KindComposite, hclschema.KindRange, hclschema.KindTable,
			hclschema.KindView, hclschema.KindMaterialized, hclschema.KindForeignTable, hclschema.KindSequence} {
			id.Kind = kind
			taken = taken || s.change.Start != nil && s.change.Start(id) != nil
		}
		if id.Kind = hclschema.KindEnum; !taken {
			return id
		}
	}
}

// columns are the columns to take over. Those that only inherit from a parent follow it.
func (s *enumSwap) columns() ([]enumColumn, error) {
	var list []enumColumn
	for _, o := range s.change.Dependents {
		if o.Identity.Kind != hclschema.KindColumn {
			continue
		}
		column := enumColumn{Object: o}
		switch o.Properties.Text(hclschema.PropType) {
		case typeOf(s.before.Identity):
		case typeOf(s.before.Identity) + "[]":
			column.array = true
		default: // its default alone names the type
			continue
		}
		table := s.table(o)
		if table == nil || s.inherits(table, o) {
			continue
		}
		if partition, ok := table.Properties[hclschema.PropPartition].(hclschema.Record); ok && partitionedBy(partition, o.Identity.Name) {
			return nil, fmt.Errorf("its values can't be taken away or reordered: %s is partitioned by its column %s, and PostgreSQL can't change the type of that",
				table.Identity, o.Identity.Name)
		}
		column.leaves = s.leaves(o)
		list = append(list, column)
	}
	return list, nil
}

// leaves says that a column won't be one of the type, nor of arrays of it.
func (s *enumSwap) leaves(column *hclschema.Object) bool {
	if s.change.End == nil {
		return false
	}
	o := s.change.End(column.Identity)
	return o == nil || element(o.Properties.Text(hclschema.PropType)) != typeOf(s.after.Identity)
}

func (s *enumSwap) table(column *hclschema.Object) *hclschema.Object {
	id := Driver{}.Unit(column.Identity)
	if s.change.Start != nil {
		return s.change.Start(id)
	}
	return &hclschema.Object{Identity: id}
}

// inherits says that a column is one of a parent's.
func (s *enumSwap) inherits(table, column *hclschema.Object) bool {
	if table.Properties[hclschema.PropPartitionOf] != nil {
		return true
	}
	for _, value := range table.Properties.List(hclschema.PropInherits) {
		parent, ok := readType(value.String())
		id := hclschema.Identity{Kind: hclschema.KindColumn, Schema: parent.schema, Parent: parent.name, Name: column.Identity.Name}
		if ok && s.change.Start != nil && s.change.Start(id) != nil {
			return true
		}
	}
	return false
}

// partitionedBy says that a column, or an expression that seems to name it, is part of a partition key.
func partitionedBy(partition hclschema.Record, column string) bool {
	parts, _ := partition["by"].(hclschema.List)
	for _, value := range parts {
		part, _ := value.(hclschema.Record)
		if name := part["column"]; name != nil && name.String() == column {
			return true
		}
		if expr := part["expr"]; expr != nil && slices.Contains(words(expr.String()), column) {
			return true
		}
	}
	return false
}

// takeOver changes the type of the columns, those of a table in one statement: it is written anew once.
func (s *enumSwap) takeOver(columns []enumColumn) error {
	for len(columns) > 0 {
		table := Driver{}.Unit(columns[0].Identity)
		w := newWriter()
		var items []string
		rest := columns[:0:0]
		for _, c := range columns {
			if (Driver{}).Unit(c.Identity) != table {
				rest = append(rest, c)
				continue
			}
			name, array := w.Name(c.Identity.Name), ""
			if c.array {
				array = "[]"
			}
			value, target := name+"::text"+array, typeOf(s.after.Identity)+array
			if c.leaves {
				target = "text" + array
			} else {
				value += "::" + target
			}
			items = append(items, "ALTER COLUMN "+name+" TYPE "+target+" USING "+value)
		}
		columns = rest
		w.Line("ALTER TABLE ", w.object(table))
		w.List(items)
		step, err := w.step("have "+table.String()+" use the new "+s.after.Identity.String(), accessExclusive)
		if err != nil {
			return err
		}
		step.Because = "PostgreSQL can't take a value out of an enum or move one; each value is taken over by its text"
		s.alteration.Steps = append(s.alteration.Steps, step)
	}
	return nil
}

// disturbs says that something can't stay as it is while the type is swapped: a view, a function, a check that names a value.
func (s *enumSwap) disturbs(o *hclschema.Object) bool {
	if o.Identity.Kind != hclschema.KindColumn {
		return true
	}
	if o.Properties[hclschema.PropDefault] != nil || o.Properties[hclschema.PropGenerated] != nil {
		return true
	}
	switch o.Properties.Text(hclschema.PropType) {
	case typeOf(s.before.Identity), typeOf(s.before.Identity) + "[]":
		return false
	}
	return true
}

// hazards are the rows that hold values that go, and the tables that are written anew.
func (s *enumSwap) hazards(columns []enumColumn) {
	var gone []string
	for _, value := range valuesOf(s.before) {
		if !slices.Contains(valuesOf(s.after), value) {
			gone = append(gone, value)
		}
	}
	seen := map[hclschema.Identity]bool{}
	for _, c := range columns {
		table := s.table(c.Object)
		if !seen[table.Identity] {
			seen[table.Identity] = true
			s.alteration.Hazards = append(s.alteration.Hazards, drivers.Hazard{Kind: drivers.Rewrites, Object: table.Identity,
				Text: "is written anew, its values taken over into the new " + s.after.Identity.String()})
		}
		if len(gone) > 0 && !c.leaves {
			s.alteration.Hazards = append(s.alteration.Hazards, s.violates(c, table, gone))
		}
	}
}

func (s *enumSwap) violates(c enumColumn, table *hclschema.Object, gone []string) drivers.Hazard {
	w := newWriter()
	values := make([]string, len(gone))
	for i, value := range gone {
		values[i] = w.Literal(value)
	}
	name := w.Name(c.Live().Name)
	from := "SELECT count(*) FROM " + w.object(table.Live())
	condition := name + "::text IN (" + strings.Join(values, ", ") + ")"
	if c.array {
		condition = name + "::text[] && ARRAY[" + strings.Join(values, ", ") + "]"
	}
	return drivers.Hazard{
		Kind: drivers.Violates, Object: c.Identity, Text: "can't hold " + strings.Join(values, ", ") + " any longer, which " + s.after.Identity.String() + " loses",
		CountSQL: from + " WHERE " + condition, TotalSQL: from,
		WaysOut: []string{
			"Give these rows other values first: UPDATE " + w.object(table.Live()) + " SET " + name + " = … WHERE " + condition + ".",
			"Where a value has another name now, rename it in a migration of its own: ALTER TYPE " + w.object(s.before.Identity) + " RENAME VALUE … TO ….",
			"Keep the values in the enum.",
		},
	}
}
