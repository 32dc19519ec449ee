package sqlite

import (
	"errors"
	"strings"
)

// What a text of a model can be refused for. SQLite itself would take most of these for something else: a second clause,
// a second statement.
var (
	errEmptyText    = errors.New("it is empty")
	errParentheses  = errors.New("its parentheses don't match")
	errNULText      = errors.New("it holds a NUL character")
	errOpenComment  = errors.New("a comment in it doesn't end")
	errSemicolon    = errors.New("it holds a semicolon, which would begin another statement")
	errComma        = errors.New("it holds a comma outside parentheses, which would begin another item")
	errTriggerBody  = errors.New("a body begins with BEGIN and ends with the END that belongs to it")
	errNoQuery      = errors.New("a query begins with SELECT, WITH or VALUES")
	errMoreThanBody = errors.New("it goes on behind the END of the body")
)

// completeTokens cuts a text that must be closed in itself: parentheses, quotes and comments end within it.
func completeTokens(text string) ([]token, error) {
	if strings.IndexByte(text, 0) >= 0 {
		return nil, errNULText
	}
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	if len(tokens) == 0 {
		return nil, errEmptyText
	}
	depth := 0
	for _, t := range tokens {
		switch {
		case t.symbol("("):
			depth++
		case t.symbol(")"):
			if depth--; depth < 0 {
				return nil, errParentheses
			}
		}
	}
	if depth != 0 {
		return nil, errParentheses
	}
	if _, open := trailingComment(text, tokens); open {
		return nil, errOpenComment
	}
	return tokens, nil
}

// trailingComment says whether the text ends within a comment: one to the end of the line, or one that never ends.
func trailingComment(text string, tokens []token) (line, open bool) {
	for at := tokens[len(tokens)-1].end; at < len(text); {
		end, skipped := skipBlank(text, at)
		if !skipped {
			return false, false
		}
		blank := text[at:end]
		line = strings.HasPrefix(blank, "--") && !strings.HasSuffix(blank, "\n")
		open = strings.HasPrefix(blank, "/*") && (len(blank) < 4 || !strings.HasSuffix(blank, "*/"))
		at = end
	}
	return line, open
}

// closeComment puts a line break behind a text that ends in a comment to the end of the line.
func closeComment(text string, tokens []token) string {
	if line, _ := trailingComment(text, tokens); line {
		return text + "\n"
	}
	return text
}

// checkExpression refuses what holds more than one expression.
func checkExpression(tokens []token) error {
	depth := 0
	for _, t := range tokens {
		switch {
		case t.symbol("("):
			depth++
		case t.symbol(")"):
			depth--
		case t.symbol(";"):
			return errSemicolon
		case t.symbol(",") && depth == 0:
			return errComma
		}
	}
	return nil
}

// checkQuery takes one query.
func checkQuery(tokens []token) error {
	if first := tokens[0]; !first.is("SELECT") && !first.is("WITH") && !first.is("VALUES") {
		return errNoQuery
	}
	for _, t := range tokens {
		if t.symbol(";") {
			return errSemicolon
		}
	}
	return nil
}

// checkBody takes BEGIN … END. Within a body, END behind a semicolon is the body's own: that of CASE never stands there.
func checkBody(tokens []token) error {
	last := len(tokens) - 1
	if !tokens[0].is("BEGIN") || !tokens[last].is("END") || last < 1 || !tokens[last-1].symbol(";") {
		return errTriggerBody
	}
	for i, t := range tokens[:last] {
		if t.is("END") && tokens[i-1].symbol(";") {
			return errMoreThanBody
		}
	}
	return nil
}

// isWrapped says that the first token opens a parenthesis which the last one closes.
func isWrapped(tokens []token) bool {
	if len(tokens) < 2 || !tokens[0].symbol("(") {
		return false
	}
	depth := 0
	for i, t := range tokens {
		switch {
		case t.symbol("("):
			depth++
		case t.symbol(")"):
			depth--
		}
		if depth == 0 {
			return i == len(tokens)-1
		}
	}
	return false
}

// isConstant says that the tokens are a literal that DEFAULT takes without parentheses. A lone word is one as well:
// NULL, TRUE, CURRENT_DATE, and for SQLite any name, which it takes for a string.
func isConstant(tokens []token) bool {
	switch len(tokens) {
	case 1:
		return tokens[0].kind != tokenSymbol && tokens[0].kind != tokenVariable
	case 2:
		return (tokens[0].symbol("-") || tokens[0].symbol("+")) && tokens[1].kind == tokenNumber
	}
	return false
}

// mentions says whether one of the tokens could be the name.
func mentions(tokens []token, name string) bool {
	for _, t := range tokens {
		if (t.kind == tokenWord || t.kind == tokenQuoted || t.kind == tokenString) && fold(t.content()) == fold(name) {
			return true
		}
	}
	return false
}
