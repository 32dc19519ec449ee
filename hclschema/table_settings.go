package hclschema

import "strings"

// storageParams is storage_params { fillfactor = 70 } in a table, an index or a key. Those of a table's toast table have a
// prefix, for which the parameters are a map: storage_params = { "toast.autovacuum_enabled" = false }.
func storageParams() NameReference {
	return NameReference{Name: "storage_params", Text: "Storage parameters, as a block or a map.", Block: true, Both: true, Open: true, Engines: "PostgreSQL"}
}

func tablespaceAttribute() NameReference {
	return NameReference{Name: "tablespace", Text: "The tablespace, in quotes.", Engines: "PostgreSQL"}
}

// tableSettings reads what engines keep about a table besides its columns.
func (l *loading) tableSettings(b *Block, o *Object) {
	l.setBool(b, "unlogged", o, PropUnlogged)
	if a := given(b, "access_method"); a != nil {
		if name, ok := l.bareWord(a, "the name of an access method"); ok && name != "heap" {
			o.Properties[PropAccessMethod] = Text(name)
		}
	}
	if a := given(b, "replica_identity"); a != nil {
		l.replicaIdentity(a, o)
	}
	if a := given(b, "cluster_on"); a != nil {
		if name, ok := l.indexName(a); ok {
			o.Properties[PropClusterOn] = Text(name)
		}
	}
	if a := given(b, "of_type"); a != nil {
		if spelled, ok := l.typeText(a, o, TypeUse{}); ok {
			o.Properties[PropOfType] = spelled
		}
	}
	l.settings(b, "storage_params", o, PropStorageParams)
	l.setText(b, "tablespace", o, PropTablespace)
	for _, nested := range b.Blocks {
		if nested.Type == "row_security" && !nested.Incomplete {
			l.rowSecurity(nested, o)
		}
	}
}

func (l *loading) replicaIdentity(a *Attribute, o *Object) {
	if _, ok := a.Value.(Reference); ok {
		if name, ok := l.indexName(a); ok {
			o.Properties[PropReplicaIdentity] = Text("index " + name)
		}
		return
	}
	if word, ok := l.word(a, []string{"DEFAULT", "FULL", "NOTHING"}); ok && word != "DEFAULT" {
		o.Properties[PropReplicaIdentity] = Text(word)
	}
}

// indexName is the name of an index of the same table, or of the key that it carries: index.name, unique.name or quoted.
func (l *loading) indexName(a *Attribute) (string, bool) {
	switch v := a.Value.(type) {
	case String:
		return string(v), l.checkName(string(v), a.ValueRange)
	case Reference:
		if len(v.Path) == 2 && (v.Path[0] == KindIndex || v.Path[0] == KindUnique || v.Path[0] == KindExclude || v.Path[0] == KindPrimaryKey) {
			return v.Path[1], true
		}
	}
	l.wants(a.ValueRange, a.Name, "a reference such as index.name", a.Value)
	return "", false
}

// bareWord is a name that stands bare or in quotes, in lower case.
func (l *loading) bareWord(a *Attribute, sort string) (string, bool) {
	switch v := a.Value.(type) {
	case Word:
		if !v.Called {
			return lowerASCII(v.Name), true
		}
	case String:
		return string(v), l.checkName(string(v), a.ValueRange)
	}
	l.wants(a.ValueRange, a.Name, sort, a.Value)
	return "", false
}

func (l *loading) rowSecurity(b *Block, o *Object) {
	security := Record{}
	for _, name := range []string{"enabled", "enforced"} {
		if a := given(b, name); a != nil {
			value, ok := a.Value.(Boolean)
			if !ok {
				l.wants(a.ValueRange, name, "true or false", a.Value)
			} else if value {
				security[name] = Bool(true)
			}
		}
	}
	if len(security) > 0 {
		o.Properties[PropRowSecurity] = security
	}
}

// tableSettings writes the same.
func (w *writer) tableSettings(o *Object) {
	p := o.Properties
	w.boolean(o, PropUnlogged)
	w.word(o, PropAccessMethod)
	w.text(o, PropTablespace)
	if of, ok := p[PropOfType]; ok {
		w.attribute("of_type", w.typeOutside(of))
	}
	switch identity := p.Text(PropReplicaIdentity); {
	case strings.HasPrefix(identity, "index "):
		w.attribute("replica_identity", "index"+step(strings.TrimPrefix(identity, "index ")))
	case identity != "":
		w.attribute("replica_identity", identity)
	}
	if index := p.Text(PropClusterOn); index != "" {
		w.attribute("cluster_on", "index"+step(index))
	}
	if security, ok := p[PropRowSecurity].(Record); ok {
		w.line("row_security {")
		w.depth++
		for _, name := range security.Names() {
			w.attribute(name, "true")
		}
		w.depth--
		w.line("}")
	}
	w.settings("storage_params", p[PropStorageParams])
}
