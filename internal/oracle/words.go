package oracle

import "strings"

// word is a word, a literal or a sign of DDL. quote is the sign that a name or string began with, 0 for none.
type word struct {
	text  string
	quote byte
}

// is says whether the word is that keyword, in any case.
func (w word) is(keyword string) bool { return w.quote == 0 && strings.EqualFold(w.text, keyword) }

// isString says that the word can't be a name.
func (w word) isString() bool { return w.quote == '\'' }

// words splits DDL. Comments and white space are dropped.
func words(text string) []word {
	var list []word
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
			i++
		case strings.HasPrefix(text[i:], "--"):
			i += until(text[i:], "\n")
		case strings.HasPrefix(text[i:], "/*"):
			i += 2 + until(text[i+2:], "*/")
		case c == '\'' || c == '"' || c == '`' || c == '[':
			content, n := quoted(text[i:])
			list = append(list, word{content, c})
			i += n
		case isWord(c):
			j := i
			for j < len(text) && (isWord(text[j]) || text[j] == '.' && number(text[i:j])) {
				j++
			}
			list = append(list, word{text[i:j], 0})
			i = j
		default:
			list = append(list, word{string(c), 0})
			i++
		}
	}
	return list
}

// until is the length of a text up to and with its end.
func until(text, end string) int {
	if i := strings.Index(text, end); i >= 0 {
		return i + len(end)
	}
	return len(text)
}

func isWord(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func number(text string) bool { return text[0] >= '0' && text[0] <= '9' }

// quoted reads a quoted name or string.
func quoted(text string) (content string, length int) {
	end := text[0]
	if end == '[' {
		end = ']'
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] == end {
			if end == ']' || i+1 >= len(text) || text[i+1] != end {
				return b.String(), i + 1
			}
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String(), len(text)
}

// lower folds as SQLite does: ASCII letters only.
func lower(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}

// canonical writes words with one space between them. known are the names, folded, that may be written in any case and any
// quotes; other quoted words are strings. Bare words are folded where fold says so, and
// keywords always.
func canonical(list []word, known map[string]bool, fold bool) string {
	texts := make([]string, len(list))
	for i, w := range list {
		switch {
		case w.isString():
			texts[i] = "'" + w.text + "'"
		case w.quote != 0 && known[lower(w.text)], w.quote == 0 && (fold || keywords[lower(w.text)]):
			texts[i] = lower(w.text)
		case w.quote != 0 && known == nil:
			texts[i] = w.text
		case w.quote != 0:
			texts[i] = "'" + w.text + "'" // no name: SQLite takes it for a string
		default:
			texts[i] = w.text
		}
	}
	text := strings.Join(texts, " ")
	return strings.NewReplacer(" ! = ", " < > ", " = = ", " = ").Replace(text)
}

// unwrapped is a list without parentheses around all of it.
func unwrapped(list []word) []word {
	for len(list) > 1 && list[0].is("(") && closing(list, 0) == len(list)-1 {
		list = list[1 : len(list)-1]
	}
	return list
}

// closing is where the parenthesis closes that opens at i; the end of the list if it doesn't.
func closing(list []word, i int) int {
	depth := 0
	for j := i; j < len(list); j++ {
		if list[j].is("(") {
			depth++
		} else if list[j].is(")") {
			if depth--; depth == 0 {
				return j
			}
		}
	}
	return len(list)
}

// split cuts a list at its outermost commas.
func split(list []word) [][]word {
	var parts [][]word
	depth, start := 0, 0
	for i, w := range list {
		switch {
		case w.is("("):
			depth++
		case w.is(")"):
			depth--
		case w.is(",") && depth == 0:
			parts = append(parts, list[start:i])
			start = i + 1
		}
	}
	return append(parts, list[start:])
}

// keywords that queries and the bodies of triggers can hold.
var keywords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`abort all and as asc before begin between by case cast collate cross current_date current_time
		current_timestamp delete desc distinct else end escape except exists fail filter from glob group having ignore in indexed inner
		insert instead intersect into is isnull join left like limit materialized natural not notnull null nulls of offset on or order
		outer over partition raise recursive replace right rollback row rows select set then union unique update using values when
		where window with after each for`) {
		set[w] = true
	}
	return set
}()
