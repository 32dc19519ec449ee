package sqlite

import (
	"fmt"
	"strings"
)

// tokenKind tells what a token is to SQLite's tokenizer.
type tokenKind uint8

const (
	// tokenWord is a bare word: a keyword or a name, which only the place tells.
	tokenWord tokenKind = iota
	// tokenQuoted is a name in "…", `…` or […].
	tokenQuoted
	// tokenString is a literal in '…', which SQLite takes for a name where only a name fits.
	tokenString
	tokenBlob
	tokenNumber
	tokenVariable
	// tokenSymbol is an operator or punctuation.
	tokenSymbol
)

// token is one token of a statement; text is src[start:end].
type token struct {
	kind       tokenKind
	text       string
	start, end int
}

// is says whether the token is that bare word, in any case. word is in capitals.
func (t token) is(word string) bool {
	return t.kind == tokenWord && len(t.text) == len(word) && strings.EqualFold(t.text, word)
}

// symbol says whether the token is that symbol.
func (t token) symbol(s string) bool { return t.kind == tokenSymbol && t.text == s }

// content is a name or string without its quotes; for every other token the text.
func (t token) content() string {
	if t.kind != tokenQuoted && t.kind != tokenString {
		return t.text
	}
	inner := t.text[1 : len(t.text)-1]
	if t.text[0] == '[' {
		return inner
	}
	quote := t.text[:1]
	return strings.ReplaceAll(inner, quote+quote, quote)
}

// named says whether the parser could take the token for a name where it wants one (nm in parse.y).
func (t token) named() bool {
	switch t.kind {
	case tokenQuoted, tokenString:
		return true
	case tokenWord:
		keyword, fallback := isKeyword(t.text)
		return !keyword || fallback || joinWord(t.text) || t.is("INDEXED")
	default:
		return false
	}
}

// joinWord says whether the word is one of the join keywords, which the parser takes for names of objects (idj in parse.y).
func joinWord(word string) bool {
	switch upper(word) {
	case "CROSS", "FULL", "INNER", "LEFT", "NATURAL", "OUTER", "RIGHT":
		return true
	}
	return false
}

// lex cuts a statement into tokens as SQLite's tokenizer does, leaving out white space and comments. The error names
// what can't be a token and where it stands.
func lex(src string) ([]token, error) {
	tokens := make([]token, 0, len(src)/5+8)
	for at := 0; at < len(src); {
		end, skipped := skipBlank(src, at)
		if skipped {
			at = end
			continue
		}
		kind, end := nextToken(src, at)
		if end <= at {
			return nil, fmt.Errorf("it has the unreadable text %q at byte %d", clip(src[at:]), at+1)
		}
		tokens = append(tokens, token{kind: kind, text: src[at:end], start: at, end: end})
		at = end
	}
	return tokens, nil
}

// skipBlank steps over white space, a byte order mark or a comment at that place.
func skipBlank(src string, at int) (end int, skipped bool) {
	switch c := src[at]; {
	case isSpace(c):
		return at + 1, true
	case strings.HasPrefix(src[at:], "\xef\xbb\xbf"):
		return at + 3, true
	case strings.HasPrefix(src[at:], "--"):
		if i := strings.IndexByte(src[at:], '\n'); i >= 0 {
			return at + i + 1, true
		}
		return len(src), true
	case strings.HasPrefix(src[at:], "/*"):
		if i := strings.Index(src[at+2:], "*/"); i >= 0 {
			return at + 2 + i + 2, true
		}
		return len(src), true
	}
	return at, false
}

// nextToken is the token that begins at that place; end is at where none does.
func nextToken(src string, at int) (kind tokenKind, end int) {
	c := src[at]
	switch {
	case c == '\'':
		return tokenString, quotedEnd(src, at, c)
	case c == '"' || c == '`':
		return tokenQuoted, quotedEnd(src, at, c)
	case c == '[':
		if i := strings.IndexByte(src[at:], ']'); i > 0 {
			return tokenQuoted, at + i + 1
		}
		return tokenQuoted, at
	case (c == 'x' || c == 'X') && at+1 < len(src) && src[at+1] == '\'':
		return tokenBlob, blobEnd(src, at)
	case isDigit(c) || c == '.' && at+1 < len(src) && isDigit(src[at+1]):
		return tokenNumber, numberEnd(src, at)
	case c == '?' || c == ':' || c == '@' || c == '#' || c == '$':
		return tokenVariable, variableEnd(src, at)
	case isNameByte(c):
		for end = at; end < len(src) && isNameByte(src[end]); {
			end++
		}
		return tokenWord, end
	}
	return tokenSymbol, symbolEnd(src, at)
}

func quotedEnd(src string, at int, quote byte) int {
	for i := at + 1; i < len(src); i++ {
		if src[i] != quote {
			continue
		}
		if i+1 < len(src) && src[i+1] == quote {
			i++
			continue
		}
		return i + 1
	}
	return at
}

func blobEnd(src string, at int) int {
	for i := at + 2; i < len(src); i++ {
		if src[i] == '\'' && i%2 == at%2 {
			return i + 1
		}
		if !isHex(src[i]) {
			return at
		}
	}
	return at
}

// numberEnd reads 12, 1_000, 0x1F, 1.5, .5, 1., 1e-3. A name byte behind a number makes it unreadable, as for SQLite.
func numberEnd(src string, at int) int {
	digits := func(i int, is func(byte) bool) int {
		for i < len(src) && (is(src[i]) || src[i] == '_' && i > at && is(src[i-1]) && i+1 < len(src) && is(src[i+1])) {
			i++
		}
		return i
	}
	i := at
	if src[i] == '0' && i+2 < len(src) && (src[i+1] == 'x' || src[i+1] == 'X') && isHex(src[i+2]) {
		i = digits(i+2, isHex)
	} else {
		i = digits(i, isDigit)
		if i < len(src) && src[i] == '.' {
			i = digits(i+1, isDigit)
		}
		if i < len(src) && (src[i] == 'e' || src[i] == 'E') {
			exponent := i + 1
			if exponent < len(src) && (src[exponent] == '+' || src[exponent] == '-') {
				exponent++
			}
			if exponent < len(src) && isDigit(src[exponent]) {
				i = digits(exponent, isDigit)
			}
		}
	}
	if i < len(src) && isNameByte(src[i]) {
		return at
	}
	return i
}

func variableEnd(src string, at int) int {
	end := at + 1
	for end < len(src) && isNameByte(src[end]) {
		end++
	}
	if end == at+1 && src[at] != '?' {
		return at
	}
	return end
}

func symbolEnd(src string, at int) int {
	for _, s := range []string{"->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "==", "!="} {
		if strings.HasPrefix(src[at:], s) {
			return at + len(s)
		}
	}
	if strings.IndexByte("()+-*/%=<>&|~,;.", src[at]) >= 0 {
		return at + 1
	}
	return at
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isHex(c byte) bool   { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

// isNameByte says whether the byte may stand inside a bare word; a word that begins with a digit or $ is none.
func isNameByte(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// clip shortens a text for a message.
func clip(s string) string {
	const most = 30
	count := 0
	for i := range s {
		if count == most {
			return s[:i] + "…"
		}
		count++
	}
	return s
}

// trim takes off what SQLite holds for white space, which is less than Unicode does.
func trim(s string) string { return strings.Trim(s, " \t\n\f\r") }
