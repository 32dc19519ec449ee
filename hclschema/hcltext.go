package hclschema

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quoteHCL is a text as a quoted string of HCL that reads back exactly, whatever is in it.
func quoteHCL(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case (r == '$' || r == '%') && strings.HasPrefix(s[i+1:], "{"):
			b.WriteRune(r)
			b.WriteRune(r)
		case r < 0x10000 && !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		case !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

var plainWord = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// isPlainWord says whether a name can stand bare in a path.
func isPlainWord(name string) bool {
	switch name {
	case "null", "true", "false", "for", "if", "in", "else", "endif", "endfor":
		return false
	}
	return plainWord.MatchString(name)
}

// isTypeWord says whether a type's name can stand bare: where it isn't the beginning of a path either.
func isTypeWord(name string) bool {
	switch name {
	case "var", "local", "each", "mixin", "column", "sql", "dynamic", "self", "count", "path":
		return false
	}
	if _, ok := OtherBlocks()[name]; ok {
		return false
	}
	for _, kind := range Kinds() {
		if kind.Reference().Name == name {
			return false
		}
	}
	return isPlainWord(name)
}

// step is a name as the next step of a path: .users, ["odd name"].
func step(name string) string {
	if isPlainWord(name) {
		return "." + name
	}
	return "[" + quoteHCL(name) + "]"
}

func wordOrQuoted(word string) string {
	if isTypeWord(word) {
		return word
	}
	return quoteHCL(word)
}

// heredocEnd is the word that ends the heredocs of written models.
const heredocEnd = "SQL"

// survivesHeredoc says whether a text reads back exactly from an indented heredoc. The flush form takes away the
// indentation that all lines share, except that blank lines count for nothing and lose nothing.
func survivesHeredoc(text string) bool {
	if !readable(text) {
		return false
	}
	flush := false
	for _, line := range strings.Split(text, "\n") {
		content := strings.TrimLeft(line, " \t")
		switch {
		case content == "":
			continue
		case !startsCleanly(content) || strings.TrimSpace(line) == heredocEnd:
			return false
		case len(content) == len(line):
			flush = true
		}
	}
	return flush
}

// readable says whether a text can stand in a heredoc at all.
func readable(text string) bool {
	if !utf8.ValidString(text) || strings.Contains(text, "$${") || strings.Contains(text, "%%{") {
		return false
	}
	for _, r := range text {
		if r != '\n' && r != '\t' && !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// survivesUnindented says whether a text reads back exactly from a heredoc that keeps its lines as they are.
func survivesUnindented(text string) bool {
	if !readable(text) {
		return false
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == heredocEnd {
			return false
		}
	}
	return true
}

// unindentedHeredoc is a text as a heredoc that keeps its lines as they are: one in which every line is indented.
func unindentedHeredoc(text string, depth int) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "${", "$${"), "%{", "%%{")
	return "<<" + heredocEnd + "\n" + text + "\n" + strings.Repeat("  ", depth) + heredocEnd
}

// startsCleanly says whether a line's first character stands by itself, and doesn't join with the space before it.
func startsCleanly(content string) bool {
	r, _ := utf8.DecodeRuneInString(content)
	return r < utf8.RuneSelf || unicode.IsLetter(r)
}

// heredoc is a text that survives it as a heredoc whose attribute stands at the depth.
func heredoc(text string, depth int) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "${", "$${"), "%{", "%%{")
	indent := strings.Repeat("  ", depth)
	var b strings.Builder
	b.WriteString("<<-" + heredocEnd + "\n")
	for _, line := range strings.Split(text, "\n") {
		if strings.Trim(line, " \t") != "" {
			b.WriteString(indent + "  ")
		}
		b.WriteString(line + "\n")
	}
	b.WriteString(indent + heredocEnd)
	return b.String()
}
