package postgres

import (
	_ "embed"
	"encoding/json"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_machinery.sql
var machinerySQL string

// readMachinery takes an access method, a conversion, a language or a transform.
func readMachinery(r *reader, scan func(...any) error) error {
	var kind, class, name, comment, list string
	var oid, schema uint32
	var texts []string
	var flag bool
	if err := scan(&kind, &class, &oid, &schema, &name, &comment, &texts, &list, &flag); err != nil {
		return err
	}
	var functions [][]string
	if err := json.Unmarshal([]byte(list), &functions); err != nil {
		return err
	}
	id := hclschema.Identity{Kind: kind, Name: name}
	if schema != 0 {
		id.Schema = r.schema(r.schemas[schema])
	}
	o := r.object(id, comment)
	p := o.Properties
	function := func(at int, property string) {
		if functions[at][1] != "" {
			p[property] = text(r.called(functions[at]))
		}
	}
	switch kind {
	case hclschema.KindAccessMethod:
		p[hclschema.PropMethodType] = hclschema.Text(texts[0])
		function(0, hclschema.PropHandler)
	case hclschema.KindConversion:
		p[hclschema.PropForEncoding], p[hclschema.PropToEncoding] = hclschema.Text(texts[0]), hclschema.Text(texts[1])
		function(0, hclschema.PropProcedure)
		setBool(p, hclschema.PropDefault, flag)
	case hclschema.KindLanguage:
		setBool(p, hclschema.PropTrusted, flag)
		function(0, hclschema.PropHandler)
		function(1, hclschema.PropInlineHandle)
		function(2, hclschema.PropValidator)
	case hclschema.KindTransform:
		o.Identity.Name = hclschema.TransformName(texts[0], texts[1])
		p[hclschema.PropType], p[hclschema.PropLang] = text(texts[0]), hclschema.Text(texts[1])
		for i, property := range []string{hclschema.PropFromSQL, hclschema.PropToSQL} {
			if functions[i][1] != "" {
				p[property] = hclschema.Text(r.called(functions[i]) + "(" + functions[i][2] + ")")
			}
		}
	}
	return r.add(address{class, oid, 0}, o)
}
