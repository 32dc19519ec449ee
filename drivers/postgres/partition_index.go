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
	own := x.settings()
	switch {
	case x.differs:
		r.cannot(x.identity(table.Identity), "sort orders and operator classes of indexes that a partition has of its table are not carried where they are others than those of the table's index")
	case x.partitioned && own[hclschema.PropStorageParams] != nil:
		r.cannot(x.identity(table.Identity), "its storage parameters are others than those of the index that it is a part of, and PostgreSQL can't set them on the index of a partitioned table")
	}
	if len(own) > 0 {
		settings := record(table, hclschema.PropIndexSettings)
		if settings == nil {
			settings = hclschema.Record{}
			table.Properties[hclschema.PropIndexSettings] = settings
		}
		settings[x.parentName] = own
	}
	name := x.attachedName(table.Identity.Name)
	if table.Derived == nil {
		table.Derived = map[string]string{}
	}
	table.Derived[derivedIndex+x.parentName] = x.name
	if number, ok := strings.CutPrefix(x.name, name); ok {
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

// settings are what an index that a partition has of its table has for itself: a comment and statistics targets, and storage parameters
// and a tablespace where they aren't those of the table's index, which a new partition's have too.
func (x *indexRow) settings() hclschema.Record {
	own := hclschema.Record{}
	comment := x.comment
	if x.constraint != 0 {
		comment = x.remarks
		if x.comment != "" {
			own[hclschema.PropIndexComment] = hclschema.Text(x.comment)
		}
	}
	if comment != "" {
		own[hclschema.PropComment] = hclschema.Text(comment)
	}
	if params := optionSettings(x.params); !hclschema.Equal(params, optionSettings(x.parentParams)) {
		own[hclschema.PropStorageParams] = params
	}
	if x.tablespace != x.parentTablespace {
		own[hclschema.PropTablespace] = hclschema.Text(x.tablespace)
		if x.tablespace == "" {
			own[hclschema.PropTablespace] = hclschema.Text("pg_default")
		}
	}
	var targets hclschema.List
	last := 0
	for _, part := range x.parts {
		if targets = append(targets, hclschema.Int(part.Statistics)); part.Statistics >= 0 {
			last = len(targets)
		}
	}
	if last > 0 {
		own[hclschema.PropStatistics] = targets[:last]
	}
	return own
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
		if !ok || a.hadByGone(parent, name) { // the index goes, and its name with it; or the next round knows whether it was renamed
			continue
		}
		if a.before.table.Derived[derivedIndex+parent] == name {
			continue // it has that name, which another name of a column made one of its own
		}
		step, err := renameAttached(a.after.table, parent, name)
		a.add(phaseTable, step, err)
	}
	return true
}

// hadByGone says that the partition's index of a new one of its table gets the name of one whose table's index is gone, or was renamed
// and is that new one.
func (a *tableChange) hadByGone(new, name string) bool {
	if _, known := a.before.table.Derived[derivedIndex+new]; known {
		return false
	}
	for _, parent := range attachedTo(a.before.table) {
		if _, stays := a.after.table.Derived[derivedIndex+parent]; !stays && a.before.table.Derived[derivedIndex+parent] == name {
			return true
		}
	}
	return false
}

// indexSettings gives those indexes of a new partition that it has of its table what they have for themselves.
func indexSettings(unit drivers.Unit) ([]drivers.Step, error) {
	return settingsSteps(unit[0], nil, record(unit[0], hclschema.PropIndexSettings), nil)
}

// indexSettings sets what differs in what the indexes have for themselves.
func (a *tableChange) indexSettings(was, is hclschema.Record) bool {
	steps, err := settingsSteps(a.after.table, was, is, a.End)
	a.addSteps(phaseTable, steps, err)
	return true
}

// settingsSteps change what the indexes that a partition has of its table have for themselves. What such an index has no own of
// becomes that of the table's index, where end finds it.
func settingsSteps(table *hclschema.Object, was, is hclschema.Record, end func(hclschema.Identity) *hclschema.Object) ([]drivers.Step, error) {
	var steps []drivers.Step
	for _, parent := range append(was.Names(), missing(is.Names(), was.Names())...) {
		if _, there := table.Derived[derivedIndex+parent]; hclschema.Equal(was[parent], is[parent]) || is[parent] == nil && !there {
			continue
		}
		before, _ := was[parent].(hclschema.Record)
		after, _ := is[parent].(hclschema.Record)
		commands := settingsCommands(table, before, after, tablesIndex(table, parent, end))
		step, err := onAttached(table, parent, "settings of the index that "+table.Identity.String()+" has of "+parent, commands)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// tablesIndex is the index, or the key, of a partition's table that has a name; nil where it isn't known.
func tablesIndex(table *hclschema.Object, name string, end func(hclschema.Identity) *hclschema.Object) *hclschema.Object {
	if end == nil {
		return nil
	}
	of := tableIdentity(table.Properties.Text(hclschema.PropPartitionOf))
	for _, kind := range []string{hclschema.KindIndex, hclschema.KindUnique, hclschema.KindExclude} {
		if o := end(hclschema.Identity{Kind: kind, Schema: of.Schema, Parent: of.Name, Name: name}); o != nil {
			return o
		}
	}
	if key := end(hclschema.Identity{Kind: hclschema.KindPrimaryKey, Schema: of.Schema, Parent: of.Name}); key != nil && constraintName(key) == name {
		return key
	}
	return nil
}

// settingsCommands are the commands that lead from one set of settings to the other.
func settingsCommands(table *hclschema.Object, was, is hclschema.Record, of *hclschema.Object) []string {
	w := newWriter()
	var commands []string
	add := func(words ...string) { commands = append(commands, alterAttached(w, strings.Join(words, ""))) }
	if !hclschema.Equal(was[hclschema.PropStorageParams], is[hclschema.PropStorageParams]) {
		old, known := was[hclschema.PropStorageParams].(hclschema.Record)
		wanted, own := is[hclschema.PropStorageParams].(hclschema.Record)
		if !own && of != nil {
			wanted = record(of, hclschema.PropStorageParams)
		}
		var gone []string
		for _, name := range missing(old.Names(), wanted.Names()) {
			gone = append(gone, w.optionName(name))
		}
		if !known { // it has those of the table's index
			commands = append(commands, "EXECUTE coalesce((SELECT format('ALTER INDEX %s RESET (%s)', own, string_agg(quote_ident(option_name), ', '))"+
				" FROM pg_class c, pg_options_to_table(c.reloptions) WHERE c.oid = own HAVING count(*) > 0), 'SELECT')")
		} else if gone != nil {
			add("RESET (", strings.Join(gone, ", "), ")")
		}
		if len(wanted) > 0 {
			add("SET (", w.options(wanted), ")")
		}
	}
	if !hclschema.Equal(was[hclschema.PropTablespace], is[hclschema.PropTablespace]) {
		space := "pg_default"
		if own := is[hclschema.PropTablespace]; own != nil {
			space = own.String()
		} else if of != nil && of.Properties.Text(hclschema.PropTablespace) != "" {
			space = of.Properties.Text(hclschema.PropTablespace)
		}
		add("SET TABLESPACE ", w.Name(space))
	}
	old, _ := was[hclschema.PropStatistics].(hclschema.List)
	targets, _ := is[hclschema.PropStatistics].(hclschema.List)
	for i := range max(len(old), len(targets)) {
		before, after := "-1", "-1"
		if i < len(old) {
			before = old[i].String()
		}
		if i < len(targets) {
			after = targets[i].String()
		}
		if before != after {
			add("ALTER COLUMN ", strconv.Itoa(i+1), " SET STATISTICS ", after)
		}
	}
	if !hclschema.Equal(was[hclschema.PropComment], is[hclschema.PropComment]) {
		text := "NULL"
		if own := is[hclschema.PropComment]; own != nil {
			text = w.Literal(own.String())
		}
		commands = append(commands, "EXECUTE coalesce(("+
			"SELECT format('COMMENT ON CONSTRAINT %I ON %s', conname, conrelid::regclass) FROM pg_constraint"+
			" WHERE conindid = own AND conrelid = "+w.Literal(w.object(table.Identity))+"::regclass AND contype <> 'f'"+
			"), format('COMMENT ON INDEX %s', own)) || "+w.Literal(" IS "+text))
	}
	if !hclschema.Equal(was[hclschema.PropIndexComment], is[hclschema.PropIndexComment]) {
		text := "NULL"
		if own := is[hclschema.PropIndexComment]; own != nil {
			text = w.Literal(own.String())
		}
		commands = append(commands, "EXECUTE format('COMMENT ON INDEX %s', own) || "+w.Literal(" IS "+text))
	}
	return commands
}

// renameAttached renames the index that a partition has of one of its table's, where it isn't called so.
func renameAttached(table *hclschema.Object, parent, name string) (drivers.Step, error) {
	w := newWriter()
	return onAttached(table, parent, "name index "+name+" of "+table.Identity.String(), []string{
		"EXECUTE coalesce((SELECT format(" + w.Literal("ALTER INDEX %s RENAME TO "+strings.ReplaceAll(w.Name(name), "%", "%%")) + ", own) FROM pg_class WHERE oid = own AND relname <> " + w.Literal(name) + "), 'SELECT')",
	})
}

// alterAttached is a command of onAttached that alters the index.
func alterAttached(w *writer, action string) string {
	return "EXECUTE format(" + w.Literal("ALTER INDEX %s "+strings.ReplaceAll(action, "%", "%%")) + ", own)"
}

// onAttached runs commands on the index that a partition has of one of its table's. Which one that is the catalogue knows: the engine
// makes its names by itself.
func onAttached(table *hclschema.Object, parent, name string, commands []string) (drivers.Step, error) {
	schema := tableIdentity(table.Properties.Text(hclschema.PropPartitionOf)).Schema
	body := newWriter()
	body.Line("DECLARE own CONSTANT regclass := (")
	body.Line("  SELECT i.indexrelid FROM pg_index i JOIN pg_inherits h ON h.inhrelid = i.indexrelid")
	body.Line("  WHERE i.indrelid = ", body.Literal(body.object(table.Identity)), "::regclass AND h.inhparent = ", body.Literal(body.qualified(schema, parent)), "::regclass")
	body.Line(");")
	body.Line("BEGIN")
	for _, command := range commands {
		body.Line("  ", command, ";")
	}
	body.Line("END")
	text, err := body.SQL()
	if err != nil {
		return drivers.Step{}, err
	}
	w := newWriter()
	if strings.Contains(text, "$index$") {
		w.Line("DO ", w.Literal(text))
	} else {
		w.Line("DO $index$")
		w.Line(strings.TrimRight(text, "\n"))
		w.Line("$index$")
	}
	return w.step(name, accessExclusive)
}
