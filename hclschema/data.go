package hclschema

import (
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// KindData is the block that declares rows. It makes no object: rows are not part of a state's objects, and of no fingerprint.
const KindData = "data"

// RowMode is what a plan may do to the rows of a table, with Atlas' words.
type RowMode string

// The modes.
const (
	// InsertRows adds the declared rows that are missing, and changes none that is there.
	InsertRows RowMode = "INSERT"
	// UpsertRows changes those that differ, too. Rows that nobody declared stay. It is the default.
	UpsertRows RowMode = "UPSERT"
	// SyncRows deletes the rows that nobody declared, too.
	SyncRows RowMode = "SYNC"
)

// RowSet is what data blocks declare for one table.
type RowSet struct {
	Table Identity
	// Key are the columns by which a row is found, as the table names them.
	Key  []string
	Mode RowMode
	// Rows in the order of their declaration; no two have the same key.
	Rows []Row
	// Range is that of the first block, Blocks those of all.
	Range  hcl.Range
	Blocks []hcl.Range
}

// Row is one declared row.
type Row struct {
	// Values are Null, Boolean, Number, String or, for bytes, RawSQL that holds a literal such as x'ff', by the table's name of the
	// column. A column that isn't there isn't managed.
	Values map[string]Evaluated
	Range  hcl.Range
}

// RowSets are the rows that the models declare, in the order of the tables' first blocks. Load and WithRowSets alone fill them in.
func (s *State) RowSets() []*RowSet { return s.rowSets }

// WithRowSets is a copy of the state with these declared rows; the objects themselves are shared.
func (s *State) WithRowSets(sets []*RowSet) *State {
	state := s.Without(func(*Object) bool { return false })
	state.rowSets = sets
	return state
}

// dataKind is data { table = table.countries, rows = [ … ] }.
type dataKind struct{}

// Reference implements Kind.
func (dataKind) Reference() KindReference {
	return KindReference{
		Name: KindData, Text: "Rows that a table is to have: reference data such as countries, plans or settings. Several blocks of one table are taken together.", Labels: 1, Unlabelled: true,
		Names: []NameReference{
			{Name: "table", Text: "The table, as table.countries."},
			{Name: "rows", Text: `The rows, each an object of columns and values: [{ code = "IL", name = "Israel" }]. A value is a string, a number, true, false, null, or sql("x'ff'") for bytes. A column that a row leaves out gets its default in a new row and stays as it is in one that is there.`},
			{Name: "key", Text: `The columns by which a row is found: those of a primary key, a unique constraint or a unique index, as [column.code] or ["code"]. By default the primary key's.`},
			{Name: "mode", Text: "What is done to the table's rows: INSERT adds the missing ones; UPSERT, the default, changes those that differ, too; SYNC deletes rows that no block has, too."},
		},
	}
}

// read keeps the block until all tables are read.
func (dataKind) read(l *loading, b *Block, _ *relation) { l.dataBlocks = append(l.dataBlocks, b) }

// write writes nothing: there is no such object. WriteRows writes data blocks.
func (dataKind) write(*writer, *Object) {}

// rowTable is a table that data blocks speak of.
type rowTable struct {
	set *RowSet
	// columns leads from canonical names to the table's own; generated are those that nobody can set.
	columns   map[string]string
	names     []string
	generated map[string]bool
	open      bool
	keyAt     hcl.Range
	modeAt    hcl.Range
	// at are the rows by their keys.
	at map[string]hcl.Range
}

// settleData reads the data blocks, when everything else is read.
func (l *loading) settleData() []*RowSet {
	tables := map[Identity]*rowTable{}
	var sets []*RowSet
	for _, b := range l.dataBlocks {
		t, known := l.dataTable(b, tables)
		if t == nil {
			continue
		}
		t.set.Blocks = append(t.set.Blocks, b.Range)
		l.dataMode(b, t)
		keyed := l.dataKey(b, t)
		l.dataRows(b, t, keyed)
		if !known {
			sets = append(sets, t.set)
		}
	}
	return sets
}

// dataTable is the table of a block, which another block may have named before.
func (l *loading) dataTable(b *Block, tables map[Identity]*rowTable) (t *rowTable, known bool) {
	if len(b.Labels) > 1 {
		l.fail(failure(b.Labels[1].Range, "Too many labels", "A data block has at most one label, which is a word for people."))
	}
	l.require(b, "table", "table = table.countries")
	l.require(b, "rows", `rows = [{ code = "IL", name = "Israel" }]`)
	a := given(b, "table")
	if a == nil {
		return nil, false
	}
	reference, _ := a.Value.(Reference)
	p, ok := parsePath(reference.Path)
	if !ok || p.kind != KindTable || p.column != "" {
		l.wants(a.ValueRange, "table", "a reference such as table.countries", a.Value)
		return nil, false
	}
	r := l.resolve(p, a.ValueRange)
	if r == nil {
		return nil, false
	}
	key := l.state.Key(r.identity)
	if t := tables[key]; t != nil {
		return t, true
	}
	t = &rowTable{set: &RowSet{Table: r.identity, Range: b.Range}, columns: map[string]string{}, generated: map[string]bool{}, open: r.open, at: map[string]hcl.Range{}}
	for _, o := range l.state.Children(r.identity.Schema, r.identity.Name) {
		if o.Identity.Kind != KindColumn {
			continue
		}
		c := l.identifier(o.Identity.Name)
		t.columns[c] = o.Identity.Name
		t.names = append(t.names, o.Identity.Name)
		t.generated[c] = o.Properties[PropGenerated] != nil
	}
	tables[key] = t
	return t, false
}

// dataMode reads the mode, which all blocks of a table must agree on.
func (l *loading) dataMode(b *Block, t *rowTable) {
	mode, at := UpsertRows, b.Range
	if a := given(b, "mode"); a != nil {
		word, ok := l.word(a, []string{string(InsertRows), string(UpsertRows), string(SyncRows)})
		if !ok {
			return
		}
		mode, at = RowMode(word), a.Range
	}
	switch {
	case t.set.Mode == "":
		t.set.Mode, t.modeAt = mode, at
	case t.set.Mode != mode:
		l.fail(failure(at, "Modes differ", "The rows of table %q have the mode %s here and %s at %s. Give all data blocks of a table the same mode.", t.set.Table.Name, mode, t.set.Mode, place(t.modeAt)))
	}
}

// dataKey reads the key, which all blocks of a table must agree on. False says that there is none to tell rows apart by.
func (l *loading) dataKey(b *Block, t *rowTable) bool {
	names, at := []string(nil), b.Range
	if a := given(b, "key"); a != nil {
		at = a.ValueRange
		if names = l.dataKeyColumns(a, t); names == nil {
			return false
		}
		if !t.open && !l.distinguishes(t.set.Table, names) {
			l.fail(failure(at, "No such key", "No primary key, unique constraint or unique index of table %q is made of %s alone, so the columns don't tell its rows apart. Declare unique { columns = [ … ] } in the table, or name other columns.", t.set.Table.Name, strings.Join(names, ", ")))
			return false
		}
	} else if names = l.primaryKey(t.set.Table); names == nil {
		l.fail(failure(b.Range, "Key missing", "Table %q has no primary key to find its rows by. Write key = [column.code] with the columns of a unique constraint.", t.set.Table.Name))
		return false
	}
	if t.set.Key == nil {
		t.set.Key, t.keyAt = names, at
		return true
	}
	if strings.Join(t.set.Key, "\x00") != strings.Join(names, "\x00") {
		l.fail(failure(at, "Keys differ", "The rows of table %q are found by %s here and by %s at %s. Give all data blocks of a table the same key.", t.set.Table.Name, strings.Join(names, ", "), strings.Join(t.set.Key, ", "), place(t.keyAt)))
		return false
	}
	return true
}

// dataKeyColumns are the columns of a key attribute as the table names them, nil, with an error reported, where one is wrong.
func (l *loading) dataKeyColumns(a *Attribute, t *rowTable) []string {
	var names []string
	for _, e := range l.elements(a) {
		name := ""
		switch v := e.value.(type) {
		case String:
			name = string(v)
		case Reference:
			if p, ok := parsePath(v.Path); ok && (p.kind == KindColumn && p.column == "" || p.kind == KindTable && p.column != "") {
				name = v.Path[len(v.Path)-1]
			}
		}
		if name == "" {
			l.wants(e.place, "An element of key", `a column, as column.code or "code"`, e.value)
			return nil
		}
		if name = l.dataColumn(t, name, e.place); name == "" {
			return nil
		}
		names = append(names, name)
	}
	if names == nil {
		l.fail(failure(a.ValueRange, "Key missing", "A key needs a column. Write key = [column.code], or leave the attribute out for the primary key."))
	}
	return names
}

// dataColumn is a column as the table names it, empty, with an error reported, where there is none.
func (l *loading) dataColumn(t *rowTable, name string, at hcl.Range) string {
	c := l.identifier(name)
	declared, known := t.columns[c]
	switch {
	case known && t.generated[c]:
		l.fail(failure(at, "Generated column", "Column %q of table %q is computed by the database, so rows can't set it. Take it out of the row.", declared, t.set.Table.Name))
	case known:
		return declared
	case t.open:
		return name
	default:
		hint := DidYouMean(name, t.names)
		if hint == "" && len(t.names) <= 12 {
			hint = " It has " + strings.Join(t.names, ", ") + "."
		}
		l.fail(failure(at, "Unknown column", "Table %q has no column %q.%s", t.set.Table.Name, name, hint))
	}
	return ""
}

// primaryKey are the columns of a table's primary key, nil where it has none.
func (l *loading) primaryKey(table Identity) []string {
	for _, o := range l.state.Children(table.Schema, table.Name) {
		if o.Identity.Kind == KindPrimaryKey {
			return l.columnNames(o)
		}
	}
	return nil
}

// distinguishes says whether a key of the table is made of just these columns.
func (l *loading) distinguishes(table Identity, names []string) bool {
	want := map[string]bool{}
	for _, name := range names {
		want[l.identifier(name)] = true
	}
	for _, o := range l.state.Children(table.Schema, table.Name) {
		unique := o.Identity.Kind == KindPrimaryKey || o.Identity.Kind == KindUnique ||
			o.Identity.Kind == KindIndex && o.Properties.Bool(PropUnique) && o.Properties[PropWhere] == nil
		if !unique {
			continue
		}
		columns, all := l.columnNames(o), true
		for _, name := range columns {
			all = all && want[l.identifier(name)]
		}
		if all && len(columns) == len(want) {
			return true
		}
	}
	return false
}

// columnNames are the columns of a key as the table names them, nil where a part of it is no column.
func (l *loading) columnNames(key *Object) []string {
	declared := map[string]string{}
	for _, o := range l.state.Children(key.Identity.Schema, key.Identity.Parent) {
		if o.Identity.Kind == KindColumn {
			declared[l.identifier(o.Identity.Name)] = o.Identity.Name
		}
	}
	var names []string
	for _, part := range key.Properties.List(PropColumns) {
		name := canonicalPart(part)
		if name == "" {
			return nil
		}
		if own, ok := declared[name]; ok {
			name = own
		}
		names = append(names, name)
	}
	return names
}

// dataRows reads the rows of a block.
func (l *loading) dataRows(b *Block, t *rowTable, keyed bool) {
	a := given(b, "rows")
	if a == nil {
		return
	}
	for _, e := range l.elements(a) {
		object, ok := e.value.(Mapping)
		if !ok {
			l.wants(e.place, "A row", `an object of columns and values, such as { code = "IL" }`, e.value)
			continue
		}
		if row, ok := l.dataRow(object, t, e.place); ok && keyed {
			l.addRow(t, row)
		}
	}
}

// dataRow is one row; false where an error was reported.
func (l *loading) dataRow(object Mapping, t *rowTable, at hcl.Range) (Row, bool) {
	row := Row{Values: make(map[string]Evaluated, len(object.Keys)), Range: at}
	good := true
	for i, key := range object.Keys {
		name := l.dataColumn(t, key, at)
		if name == "" {
			good = false
			continue
		}
		if _, twice := row.Values[name]; twice {
			l.fail(failure(at, "Column twice", "The row sets column %q twice, since the database takes %q for the same name. Keep one of the two.", name, key))
			good = false
			continue
		}
		if !l.dataValue(object.Values[i], name, at) {
			good = false
		}
		row.Values[name] = object.Values[i]
	}
	return row, good
}

// bytesLiteral is what sql("…") may hold in a row: anything else would be another value each time, and could not be compared.
var bytesLiteral = regexp.MustCompile(`^[xX]'([0-9a-fA-F][0-9a-fA-F])*'$`)

// dataValue says whether a value can stand in a row, and reports it otherwise.
func (l *loading) dataValue(v Evaluated, column string, at hcl.Range) bool {
	switch v := v.(type) {
	case Null, Boolean, Number:
		return true
	case String:
		if !strings.ContainsRune(string(v), 0) {
			return true
		}
		l.fail(failure(at, "Wrong character in a value", "The value of %q holds a NUL character, which no database takes in a text. Take it out.", column))
	case RawSQL:
		if bytesLiteral.MatchString(string(v)) {
			return true
		}
		l.fail(failure(at, "Expression in a row", `The value of %q is an SQL expression, which can't be compared with what the table holds. Write the value itself; bytes are sql("x'ff00'"). For a value that the database computes, give the column a default and leave it out of the row.`, column))
	case Sequence, Mapping:
		l.fail(failure(at, "Wrong value", "The value of %q is %s. Write jsonencode( … ) for a JSON column, or the value as the database writes it: \"{a,b}\".", column, describe(v)))
	case Invalid:
	default:
		l.wants(at, "The value of "+column, "a string, a number, true, false or null", v)
	}
	return false
}

// addRow adds a row whose key no other has.
func (l *loading) addRow(t *rowTable, row Row) {
	var key strings.Builder
	for i, name := range t.set.Key {
		text, ok := keyText(row.Values[name])
		if !ok {
			l.fail(failure(row.Range, "Key missing", "The row has no value for %q, by which the rows of table %q are found. Give it one.", name, t.set.Table.Name))
			return
		}
		if i > 0 {
			key.WriteByte(0)
		}
		key.WriteString(text)
	}
	if first, taken := t.at[key.String()]; taken {
		l.fail(failure(row.Range, "Row declared twice", "Table %q has a row of the key %s already, at %s. Take one of them away.", t.set.Table.Name, shorten(strings.ReplaceAll(key.String(), "\x00", ", ")), place(first)))
		return
	}
	t.at[key.String()] = row.Range
	t.set.Rows = append(t.set.Rows, row)
}

// keyText is a value of a key as text; false where there is none.
func keyText(v Evaluated) (string, bool) {
	switch v := v.(type) {
	case Boolean:
		if v {
			return "true", true
		}
		return "false", true
	case Number:
		return string(v), true
	case String:
		return string(v), true
	case RawSQL:
		return upperASCII(string(v)), true
	}
	return "", false
}
