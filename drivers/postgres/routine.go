package postgres

import (
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// routineProperties are those that functions and procedures share.
var routineProperties = []string{
	hclschema.PropArgs, hclschema.PropLang, hclschema.PropAs, hclschema.PropBodyKind, hclschema.PropLibrary, hclschema.PropSecurity,
	hclschema.PropConfig, hclschema.PropTransforms, hclschema.PropComment,
}

var functionProperties = append([]string{
	hclschema.PropReturns, hclschema.PropReturnTable, hclschema.PropVolatility, hclschema.PropStrictCall, hclschema.PropLeakproof,
	hclschema.PropParallel, hclschema.PropCost, hclschema.PropRows, hclschema.PropSupport, hclschema.PropWindow,
}, routineProperties...)

// functionKind is a function. CREATE OR REPLACE changes all but its result and the names that calls can use for its arguments.
func functionKind() kind {
	k := routineKind(hclschema.KindFunction, functionProperties)
	k.accepts[hclschema.KindFunction] = append(k.accepts[hclschema.KindFunction], hclschema.PropVolatility, hclschema.PropStrictCall,
		hclschema.PropLeakproof, hclschema.PropParallel, hclschema.PropCost, hclschema.PropRows, hclschema.PropSupport, hclschema.PropWindow,
		"return_set", hclschema.PropReturnTable)
	return k
}

// procedureKind is a procedure.
func procedureKind() kind { return routineKind(hclschema.KindProcedure, routineProperties) }

func routineKind(name string, properties []string) kind {
	return kind{
		name:       name,
		properties: map[string][]string{name: properties},
		accepts: map[string][]string{name: {
			hclschema.PropComment, hclschema.PropBodyKind, hclschema.PropLibrary, hclschema.PropConfig, hclschema.PropTransforms,
		}},
		create: createRoutine,
		drop:   dropRoutine,
		alter:  alterRoutine,
		rename: renameRoutine,
		link:   linkRoutine,
	}
}

// word is the word of SQL for a kind: "FUNCTION".
func word(id hclschema.Identity) string { return strings.ToUpper(id.Kind) }

// signature is a routine with the types that tell it from others of its name: "FUNCTION add(integer, integer)". A procedure's
// arguments have their modes, since IN and OUT ones count there. The identity is one that the object has or had.
func signature(w *writer, id hclschema.Identity, o *hclschema.Object) string {
	bare, types := hclschema.SplitRoutine(id.Name)
	if id.Kind == hclschema.KindProcedure && o != nil {
		var list []string
		for _, arg := range o.Properties.List(hclschema.PropArgs) {
			record := arg.(hclschema.Record)
			list = append(list, argumentMode(record, "IN ")+record["type"].String())
		}
		types = "(" + strings.Join(list, ", ") + ")"
	}
	return word(id) + " " + w.qualified(id.Schema, bare) + types
}

func signatureOf(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return signature(w, o.Identity, o) }
}

func argumentMode(arg hclschema.Record, in string) string {
	if mode := arg["mode"]; mode != nil {
		return mode.String() + " "
	}
	return in
}

func createRoutine(unit drivers.Unit) ([]drivers.Step, error) {
	steps, err := one(writeRoutine("CREATE ", "create ", unit[0]))
	if err != nil {
		return nil, err
	}
	return withComment(steps, unit[0], signatureOf(unit[0]))
}

// writeRoutine is the statement that makes a function or procedure, or replaces it.
func writeRoutine(verb, name string, o *hclschema.Object) (drivers.Step, error) {
	w := newWriter()
	bare, _ := hclschema.SplitRoutine(o.Identity.Name)
	head := verb + word(o.Identity) + " " + w.qualified(o.Identity.Schema, bare)
	w.arguments(head, o.Properties.List(hclschema.PropArgs))
	w.Indented(func() {
		if returns := o.Properties.Text(hclschema.PropReturns); returns != "" {
			w.Line("RETURNS ", returns)
		}
		if table := o.Properties.List(hclschema.PropReturnTable); table != nil {
			w.Line("RETURNS TABLE (", strings.Join(w.argumentList(table), ", "), ")")
		}
		w.Line("LANGUAGE ", w.Name(o.Properties.Text(hclschema.PropLang)))
		w.routineOptions(o)
	})
	if err := w.body(o); err != nil {
		return drivers.Step{}, err
	}
	return w.step(name+o.Identity.String(), "")
}

// arguments writes what stands before the arguments and these, on one line where they are few.
func (w *writer) arguments(head string, args hclschema.List) {
	list := w.argumentList(args)
	if line := head + "(" + strings.Join(list, ", ") + ")"; len(line) <= 100 && !strings.Contains(line, "\n") {
		w.Line(line)
		return
	}
	w.Line(head, "(")
	w.List(list)
	w.Line(")")
}

// argumentList are arguments, or the columns of a result, as they are declared.
func (w *writer) argumentList(args hclschema.List) []string {
	list := make([]string, len(args))
	for i, arg := range args {
		record := arg.(hclschema.Record)
		list[i] = argumentMode(record, "")
		if name := record["name"]; name != nil {
			list[i] += w.Name(name.String()) + " "
		}
		list[i] += record["type"].String()
		if value := record["default"]; value != nil {
			list[i] += " DEFAULT " + value.String()
		}
	}
	return list
}

func (w *writer) routineOptions(o *hclschema.Object) {
	p := o.Properties
	if types := p.List(hclschema.PropTransforms); types != nil {
		list := make([]string, len(types))
		for i, t := range types {
			list[i] = "FOR TYPE " + t.String()
		}
		w.Line("TRANSFORM ", strings.Join(list, ", "))
	}
	var words []string
	flag := func(on bool, word string) {
		if on {
			words = append(words, word)
		}
	}
	flag(p.Bool(hclschema.PropWindow), "WINDOW")
	flag(p.Text(hclschema.PropVolatility) != "", p.Text(hclschema.PropVolatility))
	flag(p.Bool(hclschema.PropLeakproof), "LEAKPROOF")
	flag(p.Bool(hclschema.PropStrictCall), "STRICT")
	flag(p.Text(hclschema.PropSecurity) != "", "SECURITY "+p.Text(hclschema.PropSecurity))
	flag(p.Text(hclschema.PropParallel) != "", "PARALLEL "+p.Text(hclschema.PropParallel))
	flag(p.Text(hclschema.PropCost) != "", "COST "+p.Text(hclschema.PropCost))
	flag(p.Text(hclschema.PropRows) != "", "ROWS "+p.Text(hclschema.PropRows))
	flag(p.Text(hclschema.PropSupport) != "", "SUPPORT "+p.Text(hclschema.PropSupport))
	for _, word := range words {
		w.Line(word)
	}
	config, _ := p[hclschema.PropConfig].(hclschema.Record)
	for _, name := range config.InOrder() {
		w.Line("SET ", w.Name(name), " TO ", w.setting(name, config[name].String()))
	}
}

// listSettings are the settings whose value is a list of names, each quoted for itself (GUC_LIST_QUOTE, as pg_dump has them).
var listSettings = []string{
	"local_preload_libraries", "search_path", "session_preload_libraries", "shared_preload_libraries", "temp_tablespaces", "unix_socket_directories",
}

// setting is the value of a setting, kept as the engine keeps it, as SET wants it.
func (w *writer) setting(name, value string) string {
	if !slices.Contains(listSettings, lower(name)) {
		return w.Literal(value)
	}
	names, ok := splitNames(value)
	if !ok || len(names) == 0 {
		return w.Literal(value)
	}
	for i := range names {
		names[i] = w.Literal(names[i])
	}
	return strings.Join(names, ", ")
}

// splitNames takes a list of names apart as the engine's SplitGUCList does: with commas between them, each in double quotes or
// without; false where it isn't one.
func splitNames(list string) (names []string, ok bool) {
	const spaces = " \t\r\n\f\v"
	rest := strings.TrimLeft(list, spaces)
	for rest != "" {
		name := ""
		if rest[0] == '"' {
			end := afterQuoted(rest, 0)
			if end < 2 || rest[end-1] != '"' {
				return nil, false
			}
			name, rest = strings.ReplaceAll(rest[1:end-1], `""`, `"`), rest[end:]
		} else {
			end := strings.IndexAny(rest, ","+spaces)
			if end < 0 {
				end = len(rest)
			}
			name, rest = rest[:end], rest[end:]
			if name == "" {
				return nil, false
			}
		}
		names = append(names, name)
		rest = strings.TrimLeft(rest, spaces)
		if rest == "" {
			return names, true
		}
		if rest[0] != ',' {
			return nil, false
		}
		if rest = strings.TrimLeft(rest[1:], spaces); rest == "" {
			return nil, false
		}
	}
	return names, true
}

// body writes what a routine does: a statement or block of standard SQL, a symbol in a library, or a text in dollar quotes.
func (w *writer) body(o *hclschema.Object) error {
	p := o.Properties
	text, library := p.Text(hclschema.PropAs), p.Text(hclschema.PropLibrary)
	switch {
	case p.Text(hclschema.PropBodyKind) == "SQL":
		w.Line(withoutSemicolon(text))
	case library != "" && text != "":
		w.Line("AS ", w.Literal(library), ", ", w.Literal(text))
	case library != "":
		w.Line("AS ", w.Literal(library))
	case strings.ContainsRune(text, 0):
		return fmt.Errorf("%s can't be made: its body holds a NUL character; take it out", o.Identity)
	default:
		tag := bodyQuote(o.Identity.Kind, text)
		w.Line("AS ", tag, text, tag)
	}
	return nil
}

// bodyQuote is a quote that doesn't begin anywhere in the text, nor at its end together with the quote itself.
func bodyQuote(name, text string) string {
	tag := "$" + name
	for n := 1; strings.Contains(text, tag); n++ {
		tag = fmt.Sprintf("$%s%d", name, n)
	}
	return tag + "$"
}

func dropRoutine(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("DROP ", signatureOf(unit[0])(w))
	return one(w.step("drop "+unit.Identity().String(), accessExclusive))
}

// alterRoutine replaces a routine in place, which keeps its privileges, its comment and all that calls it.
func alterRoutine(change drivers.UnitChange) (drivers.Alteration, error) {
	before, after := change.Before[0], change.After[0]
	changed := before.Properties.Changed(after.Properties)
	alteration := drivers.Alteration{}
	if !replaceable(before, after) {
		return alteration, nil
	}
	alteration.Claims = claimAll(after.Identity, changed...)
	if rest := slices.DeleteFunc(slices.Clone(changed), func(name string) bool { return name == hclschema.PropComment }); len(rest) > 0 {
		step, err := writeRoutine("CREATE OR REPLACE ", "replace ", after)
		if err != nil {
			return alteration, err
		}
		alteration.Steps = append(alteration.Steps, step)
	}
	if slices.Contains(changed, hclschema.PropComment) {
		step, err := commentStep(after, signatureOf(after))
		if err != nil {
			return alteration, err
		}
		alteration.Steps = append(alteration.Steps, step)
	}
	return alteration, nil
}

// replaceable says whether CREATE OR REPLACE leads from one form to the other: with the same result, without new names for input
// arguments that had one, and with no default less (manual, CREATE FUNCTION, Notes).
func replaceable(before, after *hclschema.Object) bool {
	for _, name := range []string{hclschema.PropReturns, hclschema.PropReturnTable, hclschema.PropWindow} {
		if !hclschema.Equal(before.Properties[name], after.Properties[name]) {
			return false
		}
	}
	were, are := before.Properties.List(hclschema.PropArgs), after.Properties.List(hclschema.PropArgs)
	if len(were) != len(are) {
		return false
	}
	for i := range were {
		was, is := were[i].(hclschema.Record), are[i].(hclschema.Record)
		result := was["mode"] == hclschema.Value(hclschema.Text("OUT")) || was["mode"] == hclschema.Value(hclschema.Text("INOUT"))
		polymorphic := strings.HasPrefix(was["type"].String(), "any")
		switch {
		case !hclschema.Equal(was["mode"], is["mode"]) || !hclschema.Equal(was["type"], is["type"]),
			(result || was["name"] != nil) && !hclschema.Equal(was["name"], is["name"]),
			was["default"] != nil && is["default"] == nil,
			polymorphic && !hclschema.Equal(was["default"], is["default"]):
			return false
		}
	}
	return true
}

func renameRoutine(rename drivers.Rename, state *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	o := state.Get(rename.From)
	if o == nil {
		o = state.Get(rename.To)
	}
	bare, _ := hclschema.SplitRoutine(rename.To.Name)
	w.Line("ALTER ", signature(w, rename.From, o), " RENAME TO ", w.Name(bare))
	return one(w.step("rename "+rename.From.String()+" to "+bare, accessExclusive))
}

// linkRoutine: the types of arguments and results must be there; what a body speaks of needn't.
func linkRoutine(l *linker, o *hclschema.Object) {
	p := o.Properties
	l.needsTypes(o, p.List(hclschema.PropArgs), p.List(hclschema.PropReturnTable))
	l.needsType(o, strings.TrimPrefix(p.Text(hclschema.PropReturns), "SETOF "))
	for _, arg := range p.List(hclschema.PropArgs) {
		if value := arg.(hclschema.Record)["default"]; value != nil {
			l.mention(o, value.String())
		}
	}
	for _, t := range p.List(hclschema.PropTransforms) {
		l.needsType(o, t.String())
	}
	l.mention(o, p.Text(hclschema.PropAs), p.Text(hclschema.PropSupport), p.Text(hclschema.PropLang))
}

// needsTypes are the types of arguments.
func (l *linker) needsTypes(o *hclschema.Object, lists ...hclschema.List) {
	for _, list := range lists {
		for _, arg := range list {
			l.needsType(o, arg.(hclschema.Record)["type"].String())
		}
	}
}
