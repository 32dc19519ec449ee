package hclschema

import "strings"

// inheritedIndexBlock is inherited_index "orders_idx" { comment = "…" } in a partition: what the index that it has of its table's
// has for itself.
const inheritedIndexBlock = "inherited_index"

func inheritedIndexReference() NameReference {
	return NameReference{Name: inheritedIndexBlock, Text: `What an index that it has of its table has for itself: inherited_index "orders_idx" { … }, by the name of the table's index.`, Block: true, Nested: []NameReference{
		{Name: "comment", Text: "A comment that the database keeps: on the constraint, where the index carries one."},
		{Name: "index_comment", Text: "A comment on the index of a constraint."},
		{Name: "storage_params", Text: "Its storage parameters, where they aren't those of the table's index: a block or a map, {} for none.", Block: true, Both: true, Open: true},
		{Name: "tablespace", Text: "The tablespace, in quotes, where it isn't that of the table's index."},
		{Name: "statistics", Text: "The statistics targets of its parts, in order, null for one without: [null, 500]."},
	}}
}

// inheritedIndexes reads what a partition's indexes have for themselves.
func (l *loading) inheritedIndexes(b *Block, o *Object) {
	settings := Record{}
	for _, nested := range blocksOf(b, inheritedIndexBlock) {
		if len(nested.Labels) != 1 {
			l.fail(failure(nested.Range, "Name missing", `An inherited_index has one label, the name of the table's index: inherited_index "orders_idx" { comment = "…" }.`))
			continue
		}
		name := nested.Labels[0].Text
		switch {
		case !l.checkName(name, nested.Labels[0].Range):
			continue
		case settings[name] != nil:
			l.fail(failure(nested.Range, "Declared twice", "There is a block for the index %q already. Put both into one.", name))
			continue
		}
		own := &Object{Identity: o.Identity, Properties: Properties{}}
		l.setComment(nested, PropComment, own)
		l.setComment(nested, PropIndexComment, own)
		l.settings(nested, PropStorageParams, own, PropStorageParams)
		if own.Properties[PropStorageParams] == nil && (given(nested, PropStorageParams) != nil || len(blocksOf(nested, PropStorageParams)) > 0) {
			own.Properties[PropStorageParams] = Record{}
		}
		l.setText(nested, PropTablespace, own, PropTablespace)
		l.statisticsTargets(nested, own)
		if len(own.Properties) > 0 {
			settings[name] = Record(own.Properties)
		}
	}
	if len(settings) > 0 {
		o.Properties[PropIndexSettings] = settings
	}
}

// statisticsTargets reads those of an index's parts, in order; -1 is one without.
func (l *loading) statisticsTargets(b *Block, o *Object) {
	a := given(b, PropStatistics)
	if a == nil {
		return
	}
	var targets List
	last := 0
	for _, e := range l.elements(a) {
		target := int64(-1)
		if _, none := e.value.(Null); !none {
			n, ok := l.integer(&Attribute{Name: a.Name, Value: e.value, ValueRange: e.place})
			if !ok {
				return
			}
			target = n
		}
		if targets = append(targets, Int(target)); target >= 0 {
			last = len(targets)
		}
	}
	if last > 0 {
		o.Properties[PropStatistics] = targets[:last]
	}
}

// inheritedIndexes writes the same.
func (w *writer) inheritedIndexes(o *Object) {
	settings, _ := o.Properties[PropIndexSettings].(Record)
	for _, name := range settings.Names() {
		own, _ := settings[name].(Record)
		w.line(inheritedIndexBlock + " " + quoteHCL(name) + " {")
		w.depth++
		for _, key := range []string{PropComment, PropIndexComment, PropTablespace} {
			if value, ok := own[key]; ok {
				w.attribute(key, quoteHCL(value.String()))
			}
		}
		if targets, ok := own[PropStatistics].(List); ok {
			words := make([]string, len(targets))
			for i, target := range targets {
				if words[i] = target.String(); words[i] == "-1" {
					words[i] = "null"
				}
			}
			w.attribute(PropStatistics, "["+strings.Join(words, ", ")+"]")
		}
		if params, ok := own[PropStorageParams].(Record); ok && len(params) == 0 {
			w.attribute(PropStorageParams, "{}")
		} else {
			w.settings(PropStorageParams, own[PropStorageParams])
		}
		w.depth--
		w.line("}")
	}
}
