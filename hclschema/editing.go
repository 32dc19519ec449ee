package hclschema

import (
	"bytes"
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// parseSyntax parses a file for the places of its blocks, after the checks that Evaluate makes of a file. A byte order mark
// is passed over; the places are then those in the rest of the file.
func parseSyntax(source []byte, name string) (*hclsyntax.Body, hcl.Diagnostics) {
	if diags := checkText(name, source); diags.HasErrors() {
		return nil, diags
	}
	text := bytes.TrimPrefix(source, byteOrderMark)
	f := parseText(name, text)
	if f.diags.HasErrors() {
		return nil, f.diags
	}
	return f.body(), f.diags
}

// editing collects changes of a file's text.
type editing struct {
	source  []byte
	mark    []byte
	changes []change
}

// change puts text in the place of source[from:to].
type change struct {
	from, to int
	text     []byte
}

func newEditing(source []byte) *editing {
	rest := bytes.TrimPrefix(source, byteOrderMark)
	return &editing{source: rest, mark: source[:len(source)-len(rest)]}
}

// lineEnd is how the file ends its lines.
func (e *editing) lineEnd() string {
	if i := bytes.IndexByte(e.source, '\n'); i > 0 && e.source[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

func (e *editing) text(text []byte) []byte {
	if e.lineEnd() == "\n" {
		return text
	}
	return bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
}

// replace puts text in the place of a block; what stands before and behind it stays.
func (e *editing) replace(b *hclsyntax.Block, text []byte) {
	e.changes = append(e.changes, change{b.TypeRange.Start.Byte, b.CloseBraceRange.End.Byte, e.text(text)})
}

// remove takes a block away with the comments right above it, and one of the blank lines around it.
func (e *editing) remove(b *hclsyntax.Block) {
	from, to := e.startOfLine(b.TypeRange.Start.Byte), e.endOfLine(b.CloseBraceRange.End.Byte)
	for from > 0 {
		above := e.startOfLine(from - 1)
		text := strings.TrimSpace(string(e.source[above:from]))
		if !strings.HasPrefix(text, "#") && !strings.HasPrefix(text, "//") || strings.Contains(text, "*/") {
			break
		}
		from = above
	}
	blankAbove := from == 0 || strings.TrimSpace(string(e.source[e.startOfLine(from-1):from])) == ""
	if below := e.endOfLine(to); blankAbove && to < len(e.source) && strings.TrimSpace(string(e.source[to:below])) == "" {
		to = below
	} else if from > 0 && blankAbove {
		from = e.startOfLine(from - 1)
	}
	e.changes = append(e.changes, change{from, to, nil})
}

// insert puts lines behind a nested block, or before the closing brace of the block around.
func (e *editing) insert(around, behind *hclsyntax.Block, text []byte) {
	if behind != nil {
		at := e.endOfLine(behind.CloseBraceRange.End.Byte)
		e.changes = append(e.changes, change{at, at, e.text(text)})
		return
	}
	at := e.startOfLine(around.CloseBraceRange.Start.Byte)
	e.changes = append(e.changes, change{at, at, e.text(append([]byte("\n"), text...))})
}

// append puts text behind a top-level block, a blank line between them.
func (e *editing) append(b *hclsyntax.Block, text []byte) {
	at := e.endOfLine(b.CloseBraceRange.End.Byte)
	text = append([]byte("\n"), text...)
	if at == len(e.source) && !bytes.HasSuffix(e.source, []byte("\n")) {
		text = append([]byte("\n"), text...)
	}
	e.changes = append(e.changes, change{at, at, e.text(text)})
}

func (e *editing) startOfLine(at int) int { return bytes.LastIndexByte(e.source[:at], '\n') + 1 }

// endOfLine is the beginning of the next line.
func (e *editing) endOfLine(at int) int {
	if i := bytes.IndexByte(e.source[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(e.source)
}

// result is the file with all changes.
func (e *editing) result() []byte {
	sort.SliceStable(e.changes, func(i, j int) bool { return e.changes[i].from < e.changes[j].from })
	out := append([]byte{}, e.mark...)
	at, removed := 0, false
	for _, c := range e.changes {
		from := max(c.from, at)
		out = append(out, e.source[at:from]...)
		out = append(out, c.text...)
		at = max(c.to, from)
		removed = removed || c.text == nil
	}
	out = append(out, e.source[at:]...)
	if removed && len(out) > len(e.mark) {
		out = append(bytes.TrimRight(out, " \t\r\n"), e.lineEnd()...)
	}
	return out
}
