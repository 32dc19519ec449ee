package oracle

import "strings"

// words splits DDL into words, literals and signs. Comments and white space are dropped, quotes of names too.
func words(text string) []string {
	var list []string
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
			i++
		case strings.HasPrefix(text[i:], "--"):
			if end := strings.IndexByte(text[i:], '\n'); end >= 0 {
				i += end
			} else {
				i = len(text)
			}
		case strings.HasPrefix(text[i:], "/*"):
			if end := strings.Index(text[i+2:], "*/"); end >= 0 {
				i += end + 4
			} else {
				i = len(text)
			}
		case c == '\'' || c == '"' || c == '`' || c == '[':
			word, n := quoted(text[i:])
			list = append(list, word)
			i += n
		case isWord(c):
			j := i
			for j < len(text) && isWord(text[j]) {
				j++
			}
			list = append(list, text[i:j])
			i = j
		default:
			list = append(list, string(c))
			i++
		}
	}
	return list
}

func isWord(c byte) bool {
	return c == '_' || c == '$' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// quoted reads a quoted name or string. A string keeps its quotes.
func quoted(text string) (string, int) {
	end := text[0]
	if end == '[' {
		end = ']'
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		if text[i] == end {
			if end != ']' && i+1 < len(text) && text[i+1] == end {
				b.WriteByte(end)
				i++
				continue
			}
			if text[0] == '\'' {
				return "'" + b.String() + "'", i + 1
			}
			return b.String(), i + 1
		}
		b.WriteByte(text[i])
	}
	return text, len(text)
}

// fold lowers everything but strings, since SQLite compares names and keywords without regard to case.
func fold(list []string) []string {
	folded := make([]string, len(list))
	for i, w := range list {
		if folded[i] = w; !strings.HasPrefix(w, "'") {
			folded[i] = strings.ToLower(w)
		}
	}
	return folded
}

func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }

func count(list []string, word string) int {
	n := 0
	for _, w := range list {
		if strings.EqualFold(w, word) {
			n++
		}
	}
	return n
}

// body is the text of a view or trigger from its AS or its name on, without IF NOT EXISTS, folded.
func body(text string) string {
	list := fold(words(text))
	for i, w := range list {
		if w == "as" || w == "begin" || w == "before" || w == "after" || w == "instead" || w == "insert" || w == "update" || w == "delete" {
			list = list[i:]
			break
		}
	}
	var kept []string
	for i := 0; i < len(list); i++ {
		switch {
		case list[i] == "before" && i == 0: // the default
		case list[i] == "for" && i+2 < len(list) && list[i+1] == "each" && list[i+2] == "row":
			i += 2
		default:
			kept = append(kept, list[i])
		}
	}
	return strings.Join(kept, " ")
}

// clauses are the parts of CREATE TABLE that no pragma reports, sorted by the caller: checks, generated columns,
// collations, conflict clauses, deferrable keys.
func clauses(list []string) []string {
	list = fold(list)
	var found []string
	group := func(i int) (string, int) {
		depth, j := 0, i
		for ; j < len(list); j++ {
			if list[j] == "(" {
				depth++
			} else if list[j] == ")" {
				if depth--; depth == 0 {
					break
				}
			}
		}
		inner := list[i : j+1]
		for len(inner) > 4 && inner[1] == "(" && matches(inner[1:len(inner)-1]) {
			inner = inner[1 : len(inner)-1]
		}
		return strings.Join(inner, " "), j
	}
	for i := 0; i < len(list); i++ {
		next := func(n int) string {
			if i+n < len(list) {
				return list[i+n]
			}
			return ""
		}
		switch {
		case (list[i] == "check" || list[i] == "as") && next(1) == "(":
			text, _ := group(i + 1)
			found = append(found, list[i]+" "+text)
		case list[i] == "collate":
			found = append(found, "collate "+next(1))
		case list[i] == "on" && next(1) == "conflict" && next(2) != "abort":
			found = append(found, "on conflict "+next(2))
		case list[i] == "initially" && next(1) == "deferred":
			found = append(found, "initially deferred")
		}
	}
	return found
}

// matches says whether the first parenthesis of a list closes with its last.
func matches(list []string) bool {
	depth := 0
	for i, w := range list {
		if w == "(" {
			depth++
		} else if w == ")" {
			if depth--; depth == 0 {
				return i == len(list)-1
			}
		}
	}
	return false
}
