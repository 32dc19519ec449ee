package sqlite

import (
	"slices"
	"strings"

	code "modernc.org/sqlite/lib"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

var _ drivers.ValueJudge = Driver{}

// Unfit implements drivers.ValueJudge. For a function that refuses a value SQLite has no code but the general one.
func (Driver) Unfit(err error) (reason string, unfit bool) {
	return message(err), primary(err) == code.SQLITE_ERROR
}

// computed tries what new indexes and new stored columns compute from each row: a function may refuse a value, as json_extract
// refuses a text that is no JSON. Unique indexes and checks are computed when the rows against them are counted.
func (h *hazardList) computed() {
	for _, c := range h.changes {
		o := c.After
		switch {
		case o == nil:
		case o.Identity.Kind == hclschema.KindIndex && !isUnique(o) && (c.Before == nil || slices.ContainsFunc(c.Properties, isDistinction)):
			h.computes(o, h.indexed(o), o.Properties[hclschema.PropWhere])
		case o.Identity.Kind == hclschema.KindColumn && o.Properties.Text(hclschema.PropGeneratedType) == "STORED" && (c.Before == nil || slices.Contains(c.Properties, hclschema.PropGenerated)):
			h.computes(o, []hclschema.Value{o.Properties[hclschema.PropGenerated]}, nil)
		}
	}
}

// indexed are the expressions that an index holds, those of computed columns included.
func (h *hazardList) indexed(index *hclschema.Object) (expressions []hclschema.Value) {
	for _, part := range partsOf(index) {
		if name, ok := columnOf(part); !ok {
			expressions = append(expressions, part["expr"])
		} else if c := h.after.byName[fold(name)]; c != nil && isGenerated(c) {
			expressions = append(expressions, c.Properties[hclschema.PropGenerated])
		}
	}
	return expressions
}

// computes adds a hazard where one of the expressions can refuse a value. A row that the condition leaves out isn't computed.
func (h *hazardList) computes(o *hclschema.Object, expressions []hclschema.Value, where hclschema.Value) {
	var results []string
	refuses := where != nil && canRefuse(where)
	for _, expr := range expressions {
		if expr == nil || !h.rows.knows(expr) {
			return
		}
		refuses = refuses || canRefuse(expr)
		results = append(results, "("+closeExpression(expr.String())+")")
	}
	if !refuses || !h.rows.knows(where) {
		return
	}
	if where != nil {
		condition := "(" + closeExpression(where.String()) + ")"
		for i := range results {
			results[i] = "CASE WHEN " + condition + " THEN " + results[i] + " END"
		}
		results = append(results, condition)
	}
	h.query(drivers.Violates, o, "is computed from each row", "", "Correct the rows first.", handWritten)
	last := &h.list[len(h.list)-1]
	last.IfAgainst = true
	last.TrySQL = "SELECT count(" + strings.Join(results, ") + count(") + ") FROM " + h.rows.source
}

// canRefuse says that an expression calls something: operators take every value.
func canRefuse(expr hclschema.Value) bool {
	tokens, err := lex(expr.String())
	if err != nil {
		return false
	}
	for i, t := range tokens {
		if t.symbol("->") || t.symbol("->>") || t.symbol("(") && i > 0 && tokens[i-1].named() {
			return true
		}
	}
	return false
}
