package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// textSearchConfigKind is a configuration of text search. Its mappings change in place, its parser doesn't.
func textSearchConfigKind() kind {
	return kind{
		name: hclschema.KindTextSearchConfig,
		properties: map[string][]string{hclschema.KindTextSearchConfig: {
			hclschema.PropParser, hclschema.PropMappings, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindTextSearchConfig: {hclschema.PropComment}},
		create:  createTextSearchConfig,
		drop:    dropStanding,
		alter: alterStanding(inPlaceChange{hclschema.PropMappings, func(before, after *hclschema.Object) ([]drivers.Step, error) {
			return mappingSteps(after, record(before, hclschema.PropMappings), record(after, hclschema.PropMappings))
		}}),
		rename: renameStanding,
		link: func(l *linker, o *hclschema.Object) {
			l.mention(o, o.Properties.Text(hclschema.PropParser))
			for _, dictionaries := range record(o, hclschema.PropMappings) {
				l.mention(o, dictionaries.String())
			}
		},
	}
}

func createTextSearchConfig(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	parser := o.Properties.Text(hclschema.PropParser)
	if parser == "" {
		parser = `pg_catalog."default"`
	}
	w := newWriter()
	w.Line("CREATE ", w.described(o), " (PARSER = ", parser, ")")
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	mappings, err := mappingSteps(o, nil, record(o, hclschema.PropMappings))
	if err != nil {
		return nil, err
	}
	return withComment(append(steps, mappings...), o, describedAs(o))
}

// mappingSteps lead from some mappings to others; types of words that have the same dictionaries are mapped together.
func mappingSteps(o *hclschema.Object, was, is hclschema.Record) ([]drivers.Step, error) {
	var steps []drivers.Step
	step := func(what, verb string, tokens []string, with string) error {
		w := newWriter()
		w.Line("ALTER ", w.described(o))
		w.Indented(func() { w.Line(verb, " MAPPING FOR ", w.Names(tokens), with) })
		step, err := w.step(what+" of "+o.Identity.String(), "")
		steps = append(steps, step)
		return err
	}
	var dropped []string
	for _, token := range was.Names() {
		if is[token] == nil {
			dropped = append(dropped, token)
		}
	}
	if dropped != nil {
		if err := step("drop mappings", "DROP", dropped, ""); err != nil {
			return nil, err
		}
	}
	done := map[string]bool{}
	for _, token := range is.Names() {
		if done[token] || hclschema.Equal(was[token], is[token]) {
			continue
		}
		var tokens []string
		for _, other := range is.Names() {
			if hclschema.Equal(is[other], is[token]) && !hclschema.Equal(was[other], is[other]) && (was[other] == nil) == (was[token] == nil) {
				tokens, done[other] = append(tokens, other), true
			}
		}
		list, _ := is[token].(hclschema.List)
		names := make([]string, len(list))
		for i, dictionary := range list {
			names[i] = dictionary.String()
		}
		verb := "ADD"
		if was[token] != nil {
			verb = "ALTER"
		}
		if err := step("mapping", verb, tokens, " WITH "+strings.Join(names, ", ")); err != nil {
			return nil, err
		}
	}
	return steps, nil
}

// textSearchDictKind is a dictionary of text search. Its options change in place, its template doesn't.
func textSearchDictKind() kind {
	return kind{
		name: hclschema.KindTextSearchDict,
		properties: map[string][]string{hclschema.KindTextSearchDict: {
			hclschema.PropTemplate, hclschema.PropOptions, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindTextSearchDict: {hclschema.PropComment}},
		create:  createTextSearchDict,
		drop:    dropStanding,
		alter:   alterStanding(inPlaceChange{hclschema.PropOptions, alterTextSearchDict}),
		rename:  renameStanding,
		link:    func(l *linker, o *hclschema.Object) { l.mention(o, o.Properties.Text(hclschema.PropTemplate)) },
	}
}

func createTextSearchDict(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	w.Line("CREATE ", w.described(o), " (")
	options := record(o, hclschema.PropOptions)
	lines := []string{"TEMPLATE = " + o.Properties.Text(hclschema.PropTemplate)}
	for _, name := range options.InOrder() {
		lines = append(lines, w.Name(name)+" = "+w.Literal(options[name].String()))
	}
	w.List(lines)
	w.Line(")")
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	return withComment(steps, o, describedAs(o))
}

// alterTextSearchDict gives a dictionary its options; one without a value is taken away.
func alterTextSearchDict(before, after *hclschema.Object) ([]drivers.Step, error) {
	was, is := record(before, hclschema.PropOptions), record(after, hclschema.PropOptions)
	w := newWriter()
	reset, set := changedSettings(was, is)
	var words []string
	for _, name := range reset {
		words = append(words, w.Name(name))
	}
	for _, name := range set.InOrder() {
		words = append(words, w.Name(name)+" = "+w.Literal(set[name].String()))
	}
	w.Line("ALTER ", w.described(after), " (", strings.Join(words, ", "), ")")
	return one(w.step("options of "+after.Identity.String(), ""))
}

// functionsKind is a kind whose objects are a few functions under one name; words are what SQL calls them, by property.
func functionsKind(name string, properties []string, words map[string]string) kind {
	return kind{
		name:       name,
		properties: map[string][]string{name: append([]string{hclschema.PropComment}, properties...)},
		accepts:    map[string][]string{name: {hclschema.PropComment}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) {
			o := unit[0]
			w := newWriter()
			w.Line("CREATE ", w.described(o), " (")
			var lines []string
			for _, property := range properties {
				if function := o.Properties.Text(property); function != "" {
					lines = append(lines, words[property]+" = "+function)
				}
			}
			w.List(lines)
			w.Line(")")
			steps, err := one(w.step("create "+o.Identity.String(), ""))
			if err != nil {
				return nil, err
			}
			return withComment(steps, o, describedAs(o))
		},
		drop:   dropStanding,
		alter:  alterStanding(),
		rename: renameStanding,
		link: func(l *linker, o *hclschema.Object) {
			for _, property := range properties {
				l.mention(o, o.Properties.Text(property))
			}
		},
	}
}

func textSearchParserKind() kind {
	return functionsKind(hclschema.KindTextSearchParser,
		[]string{hclschema.PropStart, hclschema.PropGetToken, hclschema.PropEnd, hclschema.PropLexTypes, hclschema.PropHeadline},
		map[string]string{hclschema.PropStart: "START", hclschema.PropGetToken: "GETTOKEN", hclschema.PropEnd: "END", hclschema.PropLexTypes: "LEXTYPES", hclschema.PropHeadline: "HEADLINE"})
}

func textSearchTemplateKind() kind {
	return functionsKind(hclschema.KindTextSearchTmpl, []string{hclschema.PropInit, hclschema.PropLexize},
		map[string]string{hclschema.PropInit: "INIT", hclschema.PropLexize: "LEXIZE"})
}
