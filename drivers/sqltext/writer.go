package sqltext

import (
	"errors"
	"strings"
)

// Writer builds one statement. What can't be written is remembered and comes back from SQL, so that callers write straight on.
// It is not safe for concurrent use.
type Writer struct {
	quoting Quoting
	lines   strings.Builder
	depth   int
	errs    []error
}

// NewWriter makes an empty statement of a dialect.
func NewWriter(quoting Quoting) *Writer { return &Writer{quoting: quoting} }

// Line writes the parts as one line. Line breaks within a part stay, and what follows them is not indented.
func (w *Writer) Line(parts ...string) {
	if w.lines.Len() > 0 {
		w.lines.WriteByte('\n')
	}
	w.lines.WriteString(strings.Repeat("  ", w.depth))
	for _, part := range parts {
		w.lines.WriteString(part)
	}
}

// List writes each item on a line of its own, indented, with commas between them.
func (w *Writer) List(items []string) {
	w.Indented(func() {
		for i, item := range items {
			if i < len(items)-1 {
				item += ","
			}
			w.Line(item)
		}
	})
}

// Indented writes what write writes one step further in.
func (w *Writer) Indented(write func()) {
	w.depth++
	write()
	w.depth--
}

// Name writes a name, quoted where that is needed.
func (w *Writer) Name(name string) string { return w.keep(w.quoting.Name(name)) }

// Names writes names with commas between them.
func (w *Writer) Names(names []string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = w.Name(name)
	}
	return strings.Join(words, ", ")
}

// Literal writes a string.
func (w *Writer) Literal(text string) string { return w.keep(w.quoting.Literal(text)) }

// Fail remembers an error for SQL; nil is left out.
func (w *Writer) Fail(err error) {
	if err != nil {
		w.errs = append(w.errs, err)
	}
}

// SQL is the statement, or everything that was wrong with it.
func (w *Writer) SQL() (string, error) {
	if len(w.errs) > 0 {
		return "", errors.Join(w.errs...)
	}
	return w.lines.String(), nil
}

func (w *Writer) keep(text string, err error) string {
	w.Fail(err)
	return text
}
