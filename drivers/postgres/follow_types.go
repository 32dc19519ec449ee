package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// renamedTypes are the types that renames concern, by their names as the engine writes them: those of tables and views too, and all of
// a schema that gets another name.
func renamedTypes(renames []drivers.Rename, current *hclschema.State) map[string]string {
	schemas := map[string]string{}
	to := map[hclschema.Identity]hclschema.Identity{}
	for _, r := range renames {
		to[r.From] = r.To
		if r.To.Kind == hclschema.KindSchema {
			schemas[r.From.Name] = r.To.Name
		}
	}
	spelled := func(id hclschema.Identity) string {
		if id.Schema == "" {
			return quoting.QuoteName(id.Name)
		}
		return quoting.QuoteName(id.Schema) + "." + quoting.QuoteName(id.Name)
	}
	types := map[string]string{}
	for _, o := range current.Objects() {
		now, renamed := to[o.Identity]
		if !renamed {
			now = o.Identity
			if now.Schema, renamed = schemas[o.Identity.Schema]; !renamed {
				continue
			}
		}
		switch o.Identity.Kind {
		case hclschema.KindEnum, hclschema.KindDomain, hclschema.KindComposite, hclschema.KindRange, hclschema.KindTable, hclschema.KindView,
			hclschema.KindMaterialized, hclschema.KindForeignTable:
			types[spelled(o.Identity)] = spelled(now)
		}
	}
	return types
}

// followTypes are the routines, operators and casts that others are called after types with other names, which is all that tells them
// apart: they stay what they are.
func followTypes(renames []drivers.Rename, current, desired *hclschema.State) []drivers.Rename {
	types := renamedTypes(renames, current)
	if len(types) == 0 {
		return nil
	}
	var follow []drivers.Rename
	for _, o := range current.Objects() {
		is := o.Identity
		switch is.Kind {
		case hclschema.KindFunction, hclschema.KindProcedure, hclschema.KindAggregate, hclschema.KindOperator, hclschema.KindCast:
		default:
			continue
		}
		at := strings.LastIndexByte(is.Name, '(')
		if at < 0 {
			continue
		}
		is.Name = is.Name[:at] + withTypes(is.Name[at:], types)
		for _, r := range renames {
			if r.To.Kind == hclschema.KindSchema && r.From.Name == is.Schema {
				is.Schema = r.To.Name
			}
		}
		if is.Name != o.Identity.Name && desired.Get(is) != nil {
			follow = append(follow, drivers.Rename{From: o.Identity, To: is})
		}
	}
	return append(follow, renamedAfterTypes(types, renames, current, desired)...)
}

// renamedAfterTypes are the declared renames and moves of routines that are called after types with other names, so that what they were
// called isn't what renamed_from says with the types of now.
func renamedAfterTypes(types map[string]string, renames []drivers.Rename, current, desired *hclschema.State) []drivers.Rename {
	former := map[string]string{}
	for was, is := range types {
		former[is] = was
	}
	called := defaultCalled(desired)
	var list []drivers.Rename
	for _, o := range desired.Objects() {
		at := strings.LastIndexByte(o.Identity.Name, '(')
		if o.RenamedFrom == "" || at < 0 || current.Get(o.Identity) != nil || slices.ContainsFunc(renames, func(r drivers.Rename) bool { return r.To == o.Identity }) {
			continue
		}
		for _, was := range o.Formers(called) {
			for _, r := range renames {
				if r.To.Kind == hclschema.KindSchema && r.To.Name == was.Schema && was.Schema == o.Identity.Schema {
					was.Schema = r.From.Name
				}
			}
			at := strings.LastIndexByte(was.Name, '(')
			was.Name = was.Name[:at] + withTypes(was.Name[at:], former)
			if current.Get(was) != nil && desired.Get(was) == nil {
				list = append(list, drivers.Rename{From: was, To: o.Identity})
				break
			}
		}
	}
	return list
}

// defaultCalled gives a schema's name as identities have it: the default one has none there.
func defaultCalled(models *hclschema.State) func(string) string {
	name := models.DefaultCalled()
	if name == "" {
		name = Driver{}.DefaultSchema()
	}
	return func(schema string) string {
		if schema == name {
			return ""
		}
		return schema
	}
}

// withTypes is a list of types in parentheses with those that have other names.
func withTypes(list string, types map[string]string) string {
	inner := strings.TrimSuffix(strings.TrimPrefix(list, "("), ")")
	between := ", "
	if strings.Contains(inner, " AS ") {
		between = " AS "
	}
	names := strings.Split(inner, between)
	for i, name := range names {
		word := strings.TrimPrefix(name, "VARIADIC ")
		bare := strings.TrimSuffix(word, "[]")
		if now, ok := types[bare]; ok {
			names[i] = strings.TrimSuffix(name, word) + now + strings.TrimPrefix(word, bare)
		}
	}
	return "(" + strings.Join(names, between) + ")"
}
