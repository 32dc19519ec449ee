package postgres

import (
	_ "embed"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_views.sql
var viewsSQL string

// readView takes one view.
func readView(r *reader, scan func(...any) error) error {
	var oid, schema uint32
	var name, comment, query string
	var options []string
	var result resultRow
	if err := scan(&oid, &schema, &name, &comment, &result.rule, &result.rowType, &result.arrayType, &query, &options, &result.shape, &result.comments, &result.defaults, &result.defaultOIDs); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindView, Schema: r.schema(r.schemas[schema]), Name: name}, comment)
	o.Properties[hclschema.PropAs] = Driver{}.Expression(withoutSemicolon(query))
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		switch name {
		case hclschema.PropBarrier:
			hclschema.SetViewOption(o, hclschema.PropBarrier, value)
		case hclschema.OptionInvoker:
			hclschema.SetViewOption(o, hclschema.PropSecurity, value)
		case "check_option":
			o.Properties[hclschema.PropCheckOption] = hclschema.Text(strings.ToUpper(value))
		default:
			r.cannot(o.Identity, "its option "+name+" is none that this version knows")
		}
	}
	if err := r.addResult(o, address{"pg_class", oid, 0}, result); err != nil {
		return err
	}
	for _, number := range result.defaultOIDs {
		r.alias(address{"pg_attrdef", number, 0}, address{"pg_class", oid, 0})
	}
	return nil
}

// resultRow is what the engine made of a view, and what is kept about the columns of its result.
type resultRow struct {
	rule, rowType, arrayType  uint32
	shape, comments, defaults string
	defaultOIDs               []uint32
}

// addResult completes a view with its columns and adds it, to be found by its rule and its types too.
func (r *reader) addResult(o *hclschema.Object, at address, result resultRow) error {
	comments, err := pairs(result.comments, func(s string) hclschema.Value { return hclschema.Text(s) })
	if err != nil {
		return err
	}
	if comments != nil {
		o.Properties[hclschema.PropColumnComments] = comments
	}
	defaults, err := pairs(result.defaults, func(s string) hclschema.Value { return Driver{}.Expression(s) })
	if err != nil {
		return err
	}
	if defaults != nil {
		o.Properties[hclschema.PropColumnDefaults] = defaults
	}
	if o.Derived == nil {
		o.Derived = map[string]string{}
	}
	o.Derived[derivedColumns] = result.shape
	if err := r.add(at, o); err != nil {
		return err
	}
	r.alias(address{"pg_rewrite", result.rule, 0}, at)
	r.alias(address{"pg_type", result.rowType, 0}, at)
	r.alias(address{"pg_type", result.arrayType, 0}, at)
	return nil
}
