package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_functions.sql
var functionsSQL string

// readFunction takes one function or procedure.
func readFunction(r *reader, scan func(...any) error) error {
	var oid, schema uint32
	var name, kind, comment, language, source, library, standard, volatility, parallel, cost, rows, result string
	var strict, leakproof, definer, set, onExtension bool
	var config, transforms, support []string
	var args arguments
	if err := scan(&oid, &schema, &name, &kind, &comment, &language, &source, &library, &standard, &volatility, &strict, &leakproof, &definer,
		&parallel, &cost, &rows, &set, &result, &config, &args.modes, &args.names, &args.types, &args.defaults, &transforms, &support, &onExtension); err != nil {
		return err
	}
	id := hclschema.Identity{Kind: hclschema.KindFunction, Schema: r.schema(r.schemas[schema]), Name: hclschema.RoutineName(name, args.inputTypes())}
	if kind == "p" {
		id.Kind = hclschema.KindProcedure
	}
	o := r.object(id, comment)
	p := o.Properties
	if onExtension {
		r.cannot(id, "it was said to depend on an extension (ALTER … DEPENDS ON EXTENSION)")
	}
	setList(p, hclschema.PropArgs, args.list("i", "o", "b", "v"))
	p[hclschema.PropLang] = hclschema.Text(language)
	switch {
	case standard != "":
		p[hclschema.PropBodyKind] = hclschema.Text("SQL")
		p[hclschema.PropAs] = text(standard)
	default:
		p[hclschema.PropAs] = text(source)
	}
	setText(p, hclschema.PropLibrary, library)
	if definer {
		p[hclschema.PropSecurity] = hclschema.Text("DEFINER")
	}
	if len(config) > 0 {
		p[hclschema.PropConfig] = optionSettings(config)
	}
	var list hclschema.List
	for _, t := range transforms {
		list = append(list, text(t))
	}
	setList(p, hclschema.PropTransforms, list)
	if kind != "p" {
		setFunction(p, volatility, parallel, language, cost, rows, result, strict, leakproof, set, kind == "w", &args)
		if support != nil {
			p[hclschema.PropSupport] = text(r.called(support))
		}
	}
	return r.add(address{"pg_proc", oid, 0}, o)
}

// setFunction sets what procedures don't have.
func setFunction(p hclschema.Properties, volatility, parallel, language, cost, rows, result string, strict, leakproof, set, window bool, args *arguments) {
	setText(p, hclschema.PropVolatility, map[string]string{"s": "STABLE", "i": "IMMUTABLE"}[volatility])
	setText(p, hclschema.PropParallel, map[string]string{"s": "SAFE", "r": "RESTRICTED"}[parallel])
	setBool(p, hclschema.PropStrictCall, strict)
	setBool(p, hclschema.PropLeakproof, leakproof)
	setBool(p, hclschema.PropWindow, window)
	if compiled := language == "c" || language == "internal"; compiled && cost != "1" || !compiled && cost != "100" {
		setText(p, hclschema.PropCost, cost)
	}
	if set && rows != "1000" {
		setText(p, hclschema.PropRows, rows)
	}
	switch table := args.list("t"); {
	case table != nil:
		p[hclschema.PropReturnTable] = table
	case set:
		p[hclschema.PropReturns] = text("SETOF " + result)
	case !args.tell():
		p[hclschema.PropReturns] = text(result)
	}
}

func setBool(p hclschema.Properties, name string, value bool) {
	if value {
		p[name] = hclschema.Bool(true)
	}
}

func setList(p hclschema.Properties, name string, list hclschema.List) {
	if len(list) > 0 {
		p[name] = list
	}
}

// arguments are those of a routine as the catalogue has them.
type arguments struct{ modes, names, types, defaults []string }

// inputTypes tell the routine from others of its name.
func (a *arguments) inputTypes() []string {
	var types []string
	for i, mode := range a.modes {
		if mode == "i" || mode == "b" || mode == "v" {
			types = append(types, a.types[i])
		}
	}
	return types
}

// tell says whether arguments tell the type of the result.
func (a *arguments) tell() bool {
	for _, mode := range a.modes {
		if mode == "o" || mode == "b" {
			return true
		}
	}
	return false
}

// list are the arguments of some modes as the property has them.
func (a *arguments) list(modes ...string) hclschema.List {
	words := map[string]string{"o": "OUT", "b": "INOUT", "v": "VARIADIC"}
	var list hclschema.List
	for i, mode := range a.modes {
		for _, wanted := range modes {
			if mode != wanted {
				continue
			}
			arg := hclschema.Record{"type": text(a.types[i])}
			if a.names[i] != "" {
				arg["name"] = hclschema.Text(a.names[i])
			}
			if word := words[mode]; word != "" {
				arg["mode"] = hclschema.Text(word)
			}
			if a.defaults[i] != "" {
				arg["default"] = Driver{}.Expression(a.defaults[i])
			}
			list = append(list, arg)
		}
	}
	return list
}

// called is the name of a function or relation, given as its schema and name, as the engine writes it.
func (r *reader) called(name []string) string {
	w := newWriter()
	if name[0] == "pg_catalog" {
		return w.Name(name[1])
	}
	return w.qualified(r.schema(name[0]), name[1])
}
