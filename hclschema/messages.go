package hclschema

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
)

// failure is an error at a place. The summary holds no values; detail says what is wrong and then the way out.
func failure(at hcl.Range, summary, detail string, args ...any) *hcl.Diagnostic {
	if len(args) > 0 {
		detail = fmt.Sprintf(detail, args...)
	}
	d := &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail}
	if at.Filename != "" || at.Start.Line != 0 {
		d.Subject = &at
	}
	return d
}

// place is a range as people type it: file:line,column.
func place(r hcl.Range) string {
	return fmt.Sprintf("%s:%d,%d", r.Filename, r.Start.Line, r.Start.Column)
}

// describe names the sort of a value for messages: "a list", "the text \"x\"".
func describe(v Evaluated) string {
	switch v := v.(type) {
	case Null:
		return "null"
	case Boolean:
		return fmt.Sprintf("%t", bool(v))
	case Number:
		return "the number " + shorten(string(v))
	case String:
		return fmt.Sprintf("the text %q", shorten(string(v)))
	case RawSQL:
		return "SQL text from sql(…)"
	case Word:
		return "the word " + wordText(v)
	case Reference:
		return "the reference " + referenceText(v)
	case Sequence:
		return "a list"
	case Mapping:
		return "a map"
	}
	return "a value with an error"
}

// upperFirst begins a sentence with text.
func upperFirst(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

func wordText(w Word) string {
	if w.Called {
		return shorten(w.Name + "(" + strings.Join(w.Args, ", ") + ")")
	}
	return w.Name
}

// referenceText writes a path as it would stand in a model.
func referenceText(r Reference) string {
	var b strings.Builder
	for i, part := range r.Path {
		switch {
		case i == 0:
			b.WriteString(part)
		case plainName(part):
			b.WriteString("." + part)
		default:
			fmt.Fprintf(&b, "[%q]", part)
		}
	}
	return shorten(b.String())
}

func plainName(s string) bool {
	for i, r := range s {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

// shorten keeps messages readable whatever the value.
func shorten(s string) string {
	const limit = 60
	if r := []rune(s); len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return s
}

// oneLine is source text for a message: spaces folded, shortened.
func oneLine(source []byte) string { return shorten(strings.Join(strings.Fields(string(source)), " ")) }
