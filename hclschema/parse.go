package hclschema

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"sort"
	"sync"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// file is one model file after parsing.
type file struct {
	name  string
	text  []byte
	parts []part
	diags hcl.Diagnostics
	// starts are the bytes where the parts start; hasRaw tells that some part has raw texts.
	starts []int
	hasRaw bool
}

// part is a piece of a file that was parsed on its own.
type part struct {
	body *hclsyntax.Body
	// start is the byte of the file where it begins.
	start int
	// broken tells that it has syntax errors, which are in diags.
	broken bool
	diags  hcl.Diagnostics
	// raw are the texts of literals, by the byte where they end, as they were written; nil where the parser can't have
	// changed any.
	raw map[int]string
}

// parseAll parses the files and gives them in the order of their names.
func parseAll(sources []Source) []*file {
	files := make([]*file, len(sources))
	parallel(len(sources), 1, func(i int) { files[i] = parseSource(sources[i]) })
	sort.SliceStable(files, func(i, j int) bool { return files[i].name < files[j].name })
	return files
}

// parallel does n things, batch of them at a time, on all processors.
func parallel(n, batch int, do func(int)) {
	var wait sync.WaitGroup
	starts := make(chan int, n/batch+1)
	for i := 0; i < n; i += batch {
		starts <- i
	}
	close(starts)
	for range min(runtime.GOMAXPROCS(0), len(starts)) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for start := range starts {
				for i := start; i < min(start+batch, n); i++ {
					do(i)
				}
			}
		}()
	}
	wait.Wait()
}

func parseSource(s Source) *file {
	text := plainLines(s.Bytes)
	if diags := checkText(s.Name, text); len(diags) > 0 {
		return &file{name: s.Name, diags: diags}
	}
	f := parseText(s.Name, text)
	if f.diags.HasErrors() {
		if diags := MergeConflict(s.Name, text); diags != nil {
			return &file{name: s.Name, diags: diags}
		}
	}
	return f
}

// pieceBytes is how much is parsed at a time at least: small enough that the parser's time grows with the text's length, and
// large enough that starting it costs nothing.
const pieceBytes = 4096

// maxAgain bounds how many blocks of pieces with errors are parsed again, each on its own.
const maxAgain = 2000

// parseText parses text that checkText found nothing wrong with, piece by piece.
func parseText(name string, text []byte) *file {
	f := &file{name: name, text: text}
	pieces := split(text, 1, pieceBytes)
	if !f.fits(pieces) {
		return f
	}
	f.parts = make([]part, len(pieces))
	const batch = 16
	if len(pieces) > batch {
		parallel(len(pieces), batch, func(i int) { f.parts[i] = parsePiece(name, pieces[i]) })
	} else {
		for i, p := range pieces {
			f.parts[i] = parsePiece(name, p)
		}
	}
	f.settle(pieces)
	for _, p := range f.parts {
		f.diags = append(f.diags, p.diags...)
		f.starts = append(f.starts, p.start)
		f.hasRaw = f.hasRaw || p.raw != nil
	}
	f.limitErrors()
	return f
}

// fits checks all pieces against the limits.
func (f *file) fits(pieces []piece) bool {
	work := 0
	for _, p := range pieces {
		spent, d := checkNesting(p.text, f.name, p.position(), maxTemplateWork-work)
		if d != nil {
			f.diags = append(f.diags, d)
			return false
		}
		work += spent
	}
	return true
}

// settle looks at the first piece that has errors. Should the splitter have cut in a wrong place, the rest of the file has
// no errors when it is parsed as one. Else pieces with errors are cut into their blocks, so that the errors of one don't
// hide what the others declare.
func (f *file) settle(pieces []piece) {
	first := slices.IndexFunc(f.parts, func(p part) bool { return p.broken })
	if first < 0 {
		return
	}
	if first < len(pieces)-1 {
		rest := pieces[first]
		rest.text, rest.unclosed = f.text[rest.start:], -1
		if _, d := checkNesting(rest.text, f.name, rest.position(), maxTemplateWork); d == nil {
			if whole := parsePiece(f.name, rest); !whole.broken {
				f.parts = append(f.parts[:first], whole)
				return
			}
		}
	}
	again := 0
	var parts []part
	for i, p := range f.parts {
		if !p.broken || again > maxAgain {
			parts = append(parts, p)
			continue
		}
		for _, inner := range split(pieces[i].text, pieces[i].line, 1) {
			inner.start += pieces[i].start
			again++
			parts = append(parts, parsePiece(f.name, inner))
		}
	}
	f.parts = parts
}

func (p piece) position() hcl.Pos { return hcl.Pos{Line: p.line, Column: 1, Byte: p.start} }

// parsePiece parses a piece of the file that was found to fit. A failure of the parser itself is an error of the file.
func parsePiece(name string, p piece) (result part) {
	defer func() {
		if problem := recover(); problem != nil {
			result = part{body: &hclsyntax.Body{}, start: p.start, broken: true, diags: hcl.Diagnostics{failure(hcl.Range{Filename: name, Start: p.position(), End: p.position()},
				"Unreadable text", "What starts here can't be parsed (%s). Take out the last change to find the place.", fmt.Sprint(problem))}}
		}
	}()
	parsed, diags := hclsyntax.ParseConfig(p.text, name, p.position())
	result = part{body: &hclsyntax.Body{}, start: p.start, diags: firstErrors(diags), broken: diags.HasErrors()}
	if result.broken && p.unclosed >= 0 {
		result.diags = hcl.Diagnostics{p.unclosedString(name)}
	}
	if body, ok := parsed.Body.(*hclsyntax.Body); ok {
		result.body = body
	}
	if !result.broken && !keepsText(p.text) {
		result.raw = rawLiterals(p.text, name, p.position())
	}
	return result
}

// firstErrors keeps as many errors as are of use, and lets go of the rest.
func firstErrors(diags hcl.Diagnostics) hcl.Diagnostics {
	if len(diags) <= 2*maxSyntaxErrors {
		return diags
	}
	return append(hcl.Diagnostics(nil), diags[:2*maxSyntaxErrors]...)
}

// unclosedString is the one error that stands for the many that the parser finds after a quote is forgotten.
func (p piece) unclosedString(name string) *hcl.Diagnostic {
	before := p.text[:p.unclosed]
	lineStart := bytes.LastIndexByte(before, '\n') + 1
	at := hcl.Pos{Line: p.line + bytes.Count(before, []byte("\n")), Column: 1 + utf8.RuneCount(before[lineStart:]), Byte: p.start + p.unclosed}
	end := len(p.text)
	if i := bytes.IndexByte(p.text[p.unclosed:], '\n'); i >= 0 {
		end = p.unclosed + i
	}
	to := hcl.Pos{Line: at.Line, Column: at.Column + utf8.RuneCount(p.text[p.unclosed:end]), Byte: p.start + end}
	return failure(hcl.Range{Filename: name, Start: at, End: to}, "Unclosed string",
		"The string that starts here isn't closed in its line. Close it with a quote; text of several lines is written as a heredoc, <<-SQL … SQL.")
}

// limitErrors leaves the first errors of a file: a thousand more help nobody.
func (f *file) limitErrors() {
	if len(f.diags) > maxSyntaxErrors {
		f.diags = f.diags[:maxSyntaxErrors:maxSyntaxErrors]
		last := hcl.Range{Filename: f.name, Start: hcl.InitialPos, End: hcl.InitialPos}
		if subject := f.diags[maxSyntaxErrors-1].Subject; subject != nil {
			last = *subject
		}
		f.diags = append(f.diags, failure(last, "More errors", "There are more errors of syntax in %s. Correct those up to this line first.", f.name))
	}
}

// body is the file as one body.
func (f *file) body() *hclsyntax.Body {
	whole := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}}
	for _, p := range f.parts {
		for name, a := range p.body.Attributes {
			whole.Attributes[name] = a
		}
		whole.Blocks = append(whole.Blocks, p.body.Blocks...)
	}
	return whole
}

// partAt is the part that a byte of the file lies in.
func (f *file) partAt(at int) *part {
	i := sort.SearchInts(f.starts, at+1)
	if i == 0 {
		return nil
	}
	return &f.parts[i-1]
}

func parseExpression(text []byte, name string) (hclsyntax.Expression, hcl.Diagnostics) {
	return hclsyntax.ParseExpression(text, name, hcl.InitialPos)
}

// sourceBytes is the text of a range; nil where it lies in no file.
func (e *evaluator) sourceBytes(at hcl.Range) []byte {
	f := e.files[at.Filename]
	if f == nil || at.Start.Byte < 0 || at.End.Byte > len(f.text) || at.Start.Byte > at.End.Byte {
		return nil
	}
	return f.text[at.Start.Byte:at.End.Byte]
}

// sourceText is the text of a range, in one line, shortened.
func (e *evaluator) sourceText(at hcl.Range) string {
	return oneLine(bytes.ToValidUTF8(e.sourceBytes(at), nil))
}
