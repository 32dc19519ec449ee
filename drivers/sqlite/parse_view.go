package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// parseView reads the text of a view.
func parseView(sql string) (name string, properties hclschema.Properties, err error) {
	r, err := newReader(sql)
	if err != nil {
		return "", nil, err
	}
	if name, err = r.head("VIEW"); err != nil {
		return "", nil, err
	}
	properties = hclschema.Properties{}
	if r.ahead(0).symbol("(") {
		columns, err := r.names()
		if err != nil {
			return "", nil, err
		}
		properties[hclschema.PropViewColumns] = columns
	}
	if err := r.want("AS"); err != nil {
		return "", nil, err
	}
	start := r.at
	if !r.see("SELECT") && !r.see("VALUES") && !r.see("WITH") {
		return "", nil, r.unexpected("a query")
	}
	if err := r.rest("a query"); err != nil {
		return "", nil, err
	}
	// A comment before the query is its author's explanation, and stays.
	query := trim(r.src[r.tokens[start-1].end:r.tokens[r.at-1].end])
	properties[hclschema.PropAs] = spelledExpression(query)
	// So does one at the end that SQLite makes a part of the last column's name.
	if whole := spelledExpression(trim(strings.TrimRight(r.src[r.tokens[start-1].end:], "; \t\n\f\r"))); whole.Canonical != properties[hclschema.PropAs].(hclschema.Spelled).Canonical {
		properties[hclschema.PropAs] = whole
	}
	return name, properties, nil
}

// rest reads to the end of the text, which must hold something, and in which parentheses must match.
func (r *reader) rest(wanted string) error {
	if r.done() {
		return r.unexpected(wanted)
	}
	for depth := 0; !r.done(); r.at++ {
		switch t := r.ahead(0); {
		case t.symbol("("):
			depth++
		case t.symbol(")"):
			if depth--; depth < 0 {
				return r.unexpected("the end")
			}
		}
	}
	return nil
}
