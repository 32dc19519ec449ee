package hclschema

import "strings"

// eventTriggerKind is event_trigger "audit" { on = ddl_command_end, execute = function.audit }.
type eventTriggerKind struct{}

// Reference implements Kind.
func (eventTriggerKind) Reference() KindReference {
	return KindReference{
		Name: KindEventTrigger, Text: "A trigger on changes of the schema itself.", Labels: 1,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), dependsOnAttribute(), commentAttribute(),
			{Name: "on", Text: "The event: ddl_command_start, ddl_command_end, sql_drop, table_rewrite or login."},
			{Name: "tags", Text: `The commands that count: ["CREATE TABLE"]. All of them without it.`},
			{Name: "execute", Text: "The function that runs: function.audit."},
			enabledAttribute(),
		},
	}
}

// enabledAttribute is what triggers of all sorts have.
func enabledAttribute() NameReference {
	return NameReference{Name: "enabled", Text: "false, REPLICA (only where changes are replicated) or ALWAYS.", Engines: "PostgreSQL"}
}

// enabled reads when a trigger fires: absent for the usual way.
func (l *loading) enabled(b *Block, o *Object) {
	a := given(b, "enabled")
	if a == nil {
		return
	}
	if value, ok := a.Value.(Boolean); ok {
		if !value {
			o.Properties[PropEnabled] = Text("DISABLED")
		}
		return
	}
	if word, ok := l.word(a, []string{"ORIGIN", "DISABLED", "REPLICA", "ALWAYS"}); ok && word != "ORIGIN" {
		o.Properties[PropEnabled] = Text(word)
	}
}

func (w *writer) enabled(o *Object) {
	switch word := o.Properties.Text(PropEnabled); word {
	case "":
	case "DISABLED":
		w.attribute("enabled", "false")
	default:
		w.attribute("enabled", wordOrQuoted(word))
	}
}

func (eventTriggerKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, Identity{Kind: KindEventTrigger, Name: id.Name})
	l.require(b, "on", "on = ddl_command_end")
	if a := given(b, "on"); a != nil {
		switch v := a.Value.(type) {
		case Word:
			o.Properties[PropOn] = Text(strings.ToLower(v.Name))
		case String:
			l.setText(b, "on", o, PropOn)
		default:
			l.wants(a.ValueRange, "on", "an event such as ddl_command_end", a.Value)
		}
	}
	if a := given(b, "tags"); a != nil {
		if tags := l.texts(a); tags != nil {
			o.Properties[PropTags] = tags
		}
	}
	l.require(b, "execute", "execute = function.NAME")
	if a := given(b, "execute"); a != nil {
		if name, ok := l.routineReference(a.Value, a.ValueRange, a.Name, o, KindFunction); ok {
			o.Properties[PropExecute] = name
		}
	}
	l.enabled(b, o)
	l.add(o)
}

// texts is a list of quoted strings.
func (l *loading) texts(a *Attribute) List {
	var list List
	for _, e := range l.elements(a) {
		text, ok := e.value.(String)
		switch {
		case !ok:
			l.wants(e.place, "An element of "+a.Name, "a text in quotes", e.value)
		case strings.ContainsRune(string(text), 0):
			l.fail(failure(e.place, "Wrong character in a text", "The text holds a NUL character, which no database takes. Take it out."))
		default:
			list = append(list, Text(text))
		}
	}
	return list
}

func (eventTriggerKind) write(w *writer, o *Object) {
	w.open(o)
	w.attribute("on", wordOrQuoted(o.Properties.Text(PropOn)))
	if tags := o.Properties.List(PropTags); tags != nil {
		w.attribute("tags", w.quotedList(tags))
	}
	w.attribute("execute", w.routineReference(o.Properties[PropExecute], KindFunction))
	w.enabled(o)
	w.common(o)
	w.close()
}
