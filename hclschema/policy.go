package hclschema

// policyKind is policy "own_rows" { on = table.orders, for = SELECT, to = ["app"], using = "…" }.
type policyKind struct{}

// Reference implements Kind.
func (policyKind) Reference() KindReference {
	return KindReference{
		Name: KindPolicy, Text: "A policy of row security: which rows who may see and write. It counts where the table has row_security.", Labels: 1,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), dependsOnAttribute(), commentAttribute(),
			{Name: "on", Text: "The table: table.orders."},
			{Name: "as", Text: "PERMISSIVE, as usual: one such policy has to let a row pass; RESTRICTIVE: every one of these has to."},
			{Name: "for", Text: "The command: ALL, as usual, SELECT, INSERT, UPDATE or DELETE."},
			{Name: "to", Text: `The roles that it is for, [PUBLIC] as usual: ["app", "reports"].`},
			{Name: "using", Text: "The condition on rows that are there."},
			{Name: "check", Text: "The condition on rows that are written; without it that of using holds."},
		},
	}
}

func (policyKind) read(l *loading, b *Block, _ *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	parent, on, found := l.triggerParent(b)
	if !found {
		return
	}
	if on != nil && on.identity.Kind != KindTable {
		l.fail(failure(given(b, "on").ValueRange, "Wrong relation", "Only tables have policies, and %q is a %s.", parent.Name, on.identity.Kind))
		return
	}
	o := l.object(b, Identity{Kind: KindPolicy, Schema: parent.Schema, Parent: parent.Name, Name: name})
	if a := given(b, "as"); a != nil {
		if word, ok := l.word(a, []string{"PERMISSIVE", "RESTRICTIVE"}); ok && word == "RESTRICTIVE" {
			o.Properties[PropPermissive] = Bool(false)
		}
	}
	l.setWord(b, "for", o, PropFor, "ALL", "SELECT", "INSERT", "UPDATE", "DELETE")
	if a := given(b, "to"); a != nil {
		if roles := l.roles(a); roles != nil {
			o.Properties[PropTo] = roles
		}
	}
	l.setSQL(b, "using", o, PropUsing)
	l.setSQL(b, "check", o, PropWithCheck)
	l.add(o)
}

// roles are names of roles, sorted; nil for everybody.
func (l *loading) roles(a *Attribute) List {
	all := []element{{a.Value, a.ValueRange}}
	if _, list := a.Value.(Sequence); list {
		all = l.elements(a)
	}
	names, everybody := map[string]bool{}, false
	for _, e := range all {
		switch v := e.value.(type) {
		case Word:
			if everybody = everybody || upperASCII(v.Name) == "PUBLIC"; !everybody {
				l.fail(failure(e.place, "Unknown role", "The word %s is no role. Write PUBLIC for everybody, or a name in quotes.", v.Name))
			}
		default:
			if name, ok := l.role(e.value, e.place, a.Name, `PUBLIC, a role such as role.app, or its name in quotes`); ok {
				names[name] = true
			}
		}
	}
	if everybody || len(names) == 0 {
		return nil
	}
	sorted := sortedKeys(names)
	list := make(List, len(sorted))
	for i, name := range sorted {
		list[i] = Text(name)
	}
	return list
}

func (policyKind) write(w *writer, o *Object) {
	w.open(o)
	if on := w.relation(o.Identity.Schema, o.Identity.Parent); on == nil {
		w.attribute("on", quoteHCL(o.Identity.Parent))
	} else {
		w.attribute("on", w.path(on))
	}
	if o.Properties[PropPermissive] != nil {
		w.attribute("as", "RESTRICTIVE")
	}
	w.word(o, PropFor)
	if to := o.Properties.List(PropTo); to != nil {
		w.attribute("to", w.quotedList(to))
	}
	for _, name := range []string{PropUsing, PropWithCheck} {
		if expr, ok := o.Properties[name]; ok {
			w.sql(name, expr.String())
		}
	}
	w.common(o)
	w.close()
}
