package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// liveRows are the rows of the live table as the table's new definition would see them.
type liveRows struct {
	// source stands behind FROM: the live table under the name that it will have, with columns under their new names and
	// added ones at their defaults.
	source string
	// total counts the rows.
	total string
	// table is the live table, or a query of it.
	table string
	// doubts are the columns whose values after the change can't be read from the rows, by folded name.
	doubts map[string]doubt
}

// doubt is how far a query is from the values that a column will hold.
type doubt int

const (
	// exact: the query has the very values, and they compare as they will.
	exact doubt = iota
	// recollated: they compare in another way.
	recollated
	// similar: a default that the column may convert. Two rows have the same value now if they will have it then.
	similar
	// converted: the column's new affinity may convert them, each in its own way.
	converted
	// unknown: nothing is there yet.
	unknown
)

func newLiveRows(before, after *tableUnit) *liveRows {
	rows := &liveRows{table: quotedObject(before.object.Live()), doubts: map[string]doubt{}}
	rows.total = "SELECT count(*) FROM " + rows.table
	for _, c := range after.columns {
		rows.doubts[fold(c.Identity.Name)] = doubtOf(before, after, c)
	}
	rows.doubtComputed(after)
	if columns, same := columnsAs(before, after, rows.doubts); !same {
		rows.table = "(SELECT " + joinList(columns) + " FROM " + rows.table + ")"
		for name := range rows.doubts {
			if isTruth(name) {
				rows.doubts[name] = unknown
			}
		}
	}
	name := quoting.QuoteName(after.name())
	if rows.source = name; rows.table != name {
		rows.source = rows.as(name)
	}
	return rows
}

// as are the rows under a name of their own.
func (rows *liveRows) as(name string) string { return rows.table + " AS " + name }

// doubtOf compares a column with what is there now.
func doubtOf(before, after *tableUnit, c *hclschema.Object) doubt {
	former := before.byName[fold(c.Identity.Name)]
	switch {
	case former == nil && isGenerated(c):
		return unknown
	case former == nil && c == after.rowidColumn():
		if before.withoutRowid() || rowidName(before) == "" {
			return unknown
		}
		return exact
	case former == nil && isStoredAsWritten(after, c):
		return exact
	case former == nil:
		return similar
	case isGenerated(c) && !hclschema.Equal(former.Properties[hclschema.PropGenerated], c.Properties[hclschema.PropGenerated]):
		return unknown
	case columnAffinity(before, former) != columnAffinity(after, c):
		return converted
	case !hclschema.Equal(former.Properties[hclschema.PropCollate], c.Properties[hclschema.PropCollate]):
		return recollated
	}
	return exact
}

// columnAffinity is that of a column where it stands: ANY keeps all values as they are in a STRICT table only.
func columnAffinity(t *tableUnit, c *hclschema.Object) string {
	typeText := c.Properties.Text(hclschema.PropType)
	if t.strict() && upper(typeText) == "ANY" {
		return affinity("")
	}
	return affinity(typeText)
}

// doubtComputed makes computed columns as doubtful as what they are computed from.
func (rows *liveRows) doubtComputed(after *tableUnit) {
	for range after.columns {
		settled := true
		for _, c := range after.columns {
			name := fold(c.Identity.Name)
			if isGenerated(c) && rows.doubts[name] != unknown && rows.doubtIn(c.Properties[hclschema.PropGenerated]) > exact {
				rows.doubts[name], settled = unknown, false
			}
		}
		if settled {
			return
		}
	}
}

// columnsAs lists the columns of both units as the later one names them. same says that the live table has these very
// columns, so that it can be queried as it is.
func columnsAs(before, after *tableUnit, doubts map[string]doubt) (columns []string, same bool) {
	same = true
	for _, c := range before.columns {
		live, name := quoting.QuoteName(c.Live().Name), quoting.QuoteName(c.Identity.Name)
		if live == name {
			columns = append(columns, live)
		} else {
			columns, same = append(columns, live+" AS "+name), false
		}
	}
	for _, c := range after.columns {
		if before.byName[fold(c.Identity.Name)] != nil || doubts[fold(c.Identity.Name)] == unknown {
			continue
		}
		value := defaultColumn(after, c)
		if c == after.rowidColumn() {
			value = rowidName(before)
		}
		columns, same = append(columns, value+" AS "+quoting.QuoteName(c.Identity.Name)), false
	}
	return columns, same
}

// defaultOperand is the default as an operand of a query. A lone name is a string there, and TRUE could be a column of
// that name in a query.
func defaultOperand(c *hclschema.Object) string {
	tokens := defaultTokens(c)
	switch {
	case len(tokens) == 0:
		return "NULL"
	case len(tokens) == 1 && tokens[0].is("TRUE"):
		return "1"
	case len(tokens) == 1 && tokens[0].is("FALSE"):
		return "0"
	}
	if t := tokens[0]; len(tokens) == 1 && (t.kind == tokenQuoted || t.kind == tokenWord && !ownMeaning(t.text) && !t.is("NULL")) {
		if text, err := quoting.Literal(t.content()); err == nil {
			return text
		}
	}
	return "(" + closeComment(c.Properties.Text(hclschema.PropDefault), tokens) + ")"
}

// isStoredAsWritten says that a column's affinity leaves its default as it is.
func isStoredAsWritten(t *tableUnit, c *hclschema.Object) bool {
	tokens := defaultTokens(c)
	if len(tokens) == 0 {
		return true
	}
	last := tokens[len(tokens)-1]
	integer := last.kind == tokenNumber && strings.Trim(last.text, "0123456789") == ""
	switch columnAffinity(t, c) {
	case "blob":
		return isConstant(tokens)
	case "text":
		return len(tokens) == 1 && (last.kind == tokenString || last.is("NULL"))
	case "real":
		return isConstant(tokens) && (last.kind == tokenNumber || last.is("NULL"))
	default:
		return isConstant(tokens) && (integer || last.is("NULL") || last.is("TRUE") || last.is("FALSE"))
	}
}

// defaultColumn is the default as a column of a query that compares as the table's column does.
func defaultColumn(t *tableUnit, c *hclschema.Object) string {
	value := defaultOperand(c)
	if a := columnAffinity(t, c); a != "blob" && isStoredAsWritten(t, c) {
		value = "CAST(" + value + " AS " + upper(a) + ")"
	}
	if collate := c.Properties[hclschema.PropCollate]; collate != nil {
		value += " COLLATE " + quoting.QuoteName(collate.String())
	}
	return value
}

// doubtIn is the greatest doubt about a column that a text could speak of.
func (rows *liveRows) doubtIn(value hclschema.Value) doubt {
	if value == nil {
		return exact
	}
	tokens, err := lex(value.String())
	if err != nil {
		return unknown
	}
	greatest := exact
	for _, t := range tokens {
		if t.kind != tokenWord && t.kind != tokenQuoted && t.kind != tokenString {
			continue
		}
		if d := rows.doubts[fold(t.content())]; d > greatest {
			greatest = d
		}
	}
	return greatest
}

// knows says that a query computes an expression as the table will.
func (rows *liveRows) knows(value hclschema.Value) bool { return rows.doubtIn(value) == exact }

// tells says that a query finds the same rows equal in the column as the table will.
func (rows *liveRows) tells(name string) bool { return rows.doubts[fold(name)] <= similar }

// has says that a query has the column's very values.
func (rows *liveRows) has(name string) bool { return rows.doubts[fold(name)] <= recollated }

// tellsNull says that a query finds NULL in the column where the table will hold it.
func (rows *liveRows) tellsNull(name string) bool { return rows.doubts[fold(name)] < unknown }
