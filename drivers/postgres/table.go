package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// tableKind is a table with its columns, constraints and indexes.
func tableKind() kind {
	return kind{
		name: hclschema.KindTable,
		properties: map[string][]string{
			hclschema.KindTable: {
				hclschema.PropUnlogged, hclschema.PropStorageParams, hclschema.PropTablespace, hclschema.PropAccessMethod, hclschema.PropReplicaIdentity,
				hclschema.PropRowSecurity, hclschema.PropClusterOn, hclschema.PropOfType, hclschema.PropComment,
				hclschema.PropPartition, hclschema.PropPartitionOf, hclschema.PropBounds, hclschema.PropInherits, hclschema.PropIndexNames,
				hclschema.PropIndexSettings,
			},
			hclschema.KindColumn:     columnProperties(),
			hclschema.KindPrimaryKey: primaryKeyProperties(),
			hclschema.KindUnique:     uniqueProperties(),
			hclschema.KindForeignKey: foreignKeyProperties(),
			hclschema.KindCheck:      checkProperties(),
			hclschema.KindExclude:    excludeProperties(),
			hclschema.KindIndex:      indexProperties(),
		},
		accepts: tableWords(),
		create:  createTable,
		drop:    dropTable,
		alter:   alterTable,
		rename:  renameTable,
		link:    linkTable,

		dropHazards: tableDropHazards,
	}
}

// tableWords are the attributes and blocks of models that a table and its parts have here and not everywhere.
func tableWords() map[string][]string {
	index := []string{
		"comment", "where", "type", "include", "nulls_distinct", "page_per_range", "storage_params", "tablespace", "collate", "ops", "nulls_first",
		"nulls_last", "statistics",
	}
	return map[string][]string{
		hclschema.KindTable: {
			"comment", "without_columns", "unlogged", "access_method", "replica_identity", "storage_params", "row_security", "tablespace", "cluster_on", "of_type",
			"partition", "inherits",
		},
		hclschema.PartitionBlock: {
			"comment", "unlogged", "access_method", "replica_identity", "storage_params", "row_security", "tablespace", "cluster_on", "partition", "index_names", "inherited_index",
		},
		hclschema.KindColumn: {
			"comment", "collate", "collate_sql", "null_name", "identity", "storage", "compression", "statistics", "options", "auto_increment",
			"auto_increment_elsewhere", "stored_by_default", "inherited",
		},
		hclschema.KindPrimaryKey: {"comment", "include", "deferrable", "storage_params", "tablespace", "index_comment"},
		hclschema.KindUnique:     {"comment", "include", "deferrable", "nulls_distinct", "storage_params", "tablespace", "index_comment"},
		hclschema.KindForeignKey: {"comment", "match", "deferrable", "on_delete_columns", "ref_schema", "not_valid"},
		hclschema.KindCheck:      {"comment", "no_inherit", "not_valid"},
		hclschema.KindExclude: {
			"comment", "where", "type", "include", "deferrable", "storage_params", "tablespace", "index_comment", "collate", "ops", "op", "nulls_first", "nulls_last",
		},
		hclschema.KindIndex:             index,
		hclschema.KindMaterializedIndex: index,
	}
}

// parts are the objects of a unit of some kinds, kind by kind.
func parts(unit drivers.Unit, kinds ...string) []*hclschema.Object {
	var list []*hclschema.Object
	for _, kind := range kinds {
		for _, o := range unit[1:] {
			if o.Identity.Kind == kind {
				list = append(list, o)
			}
		}
	}
	return list
}

// createTable makes a table: first all that one statement can say, then its indexes, and what is said of single parts.
func createTable(unit drivers.Unit) ([]drivers.Step, error) {
	steps, err := one(tableStatement(unit))
	if err != nil {
		return nil, err
	}
	for _, more := range []func(drivers.Unit) ([]drivers.Step, error){inheritedSteps, columnSteps, laterConstraints, tableIndexes, indexNames, indexSettings, tableSettings, tableComments, takeRows} {
		further, err := more(unit)
		if err != nil {
			return nil, err
		}
		steps = append(steps, further...)
	}
	return steps, nil
}

func tableStatement(unit drivers.Unit) (drivers.Step, error) {
	w, p := newWriter(), unit[0].Properties
	head := "CREATE TABLE "
	if p.Bool(hclschema.PropUnlogged) {
		head = "CREATE UNLOGGED TABLE "
	}
	parent := p.Text(hclschema.PropPartitionOf)
	switch of := p.Text(hclschema.PropOfType); {
	case parent != "":
		w.Line(head, w.object(unit.Identity()), " PARTITION OF ", parent)
	case of != "":
		w.Line(head, w.object(unit.Identity()), " OF ", of)
	default:
		w.Line(head, w.object(unit.Identity()))
	}
	if items := tableItems(w, unit); len(items) > 0 || p.Text(hclschema.PropOfType) == "" && parent == "" {
		w.Line("(")
		w.List(items)
		w.Line(")")
	}
	if parent != "" {
		w.Line(p.Text(hclschema.PropBounds))
	} else if parents := parentsOf(unit[0]); parents != nil {
		w.Line("INHERITS (", strings.Join(parents, ", "), ")")
	}
	if by := partitionBy(w, unit[0]); by != "" {
		w.Line(by)
	}
	if method := p.Text(hclschema.PropAccessMethod); method != "" {
		w.Line("USING ", w.Name(method))
	}
	if params := record(unit[0], hclschema.PropStorageParams); len(params) > 0 {
		w.Line("WITH (", w.options(params), ")")
	}
	if space := p.Text(hclschema.PropTablespace); space != "" {
		w.Line("TABLESPACE ", w.Name(space))
	}
	lock := ""
	switch { // of the table that it is made below: CREATE TABLE, the manual's PARTITION OF and INHERITS
	case parent != "":
		lock = accessExclusive
	case parentsOf(unit[0]) != nil:
		lock = shareUpdateExcl
	}
	return w.step("create "+unit.Identity().String(), lock)
}

// tableItems are the columns and constraints of CREATE TABLE.
func tableItems(w *writer, unit drivers.Unit) []string {
	var items []string
	typed := unit[0].Properties[hclschema.PropOfType] != nil
	for _, o := range parts(unit, hclschema.KindColumn) {
		if o.Properties.Bool(hclschema.PropInherited) {
			continue
		}
		if !typed {
			items = append(items, columnDefinition(w, o))
		} else if more := columnConstraints(w, o); more != "" {
			items = append(items, w.Name(o.Identity.Name)+" WITH OPTIONS"+more)
		}
	}
	for _, o := range parts(unit, hclschema.KindPrimaryKey, hclschema.KindUnique, hclschema.KindExclude, hclschema.KindCheck, hclschema.KindForeignKey) {
		if !addedLater(unit, o) {
			items = append(items, namedConstraint(w, o))
		}
	}
	return items
}

// addedLater says that CREATE TABLE wouldn't make the constraint as it is: it takes NOT VALID and makes it valid, and it passes
// over a key that another one has already (transformIndexConstraints in parse_utilcmd.c).
func addedLater(unit drivers.Unit, o *hclschema.Object) bool {
	if o.Properties.Bool(hclschema.PropNotValid) {
		return true
	}
	if !isUnique(o) {
		return false
	}
	for _, other := range parts(unit, hclschema.KindPrimaryKey, hclschema.KindUnique, hclschema.KindExclude) {
		if other == o {
			break
		}
		if hclschema.Equal(other.Properties[hclschema.PropColumns], o.Properties[hclschema.PropColumns]) {
			return true
		}
	}
	return false
}

// laterConstraints adds what CREATE TABLE can't say.
func laterConstraints(unit drivers.Unit) ([]drivers.Step, error) {
	var steps []drivers.Step
	for _, o := range parts(unit, hclschema.KindPrimaryKey, hclschema.KindUnique, hclschema.KindExclude, hclschema.KindCheck, hclschema.KindForeignKey) {
		if !addedLater(unit, o) {
			continue
		}
		w := newWriter()
		w.Line("ALTER TABLE ", w.object(unit.Identity()))
		w.Indented(func() { w.Line("ADD ", namedConstraint(w, o)) })
		step, err := w.step("add "+o.Identity.String(), accessExclusive)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, nil
}

func tableIndexes(unit drivers.Unit) ([]drivers.Step, error) {
	var steps []drivers.Step
	for _, o := range parts(unit, hclschema.KindIndex) {
		more, err := indexSteps(o)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	return steps, nil
}

// tableSettings are row security, what replication identifies rows by, and the index that CLUSTER goes by.
func tableSettings(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	var actions []string
	if security := record(unit[0], hclschema.PropRowSecurity); security != nil {
		if security["enabled"] != nil {
			actions = append(actions, "ENABLE ROW LEVEL SECURITY")
		}
		if security["enforced"] != nil {
			actions = append(actions, "FORCE ROW LEVEL SECURITY")
		}
	}
	identity := unit[0].Properties.Text(hclschema.PropReplicaIdentity)
	if index, byIndex := strings.CutPrefix(identity, "index "); identity != "" && !(byIndex && waitsForIndex(unit, index)) {
		actions = append(actions, "REPLICA IDENTITY "+replicaIdentity(w, identity))
	}
	if index := unit[0].Properties.Text(hclschema.PropClusterOn); index != "" && !waitsForIndex(unit, index) {
		actions = append(actions, "CLUSTER ON "+w.Name(index))
	}
	if actions == nil {
		return nil, nil
	}
	w.Line("ALTER TABLE ", w.object(unit.Identity()))
	w.List(actions)
	return one(w.step("settings of "+unit.Identity().String(), accessExclusive))
}

// waitsForIndex says that an index of a table comes later, since another one still has its name; what goes by it is planned in the round
// after that. A partition may have it of its table.
func waitsForIndex(unit drivers.Unit, index string) bool {
	return unit[0].Properties[hclschema.PropPartitionOf] == nil && !slices.ContainsFunc(unit[1:], func(o *hclschema.Object) bool {
		return constraintName(o) == index
	})
}

// replicaIdentity is the property as ALTER TABLE … REPLICA IDENTITY writes it.
func replicaIdentity(w *writer, identity string) string {
	switch index, ok := strings.CutPrefix(identity, "index "); {
	case ok:
		return "USING INDEX " + w.Name(index)
	case identity == "":
		return "DEFAULT"
	}
	return identity
}

func tableComments(unit drivers.Unit) ([]drivers.Step, error) {
	steps, err := withComment(nil, unit[0], tableLabel(unit[0]))
	for _, o := range unit[1:] {
		if err != nil {
			return nil, err
		}
		switch o.Identity.Kind {
		case hclschema.KindIndex: // commented with its own steps
		case hclschema.KindColumn:
			steps, err = withComment(steps, o, columnName(o))
		default:
			steps, err = constraintComments(steps, o)
		}
	}
	return steps, err
}

func tableLabel(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "TABLE " + w.object(o.Identity) }
}

// dropTable removes a table. A partition under a foreign key is detached first: the engine looks whether rows refer to it.
func dropTable(unit drivers.Unit) ([]drivers.Step, error) {
	step, err := statement("drop "+unit.Identity().String(), accessExclusive, "DROP ", tableLabel(unit[0])(newWriter()))
	step.Destroys = "the rows of " + unit[0].Known()
	if err != nil {
		return nil, err
	}
	steps, err := giveRows(unit)
	of := unit[0].Properties.Text(hclschema.PropPartitionOf)
	if err != nil || unit[0].Derived[derivedReferred] == "" || of == "" { // it may be detached already
		return append(steps, step), err
	}
	detach, err := detachPartition(unit.Identity(), of)
	return append(steps, detach, step), err
}

// linkTable adds what the texts of a table's parts speak of.
func linkTable(l *linker, o *hclschema.Object) {
	p := o.Properties
	switch o.Identity.Kind {
	case hclschema.KindForeignKey:
		if table := l.state.Get(referredTable(o)); table != nil && table.Identity != (Driver{}).Unit(o.Identity) {
			l.needs(o, table)
			l.needsPartitions(o, table.Identity)
		}
	case hclschema.KindTable:
		l.needsType(o, p.Text(hclschema.PropOfType))
		l.needsOne(o, p.Text(hclschema.PropAccessMethod), hclschema.KindAccessMethod)
	case hclschema.KindColumn:
		l.needsType(o, p.Text(hclschema.PropType))
		l.mentionDefaultClasses(o, p.Text(hclschema.PropType))
		l.needsSequences(o, p.Text(hclschema.PropDefault))
		l.mention(o, p.Text(hclschema.PropDefault), p.Text(hclschema.PropGenerated), p.Text(hclschema.PropCollate))
	case hclschema.KindCheck:
		l.mention(o, p.Text(hclschema.PropExpr))
	case hclschema.KindIndex, hclschema.KindExclude:
		linkIndex(l, o)
	}
}

// linkIndex adds what the parts of an index or an exclusion speak of.
func linkIndex(l *linker, o *hclschema.Object) {
	l.needsOne(o, o.Properties.Text(hclschema.PropIndexType), hclschema.KindAccessMethod)
	l.mention(o, o.Properties.Text(hclschema.PropWhere))
	for _, value := range o.Properties.List(hclschema.PropColumns) {
		if part, ok := value.(hclschema.Record); ok {
			for _, name := range []string{"expr", "ops", "collate", "op"} {
				if part[name] != nil {
					l.mention(o, part[name].String())
				}
			}
		}
	}
}
