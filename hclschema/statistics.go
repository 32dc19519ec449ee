package hclschema

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// statisticsKind is statistics "orders_places" { on = table.orders, columns = [column.city, column.zip] }.
type statisticsKind struct{}

// Reference implements Kind.
func (statisticsKind) Reference() KindReference {
	return KindReference{
		Name: KindStatistics, Text: "Extended statistics: what the planner of queries is to know of several columns together, or of an expression.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "on", Text: "The table or materialized view: table.orders."},
			NameReference{Name: "kinds", Text: "What is collected: NDISTINCT, DEPENDENCIES, MCV; all of them without it."},
			NameReference{Name: "columns", Text: "The columns: [column.city, column.zip]."},
			NameReference{Name: "expressions", Text: `Expressions: ["lower(name)"].`},
			NameReference{Name: "statistics", Text: "The statistics target."},
		),
	}
}

// statisticsKinds are what can be collected, in the order in which PostgreSQL lists it.
func statisticsKinds() []string { return []string{"NDISTINCT", "DEPENDENCIES", "MCV"} }

func (statisticsKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	l.require(b, "on", "on = table.orders")
	on := l.relationIn(b, "on", o, PropOn, KindTable, KindMaterialized, KindForeignTable)
	if a := given(b, "kinds"); a != nil {
		if list := l.wordList(a, statisticsKinds()); len(list) > 0 && len(list) < len(statisticsKinds()) {
			o.Properties[PropKinds] = list
		}
	}
	if a := given(b, "columns"); a != nil {
		if list := l.columnsOf(a, on); list != nil {
			o.Properties[PropColumns] = byText(list)
		}
	}
	if a := given(b, "expressions"); a != nil {
		if list := l.sqlList(a); list != nil {
			o.Properties[PropExpressions] = list
		}
	}
	if given(b, "columns") == nil && given(b, "expressions") == nil && !b.Incomplete {
		l.fail(failure(b.Range, "Columns missing", "Statistics are about columns or expressions. Write columns = [column.a, column.b], or expressions = [\"lower(a)\"]."))
	}
	l.setInt(b, "statistics", o, PropStatistics)
	l.add(o)
}

// relationIn sets a property to the name of the relation that an attribute leads to, and returns it; nil where it is a text,
// taken at its word.
func (l *loading) relationIn(b *Block, name string, o *Object, property string, kinds ...string) *relation {
	a := given(b, name)
	if a == nil {
		return nil
	}
	text, ok := l.sqlName(a, o, kinds...)
	if !ok {
		return nil
	}
	o.Properties[property] = text
	return l.relationAt(a.Value)
}

// relationAt is the relation that a reference leads to, nil where it leads to none.
func (l *loading) relationAt(v Evaluated) *relation {
	if reference, ok := v.(Reference); ok {
		if p, ok := parsePath(reference.Path); ok {
			return l.find(p.kind, p.qualifier, p.name)
		}
	}
	return nil
}

// wordList is a list of some of the words, each once, in the order of the words.
func (l *loading) wordList(a *Attribute, words []string) List {
	named := map[string]bool{}
	for _, e := range l.elements(a) {
		if word, ok := l.word(l.elementOf(a, e.value, e.place), words); ok {
			named[word] = true
		}
	}
	var list List
	for _, word := range words {
		if named[word] {
			list = append(list, Text(word))
		}
	}
	return list
}

// words writes a list of words.
func (w *writer) words(o *Object, name, property string) {
	list := o.Properties.List(property)
	if list == nil {
		return
	}
	text := "["
	for i, word := range list {
		if i > 0 {
			text += ", "
		}
		text += wordOrQuoted(word.String())
	}
	w.attribute(name, text+"]")
}

// columnsOf are columns of a relation; where it isn't declared their names are taken at their word.
func (l *loading) columnsOf(a *Attribute, on *relation) List {
	if on != nil {
		list, _ := l.columnList(a, on)
		return list
	}
	var list List
	for _, e := range l.elements(a) {
		if name, ok := e.value.(String); !ok {
			l.wants(e.place, "A column of a table that the models don't declare", "a name in quotes", e.value)
		} else if l.checkName(string(name), e.place) {
			list = append(list, l.dialect.Identifier(string(name)))
		}
	}
	return list
}

// byText is a list whose order says nothing, sorted.
func byText(list List) List {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Value) int { return strings.Compare(a.String(), b.String()) })
	return sorted
}

// sqlList is a list of SQL expressions in their canonical form.
func (l *loading) sqlList(a *Attribute) List {
	var list List
	for _, e := range l.elements(a) {
		if text, ok := l.sql(l.elementOf(a, e.value, e.place)); ok {
			list = append(list, l.dialect.Expression(text))
		}
	}
	return list
}

// elementOf is an element of a list as an attribute of the list's name.
func (l *loading) elementOf(a *Attribute, v Evaluated, place hcl.Range) *Attribute {
	return &Attribute{Name: a.Name, NameRange: a.NameRange, Value: v, ValueRange: place}
}

func (statisticsKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.setSQLName(o, "on", PropOn, KindTable, KindMaterialized, KindForeignTable)
	w.words(o, "kinds", PropKinds)
	if columns := o.Properties.List(PropColumns); columns != nil {
		w.attribute("columns", w.columns(columns, w.relationCalled(o.Properties.Text(PropOn)), "column"))
	}
	if expressions := o.Properties.List(PropExpressions); expressions != nil {
		w.attribute("expressions", w.quotedList(expressions))
	}
	w.integer(o, PropStatistics)
	w.common(o)
	w.close()
}

// relationCalled is the state's relation of a name as SQL has it, nil where a reference doesn't lead to it.
func (w *writer) relationCalled(name string) *relation {
	for _, o := range w.state.Objects() {
		if isRelationKind(o.Identity.Kind) && sqlPath(w.dialect, o.Identity) == name {
			return w.relation(o.Identity.Schema, o.Identity.Name)
		}
	}
	return nil
}
