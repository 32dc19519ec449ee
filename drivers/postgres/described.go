package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// sqlWords are the kinds of objects as ALTER, DROP and COMMENT ON name them, where that isn't the kind in capitals.
func sqlWords(kind string) string {
	switch kind {
	case hclschema.KindMaterialized:
		return "MATERIALIZED VIEW"
	case hclschema.KindEnum, hclschema.KindComposite, hclschema.KindRange:
		return "TYPE"
	case hclschema.KindMaterializedIndex:
		return "INDEX"
	}
	return strings.ToUpper(strings.ReplaceAll(kind, "_", " "))
}

// described is an object that stands by itself, with its kind, as ALTER wants it: VIEW users, FUNCTION add(integer, integer).
func (w *writer) described(o *hclschema.Object) string {
	return sqlWords(o.Identity.Kind) + " " + w.called(o.Identity)
}

// called is an object's name in SQL. What takes arguments has their types behind its name, and none of an aggregate are a *.
func (w *writer) called(id hclschema.Identity) string {
	switch id.Kind {
	case hclschema.KindSchema, hclschema.KindEventTrigger, hclschema.KindExtension, hclschema.KindPublication,
		hclschema.KindForeignDataWrapper, hclschema.KindServer, hclschema.KindAccessMethod, hclschema.KindLanguage:
		return w.Name(id.Name)
	case hclschema.KindFunction, hclschema.KindProcedure, hclschema.KindAggregate:
		name := id.Bare()
		arguments := id.Name[len(name):]
		if id.Kind == hclschema.KindAggregate && arguments == "()" {
			arguments = "(*)"
		}
		return w.qualified(id.Schema, name) + arguments
	case hclschema.KindOperatorClass, hclschema.KindOperatorFamily:
		name, method := hclschema.SplitMethod(id.Name)
		return w.qualified(id.Schema, name) + " USING " + w.Name(method)
	case hclschema.KindOperator:
		name := id.Name
		if at := strings.IndexByte(name, '('); at >= 0 {
			name = name[:at] + " " + name[at:]
		}
		if id.Schema != "" {
			return w.Name(id.Schema) + "." + name
		}
		return name
	}
	return w.object(id)
}

// grantee is what an object is called behind ON of GRANT: types and functions of all sorts are one sort each, a column's is its
// table.
func (w *writer) grantee(o *hclschema.Object) string {
	switch o.Identity.Kind {
	case hclschema.KindColumn:
		return w.parent(o.Identity)
	case hclschema.KindTable, hclschema.KindView, hclschema.KindMaterialized, hclschema.KindForeignTable:
		return w.object(o.Identity)
	case hclschema.KindEnum, hclschema.KindComposite, hclschema.KindRange, hclschema.KindDomain:
		return "TYPE " + w.object(o.Identity)
	case hclschema.KindAggregate:
		return "FUNCTION " + strings.Replace(w.called(o.Identity), "(*)", "()", 1)
	case "server":
		return "FOREIGN SERVER " + w.Name(o.Identity.Name)
	}
	return w.described(o)
}
