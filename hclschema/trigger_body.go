package hclschema

import (
	"fmt"
	"strings"
)

// wrapBody puts BEGIN and END around statements that have none.
func wrapBody(text string) string {
	first, last := outerTokens(text)
	if strings.EqualFold(first, "BEGIN") {
		return text
	}
	end := "\n;\nEND" // the line end closes a comment
	if last == ';' {
		end = "\nEND"
	} else if !strings.Contains(text[strings.LastIndexByte(text, '\n')+1:], "--") {
		end = ";\nEND"
	}
	return fmt.Sprintf("BEGIN\n%s%s", text, end)
}

// outerTokens are the first word of an SQL text and its last character, comments and spaces aside.
func outerTokens(text string) (first string, last byte) {
	for i := 0; i < len(text); {
		n := skipSQL(text[i:])
		switch c := text[i]; {
		case n > 1 && (c == '-' || c == '/'), strings.IndexByte(" \t\r\n\f", c) >= 0:
		default:
			last = text[i+n-1]
			if first == "" {
				first = text[i : i+n]
			}
		}
		i += n
	}
	return first, last
}

// skipSQL is the length of the comment, quoted text, word or single character that the text begins with.
func skipSQL(text string) int {
	until := func(end string, from int) int {
		if i := strings.Index(text[from:], end); i >= 0 {
			return from + i + len(end)
		}
		return len(text)
	}
	switch c := text[0]; {
	case strings.HasPrefix(text, "--"):
		return until("\n", 2)
	case strings.HasPrefix(text, "/*"):
		return until("*/", 2)
	case c == '\'' || c == '"' || c == '`':
		return until(string(c), 1)
	case c == '[':
		return until("]", 1)
	default:
		n := 0
		for n < len(text) && isWordByte(text[n]) {
			n++
		}
		return max(n, 1)
	}
}

func isWordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
