package sqlite

// bodyForm writes the canonical form of a query or a trigger's body: tokens with one space between them, keywords in
// capitals, names as they are but for needless quotes. SQLite names a result's column after the text of an item that is
// neither a column nor has an alias, so such an item of a SELECT whose columns others can see keeps its text.
type bodyForm struct {
	text   string
	tokens []token
	// closes holds for each opening parenthesis the place of the closing one.
	closes map[int]int
	// folds says that nobody sees the letters of names: in a trigger's body.
	folds bool
	spacer
}

func canonicalBody(text string, tokens []token) string {
	closes, ok := matchParentheses(tokens)
	if !ok {
		return trim(text)
	}
	f := &bodyForm{text: text, tokens: tokens, closes: closes, folds: tokens[0].is("BEGIN")}
	f.walk(0, len(tokens), isBody(tokens) && !tokens[0].is("BEGIN"))
	return f.String()
}

// matchParentheses pairs parentheses. ok is false where they don't match or nest too deep.
func matchParentheses(tokens []token) (closes map[int]int, ok bool) {
	closes = map[int]int{}
	var open []int
	for i, t := range tokens {
		switch {
		case t.symbol("("):
			if len(open) == maxDepth {
				return nil, false
			}
			open = append(open, i)
		case t.symbol(")"):
			if len(open) == 0 {
				return nil, false
			}
			closes[open[len(open)-1]] = i
			open = open[:len(open)-1]
		}
	}
	return closes, len(open) == 0
}

// walk writes the tokens from low up to high, which are one level of parentheses. named says that the names of its
// result's columns can be seen.
func (f *bodyForm) walk(low, high int, named bool) {
	outer, from := named, false
	for i := low; i < high; i++ {
		t := f.tokens[i]
		f.emit(i)
		switch {
		case t.symbol("("):
			f.walk(i+1, f.closes[i], i == low && outer || i > 0 && f.selectable(i-1, from))
			i = f.closes[i]
			f.emit(i)
		case t.is("SELECT"):
			from = false
			if named {
				named, i = false, f.items(i+1, high)-1
			}
		case t.is("UNION") || t.is("EXCEPT") || t.is("INTERSECT"):
			// The columns of a compound are named by what stands first in it.
			named = false
		case t.is("FROM") || t.is("JOIN"):
			from = true
		case t.is("WHERE") || t.is("GROUP") || t.is("ORDER") || t.is("HAVING") || t.is("LIMIT") || t.is("SET"):
			from = false
		}
	}
}

// selectable says whether a parenthesis behind that token can hold a query that is selected from. from says that the token
// stands in a FROM clause.
func (f *bodyForm) selectable(i int, from bool) bool {
	t := f.tokens[i]
	return t.is("FROM") || t.is("JOIN") || t.is("AS") || t.is("MATERIALIZED") || from && t.symbol(",")
}

// items writes the columns of a SELECT and returns where they end.
func (f *bodyForm) items(low, high int) int {
	for low < high && (f.tokens[low].is("DISTINCT") || f.tokens[low].is("ALL")) {
		f.emit(low)
		low++
	}
	for start := low; start < high; {
		end := f.itemEnd(start, high)
		f.item(start, end)
		if end >= high || !f.tokens[end].symbol(",") {
			return end
		}
		f.emit(end)
		start = end + 1
	}
	return high
}

// itemEnd is the place of what ends the item: a comma, the next clause, the end.
func (f *bodyForm) itemEnd(start, high int) int {
	for i := start; i < high; i++ {
		t := f.tokens[i]
		switch {
		case t.symbol("("):
			i = f.closes[i]
		case t.symbol(",") || t.symbol(";"):
			return i
		case t.is("FROM") && !(i > start && f.tokens[i-1].is("DISTINCT")):
			return i
		case t.is("WHERE") || t.is("GROUP") || t.is("ORDER") || t.is("HAVING") || t.is("LIMIT") ||
			t.is("UNION") || t.is("EXCEPT") || t.is("INTERSECT"):
			return i
		}
	}
	return high
}

// item writes one column of a SELECT.
func (f *bodyForm) item(start, end int) {
	if start >= end {
		return
	}
	if !f.aliased(start, end) && !f.column(start, end) {
		f.raw(f.rawItem(start, end))
		return
	}
	if f.tokens[end-1].kind != tokenWord {
		f.walk(start, end, false)
		return
	}
	f.walk(start, end-1, false)
	f.raw(f.tokens[end-1].text)
}

// rawItem is the text that SQLite names a column after: up to the next token, a comment before that included.
func (f *bodyForm) rawItem(start, end int) string {
	next := len(f.text)
	if end < len(f.tokens) {
		next = f.tokens[end].start
	}
	return trim(f.text[f.tokens[start].start:next])
}

// aliased says whether the item ends with a name for its column.
func (f *bodyForm) aliased(start, end int) bool {
	last := f.tokens[end-1]
	if end-start < 2 || !last.named() {
		return false
	}
	before := f.tokens[end-2]
	switch {
	case before.is("AS"):
		return true
	case before.kind == tokenSymbol:
		return before.symbol(")") && !last.is("END")
	case last.is("END") || before.is("OVER") || before.is("LIKE") || before.is("GLOB") || before.is("REGEXP") || before.is("MATCH"):
		return false
	default:
		return before.kind != tokenWord || !reserved(before.text) || before.is("NULL") || before.is("ISNULL") ||
			before.is("NOTNULL")
	}
}

// column says whether the item is a column's name, possibly with its table's, or a star. A name in double quotes is held for
// a column, although it would be a string if there were none.
func (f *bodyForm) column(start, end int) bool {
	for i := start; i < end; i++ {
		t := f.tokens[i]
		if (i-start)%2 == 1 {
			if !t.symbol(".") {
				return false
			}
			continue
		}
		star := t.symbol("*") && i == end-1
		if !star && (!t.named() || t.kind == tokenString || ownMeaning(t.text)) {
			return false
		}
	}
	return (end-start)%2 == 1
}

// raw writes a piece of the text as it is. Behind a comment that goes to the end of its line, the line ends.
func (f *bodyForm) raw(piece string) {
	if f.Len() > 0 && !f.close(token{}) {
		f.WriteByte(' ')
	}
	f.WriteString(piece)
	f.previous, f.call = token{}, false
	if tokens, err := lex(piece + " x"); err != nil || len(tokens) == 0 || tokens[len(tokens)-1].text != "x" {
		f.WriteByte('\n')
	}
}

func (f *bodyForm) emit(i int) {
	t := f.tokens[i]
	f.add(f.form(i), t, f.tokens[i+1:])
}

// form is a token's form in a body.
func (f *bodyForm) form(i int) string {
	t := f.tokens[i]
	switch t.kind {
	case tokenWord:
		if besideDot(f.tokens, i) && !reserved(t.text) {
			return f.letters(t.text)
		}
		if keyword, _ := isKeyword(t.text); keyword && !f.nameHere(i, t.text) || ownMeaning(t.text) {
			return upper(t.text)
		}
		return f.letters(t.text)
	case tokenQuoted:
		name := t.content()
		if t.text[0] != '"' || besideDot(f.tokens, i) { // what else stands in double quotes may be a string
			name = f.letters(name)
		}
		keyword, _ := isKeyword(name)
		switch {
		case !plainWord(name):
			return quoted(name)
		case besideDot(f.tokens, i) && !reserved(name), !ownMeaning(name) && (!keyword || f.nameHere(i, name)):
			return name
		}
		return quoted(name)
	default:
		return canonicalLiteral(t)
	}
}

// letters is a name as it counts here.
func (f *bodyForm) letters(name string) string {
	if f.folds {
		return fold(name)
	}
	return name
}

// nameHere says whether a keyword is a name where it stands, so that it means the same with and without quotes.
func (f *bodyForm) nameHere(i int, word string) bool {
	switch {
	case reserved(word):
		return false
	case onlyName(word):
		return true
	case i == 0 || startsOtherwise(word):
		return false
	}
	before := f.tokens[i-1]
	if before.kind == tokenSymbol {
		return !before.symbol(")") && !before.symbol(";") && !(before.symbol("(") && frameWord(word))
	}
	for _, word := range [...]string{
		"SELECT", "DISTINCT", "ALL", "FROM", "JOIN", "INTO", "UPDATE", "WHERE", "AND", "OR", "NOT", "ON", "BY", "WHEN", "THEN", "ELSE",
		"HAVING", "SET",
	} {
		if before.is(word) {
			return true
		}
	}
	return false
}

// startsOtherwise says whether the keyword can stand where a name could: behind OR, NOT, ON, BETWEEN … AND, or a parenthesis.
func startsOtherwise(word string) bool {
	switch upper(word) {
	case "LIKE", "GLOB", "REGEXP", "MATCH", "MATERIALIZED", "CONFLICT", "WITH", "PARTITION", "CURRENT", "UNBOUNDED", "IGNORE", "ABORT",
		"ROLLBACK", "FAIL", "REPLACE", "RECURSIVE":
		return true
	}
	return false
}

// frameWord says whether the keyword begins the frame of a window.
func frameWord(word string) bool {
	switch upper(word) {
	case "ROWS", "RANGE", "GROUPS":
		return true
	}
	return false
}

// onlyName says whether a keyword has no place in queries and in the statements of triggers, so that it can only be a name there.
func onlyName(word string) bool {
	switch upper(word) {
	case "ACTION", "AFTER", "ALWAYS", "ANALYZE", "ATTACH", "BEFORE", "CASCADE", "COLUMN", "DATABASE", "DEFERRED", "DETACH", "EACH",
		"EXCLUSIVE", "EXPLAIN", "FOR", "GENERATED", "IF", "IMMEDIATE", "INITIALLY", "INSTEAD", "KEY", "PLAN", "PRAGMA", "QUERY",
		"REINDEX", "RELEASE", "RENAME", "RESTRICT", "SAVEPOINT", "TEMP", "TEMPORARY", "TRIGGER", "VACUUM", "VIEW", "VIRTUAL",
		"WITHOUT":
		return true
	}
	return false
}
