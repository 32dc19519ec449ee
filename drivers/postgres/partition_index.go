package postgres

import (
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// derivedIndex is followed by the name of a parent's index in the name of the derived fact that tells the partition's own.
const derivedIndex = "index "

// attachedIndex takes an index that a partition has of its table. Its name is told where it isn't the one that the engine gives.
func (r *reader) attachedIndex(table *hclschema.Object, x *indexRow) error {
	if x.comment != "" || x.remarks != "" {
		r.cannot(x.identity(table.Identity), "comments on indexes that a partition has of its table are not carried: comment on the table's index")
	}
	if x.differs {
		r.cannot(x.identity(table.Identity), "storage parameters, tablespaces, sort orders and operator classes of indexes that a partition has of its table are not carried where they are others than those of the table's index")
	}
	own := x.attachedName(table.Identity.Name)
	if table.Derived == nil {
		table.Derived = map[string]string{}
	}
	table.Derived[derivedIndex+x.parentName] = x.name
	if number, ok := strings.CutPrefix(x.name, own); ok {
		if _, err := strconv.Atoi(number); number == "" || err == nil {
			return nil
		}
	}
	names := record(table, hclschema.PropIndexNames)
	if names == nil {
		names = hclschema.Record{}
		table.Properties[hclschema.PropIndexNames] = names
	}
	names[x.parentName] = hclschema.Text(x.name)
	return nil
}

// attachedName is the name that the engine gives to the index of a partition (ChooseIndexName in its indexcmds.c), but for the
// number behind a name that is taken.
func (x *indexRow) attachedName(table string) string {
	if x.constraintKind == "p" {
		return makeObjectName(table, "", "pkey")
	}
	label := map[string]string{"u": "key", "x": "excl", "": "idx"}[x.constraintKind]
	var names []string
	taken := map[string]bool{}
	for _, part := range x.parts {
		name := part.Column
		if part.Expr != "" {
			name = "expr"
		}
		unique := name
		for i := 1; taken[unique]; i++ {
			unique = name + strconv.Itoa(i)
		}
		taken[unique] = true
		names = append(names, unique)
	}
	return makeObjectName(table, strings.Join(names, "_"), label)
}

// indexNames gives those indexes of a new partition their names that it has of its table.
func indexNames(unit drivers.Unit) ([]drivers.Step, error) {
	var steps []drivers.Step
	names := record(unit[0], hclschema.PropIndexNames)
	for _, parent := range names.Names() {
		step, err := renameAttached(unit[0], parent, names[parent].String())
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// indexNames renames the indexes whose names differ.
func (a *tableChange) indexNames(was, is hclschema.Record) bool {
	for _, parent := range append(was.Names(), missing(is.Names(), was.Names())...) {
		if hclschema.Equal(was[parent], is[parent]) {
			continue
		}
		name, ok := a.after.table.Derived[derivedIndex+parent]
		if wanted := is[parent]; wanted != nil {
			name, ok = wanted.String(), true
		}
		if !ok { // the index goes, and its name with it
			continue
		}
		step, err := renameAttached(a.after.table, parent, name)
		a.add(phaseTable, step, err)
	}
	return true
}

// renameAttached renames the index that a partition has of one of its table's. Which one that is the catalogue knows: the
// engine makes its names by itself.
func renameAttached(table *hclschema.Object, parent, name string) (drivers.Step, error) {
	w := newWriter()
	schema := tableIdentity(table.Properties.Text(hclschema.PropPartitionOf)).Schema
	body := newWriter()
	body.Line("BEGIN")
	body.Line("  EXECUTE format('ALTER INDEX %s RENAME TO %I', (")
	body.Line("    SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_inherits h ON h.inhrelid = i.indexrelid")
	body.Line("    WHERE i.indrelid = ", body.Literal(body.object(table.Identity)), "::regclass AND h.inhparent = ", body.Literal(body.qualified(schema, parent)), "::regclass")
	body.Line("  ), ", body.Literal(name), ");")
	body.Line("END")
	text, err := body.SQL()
	if err != nil {
		return drivers.Step{}, err
	}
	if strings.Contains(text, "$rename$") {
		w.Line("DO ", w.Literal(text))
	} else {
		w.Line("DO $rename$")
		w.Line(strings.TrimRight(text, "\n"))
		w.Line("$rename$")
	}
	return w.step("name index "+name+" of "+table.Identity.String(), accessExclusive)
}
