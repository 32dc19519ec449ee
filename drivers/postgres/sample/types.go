package sample

import (
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// form tells how a type is made.
type form int

const (
	unknownForm form = iota
	baseForm
	enumForm
	compositeForm
	rangeForm
	multirangeForm
	arrayForm
)

// kind is a resolved type. A domain is resolved to what it is made of, with its checks noted.
type kind struct {
	form form
	// name is PostgreSQL's own name for a base type ("integer", "timestamp with time zone"), else the one in the state.
	name string
	// text is how SQL names the type, without domains at its outside.
	text string
	// sizes are the numbers in parentheses, words what else stands there.
	sizes []int
	words []string
	// labels are those of an enum or the names of a composite's fields, renamed if the plan gives any of them another name.
	labels  []string
	renamed bool
	// of are the fields of a composite, the subtype of a range, the range of a multirange, the element of an array.
	of []kind
	// checks are those of domains, innermost first, on VALUE.
	checks  []string
	notNull bool
}

// deepest is how deep types are followed into each other; the engine allows no circles, a model might.
const deepest = 12

// resolver finds out what types are.
type resolver struct {
	state   *hclschema.State
	renames map[hclschema.Identity]hclschema.Identity
}

func (r resolver) resolve(text string, depth int) kind {
	text = strings.TrimSpace(text)
	if depth > deepest {
		return kind{text: text}
	}
	if element, ok := strings.CutSuffix(text, "[]"); ok {
		of := r.resolve(element, depth+1)
		if of.form == arrayForm { // all arrays of a type are one type, whatever the number of dimensions
			return of
		}
		return kind{form: known(of.form, arrayForm), name: "array", text: text, of: []kind{of}}
	}
	n := parseName(text)
	if n.schema == "" || !n.quoted {
		if k, ok := base(n); ok {
			k.text = text
			return k
		}
	}
	if r.state != nil {
		if k, ok := r.declared(n, text, depth); ok {
			return k
		}
	}
	if extension[n.name] {
		return kind{form: baseForm, name: n.name, text: text, sizes: n.sizes, words: n.words}
	}
	return kind{name: n.name, text: text}
}

// known is the form of a type that is made of another one.
func known(part, whole form) form {
	if part == unknownForm {
		return unknownForm
	}
	return whole
}

// declared is a type that the state declares.
func (r resolver) declared(n typeName, text string, depth int) (kind, bool) {
	schema := n.schema
	if schema == "public" && r.find(hclschema.KindSchema, "", "public") == nil {
		schema = ""
	}
	if o := r.find(hclschema.KindEnum, schema, n.name); o != nil {
		k := kind{form: enumForm, name: n.name, text: text}
		for _, label := range o.Properties.List(hclschema.PropValues) {
			_, renamed := r.renames[r.state.Key(hclschema.Identity{Kind: hclschema.KindValue, Schema: o.Identity.Schema, Parent: o.Identity.Name, Name: label.String()})]
			k.labels, k.renamed = append(k.labels, label.String()), k.renamed || renamed
		}
		return k, true
	}
	if o := r.find(hclschema.KindDomain, schema, n.name); o != nil {
		k := r.resolve(o.Properties.Text(hclschema.PropType), depth+1)
		k.notNull = k.notNull || !o.Properties.Bool(hclschema.PropNull)
		checks, _ := o.Properties[hclschema.PropChecks].(hclschema.Record)
		for _, name := range checks.Names() {
			if check, ok := checks[name].(hclschema.Record); ok && check[hclschema.PropExpr] != nil {
				k.checks = append(k.checks, check[hclschema.PropExpr].String())
			}
		}
		return k, true
	}
	if o := r.find(hclschema.KindComposite, schema, n.name); o != nil {
		k := kind{form: compositeForm, name: n.name, text: text}
		for _, field := range o.Properties.List(hclschema.PropFields) {
			if record, ok := field.(hclschema.Record); ok && record[hclschema.PropType] != nil {
				k.add(r.resolve(record[hclschema.PropType].String(), depth+1))
				name := record["name"].String()
				_, renamed := r.renames[r.state.Key(hclschema.Identity{Kind: hclschema.KindField, Schema: o.Identity.Schema, Parent: o.Identity.Name, Name: name})]
				k.labels, k.renamed = append(k.labels, name), k.renamed || renamed
			}
		}
		return k, true
	}
	if o := r.find(hclschema.KindTable, schema, n.name); o != nil {
		k := kind{form: compositeForm, name: n.name, text: text}
		for _, column := range columnsOf(r.state, o) {
			k.add(r.resolve(column.Properties.Text(hclschema.PropType), depth+1))
		}
		return k, true
	}
	return r.rangeType(schema, n.name, text, depth)
}

func (k *kind) add(part kind) {
	k.of = append(k.of, part)
	k.form = known(part.form, k.form)
}

// rangeType is a declared range or its multirange.
func (r resolver) rangeType(schema, name, text string, depth int) (kind, bool) {
	of := func(o *hclschema.Object) kind {
		k := kind{form: rangeForm, name: o.Identity.Name, text: text}
		k.add(r.resolve(o.Properties.Text(hclschema.PropSubtype), depth+1))
		return k
	}
	if o := r.find(hclschema.KindRange, schema, name); o != nil {
		return of(o), true
	}
	for _, o := range r.state.Objects() {
		if o.Identity.Kind == hclschema.KindRange && o.Identity.Schema == schema && multirangeName(o) == name {
			k := kind{form: multirangeForm, name: name, text: text}
			k.add(of(o))
			return k, true
		}
	}
	return kind{}, false
}

// multirangeName is the name that the engine gives a range's multirange, where the range names none.
func multirangeName(o *hclschema.Object) string {
	if name := o.Properties.Text(hclschema.PropMultirange); name != "" {
		return parseName(name).name
	}
	if name := o.Identity.Name; strings.Contains(name, "range") {
		return strings.Replace(name, "range", "multirange", 1)
	}
	return o.Identity.Name + "_multirange"
}

func (r resolver) find(kind, schema, name string) *hclschema.Object {
	return r.state.Get(hclschema.Identity{Kind: kind, Schema: schema, Name: name})
}

// typeName is the name of a type, taken apart.
type typeName struct {
	schema, name string
	quoted       bool
	sizes        []int
	words        []string
}

// parseName reads a type as format_type writes it, without brackets.
func parseName(text string) typeName {
	var n typeName
	if !strings.ContainsAny(text, `".`) || !strings.ContainsAny(strings.SplitN(text, "(", 2)[0], `".`) {
		before, rest, found := strings.Cut(text, "(")
		if found {
			inside, after, _ := strings.Cut(rest, ")")
			n.modifiers(inside)
			before += after
		}
		n.name = strings.ToLower(strings.Join(strings.Fields(before), " "))
		return n
	}
	first, rest, quoted := identifier(text)
	n.name, n.quoted = first, quoted
	if after, ok := strings.CutPrefix(rest, "."); ok {
		n.schema = first
		n.name, rest, n.quoted = identifier(after)
	}
	if inside, ok := strings.CutPrefix(strings.TrimSpace(rest), "("); ok {
		n.modifiers(strings.TrimSuffix(inside, ")"))
	}
	return n
}

func (n *typeName) modifiers(inside string) {
	for _, word := range strings.Split(inside, ",") {
		word = strings.TrimSpace(word)
		if size, err := strconv.Atoi(word); err == nil {
			n.sizes = append(n.sizes, size)
		} else {
			n.words = append(n.words, word)
		}
	}
}

// identifier reads one name, quoted or not, and returns what follows it.
func identifier(text string) (name, rest string, quoted bool) {
	if !strings.HasPrefix(text, `"`) {
		end := strings.IndexAny(text, `."( `)
		if end < 0 {
			end = len(text)
		}
		return strings.ToLower(text[:end]), text[end:], false
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		return b.String(), text[i+1:], true
	}
	return b.String(), "", true
}

// size is the n-th number in parentheses, or what holds where there is none.
func (k kind) size(n, otherwise int) int {
	if n < len(k.sizes) {
		return k.sizes[n]
	}
	return otherwise
}
