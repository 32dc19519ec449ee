package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// createIndexes makes each index in a step of its own.
func createIndexes(indexes []*hclschema.Object) ([]drivers.Step, error) {
	var steps []drivers.Step
	for _, index := range indexes {
		step, err := createIndex(index)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, nil
}

func createIndex(index *hclschema.Object) (drivers.Step, error) {
	w := newSQLWriter()
	unique := ""
	if index.Properties.Bool(hclschema.PropUnique) {
		unique = "UNIQUE "
	}
	w.Line("CREATE ", unique, "INDEX ", w.object(index.Identity))
	w.Line("ON ", w.Name(index.Identity.Parent), " (", w.parts(index), ")")
	if index.Properties[hclschema.PropWhere] != nil {
		w.Line("WHERE ", w.expression(index, hclschema.PropWhere))
	}
	return w.step("create " + indexLabel(index))
}

func dropIndex(index *hclschema.Object) (drivers.Step, error) {
	w := newSQLWriter()
	w.Line("DROP INDEX ", w.object(index.Identity))
	return w.step("drop " + indexLabel(index))
}

// indexLabel is "index posts_author_idx": a step needs no table, since names of indexes are unique.
func indexLabel(index *hclschema.Object) string {
	return hclschema.Identity{Kind: index.Identity.Kind, Name: index.Identity.Name}.String()
}

// parts are the columns and expressions of a key, a unique constraint or an index.
func (w *sqlWriter) parts(o *hclschema.Object) string {
	var texts []string
	for _, part := range partsOf(o) {
		text := ""
		if name, ok := columnOf(part); ok {
			text = w.Name(name)
		} else {
			text = w.partExpression(o, part)
		}
		if collate := part["collate"]; collate != nil {
			text += " COLLATE " + w.collation(collate.String())
		}
		if part["desc"] == hclschema.Bool(true) {
			text += " DESC"
		}
		texts = append(texts, text)
	}
	if texts == nil {
		w.failOn(o, "it has no columns")
	}
	return strings.Join(texts, ", ")
}

// partExpression is an expression of an index. With a collation behind it it needs parentheses, since COLLATE binds more
// tightly than any operator.
func (w *sqlWriter) partExpression(o *hclschema.Object, part hclschema.Record) string {
	expr, ok := part["expr"]
	if !ok {
		w.failOn(o, "one of its parts is neither a column nor an expression")
		return ""
	}
	text := w.checked(o, "expression", expr.String(), checkExpression)
	if tokens, err := lex(text); part["collate"] == nil || err != nil || isWrapped(tokens) {
		return text
	}
	return "(" + text + ")"
}
