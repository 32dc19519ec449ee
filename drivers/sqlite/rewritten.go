package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Rewritten implements drivers.Rewriter. Before SQLite drops or renames a column, it goes through all texts of the database
// and writes strings in double quotes with single ones.
func (d Driver) Rewritten(state *hclschema.State) []hclschema.Identity {
	names := map[string]bool{}
	for _, o := range state.Objects() {
		names[fold(o.Identity.Name)] = true
		for _, column := range o.Properties.List(hclschema.PropViewColumns) {
			names[fold(column.String())] = true
		}
	}
	var found []hclschema.Identity
	seen := map[hclschema.Identity]bool{}
	for _, o := range state.Objects() {
		unit := d.Unit(o.Identity)
		if key := state.Key(unit); !seen[key] && hasStrings(o, names) {
			seen[key] = true
			found = append(found, unit)
		}
	}
	return found
}

// hasStrings says that a text of the object could have a string in double quotes. names are all names of the state, folded: one
// of them is taken for a name, wherever it stands.
func hasStrings(o *hclschema.Object, names map[string]bool) bool {
	for _, property := range [...]string{hclschema.PropExpr, hclschema.PropGenerated, hclschema.PropWhere, hclschema.PropWhen, hclschema.PropAs} {
		if stringInDoubleQuotes(o.Properties.Text(property), names) {
			return true
		}
	}
	for _, part := range o.Properties.List(hclschema.PropColumns) {
		if record, ok := part.(hclschema.Record); ok && record["expr"] != nil && stringInDoubleQuotes(record["expr"].String(), names) {
			return true
		}
	}
	return false
}

func stringInDoubleQuotes(text string, names map[string]bool) bool {
	if !strings.Contains(text, `"`) {
		return false
	}
	tokens, err := lex(text)
	if err != nil {
		return false
	}
	aliases := map[string]bool{}
	for i, t := range tokens {
		if t.kind == tokenQuoted && isAlias(tokens, i) {
			aliases[fold(t.content())] = true
		}
	}
	for i, t := range tokens {
		name := fold(t.content())
		if t.kind == tokenQuoted && t.text[0] == '"' && !besideDot(tokens, i) && !names[name] && !aliases[name] && !isRowidName(name) {
			return true
		}
	}
	return false
}

// isAlias says that a name in a query gives something its name: it stands behind AS or an operand, or before what it names.
func isAlias(tokens []token, i int) bool {
	if i+1 < len(tokens) && (tokens[i+1].is("AS") || tokens[i+1].symbol("(")) {
		return true
	}
	if i == 0 {
		return false
	}
	before := tokens[i-1]
	keyword, fallback := isKeyword(before.text)
	return before.is("AS") || before.is("OVER") || before.is("WINDOW") || before.symbol(")") || before.kind == tokenQuoted || before.kind == tokenString ||
		before.kind == tokenNumber || before.kind == tokenWord && (!keyword || fallback)
}

var _ drivers.Rewriter = Driver{}
