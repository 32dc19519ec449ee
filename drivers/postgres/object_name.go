package postgres

import (
	"strings"
	"unicode/utf8"
)

// longestName is how many bytes of a name the engine keeps (NAMEDATALEN - 1).
const longestName = 63

// makeObjectName joins names and a label as the engine does for what has no name of its own (makeObjectName in its
// indexcmds.c): with underscores, and the longer of the two names cut until all fits. second may be empty.
func makeObjectName(first, second, label string) string {
	overhead := 0
	if second != "" {
		overhead++
	}
	if label != "" {
		overhead += len(label) + 1
	}
	room := longestName - overhead
	a, b := len(first), len(second)
	for a+b > room {
		if a > b {
			a--
		} else {
			b--
		}
	}
	var name strings.Builder
	name.WriteString(clip(first, a))
	if second != "" {
		name.WriteString("_" + clip(second, b))
	}
	if label != "" {
		name.WriteString("_" + label)
	}
	return name.String()
}

// clip cuts a text to a number of bytes, without half a character at the end.
func clip(s string, size int) string {
	if len(s) <= size {
		return s
	}
	for size > 0 && !utf8.RuneStart(s[size]) {
		size--
	}
	return s[:size]
}
