package hclschema

import (
	"bytes"
	"strings"
)

// writer writes the blocks of a state.
type writer struct {
	dialect Dialect
	state   *State
	// called is what the models call the default schema, where that isn't its usual name.
	called string
	// types are the objects of the state that are types, by the canonical text of the type.
	types map[string]*Object
	// relations are the state's tables, views and virtual tables by folded schema and name.
	relations map[Identity]*relation
	// routines are the state's functions and the like by kind, schema and bare name; nil until they are asked for.
	routines map[Identity]bool
	// tables are the tables of the state by the text of their names; made when it is needed.
	tables map[string]*Object
	source bytes.Buffer
	depth  int
	// started says that something stands in the block already.
	started bool
}

func newWriter(state *State, dialect Dialect) *writer {
	return newWriterCalling(state, dialect, state.DefaultCalled())
}

// newWriterCalling is a writer that calls the default schema by a name; empty for its usual one.
func newWriterCalling(state *State, dialect Dialect, called string) *writer {
	dialect = alias(dialect, called)
	w := &writer{dialect: dialect, called: called, state: state, relations: map[Identity]*relation{}, types: map[string]*Object{}}
	for _, o := range state.Objects() {
		if isRelationKind(o.Identity.Kind) {
			w.relations[state.parentKey(o.Identity.Schema, o.Identity.Name)] = w.newRelation(o)
		}
		if isTypeKind(o.Identity.Kind) && dialect.Accepts(o.Identity.Kind, "") {
			if spelled, err := dialect.ParseType(Type{Reference: &o.Identity}, TypeUse{}); err == nil {
				w.types[spelled.Canonical] = o
			}
		}
	}
	return w
}

// newRelation is what the parts of a table, and the references to it, must know of it.
func (w *writer) newRelation(o *Object) *relation {
	r := &relation{
		identity: o.Identity, columns: map[string]bool{}, key: map[string]bool{}, open: o.Identity.Kind != KindTable,
		strict: o.Properties.Bool(PropStrict), withoutRowid: o.Properties.Bool(PropWithoutRowid),
	}
	for _, part := range w.parts(o) {
		switch part.Identity.Kind {
		case KindColumn:
			r.columns[w.dialect.Identifier(part.Identity.Name).Canonical] = true
		case KindPrimaryKey:
			r.inline = part.Properties.Bool(PropInline)
			for _, name := range part.Properties.List(PropColumns) {
				r.key[canonicalPart(name)] = true
			}
		}
	}
	return r
}

// canonicalPart is the canonical name of a key's column.
func canonicalPart(v Value) string {
	if record, ok := v.(Record); ok {
		v = record["column"]
	}
	if spelled, ok := v.(Spelled); ok {
		return spelled.Canonical
	}
	return ""
}

func (w *writer) parts(o *Object) []*Object {
	return w.state.Children(o.Identity.Schema, o.Identity.Name)
}

// relation is the state's table or view of that name, nil where it holds none.
func (w *writer) relation(schema, name string) *relation {
	return w.relations[w.state.parentKey(schema, name)]
}

// path is a reference to a relation.
func (w *writer) path(r *relation) string {
	if r.identity.Schema != "" {
		return r.identity.Kind + step(r.identity.Schema) + step(r.identity.Name)
	}
	return r.identity.Kind + step(r.identity.Name)
}

// line writes one line.
func (w *writer) line(text string) {
	w.source.WriteString(strings.Repeat("  ", w.depth))
	w.source.WriteString(text)
	w.source.WriteByte('\n')
	w.started = true
}

func (w *writer) blank() { w.source.WriteByte('\n') }

// open begins the block of an object, its name as label.
func (w *writer) open(o *Object) {
	if o.Identity.Unnamed {
		w.openNamed(o, "")
		return
	}
	name := o.Identity.Name
	if isRoutine(o.Identity.Kind) {
		name, _ = SplitRoutine(name)
	}
	w.openNamed(o, name)
}

func (w *writer) openNamed(o *Object, label string) {
	head := blockOf(o)
	if head == KindMaterializedIndex {
		head = KindIndex
	}
	if o.Identity.Schema != "" && o.Identity.Parent == "" {
		head += " " + quoteHCL(o.Identity.Schema)
	}
	if label != "" {
		head += " " + quoteHCL(label)
	}
	w.line(head + " {")
	w.depth++
	w.started = false
}

// close ends the block, on the line of its beginning where nothing stands in it.
func (w *writer) close() {
	w.depth--
	if w.started {
		w.line("}")
		return
	}
	w.source.Truncate(w.source.Len() - len("\n"))
	w.source.WriteString("}\n")
	w.started = true
}

func (w *writer) attribute(name, value string) { w.line(name + " = " + value) }

// boolean writes a property that is true.
func (w *writer) boolean(o *Object, property string) {
	if o.Properties.Bool(property) {
		w.attribute(property, "true")
	}
}

// word writes a property that is one of the language's words.
func (w *writer) word(o *Object, property string) {
	if text := o.Properties.Text(property); text != "" {
		w.attribute(property, wordOrQuoted(text))
	}
}

// text writes a property as a quoted string.
func (w *writer) text(o *Object, property string) {
	if text := o.Properties.Text(property); text != "" {
		w.attribute(property, quoteHCL(text))
	}
}

// common writes what any object may have.
func (w *writer) common(o *Object) {
	if o.RenamedFrom != "" {
		name := o.RenamedFrom
		switch {
		case isRoutine(o.Identity.Kind):
			name, _ = SplitRoutine(name)
		case hasMethod(o.Identity.Kind):
			name, _ = SplitMethod(name)
		}
		w.attribute("renamed_from", quoteHCL(name))
	}
	w.text(o, PropComment)
	w.owner(o)
}

// schema writes the schema of an object that stands by itself.
func (w *writer) schema(o *Object) {
	if o.Identity.Schema != "" {
		w.attribute("schema", "schema"+step(o.Identity.Schema))
	}
}

// repeats marks a constraint whose name another one has.
func (w *writer) repeats(o *Object) {
	if o.Identity.Ordinal > 0 && !o.Identity.Unnamed {
		w.attribute("repeats_name", "true")
	}
}

// longestString is the length from which an SQL text is a heredoc rather than a string.
const longestString = 80

// sql writes an SQL text so that it reads back exactly.
func (w *writer) sql(name, text string) {
	if strings.Contains(text, "\n") || len(text) > longestString {
		switch {
		case survivesHeredoc(text):
			w.attribute(name, heredoc(text, w.depth))
			return
		case survivesUnindented(text):
			w.attribute(name, unindentedHeredoc(text, w.depth))
			return
		}
	}
	if strings.HasSuffix(text, "\n") { // one final line end is taken away by the reader
		text += "\n"
	}
	w.attribute(name, quoteHCL(text))
}

// quotedList is a list of texts.
func (w *writer) quotedList(list List) string {
	words := make([]string, len(list))
	for i, value := range list {
		words[i] = quoteHCL(value.String())
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// columns is a list of columns: references with the prefix where the relation has the column, quoted names otherwise.
func (w *writer) columns(list List, r *relation, prefix string) string {
	words := make([]string, len(list))
	for i, value := range list {
		words[i] = w.column(value, r, prefix)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

func (w *writer) column(value Value, r *relation, prefix string) string {
	if record, ok := value.(Record); ok {
		value = record["column"]
	}
	if r != nil && r.columns[canonicalPart(value)] {
		return prefix + step(value.String())
	}
	return quoteHCL(value.String())
}

func (w *writer) hasAll(list List, r *relation) bool {
	for _, value := range list {
		if !r.columns[canonicalPart(value)] {
			return false
		}
	}
	return true
}

// keyParts writes the columns of a key or index.
func (w *writer) keyParts(o *Object) {
	own := w.relation(o.Identity.Schema, o.Identity.Parent)
	list := o.Properties.List(PropColumns)
	plain := true
	seen := map[string]bool{} // a list holds no column twice, an engine's index may
	for _, value := range list {
		record, ok := value.(Record)
		if plain = plain && ok && len(record) == 1 && record["column"] != nil; plain {
			key := record["column"].Key()
			plain, seen[key] = !seen[key], true
		}
	}
	if plain {
		w.attribute("columns", w.columns(list, own, "column"))
		return
	}
	for _, value := range list {
		w.part(value, own)
	}
}

func (w *writer) part(value Value, own *relation) {
	record, ok := value.(Record)
	if !ok {
		record = Record{"column": value}
	}
	w.line("on {")
	w.depth++
	if expr, ok := record["expr"]; ok {
		w.sql("expr", expr.String())
	} else {
		w.attribute("column", w.column(record, own, "column"))
	}
	if collate, ok := record["collate"]; ok {
		w.attribute("collate", w.collationText(collate))
	}
	w.partDetails(record)
	w.depth--
	w.line("}")
}

// typeText is a column's type: as a word where that leads back to the same, else sql("…").
func (w *writer) typeText(o *Object, value Value) string {
	use := TypeUse{AutoIncrement: o.Properties.Bool(PropAutoIncrement)}
	if r := w.relation(o.Identity.Schema, o.Identity.Parent); r != nil {
		use = r.useOf(w.dialect.Identifier(o.Identity.Name).Canonical, use.AutoIncrement)
	}
	return w.typeWith(value, use)
}

// typeWith is a type that stands in a certain place.
func (w *writer) typeWith(value Value, use TypeUse) string {
	text := value.String()
	if spelled, ok := value.(Spelled); ok && w.types[spelled.Canonical] != nil {
		return objectPath(w.types[spelled.Canonical].Identity)
	}
	t := w.dialect.FormatType(text, use)
	if isTypeWord(t.Word) {
		if back, err := w.dialect.ParseType(t, use); err == nil && back.Key() == value.Key() {
			if words, ok := typeArguments(t.Args); ok {
				return t.Word + words
			}
		}
	}
	return "sql(" + quoteHCL(text) + ")"
}

// typeArguments are the literals behind a type's word; false where one can't stand in a model.
func typeArguments(args []string) (string, bool) {
	if len(args) == 0 {
		return "", true
	}
	for _, arg := range args {
		if !plainNumber.MatchString(arg) {
			return "", false
		}
	}
	return "(" + strings.Join(args, ", ") + ")", true
}
