package proof

import "strings"

type tokenKind int

const (
	// nameToken is a word, quoted or not; its text is without quotes.
	nameToken tokenKind = iota
	// stringToken is a literal; its text is the value.
	stringToken
	numberToken
	otherToken
)

// token is a word of an SQL expression.
type token struct {
	kind tokenKind
	text string
	// quoted is a name in double quotes, which some engines take for a string where no column has the name.
	quoted bool
}

// lex splits an expression, in whichever dialect it is, into what matters for guessing values. It never fails; what it
// doesn't know is an otherToken of one byte.
func lex(text string) []token {
	var tokens []token
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '\'':
			value, n := quoted(text[i:], '\'')
			tokens = append(tokens, token{kind: stringToken, text: value})
			i += n
		case c == '"' || c == '`':
			value, n := quoted(text[i:], c)
			tokens = append(tokens, token{kind: nameToken, text: value, quoted: c == '"'})
			i += n
		case c == '[' && strings.IndexByte(text[i:], ']') > 0 && !subscript(text[:i]):
			n := strings.IndexByte(text[i:], ']')
			tokens = append(tokens, token{kind: nameToken, text: text[i+1 : i+n]})
			i += n + 1
		case strings.HasPrefix(text[i:], "--"):
			i = skipTo(text, i, "\n")
		case strings.HasPrefix(text[i:], "/*"):
			i = skipTo(text, i+2, "*/")
		case digit(c) || c == '.' && i+1 < len(text) && digit(text[i+1]):
			n := span(text[i:], func(c byte) bool { return digit(c) || c == '.' || letter(c) })
			tokens = append(tokens, token{kind: numberToken, text: text[i : i+n]})
			i += n
		case letter(c):
			n := span(text[i:], func(c byte) bool { return letter(c) || digit(c) || c == '$' })
			tokens = append(tokens, token{kind: nameToken, text: text[i : i+n]})
			i += n
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			i++
		default:
			tokens = append(tokens, token{kind: otherToken, text: text[i : i+1]})
			i++
		}
	}
	return tokens
}

// subscript says that a bracket behind the text is no quote of a name, but follows a value or the word ARRAY directly.
func subscript(before string) bool {
	if before == "" {
		return false
	}
	c := before[len(before)-1]
	return letter(c) || digit(c) || strings.IndexByte(")]\"'", c) >= 0
}

// quoted reads a text in quotes, a doubled quote standing for one, and says how long it was.
func quoted(text string, quote byte) (string, int) {
	var value strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] != quote {
			value.WriteByte(text[i])
			continue
		}
		if i+1 == len(text) || text[i+1] != quote {
			return value.String(), i + 1
		}
		value.WriteByte(quote)
		i++
	}
	return value.String(), len(text)
}

func skipTo(text string, from int, end string) int {
	if n := strings.Index(text[from:], end); n >= 0 {
		return from + n + len(end)
	}
	return len(text)
}

func span(text string, in func(byte) bool) int {
	n := 0
	for n < len(text) && in(text[n]) {
		n++
	}
	return n
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// letter takes every byte of a letter beyond ASCII for one.
func letter(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
