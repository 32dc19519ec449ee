package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// linker knows which names lead to which objects of a state.
type linker struct {
	state *hclschema.State
	// named are the objects that texts can speak of, by their bare name: relations, types, functions, sequences.
	named map[string][]*hclschema.Object
	// casts are all casts, castNames the names of their functions, which come before them.
	casts     []hclschema.Identity
	castNames map[string]bool
	// partitions are those of a partitioned table, by that.
	partitions map[hclschema.Identity][]*hclschema.Object
	// defaultClasses are the operator classes that a type is compared by where none is named, by the type.
	defaultClasses map[hclschema.Identity][]hclschema.Identity
}

// Link implements drivers.Linker. What the engine told of an inspected object stays; declared ones get what their properties
// refer to, and mention every object whose name is a word of one of their texts.
func (d Driver) Link(state *hclschema.State) {
	l := &linker{state: state, named: map[string][]*hclschema.Object{}, castNames: map[string]bool{}, partitions: map[hclschema.Identity][]*hclschema.Object{},
		defaultClasses: map[hclschema.Identity][]hclschema.Identity{}}
	for _, o := range state.Objects() {
		if o.Identity.Kind == hclschema.KindCast {
			l.casts = append(l.casts, o.Identity)
			name, _ := hclschema.SplitRoutine(o.Properties.Text(hclschema.PropProcedure))
			for _, word := range words(name) {
				l.castNames[word] = true
			}
		}
		if of := o.Properties.Text(hclschema.PropPartitionOf); of != "" {
			l.partitions[tableIdentity(of)] = append(l.partitions[tableIdentity(of)], o)
		}
		if o.Identity.Parent == "" && o.Identity.Kind != hclschema.KindSchema {
			l.named[o.Identity.Bare()] = append(l.named[o.Identity.Bare()], o)
		}
		if o.Identity.Kind == hclschema.KindColumn && o.Properties[hclschema.PropIdentity] != nil {
			if table := state.Get(d.Unit(o.Identity)); table != nil { // its sequence comes and goes with it
				name := sequenceNameOf(o)
				l.named[name] = append(l.named[name], table)
			}
		}
	}
	for _, o := range state.Objects() {
		if o.Identity.Kind == hclschema.KindOperatorClass && o.Properties.Bool(hclschema.PropDefault) {
			for _, of := range l.typeObjects(o.Properties.Text(hclschema.PropType)) {
				l.defaultClasses[of.Identity] = append(l.defaultClasses[of.Identity], o.Identity)
			}
		}
	}
	links := map[string]func(*linker, *hclschema.Object){}
	for _, k := range kinds() {
		links[k.name] = k.link
	}
	for _, o := range state.Objects() {
		if schema := state.Get(hclschema.Identity{Kind: hclschema.KindSchema, Name: o.Identity.Schema}); schema != nil && o.Identity.Schema != "" {
			l.needs(o, schema)
		}
		if link := links[d.Unit(o.Identity).Kind]; link != nil {
			link(l, o)
		}
	}
	noteCreated(state)
}

// needs says that an object can't be without another.
func (l *linker) needs(o, other *hclschema.Object) {
	if o != other && !slices.Contains(o.DependsOn, other.Identity) {
		o.DependsOn = append(o.DependsOn, other.Identity)
	}
}

// needsPartitions says that a foreign key needs the partitions of the table that it refers to, as readReferred does.
func (l *linker) needsPartitions(key *hclschema.Object, table hclschema.Identity) {
	for _, partition := range l.partitions[table] {
		if partition.Identity != (Driver{}).Unit(key.Identity) {
			l.needs(key, partition)
		}
		l.needsPartitions(key, partition.Identity)
	}
}

// mention notes the objects whose names are words of a text: too many rather than too few. No text names the casts that it goes
// through, and without one it may mean something else: one with a cast in it mentions all. What is declared with them in
// one unit is left out.
func (l *linker) mention(o *hclschema.Object, texts ...string) {
	own := Driver{}.Unit(o.Identity)
	if slices.ContainsFunc(texts, hasCast) && !l.castNames[o.Identity.Bare()] {
		for _, cast := range l.casts {
			if cast != own && !slices.Contains(o.Mentions, cast) {
				o.Mentions = append(o.Mentions, cast)
			}
		}
	}
	for _, text := range texts {
		for _, word := range words(text) {
			for _, other := range l.named[word] {
				if other.Identity != own && other.Identity != o.Identity && !slices.Contains(o.Mentions, other.Identity) {
					o.Mentions = append(o.Mentions, other.Identity)
				}
			}
		}
	}
}

// hasCast says that a text converts something: x::text, CAST (x AS text).
func hasCast(text string) bool {
	return strings.Contains(text, "::") || slices.Contains(words(text), "cast")
}

// words are the names in a text, whatever they stand for: runs of letters, digits, _ and $, folded to lower case, and what
// stands within double quotes. Strings and comments are read too: nextval('s') speaks of s.
func words(text string) []string {
	var list []string
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '"':
			var name []byte
			for i++; i < len(text); i++ {
				if text[i] == '"' {
					if i+1 < len(text) && text[i+1] == '"' {
						i++
					} else {
						break
					}
				}
				name = append(name, text[i])
			}
			i++
			list = append(list, string(name))
		case wordByte(c):
			start := i
			for i < len(text) && wordByte(text[i]) {
				i++
			}
			list = append(list, lower(text[start:i]))
		default:
			i++
		}
	}
	return list
}

func wordByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// lower lowers ASCII letters, as PostgreSQL does with names that aren't quoted.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
