package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Expression implements hclschema.Dialect.
//
// An expression (of a check, a default, an index) is reduced to its tokens: keywords in capitals, names without needless
// quotes and folded, redundant parentheses gone. SQLite takes "Name" in double quotes for a string where no column has that
// name, so one with capitals keeps its quotes and letters. A lone name keeps its letters: behind DEFAULT it is a string.
//
// A query or a trigger's body keeps its names' letters, and keeps to the letter what names the columns of a result.
func (Driver) Expression(text string) hclschema.Spelled { return expressionIn(text, nil) }

// expressionIn is Expression for a table, if columns isn't nil: names that are in columns, folded, are names whatever their quotes.
func expressionIn(text string, columns map[string]bool) hclschema.Spelled {
	tokens, err := lex(text)
	switch {
	case err != nil || len(tokens) == 0:
		return hclschema.Spelled{Text: text, Canonical: trim(text)}
	case isBody(tokens):
		return hclschema.Spelled{Text: text, Canonical: canonicalBody(text, tokens)}
	default:
		return hclschema.Spelled{Text: text, Canonical: canonicalExpression(text, tokens, columns)}
	}
}

// spelledExpression is Expression for a piece of a statement.
func spelledExpression(text string) hclschema.Spelled { return Driver{}.Expression(text) }

// isBody tells a query, and the BEGIN … END of a trigger, from an expression. BEGIN and WITH can be names of columns.
func isBody(tokens []token) bool {
	switch first := tokens[0]; {
	case first.is("SELECT") || first.is("VALUES"):
		return true
	case len(tokens) < 3:
		return false
	case first.is("WITH"):
		return tokens[1].named() && (tokens[2].is("AS") || tokens[2].symbol("(") || tokens[1].is("RECURSIVE") && tokens[2].named())
	default:
		return first.is("BEGIN") && startsStatement(tokens[1]) && tokens[len(tokens)-1].is("END")
	}
}

// startsStatement says whether a statement of a trigger's body can begin with the word.
func startsStatement(t token) bool {
	for _, word := range [...]string{"INSERT", "UPDATE", "DELETE", "SELECT", "REPLACE", "WITH", "VALUES"} {
		if t.is(word) {
			return true
		}
	}
	return false
}

func canonicalExpression(text string, tokens []token, columns map[string]bool) string {
	for _, t := range tokens {
		if t.is("SELECT") || t.is("VALUES") {
			// A subquery has aliases, where a quoted keyword and the keyword part ways.
			return canonicalBody(text, tokens)
		}
	}
	tokens, ok := dropParentheses(tokens)
	if !ok {
		return trim(text)
	}
	if len(tokens) == 1 {
		return canonicalLone(tokens[0], columns)
	}
	var w spacer
	for i, t := range tokens {
		w.add(canonicalToken(t, besideDot(tokens, i), columns), t, tokens[i+1:])
	}
	return w.String()
}

// besideDot says whether a token is part of a path such as new.name: it can be neither keyword nor string there.
func besideDot(tokens []token, i int) bool {
	return i > 0 && tokens[i-1].symbol(".") || i+1 < len(tokens) && tokens[i+1].symbol(".")
}

// canonicalLone is the form of an expression of one token. Behind DEFAULT a lone name is a string, and there are no columns.
func canonicalLone(t token, columns map[string]bool) string {
	switch {
	case t.kind == tokenWord && (reserved(t.text) || ownMeaning(t.text)):
		return upper(t.text)
	case t.kind == tokenWord && columns[fold(t.text)]:
		return fold(t.text)
	case t.kind == tokenWord:
		return t.text
	case t.kind != tokenQuoted:
		return canonicalLiteral(t)
	}
	name := t.content()
	if isString(t, false, columns) {
		return asString(name)
	}
	if columns[fold(name)] {
		name = fold(name)
	}
	if plain(name) {
		return name
	}
	return quoted(name)
}

// isString says that SQLite takes a name in double quotes for a string: it is none of a table's columns.
func isString(t token, besideDot bool, columns map[string]bool) bool {
	name := t.content()
	return t.kind == tokenQuoted && t.text[0] == '"' && !besideDot && columns != nil && !columns[fold(name)] && !isRowidName(name)
}

// asString writes a string as SQLite itself does when it rewrites one in double quotes.
func asString(content string) string { return "'" + strings.ReplaceAll(content, "'", "''") + "'" }

// canonicalToken is a token's form inside an expression that has no subquery. besideDot says that it can be neither keyword
// nor string where it stands.
func canonicalToken(t token, besideDot bool, columns map[string]bool) string {
	switch t.kind {
	case tokenWord:
		if ownMeaning(t.text) && !besideDot {
			return upper(t.text)
		}
		return foldWord(t.text)
	case tokenQuoted:
		name := t.content()
		folded := fold(name)
		switch {
		case isString(t, besideDot, columns):
			return asString(name)
		case t.text[0] == '"' && folded != name && !besideDot && !columns[folded]:
			return quoted(name)
		case plain(name) || besideDot && plainWord(name) && !reserved(name):
			return foldWord(name)
		default:
			return quoted(folded)
		}
	default:
		return canonicalLiteral(t)
	}
}

// canonicalLiteral is the form of a token that is no name and no keyword.
func canonicalLiteral(t token) string {
	switch {
	case t.kind == tokenNumber, t.kind == tokenBlob:
		return fold(t.text)
	case t.symbol("!="):
		return "<>"
	case t.symbol("=="):
		return "="
	default:
		return t.text
	}
}

// foldWord folds a bare name. One that is a keyword as well is in capitals, as it would be if it were the keyword: inside
// an expression the two never stand in the same place.
func foldWord(name string) string {
	if keyword, _ := isKeyword(name); keyword {
		return upper(name)
	}
	return fold(name)
}

// plain says whether a quoted name means the same without its quotes wherever an expression may have a name.
func plain(name string) bool { return plainWord(name) && !reserved(name) && !ownMeaning(name) }

func reserved(name string) bool {
	keyword, fallback := isKeyword(name)
	return keyword && !fallback
}

// ownMeaning says whether the bare word is something else than the quoted name at the start of an operand.
func ownMeaning(word string) bool {
	switch upper(word) {
	case "TRUE", "FALSE", "CAST", "RAISE", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP":
		return true
	}
	return false
}

// plainWord says whether a name is one word to the tokenizer.
func plainWord(name string) bool {
	if name == "" || isDigit(name[0]) || name[0] == '$' {
		return false
	}
	for i := 0; i < len(name); i++ {
		if !isNameByte(name[i]) {
			return false
		}
	}
	return !strings.HasPrefix(name, "\xef\xbb\xbf")
}

// quoted writes a name in double quotes.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// spacer joins tokens with one space between them, but none where people put none.
type spacer struct {
	strings.Builder
	previous token
	// call says that the previous token is the name of a function.
	call bool
}

// add puts a token's form behind what is there; next are the tokens that follow.
func (w *spacer) add(form string, t token, next []token) {
	if w.Len() > 0 && !w.close(t) {
		w.WriteByte(' ')
	}
	w.WriteString(form)
	w.call = (t.kind == tokenQuoted || t.kind == tokenWord && callable(t)) && len(next) > 0 && next[0].symbol("(")
	w.previous = t
}

// close says whether no space goes before the token. Beside a number a point keeps its distance: .5 is a number as well.
func (w *spacer) close(t token) bool {
	switch {
	case t.kind == tokenNumber || w.previous.kind == tokenNumber && t.symbol("."):
		return w.previous.symbol("(")
	case w.previous.symbol("(") || w.previous.symbol("."):
		return true
	case t.symbol(")") || t.symbol(",") || t.symbol(".") || t.symbol(";"):
		return true
	default:
		return t.symbol("(") && w.call
	}
}

// callable says whether a parenthesis behind the word belongs to it.
func callable(t token) bool {
	keyword, fallback := isKeyword(t.text)
	return !keyword || fallback
}
