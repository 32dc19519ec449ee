package hclschema

import (
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// routineReference is the name of a function that another object calls, as SQL has it: from a reference such as function.touch,
// or from a string, which is taken at its word. Where several functions have the name the object may depend on each of them.
func (l *loading) routineReference(v Evaluated, place hcl.Range, name string, o *Object, kinds ...string) (Spelled, bool) {
	found, text, ok := l.routinesCalled(v, place, name, kinds...)
	if !ok {
		return Spelled{}, false
	}
	if len(found) == 1 {
		o.DependsOn = append(o.DependsOn, found[0])
	} else {
		o.Mentions = append(o.Mentions, found...)
	}
	return Spelled{Text: text, Canonical: text}, true
}

// routinesCalled are the declared functions that a value leads to, none for a string, and their name as SQL has it.
func (l *loading) routinesCalled(v Evaluated, place hcl.Range, name string, kinds ...string) (found []Identity, text string, ok bool) {
	switch v := v.(type) {
	case String:
		return nil, string(v), l.checkName(string(v), place)
	case Reference:
		if p, good := parsePath(v.Path); good && p.column == "" {
			for _, kind := range kinds {
				if p.kind != kind {
					continue
				}
				if found = l.overloads(p); len(found) == 0 || found[0].Schema != found[len(found)-1].Schema {
					l.resolveObject(p, place) // says what is wrong
					return nil, "", false
				}
				bare, _ := SplitRoutine(found[0].Name)
				return found, l.qualified(found[0].Schema, bare), true
			}
		}
	}
	l.wants(place, name, "a reference such as "+kinds[0]+".name, or its name in quotes", v)
	return nil, "", false
}

// qualified is a name as SQL has it, with its schema where that isn't the default one.
func (l *loading) qualified(schema, name string) string {
	if schema == "" {
		return l.dialect.QuoteName(name)
	}
	return l.dialect.QuoteName(schema) + "." + l.dialect.QuoteName(name)
}

// overloads are the declared routines that a path leads to, in the order of their schemas. Without a qualifier those of the
// default schema come before all others.
func (l *loading) overloads(p path) []Identity {
	if d, _ := l.findObject(p); d != nil {
		return []Identity{d.identity}
	}
	var found []Identity
	for b, d := range l.objectOf {
		id := d.identity
		bare, _ := SplitRoutine(id.Name)
		named := bare == p.name || len(b.Labels) > 0 && b.Labels[len(b.Labels)-1].Text == p.name
		if id.Kind == p.kind && named && (p.qualifier == "" || l.foldSchema(p.qualifier) == id.Schema) {
			found = append(found, id)
		}
	}
	sort.Slice(found, func(i, j int) bool {
		return found[i].Schema < found[j].Schema || found[i].Schema == found[j].Schema && found[i].Name < found[j].Name
	})
	if len(found) > 0 && found[0].Schema == "" {
		n := sort.Search(len(found), func(i int) bool { return found[i].Schema != "" })
		found = found[:n]
	}
	return found
}

// routineReference is the name of a function as models write it: a reference where the state holds one of that name.
func (w *writer) routineReference(value Value, kinds ...string) string {
	text := value.String()
	names := sqlNames(text)
	if len(names) == 0 || len(names) > 2 {
		return quoteHCL(text)
	}
	schema, name := "", names[len(names)-1]
	if len(names) == 2 {
		schema = names[0]
	}
	for _, kind := range kinds {
		if !w.hasRoutine(kind, schema, name) || (&loading{dialect: w.dialect}).qualified(schema, name) != text {
			continue
		}
		return objectPath(Identity{Kind: kind, Schema: schema, Name: name})
	}
	return quoteHCL(text)
}

func (w *writer) hasRoutine(kind, schema, name string) bool {
	if w.routines == nil {
		w.routines = map[Identity]bool{}
		for _, o := range w.state.Objects() {
			if isRoutine(o.Identity.Kind) {
				bare, _ := SplitRoutine(o.Identity.Name)
				w.routines[Identity{Kind: o.Identity.Kind, Schema: o.Identity.Schema, Name: bare}] = true
			}
		}
	}
	return w.routines[Identity{Kind: kind, Schema: schema, Name: name}]
}

// sqlNames takes a dotted name of SQL apart; nil where it isn't one.
func sqlNames(text string) []string {
	var names []string
	for {
		name, rest := "", ""
		if strings.HasPrefix(text, `"`) {
			end := 1
			for end < len(text) && (text[end] != '"' || strings.HasPrefix(text[end:], `""`)) {
				if text[end] == '"' {
					end++
				}
				end++
			}
			if end >= len(text) {
				return nil
			}
			name, rest = strings.ReplaceAll(text[1:end], `""`, `"`), text[end+1:]
		} else {
			n := 0
			for n < len(text) && isWordByte(text[n]) {
				n++
			}
			name, rest = text[:n], text[n:]
		}
		if name == "" {
			return nil
		}
		names = append(names, name)
		if rest == "" {
			return names
		}
		if rest[0] != '.' {
			return nil
		}
		text = rest[1:]
	}
}
