package hclschema

import "strings"

// ruleKind is rule "archive" { on = table.users, event = DELETE, instead = true, as = "INSERT INTO …" }.
type ruleKind struct{}

// Reference implements Kind.
func (ruleKind) Reference() KindReference {
	return KindReference{
		Name: KindRule, Text: "A rule that rewrites statements on a table or view.", Labels: 1,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), dependsOnAttribute(), commentAttribute(),
			{Name: "on", Text: "The table or view: table.users, view.adults."},
			{Name: "event", Text: "The statements that it rewrites: SELECT, INSERT, UPDATE or DELETE."},
			{Name: "where", Text: "Rewrites only where this condition holds; it may speak of OLD and NEW."},
			{Name: "instead", Text: "Whether the statement itself doesn't run."},
			{Name: "as", Text: "The command that runs, or several in parentheses with semicolons between them; without it, nothing does."},
			{Name: "enabled", Text: "When it counts: ORIGIN, as usual, DISABLED, REPLICA or ALWAYS.", Engines: "PostgreSQL"},
		},
	}
}

func (ruleKind) read(l *loading, b *Block, _ *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	parent, _, found := l.triggerParent(b)
	if !found {
		return
	}
	o := l.object(b, Identity{Kind: KindRule, Schema: parent.Schema, Parent: parent.Name, Name: name})
	l.require(b, "event", "event = INSERT")
	if a := given(b, "event"); a != nil {
		if word, ok := l.word(a, []string{"SELECT", "INSERT", "UPDATE", "DELETE"}); ok {
			o.Properties[PropEvent] = Text(word)
		}
	}
	l.setSQL(b, "where", o, PropWhere)
	l.setBool(b, "instead", o, PropInstead)
	if a := given(b, "as"); a != nil {
		if text, ok := l.sql(a); ok { // parentheses around several commands belong to it, unlike those around an expression
			text = strings.TrimSpace(text)
			o.Properties[PropAs] = Spelled{Text: text, Canonical: text}
		}
	}
	l.setWord(b, "enabled", o, PropEnabled, "ORIGIN", "DISABLED", "REPLICA", "ALWAYS")
	l.add(o)
}

func (ruleKind) write(w *writer, o *Object) {
	w.open(o)
	if on := w.relation(o.Identity.Schema, o.Identity.Parent); on == nil {
		w.attribute("on", quoteHCL(o.Identity.Parent))
	} else {
		w.attribute("on", w.path(on))
	}
	w.word(o, PropEvent)
	if where, ok := o.Properties[PropWhere]; ok {
		w.sql("where", where.String())
	}
	w.boolean(o, PropInstead)
	if as, ok := o.Properties[PropAs]; ok {
		w.sql("as", as.String())
	}
	w.word(o, PropEnabled)
	w.common(o)
	w.close()
}
