package hclschema

// resultColumn is column "c" { … } in a view or materialized view: what the database keeps about a column of the result. Its
// type follows from the query; models may tell it all the same, for their readers.
func resultColumn() NameReference {
	return NameReference{Name: KindColumn, Text: "A column of the result.", Block: true, Engines: "PostgreSQL, MySQL", Nested: []NameReference{
		{Name: "type", Text: "The type, for readers: it follows from the query."},
		{Name: "null", Text: "Whether it can be NULL, for readers too."},
		{Name: "comment", Text: "A comment that the database keeps."},
		{Name: "default", Text: "What is written where a row inserted through the view has no value for it; not in a materialized view.", Engines: "PostgreSQL"},
		{Name: "storage", Text: "How large values of a materialized view are stored: PLAIN, MAIN, EXTERNAL or EXTENDED, where it isn't as the type has it.", Engines: "PostgreSQL"},
		{Name: "compression", Text: "How these are compressed: pglz or lz4.", Engines: "PostgreSQL"},
		{Name: "statistics", Text: "The statistics target in a materialized view.", Engines: "PostgreSQL"},
		{Name: "options", Text: "Options such as n_distinct, likewise.", Block: true, Both: true, Open: true, Engines: "PostgreSQL"},
	}}
}

// resultColumns reads the column blocks of a view.
func (l *loading) resultColumns(b *Block, o *Object) {
	comments, defaults, settings := Record{}, Record{}, Record{}
	seen := map[string]bool{}
	for _, column := range b.Blocks {
		if column.Type != KindColumn || column.Incomplete {
			continue
		}
		if len(column.Labels) != 1 {
			l.fail(failure(column.Range, "Name missing", "A column of a view has one label, its name: column %q { … }.", "id"))
			continue
		}
		name := column.Labels[0].Text
		switch {
		case !l.checkName(name, column.Labels[0].Range):
			continue
		case seen[l.identifier(name)]:
			l.fail(failure(column.Range, "Column named twice", "There is a block for the column %q already. Put both into one.", name))
			continue
		}
		seen[l.identifier(name)] = true
		if a := given(column, "comment"); a != nil {
			if text, ok := l.text(a); ok && text != "" {
				comments[name] = Text(text)
			}
		}
		if a := given(column, "default"); a != nil {
			if o.Identity.Kind != KindView {
				l.fail(failure(a.NameRange, "Default of a materialized view", "Nobody can insert rows into a materialized view. Take the default away."))
			} else if text, ok := l.defaultText(a); ok {
				defaults[name] = l.dialect.Expression(text)
			}
		}
		own := &Object{Identity: o.Identity, Properties: Properties{}}
		if l.columnStorage(column, own); len(own.Properties) == 0 {
			continue
		}
		if o.Identity.Kind != KindMaterialized {
			l.fail(failure(column.Range, "Settings of a view's column", "A view stores nothing. Take storage, compression, statistics and options away."))
			continue
		}
		settings[name] = Record(own.Properties)
	}
	if len(settings) > 0 {
		o.Properties[PropColumnSettings] = settings
	}
	if len(comments) > 0 {
		o.Properties[PropColumnComments] = comments
	}
	if len(defaults) > 0 {
		o.Properties[PropColumnDefaults] = defaults
	}
}

// resultColumns writes the column blocks of a view, those that say something.
func (w *writer) resultColumns(o *Object) {
	comments, _ := o.Properties[PropColumnComments].(Record)
	defaults, _ := o.Properties[PropColumnDefaults].(Record)
	settings, _ := o.Properties[PropColumnSettings].(Record)
	names := map[string]bool{}
	for _, said := range []Record{comments, defaults, settings} {
		for name := range said {
			names[name] = true
		}
	}
	for _, name := range sortedKeys(names) {
		w.line("column " + quoteHCL(name) + " {")
		w.depth++
		if value, ok := defaults[name]; ok {
			w.attribute("default", w.defaultText(value))
		}
		if comment, ok := comments[name]; ok {
			w.attribute("comment", quoteHCL(comment.String()))
		}
		own, _ := settings[name].(Record)
		w.columnStorage(&Object{Properties: Properties(own)})
		w.depth--
		w.line("}")
	}
}
