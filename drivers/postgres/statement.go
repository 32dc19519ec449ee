package postgres

import (
	"errors"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers/sqltext"
)

// sqlText is what must be known of an SQL text before the server sees it.
type sqlText struct {
	// words are its words in capitals, in order, quoted names and texts left out.
	words []string
	// first is how its first word is written.
	first string
}

var (
	errNUL = errors.New("the statement holds a NUL character, which PostgreSQL doesn't take; take it away")
)

// readStatement makes sure that a text is one statement. A final semicolon and comments are fine; the statements in the
// body BEGIN ATOMIC … END of a function are part of it, and so is what stands in the parentheses of a rule.
func readStatement(sql string) (sqlText, error) {
	if strings.IndexByte(sql, 0) >= 0 {
		return sqlText{}, errNUL
	}
	var s sqlText
	ended, any := false, false
	first := 0                // where the statement ended
	parentheses, body := 0, 0 // how deep in parentheses, and in BEGIN … END or CASE … END of a function's body
	for at := 0; at < len(sql); {
		end, kind := piece(sql, at)
		text := sql[at:end]
		at = end
		if kind == blankPiece || text == ";" && !any {
			continue
		}
		if ended && text != ";" {
			return s, &sqltext.SeveralError{Second: sqltext.Excerpt(sql[end-len(text):]), End: first}
		}
		any = true
		switch {
		case text == "(":
			parentheses++
		case text == ")":
			parentheses--
		case text == ";":
			if !ended && parentheses <= 0 && body == 0 {
				ended, first = true, end
			}
		case kind == wordPiece:
			word := strings.ToUpper(text)
			switch {
			case !s.routine():
			case word == "BEGIN", word == "CASE" && body > 0:
				body++
			case word == "END" && body > 0:
				body--
			}
			if s.words == nil {
				s.first = text
			}
			s.words = append(s.words, word)
		}
	}
	if !any {
		return sqlText{}, sqltext.ErrNoStatement
	}
	return s, nil
}

// word is a word by its place, empty where there are fewer.
func (s sqlText) word(at int) string {
	if at < len(s.words) {
		return s.words[at]
	}
	return ""
}

// begins says whether the statement begins with these words.
func (s sqlText) begins(words ...string) bool {
	for i, word := range words {
		if s.word(i) != word {
			return false
		}
	}
	return true
}

// has says whether a word stands anywhere in it.
func (s sqlText) has(word string) bool {
	for _, w := range s.words {
		if w == word {
			return true
		}
	}
	return false
}

// shown names the statement in a message.
func (s sqlText) shown() string {
	if s.begins("START", "TRANSACTION") || s.begins("PREPARE", "TRANSACTION") || s.word(1) == "PREPARED" {
		return s.word(0) + " " + s.word(1)
	}
	return s.word(0)
}

// routine says that the statement makes a function or procedure, whose body may hold semicolons.
func (s sqlText) routine() bool {
	if s.word(0) != "CREATE" {
		return false
	}
	at := 1
	if s.word(1) == "OR" {
		at = 3
	}
	return s.word(at) == "FUNCTION" || s.word(at) == "PROCEDURE"
}

// numbered writes $1, $2, … for the ? marks of a statement that stand outside of quotes and comments, and counts them.
func numbered(sql string) (text string, marks int) {
	var b strings.Builder
	for at := 0; at < len(sql); {
		end, _ := piece(sql, at)
		if sql[at:end] == "?" {
			marks++
			b.WriteString("$" + strconv.Itoa(marks))
		} else {
			b.WriteString(sql[at:end])
		}
		at = end
	}
	return b.String(), marks
}

type pieceKind int

const (
	blankPiece pieceKind = iota // white space or a comment
	wordPiece
	otherPiece
)

// piece is the end of the token that begins at a place, by the rules of PostgreSQL's scan.l as far as they matter for
// finding semicolons, words and ? marks. What isn't closed goes to the end of the text; the server complains about it.
func piece(sql string, at int) (end int, kind pieceKind) {
	rest := sql[at:]
	switch c := sql[at]; {
	case strings.IndexByte(" \t\n\f\r\v", c) >= 0:
		return at + 1, blankPiece
	case strings.HasPrefix(rest, "--"):
		if i := strings.IndexAny(rest, "\n\r"); i >= 0 {
			return at + i + 1, blankPiece
		}
		return len(sql), blankPiece
	case strings.HasPrefix(rest, "/*"):
		return at + comment(rest), blankPiece
	case c == '\'' || c == '"':
		return at + quotedText(rest, c, false), otherPiece
	case (c == 'e' || c == 'E') && strings.HasPrefix(rest[1:], "'"):
		return at + 1 + quotedText(rest[1:], '\'', true), otherPiece
	case c == '$':
		return at + dollarQuoted(rest), otherPiece
	case nameStart(c):
		for end = at + 1; end < len(sql) && (nameStart(sql[end]) || sql[end] == '$' || sql[end] >= '0' && sql[end] <= '9'); end++ {
		}
		return end, wordPiece
	case c >= '0' && c <= '9': // so that the e of 1e5 begins no word
		for end = at + 1; end < len(sql) && (nameStart(sql[end]) || sql[end] >= '0' && sql[end] <= '9'); end++ {
		}
		return end, otherPiece
	}
	return at + 1, otherPiece
}

func nameStart(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// comment is the length of a comment, in which others may be nested.
func comment(text string) int {
	depth := 0
	for at := 0; at < len(text); {
		switch {
		case strings.HasPrefix(text[at:], "/*"):
			depth++
			at += 2
		case strings.HasPrefix(text[at:], "*/"):
			depth--
			at += 2
		default:
			at++
		}
		if depth == 0 {
			return at
		}
	}
	return len(text)
}

// quotedText is the length of what begins with a quote and ends with the same; a doubled one stands for itself, and so
// does one behind a backslash in E'…'.
func quotedText(text string, quote byte, backslash bool) int {
	for at := 1; at < len(text); at++ {
		switch {
		case backslash && text[at] == '\\':
			at++
		case text[at] != quote:
		case at+1 < len(text) && text[at+1] == quote:
			at++
		default:
			return at + 1
		}
	}
	return len(text)
}

// dollarQuoted is the length of $tag$…$tag$, or 1 where the $ begins none, as in $1.
func dollarQuoted(text string) int {
	end := 1
	for end < len(text) && (nameStart(text[end]) || end > 1 && text[end] >= '0' && text[end] <= '9') {
		end++
	}
	if end == len(text) || text[end] != '$' {
		return 1
	}
	tag := text[:end+1]
	if i := strings.Index(text[len(tag):], tag); i >= 0 {
		return len(tag) + i + len(tag)
	}
	return len(text)
}
