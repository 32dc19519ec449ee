package postgres

import (
	_ "embed"
	"encoding/json"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_text_search.sql
var textSearchSQL string

// readTextSearch takes one object of text search.
func readTextSearch(r *reader, scan func(...any) error) error {
	var kind, class, name, comment, options, list string
	var oid, schema uint32
	var base []string
	if err := scan(&kind, &class, &oid, &schema, &name, &comment, &base, &options, &list); err != nil {
		return err
	}
	var parts [][3]string
	if err := json.Unmarshal([]byte(list), &parts); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: kind, Schema: r.schema(r.schemas[schema]), Name: name}, comment)
	p := o.Properties
	switch kind {
	case hclschema.KindTextSearchConfig:
		if base[0] != "pg_catalog" || base[1] != "default" {
			p[hclschema.PropParser] = text(r.called(base))
		}
		mappings := hclschema.Record{}
		for _, part := range parts {
			dictionaries, _ := mappings[part[0]].(hclschema.List)
			mappings[part[0]] = append(dictionaries, text(r.called(part[1:])))
		}
		if len(mappings) > 0 {
			p[hclschema.PropMappings] = mappings
		}
	case hclschema.KindTextSearchDict:
		p[hclschema.PropTemplate] = text(r.called(base))
		if record := definitionList(options); len(record) > 0 {
			p[hclschema.PropOptions] = record
		}
	default:
		for _, part := range parts {
			p[part[0]] = text(r.called(part[1:]))
		}
	}
	return r.add(address{class, oid, 0}, o)
}

// definitionList takes options apart as the engine keeps those of a dictionary: name = 'value', other = 1.
func definitionList(options string) hclschema.Record {
	record := hclschema.Record{}
	for options != "" {
		name, rest, ok := strings.Cut(options, " = ")
		if !ok {
			break
		}
		end := 0
		for end < len(rest) && rest[end] != ',' { // a doubled quote begins another token
			end += token(rest[end:])
		}
		record[nameParts(name)[0]] = hclschema.Setting{Text: literalText(rest[:end]), Place: len(record)}
		options = strings.TrimPrefix(strings.TrimPrefix(rest[end:], ","), " ")
	}
	return record
}

// literalText is the text of a literal as quote_literal writes it, or a number as it is.
func literalText(literal string) string {
	escapes := strings.HasPrefix(literal, "E'")
	if escapes {
		literal = literal[1:]
	}
	if len(literal) < 2 || literal[0] != '\'' {
		return literal
	}
	value := strings.ReplaceAll(literal[1:len(literal)-1], "''", "'")
	if escapes {
		value = strings.ReplaceAll(value, `\\`, `\`)
	}
	return value
}
