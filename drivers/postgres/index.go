package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

func indexProperties() []string {
	return []string{
		hclschema.PropColumns, hclschema.PropUnique, hclschema.PropIndexType, hclschema.PropWhere, hclschema.PropInclude, hclschema.PropNullsDistinct,
		hclschema.PropStorageParams, hclschema.PropTablespace, hclschema.PropComment,
	}
}

// createIndex makes an index of a table or a materialized view.
func createIndex(o *hclschema.Object) (drivers.Step, error) {
	w := newWriter()
	head := "CREATE INDEX "
	if o.Properties.Bool(hclschema.PropUnique) {
		head = "CREATE UNIQUE INDEX "
	}
	w.Line(head, w.Name(o.Identity.Name), " ON ", w.parent(o.Identity))
	method := ""
	if given := o.Properties.Text(hclschema.PropIndexType); given != "" {
		method = "USING " + w.Name(given) + " "
	}
	w.Indented(func() {
		w.Line(method, indexParts(w, o), indexDetails(w, o))
	})
	return w.step("create "+o.Identity.String(), share)
}

// indexSteps make an index with what CREATE INDEX can't say.
func indexSteps(o *hclschema.Object) ([]drivers.Step, error) {
	steps, err := one(createIndex(o))
	if err != nil {
		return nil, err
	}
	more, err := indexStatistics(o)
	if err != nil {
		return nil, err
	}
	return withComment(append(steps, more...), o, indexLabel(o))
}

// indexStatistics sets the statistics targets of an index's expressions.
func indexStatistics(o *hclschema.Object) ([]drivers.Step, error) {
	w := newWriter()
	var actions []string
	for i, value := range o.Properties.List(hclschema.PropColumns) {
		part, _ := value.(hclschema.Record)
		if target := part["statistics"]; target != nil {
			actions = append(actions, "ALTER COLUMN "+hclschema.Int(i+1).String()+" SET STATISTICS "+target.String())
		}
	}
	if actions == nil {
		return nil, nil
	}
	w.Line("ALTER INDEX ", w.object(o.Identity))
	w.List(actions)
	return one(w.step("statistics targets of "+o.Identity.String(), shareUpdateExcl))
}

// indexParts are the parts of an index or key in parentheses.
func indexParts(w *writer, o *hclschema.Object) string {
	list := o.Properties.List(hclschema.PropColumns)
	words := make([]string, len(list))
	for i, value := range list {
		part, ok := value.(hclschema.Record)
		if !ok {
			part = hclschema.Record{"column": value}
		}
		words[i] = onePart(w, part)
	}
	return "(" + strings.Join(words, ", ") + ")"
}

func onePart(w *writer, part hclschema.Record) string {
	text := ""
	if expr := part["expr"]; expr != nil {
		text = wrapped(expr.String())
	} else if column := part["column"]; column != nil {
		text = w.Name(column.String())
	}
	if collate := part["collate"]; collate != nil {
		text += " COLLATE " + collate.String()
	}
	if ops := part["ops"]; ops != nil {
		text += " " + ops.String()
	}
	if part["desc"] != nil {
		text += " DESC"
	}
	if part["nulls_first"] != nil {
		text += " NULLS FIRST"
	}
	if part["nulls_last"] != nil {
		text += " NULLS LAST"
	}
	if op := part["op"]; op != nil {
		text += " WITH " + op.String()
	}
	return text
}

// indexDetails is what follows the parts of an index, or of a key that an index carries, in the order of the grammar.
func indexDetails(w *writer, o *hclschema.Object) string {
	text := ""
	if include := o.Properties.List(hclschema.PropInclude); include != nil {
		text += " INCLUDE (" + w.names(include) + ")"
	}
	constraint := isKey(o)
	if !constraint && o.Properties[hclschema.PropNullsDistinct] != nil {
		text += " NULLS NOT DISTINCT"
	}
	if params := record(o, hclschema.PropStorageParams); len(params) > 0 {
		text += " WITH (" + w.options(params) + ")"
	}
	if space := o.Properties.Text(hclschema.PropTablespace); space != "" {
		if constraint {
			text += " USING INDEX"
		}
		text += " TABLESPACE " + w.Name(space)
	}
	if where, ok := o.Properties[hclschema.PropWhere]; ok {
		text += " WHERE " + wrapped(where.String())
	}
	return text
}

// isKey says that an object is a constraint that an index carries.
func isKey(o *hclschema.Object) bool {
	switch o.Identity.Kind {
	case hclschema.KindPrimaryKey, hclschema.KindUnique, hclschema.KindExclude:
		return true
	}
	return false
}

func indexLabel(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "INDEX " + w.object(o.Identity) }
}
