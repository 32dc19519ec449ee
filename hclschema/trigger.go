package hclschema

import (
	"slices"
	"strings"
)

// triggerKind is trigger "touch" { on = table.users, after { update = true }, as = "BEGIN … END" }.
type triggerKind struct{}

// Reference implements Kind.
func (triggerKind) Reference() KindReference {
	events := func(name, text string) NameReference {
		return NameReference{Name: name, Text: text, Block: true, Nested: []NameReference{
			{Name: "insert", Text: "When a row is inserted."},
			{Name: "update", Text: "When a row is updated."},
			{Name: "update_of", Text: "When one of these columns is: [column.email]."},
			{Name: "delete", Text: "When a row is deleted."},
			{Name: "truncate", Text: "When the table is emptied.", Engines: "PostgreSQL"},
		}}
	}
	return KindReference{
		Name: KindTrigger, Text: "A trigger on a table or view.", Labels: 1,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), dependsOnAttribute(), commentAttribute(),
			{Name: "on", Text: "The table or view: table.users, view.adults."},
			events("before", "Runs before the event."), events("after", "Runs after it."), events("instead_of", "Runs instead of it, on a view."),
			{Name: "for", Text: "ROW or STATEMENT."},
			{Name: "foreach", Text: "The same, as some versions spell it."},
			{Name: "when", Text: "Runs only where this condition holds."},
			{Name: "as", Text: "What runs: BEGIN … END, or the statements alone.", Engines: "SQLite, MySQL, MariaDB"},
			{Name: "execute", Text: "The function that runs.", Block: true, Engines: "PostgreSQL", Nested: []NameReference{
				{Name: "function", Text: "The function: function.touch."},
				{Name: "args", Text: `What it finds in TG_ARGV: ["a", "b"].`},
			}},
			{Name: "referencing", Text: "Names for all the rows that a statement changed.", Block: true, Engines: "PostgreSQL", Nested: []NameReference{
				{Name: "old_table", Text: "The name of the rows as they were."},
				{Name: "new_table", Text: "The name of the rows as they are."},
			}},
			{Name: "constraint", Text: "Makes it a constraint trigger.", Engines: "PostgreSQL"},
			{Name: "constraint_from", Text: "Another table that a constraint trigger speaks of.", Engines: "PostgreSQL"},
			{Name: "deferrable", Text: "Until when a constraint trigger can wait: INITIALLY_IMMEDIATE or INITIALLY_DEFERRED.", Engines: "PostgreSQL"},
			enabledAttribute(),
			{Name: "inherited", Text: "true for the one that a partition has of its table's trigger, which differs there in enabled or comment; it has no event and no function.", Engines: "PostgreSQL"},
		},
	}
}

func (triggerKind) read(l *loading, b *Block, _ *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	parent, on, found := l.triggerParent(b)
	if !found {
		return
	}
	o := l.object(b, Identity{Kind: KindTrigger, Schema: parent.Schema, Parent: parent.Name, Name: name})
	if l.setBool(b, "inherited", o, PropInherited); o.Properties.Bool(PropInherited) {
		l.inheritedTrigger(b, o)
		return
	}
	l.event(b, o, on)
	l.setSQL(b, "when", o, PropWhen)
	if l.accepts(KindTrigger, "execute") {
		l.triggerFunction(b, o)
	} else {
		l.forEachRow(b)
		l.require(b, "as", `as = "BEGIN … END"`)
		if a := given(b, "as"); a != nil {
			if text, ok := l.sql(a); ok {
				o.Properties[PropAs] = l.dialect.Expression(wrapBody(text))
			}
		}
	}
	l.add(o)
}

// inheritedTrigger reads what a partition says of the trigger that it has of its table's.
func (l *loading) inheritedTrigger(b *Block, o *Object) {
	said := []string{"inherited", "on", "name", "enabled", "comment", "depends_on", "renamed_from"}
	for _, a := range b.Attributes {
		if !slices.Contains(said, a.Name) {
			l.fail(failure(a.NameRange, "Said by the table's trigger", "A partition's trigger is as that of its table, but for enabled and comment. Take %s away, or inherited.", a.Name))
		}
	}
	for _, nested := range b.Blocks {
		l.fail(failure(nested.Range, "Said by the table's trigger", "A partition's trigger is as that of its table, but for enabled and comment. Take the %s block away, or inherited.", nested.Type))
	}
	l.enabled(b, o)
	l.add(o)
}

// triggerParent is the table or view that the trigger is on. A quoted name is taken at its word: on is nil then, unless
// the models declare it.
func (l *loading) triggerParent(b *Block) (id Identity, on *relation, ok bool) {
	a := given(b, "on")
	if a == nil {
		l.require(b, "on", "on = table.users")
		return id, nil, false
	}
	switch v := a.Value.(type) {
	case String:
		for _, kind := range []string{KindTable, KindView} {
			if on = l.find(kind, "", string(v)); on != nil {
				return on.identity, on, true
			}
		}
		return Identity{Name: string(v)}, nil, l.checkName(string(v), a.ValueRange)
	case Reference:
		if p, good := parsePath(v.Path); good && p.isRelation() && p.column == "" {
			on = l.resolve(p, a.ValueRange)
			if on == nil {
				return id, nil, false
			}
			return on.identity, on, true
		}
	}
	l.wants(a.ValueRange, "on", "a reference such as table.users or view.adults", a.Value)
	return id, nil, false
}

// event reads before { … }, after { … } or instead_of { … }.
func (l *loading) event(b *Block, o *Object, on *relation) {
	var timing *Block
	for _, nested := range b.Blocks {
		if nested.Type != "before" && nested.Type != "after" && nested.Type != "instead_of" {
			continue
		}
		if timing != nil {
			l.fail(failure(nested.Range, "Two times", "A trigger has one before, after or instead_of block. Write a trigger for each."))
			return
		}
		timing = nested
	}
	if timing == nil {
		l.fail(failure(b.Range, "Event missing", "This trigger doesn't say when it runs. Write after { insert = true } or the like."))
		return
	}
	if timing.Incomplete {
		return
	}
	o.Properties[PropTiming] = Text(strings.ToUpper(timing.Type))
	l.timing(timing, on)
	var events []string
	for _, name := range []string{"insert", "update", "delete", "truncate"} {
		if a := given(timing, name); a != nil {
			if value, ok := a.Value.(Boolean); !ok {
				l.wants(a.ValueRange, name, "true or false", a.Value)
			} else if bool(value) {
				events = append(events, strings.ToUpper(name))
			}
		}
	}
	if a := given(timing, "update_of"); a != nil {
		if list := l.updateOf(a, on); list != nil {
			o.Properties[PropUpdateOf] = list
		}
		if u := timing.Attribute("update"); u == nil || !isTrue(u) {
			events = append(events, "UPDATE")
		}
	}
	if l.accepts(KindTrigger, "several") && len(events) > 0 {
		o.Properties[PropEvents] = inEventOrder(events)
		return
	}
	switch len(events) {
	case 1:
		o.Properties[PropEvent] = Text(events[0])
	case 0:
		l.fail(failure(timing.Range, "Event missing", "The block doesn't say which event. Write insert = true, update = true, update_of = […] or delete = true."))
	default:
		l.fail(failure(timing.Range, "Several events", "A trigger of %s has one event, and this one has %d. Write a trigger for each.", l.dialect.Title(), len(events)))
	}
}

// timing reports a time that the relation can't have.
func (l *loading) timing(b *Block, on *relation) {
	if on == nil {
		return
	}
	onView := on.identity.Kind == KindView
	switch {
	case b.Type == "instead_of" && !onView:
		l.fail(failure(b.Range, "Wrong time", "Only a trigger on a view runs instead of something, and %q is a %s. Write before or after.", on.identity.Name, strings.ReplaceAll(on.identity.Kind, "_", " ")))
	case b.Type != "instead_of" && onView && !l.accepts(KindTrigger, "several"): // where it can run for each statement
		l.fail(failure(b.Range, "Wrong time", "A trigger on a view runs instead of the event, and %q is a view. Write instead_of.", on.identity.Name))
	}
}

// updateOf are the columns whose update counts. A quoted name is taken at its word.
func (l *loading) updateOf(a *Attribute, on *relation) List {
	var list List
	all := l.elements(a)
	for _, e := range all {
		switch v := e.value.(type) {
		case String:
			if l.checkName(string(v), e.place) {
				list = append(list, l.dialect.Identifier(string(v)))
			}
			continue
		case Reference:
			if on == nil {
				l.fail(failure(e.place, "Wrong reference", "The models don't declare the table of this trigger. Write the column's name in quotes."))
				continue
			}
			if name, ok := l.referredColumn(v, e.place, on); ok {
				list = append(list, l.dialect.Identifier(name))
			}
			continue
		}
		l.wants(e.place, "An element of update_of", "a reference such as column.email", e.value)
	}
	if sequence, ok := a.Value.(Sequence); ok && len(sequence.Elements) == 0 {
		l.fail(failure(a.ValueRange, "Columns missing", "The list of columns is empty. Name one, or write update = true for all."))
	}
	return list
}

// forEachRow takes the only way in which SQLite's triggers run.
func (l *loading) forEachRow(b *Block) {
	for _, name := range []string{"for", "foreach"} {
		a := given(b, name)
		if a == nil {
			continue
		}
		if word, ok := l.word(a, []string{"ROW", "STATEMENT"}); ok && word == "STATEMENT" {
			l.fail(failure(a.ValueRange, "Not on this database", "A trigger of %s runs for each row. Write %s = ROW, or take it away.", l.dialect.Title(), name))
		}
	}
}

func (triggerKind) write(w *writer, o *Object) {
	w.open(o)
	on := w.relation(o.Identity.Schema, o.Identity.Parent)
	if on == nil {
		w.attribute("on", quoteHCL(o.Identity.Parent))
	} else {
		w.attribute("on", w.path(on))
	}
	if w.boolean(o, PropInherited); o.Properties.Bool(PropInherited) {
		w.enabled(o)
		w.common(o)
		w.close()
		return
	}
	w.line(strings.ToLower(o.Properties.Text(PropTiming)) + " {")
	w.depth++
	columns := o.Properties.List(PropUpdateOf)
	if columns != nil {
		w.attribute("update_of", w.columns(columns, on, "column"))
	}
	for _, event := range append(List{o.Properties[PropEvent]}, o.Properties.List(PropEvents)...) {
		if event != nil && (columns == nil || event != Value(Text("UPDATE"))) {
			w.attribute(strings.ToLower(event.String()), "true")
		}
	}
	w.depth--
	w.line("}")
	w.word(o, PropFor)
	if when, ok := o.Properties[PropWhen]; ok {
		w.sql("when", when.String())
	}
	if _, ok := o.Properties[PropExecute]; ok {
		w.triggerFunction(o)
	} else {
		w.sql("as", o.Properties.Text(PropAs))
	}
	w.common(o)
	w.close()
}
