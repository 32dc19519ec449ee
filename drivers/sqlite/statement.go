package sqlite

import (
	"errors"
	"strings"

	"github.com/duo-orm/duo-orm/drivers/sqltext"
)

// statement is what must be known of an SQL text before the engine sees it.
type statement struct {
	// words are its first words in capitals, quoted ones left out: at most six.
	words []string
	// pieces is the number of its tokens.
	pieces int
}

// The engine's Go package would run all statements of a text, and nothing behind a NUL.
var (
	errNUL = errors.New("the statement holds a NUL character, behind which SQLite reads nothing; take it away")
)

// readStatement makes sure that a text is one statement. A final semicolon and comments are fine; the statements in the
// body of a CREATE TRIGGER are part of it.
func readStatement(sql string) (statement, error) {
	if strings.IndexByte(sql, 0) >= 0 {
		return statement{}, errNUL
	}
	var s statement
	ended := false      // behind the semicolon that ends the statement
	semicolons := false // in a trigger, the token before was a semicolon
	last := false       // in a trigger, the two tokens before were ; END
	first := 0          // where the statement ended
	for at := 0; at < len(sql); {
		end, kind := piece(sql, at)
		text := sql[at:end]
		at = end
		if kind == blankPiece {
			continue
		}
		if ended && text != ";" {
			return s, &sqltext.SeveralError{Second: sqltext.Excerpt(sql[end-len(text):]), End: first}
		}
		if text == ";" {
			if !ended && len(s.words) > 0 && (!s.trigger() || last) {
				ended, first = true, end
			}
			semicolons = true
			continue
		}
		s.pieces++
		word := strings.ToUpper(text)
		last = semicolons && kind == wordPiece && word == "END"
		semicolons = false
		if len(s.words) < 6 && kind != otherPiece {
			s.words = append(s.words, word)
		} else if len(s.words) == 0 {
			s.words = append(s.words, text) // no SQL begins so; the engine says it
		}
	}
	if len(s.words) == 0 {
		return statement{}, sqltext.ErrNoStatement
	}
	return s, nil
}

// begins says whether the statement begins with these words.
func (s statement) begins(words ...string) bool {
	if len(s.words) < len(words) {
		return false
	}
	for i, word := range words {
		if s.words[i] != word {
			return false
		}
	}
	return true
}

func (s statement) trigger() bool {
	words := s.words
	if s.begins("EXPLAIN", "QUERY", "PLAN") {
		words = words[3:]
	} else if s.begins("EXPLAIN") {
		words = words[1:]
	}
	if len(words) == 0 || words[0] != "CREATE" {
		return false
	}
	rest := strings.Join(words[1:], " ") + " "
	return strings.HasPrefix(rest, "TRIGGER ") || strings.HasPrefix(rest, "TEMP TRIGGER ") || strings.HasPrefix(rest, "TEMPORARY TRIGGER ")
}

// setsForeignKeys says that it is PRAGMA foreign_keys with a value.
func (s statement) setsForeignKeys() bool { return s.setsPragma("FOREIGN_KEYS") }

// setsJournal says that it is PRAGMA journal_mode with a value.
func (s statement) setsJournal() bool { return s.setsPragma("JOURNAL_MODE") }

func (s statement) setsPragma(name string) bool {
	switch {
	case s.begins("PRAGMA", name):
		return s.pieces > 2
	case len(s.words) > 2 && s.words[0] == "PRAGMA" && s.words[2] == name: // PRAGMA main.foreign_keys
		return s.pieces > 4
	}
	return false
}

// changesRows says that the engine counts the rows that the statement changes; behind others its count is that of the
// statement before.
func (s statement) changesRows() bool {
	switch s.words[0] {
	case "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH":
		return true
	}
	return false
}

type pieceKind int

const (
	blankPiece pieceKind = iota // white space or a comment
	wordPiece
	otherPiece
)

// piece is the end of the token that begins at a place, by the rules of SQLite's tokenizer as far as they matter for
// finding semicolons. What isn't closed goes to the end of the text; the engine complains about it.
func piece(sql string, at int) (end int, kind pieceKind) {
	rest := sql[at:]
	switch c := sql[at]; {
	case strings.IndexByte(" \t\n\f\r", c) >= 0:
		return at + 1, blankPiece
	case strings.HasPrefix(rest, "\uFEFF"):
		return at + 3, blankPiece
	case strings.HasPrefix(rest, "--"):
		return at + closing(rest, "\n", 2), blankPiece
	case strings.HasPrefix(rest, "/*") && len(rest) > 2:
		return at + closing(rest, "*/", 2), blankPiece
	case c == '[':
		return at + closing(rest, "]", 1), otherPiece
	case c == '\'' || c == '"' || c == '`':
		end = at + closing(rest, string(c), 1)
		for end < len(sql) && sql[end] == c { // a doubled quote stands for itself
			end += closing(sql[end:], string(c), 1)
		}
		return end, otherPiece
	case nameByte(c):
		for end = at; end < len(sql) && nameByte(sql[end]); end++ {
		}
		return end, wordPiece
	}
	return at + 1, otherPiece
}

func nameByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// closing is the length up to and including the mark that is looked for from a place on.
func closing(text, mark string, from int) int {
	if i := strings.Index(text[from:], mark); i >= 0 {
		return from + i + len(mark)
	}
	return len(text)
}
