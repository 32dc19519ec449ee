package views

import (
	"bytes"
	"io"
	"strings"

	"charm.land/lipgloss/v2"
)

// Printer writes lines to one stream. The first failure to write is kept, and nothing is written after it. It is not safe
// for concurrent use.
type Printer struct {
	out   io.Writer
	color bool
	// terminal says that a person reads it.
	terminal bool
	// advised completes commands in advice.
	advised func(string) string
	err     error
}

// NewPrinter makes a printer. Colours are used where color is true, and never carry a meaning alone.
func NewPrinter(out io.Writer, terminal, color bool) *Printer {
	return &Printer{out: out, terminal: terminal, color: color, advised: func(text string) string { return text }}
}

// Advising is the printer, with a function that completes commands in advice so that they work as they are printed.
func (p *Printer) Advising(advised func(string) string) *Printer {
	p.advised = advised
	return p
}

// Err is the first failure to write.
func (p *Printer) Err() error { return p.err }

// Span is a piece of text in one style. Its text is made harmless when it is printed.
type Span struct {
	Text  string
	Style Style
}

// Style is how a span looks where there are colours.
type Style int

// The styles.
const (
	Plain Style = iota
	Strong
	Faint
	Added
	Changed
	Removed
	Moved
	Failed
	Done
)

var colours = map[Style]string{Added: "2", Changed: "3", Removed: "1", Moved: "6", Failed: "1", Done: "2"}

// T is plain text.
func T(text string) Span { return Span{Text: text} }

// S is text in a style.
func S(style Style, text string) Span { return Span{Text: text, Style: style} }

// Line prints spans on one line; line breaks in them are escaped.
func (p *Printer) Line(spans ...Span) {
	var b strings.Builder
	for _, span := range spans {
		b.WriteString(p.render(Span{Text: Clean(span.Text), Style: span.Style}))
	}
	line := strings.TrimRight(b.String(), " ")
	if rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t"), "::"); ok {
		// A line that begins so is a command to some runners of continuous integration.
		line = line[:len(line)-len(rest)-2] + `\x3a:` + rest
	}
	p.Raw([]byte(line + "\n"))
}

// Advise writes a line that says what to type.
func (p *Printer) Advise(text string) { p.Line(T(p.advised(text))) }

// Block prints a text of several lines, each behind the indent.
func (p *Printer) Block(indent, text string, style Style) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		p.Line(T(indent), S(style, line))
	}
}

// Beside prints what show prints, with one text before its first line and another one before the rest.
func (p *Printer) Beside(first, rest string, show func(p *Printer)) {
	var b bytes.Buffer
	inner := &Printer{out: &b, color: p.color, terminal: p.terminal}
	show(inner)
	before := first
	for line := range strings.Lines(b.String()) {
		p.Raw([]byte(strings.TrimRight(p.render(S(Faint, before))+strings.TrimSuffix(line, "\n"), " ") + "\n"))
		before = rest
	}
}

// Columns prints rows whose cells stand below each other, two spaces apart, behind the indent. The last cell of a row
// may be as long as it likes.
func (p *Printer) Columns(indent string, rows [][]Span) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			if i < len(row)-1 {
				widths[i] = max(widths[i], lipgloss.Width(Clean(cell.Text)))
			}
		}
	}
	for _, row := range rows {
		line := []Span{T(indent)}
		for i, cell := range row {
			line = append(line, cell)
			if i < len(row)-1 {
				line = append(line, T(strings.Repeat(" ", widths[i]-lipgloss.Width(Clean(cell.Text))+2)))
			}
		}
		p.Line(line...)
	}
}

// Document prints a text of several lines that others may read again, such as models or SQL: to the letter, unless a
// person reads it on a terminal, where it is made harmless.
func (p *Printer) Document(text string) {
	if p.terminal {
		p.Block("", text, Plain)
		return
	}
	p.Raw([]byte(text))
}

// Raw prints bytes as they are: a document, never text from elsewhere.
func (p *Printer) Raw(content []byte) {
	if p.err == nil {
		_, p.err = io.Copy(p.out, bytes.NewReader(content))
	}
}

func (p *Printer) render(span Span) string {
	if !p.color || span.Style == Plain || span.Text == "" {
		return span.Text
	}
	style := lipgloss.NewStyle().TabWidth(lipgloss.NoTabConversion)
	switch span.Style {
	case Strong:
		style = style.Bold(true)
	case Faint:
		style = style.Faint(true)
	default:
		style = style.Foreground(lipgloss.Color(colours[span.Style]))
	}
	return style.Render(span.Text)
}
