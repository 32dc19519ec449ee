package hclschema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// routineNames are the attributes and blocks that functions and procedures share, behind those of every object.
func routineNames() []NameReference {
	return append(commonNames(),
		NameReference{Name: "lang", Text: "The language: SQL, PLpgSQL, C or another, in quotes where its name isn't a word."},
		argumentReference("An argument, in order. Without a label it has no name. Blocks of one label with other arguments are overloads.", true),
		NameReference{Name: "as", Text: "The body, to the letter; of a function in C the symbol in library."},
		NameReference{Name: "body_kind", Text: "SQL for a body in standard SQL (BEGIN ATOMIC … END, RETURN …), STRING for a text. By default told from the body.", Engines: "PostgreSQL"},
		NameReference{Name: "library", Text: "The object file of a function in C.", Engines: "PostgreSQL"},
		NameReference{Name: "security", Text: "Whose privileges it runs with: INVOKER or DEFINER."},
		NameReference{Name: "config_params", Text: `Settings while it runs: { search_path = "public" }.`, Both: true, Open: true, Engines: "PostgreSQL"},
		NameReference{Name: "transforms", Text: "Types with a TRANSFORM: [hstore].", Engines: "PostgreSQL"},
	)
}

func argumentReference(text string, labelled bool) NameReference {
	nested := []NameReference{
		{Name: "type", Text: "The type."},
		{Name: "mode", Text: "IN, OUT, INOUT or VARIADIC."},
	}
	if labelled {
		nested = append(nested, NameReference{Name: "default", Text: `The default: a literal, or sql("…").`})
	}
	return NameReference{Name: "arg", Text: text, Block: true, Nested: nested}
}

// argumentModes are those of models; IN is the default.
func argumentModes() []string { return []string{"IN", "OUT", "INOUT", "VARIADIC"} }

// arguments reads the blocks of a type that declare arguments. The object, nil where there is none yet, depends on their types.
func (l *loading) arguments(b *Block, block string, o *Object) (args List, ok bool) {
	ok = true
	for _, nested := range b.Blocks {
		if nested.Type != block {
			continue
		}
		arg, good := l.routineArgument(nested, o)
		ok = ok && good
		args = append(args, arg)
	}
	return args, ok
}

func (l *loading) routineArgument(b *Block, o *Object) (Record, bool) {
	arg := Record{}
	if b.Incomplete || !l.atMostOneLabel(b) {
		return arg, false
	}
	if len(b.Labels) == 1 {
		if !l.checkName(b.Labels[0].Text, b.Labels[0].Range) {
			return arg, false
		}
		arg["name"] = Text(b.Labels[0].Text)
	}
	if a := given(b, "mode"); a != nil {
		if word, ok := l.word(a, argumentModes()); ok && word != "IN" {
			arg["mode"] = Text(word)
		}
	}
	if a := b.Attribute("default"); a != nil {
		if text, ok := l.defaultText(a); ok {
			arg["default"] = l.dialect.Expression(text)
		}
	}
	spelled, ok := l.typeIn(b, "type", o)
	arg["type"] = spelled
	return arg, ok
}

// atMostOneLabel reports a nested block with several labels.
func (l *loading) atMostOneLabel(b *Block) bool {
	if len(b.Labels) > 1 {
		l.fail(failure(b.Labels[1].Range, "Too many labels", "%s block has at most one label, its name.", upperFirst(article(b.Type))))
	}
	return len(b.Labels) <= 1
}

// typeIn is the type of something that isn't a column: an argument, a result, an operand.
func (l *loading) typeIn(b *Block, name string, o *Object) (Spelled, bool) {
	a := b.Attribute(name)
	if a == nil {
		l.fail(failure(b.Range, "Attribute missing", "%s block needs %s: write %s = int.", upperFirst(article(b.Type)), name, name))
		return Spelled{}, false
	}
	if _, failed := a.Value.(Invalid); failed {
		return Spelled{}, false
	}
	return l.typeText(a, o, TypeUse{Argument: true})
}

// inputTypes are the types that tell a routine from others of its name.
func inputTypes(args List) []string {
	var types []string
	for _, arg := range args {
		record, ok := arg.(Record)
		if !ok || record["mode"] == Value(Text("OUT")) {
			continue
		}
		if t, ok := record["type"].(Spelled); ok {
			types = append(types, t.Canonical)
		}
	}
	return types
}

// routineIdentity is the identity of a block whose object's name has the types of its arguments, in the order of the block
// types, with it. Nothing is said of what is wrong with the block.
func (l *loading) routineIdentity(b *Block, blocks ...string) (Identity, bool) {
	name, ok := l.quietName(b)
	if !ok {
		return Identity{}, false
	}
	said := l.diags
	defer func() { l.diags = said }()
	var types []string
	unused := &Object{}
	for _, block := range blocks {
		args, good := l.arguments(b, block, unused)
		ok = ok && good
		types = append(types, inputTypes(args)...)
	}
	return Identity{Kind: b.Type, Schema: l.quietSchema(b), Name: RoutineName(name, types)}, ok
}

// routine makes the object of a block that was declared with routineIdentity.
func (l *loading) routine(b *Block) (*Object, bool) {
	id, ok := l.identityOf(b)
	if !ok {
		return nil, false
	}
	o := l.object(b, id)
	if o.RenamedFrom != "" {
		name, types := SplitRoutine(id.Name)
		if o.RenamedFrom == name {
			l.fail(failure(b.Range, "Renamed from itself", "The %s is said to be renamed from its own name. Write the name that it had, or take renamed_from away.", called(id)))
			return nil, false
		}
		o.RenamedFrom = RoutineName(o.RenamedFrom, nil)
		o.RenamedFrom = o.RenamedFrom[:len(o.RenamedFrom)-len("()")] + types
	}
	return o, true
}

// readRoutine reads what functions and procedures share; nil where the block makes no object.
func (l *loading) readRoutine(b *Block) *Object {
	o, ok := l.routine(b)
	if !ok {
		l.arguments(b, "arg", &Object{}) // what is wrong with them is told
		return nil
	}
	if args, _ := l.arguments(b, "arg", o); len(args) > 0 {
		o.Properties[PropArgs] = args
	}
	l.language(b, o)
	l.body(b, o)
	l.setText(b, "library", o, PropLibrary)
	l.setWord(b, "security", o, PropSecurity, "INVOKER", "DEFINER")
	l.settings(b, "config_params", o, PropConfig)
	if a := given(b, "transforms"); a != nil {
		var list List
		for _, e := range l.elements(a) {
			if t, ok := l.typeValue(e.value, e.place, a.Name, o, TypeUse{Argument: true}); ok {
				list = append(list, t)
			}
		}
		if list != nil {
			o.Properties[PropTransforms] = list
		}
	}
	return o
}

// language reads lang: a word folds to lower case, as the engine's own languages are; a quoted name is taken at its word but
// for the languages that Atlas spells with capitals.
func (l *loading) language(b *Block, o *Object) {
	l.require(b, "lang", "lang = PLpgSQL")
	a := given(b, "lang")
	if a == nil {
		return
	}
	switch v := a.Value.(type) {
	case Word:
		if !v.Called {
			o.Properties[PropLang] = Text(strings.ToLower(v.Name))
			return
		}
	case String:
		name := string(v)
		for _, known := range []string{"sql", "plpgsql", "c", "internal"} {
			if strings.EqualFold(name, known) {
				name = known
			}
		}
		if l.checkName(name, a.ValueRange) {
			o.Properties[PropLang] = Text(name)
		}
		return
	}
	l.wants(a.ValueRange, "lang", "a language such as SQL or PLpgSQL", a.Value)
}

// body reads as: a text of any language, that of SQL in standard form by itself.
func (l *loading) body(b *Block, o *Object) {
	l.require(b, "as", `as = "BEGIN … END"`)
	a := given(b, "as")
	if a == nil {
		return
	}
	text, ok := l.bodyText(a)
	if !ok {
		return
	}
	standard := o.Properties.Text(PropLang) == "sql" && isStandardBody(text)
	if kind := given(b, "body_kind"); kind != nil {
		if word, ok := l.word(kind, []string{"STRING", "SQL"}); ok {
			standard = word == "SQL"
		}
	}
	if standard {
		o.Properties[PropBodyKind] = Text("SQL")
		o.Properties[PropAs] = l.dialect.Expression(text)
		return
	}
	o.Properties[PropAs] = Spelled{Text: text, Canonical: text}
}

// bodyText is a text that counts to the letter and may be empty. One final line end, that of a heredoc, isn't part of it.
func (l *loading) bodyText(a *Attribute) (string, bool) {
	text := ""
	switch v := a.Value.(type) {
	case String:
		text = string(v)
	case RawSQL:
		text = string(v)
	default:
		l.wants(a.ValueRange, a.Name, "a text in a quoted string or heredoc", a.Value)
		return "", false
	}
	if strings.ContainsRune(text, 0) {
		l.fail(failure(a.ValueRange, "Wrong character in SQL", "%s holds a NUL character, which no database takes. Take it out.", a.Name))
		return "", false
	}
	return strings.TrimSuffix(text, "\n"), true
}

// isStandardBody says whether a body of SQL looks like one in standard form: BEGIN ATOMIC … END or RETURN ….
func isStandardBody(text string) bool {
	var first []string
	for i := 0; i < len(text) && len(first) < 2; {
		n := skipSQL(text[i:])
		if isWordByte(text[i]) {
			first = append(first, strings.ToUpper(text[i:i+n]))
		} else if strings.IndexByte(" \t\r\n\f-/", text[i]) < 0 {
			break
		}
		i += n
	}
	return len(first) > 0 && first[0] == "RETURN" || len(first) > 1 && first[0] == "BEGIN" && first[1] == "ATOMIC"
}

// settings reads names with their values, as a block or a map, into a Record of Text.
func (l *loading) settings(b *Block, name string, o *Object, property string) {
	record := Record{}
	take := func(key string, value Evaluated, place hcl.Range) {
		text, ok := scalarText(value)
		if !ok {
			l.wants(place, key, "a text, a number or true or false", value)
			return
		}
		if l.checkName(key, place) && !strings.ContainsRune(text, 0) {
			record[key] = Setting{Text: text, Place: len(record)}
		}
	}
	if a := given(b, name); a != nil {
		mapping, ok := a.Value.(Mapping)
		if !ok {
			l.wants(a.ValueRange, name, "a block, or a map in { }", a.Value)
		}
		written := mapping.Written
		if written == nil {
			written = mapping.Keys
		}
		for _, key := range written {
			value, _ := mapping.at(key)
			take(key, value, a.ValueRange)
		}
	}
	for _, nested := range b.Blocks {
		if nested.Type == name && !nested.Incomplete {
			for _, a := range nested.Attributes {
				take(a.Name, a.Value, a.ValueRange)
			}
		}
	}
	if len(record) > 0 {
		o.Properties[property] = record
	}
}
