package hclschema

import (
	"fmt"
	"runtime"
	"sort"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// file is one model file after parsing.
type file struct {
	name  string
	text  []byte
	parts []part
	diags hcl.Diagnostics
}

// part is a piece of a file that was parsed on its own. broken tells that it has syntax errors, which were reported.
type part struct {
	body   *hclsyntax.Body
	broken bool
}

func newFile(name string, text []byte) *file { return &file{name: name, text: text} }

// parseAll parses the files, as many at once as there are processors, in the order of their names.
func parseAll(sources []Source) []*file {
	files := make([]*file, len(sources))
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), len(sources)) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := range next {
				files[i] = parseFile(sources[i])
			}
		}()
	}
	for i := range sources {
		next <- i
	}
	close(next)
	wait.Wait()
	sort.SliceStable(files, func(i, j int) bool { return files[i].name < files[j].name })
	return files
}

func parseFile(s Source) *file {
	f := newFile(s.Name, nil)
	if f.diags = checkText(s.Name, s.Bytes); len(f.diags) > 0 {
		return f
	}
	f.text = plainLines(s.Bytes)
	if d := checkNesting(f.text, s.Name); d != nil {
		f.diags = append(f.diags, d)
		return f
	}
	f.parse(f.text, hcl.InitialPos)
	return f
}

// parse parses a piece of the file that starts at a position.
func (f *file) parse(text []byte, start hcl.Pos) {
	defer func() {
		if problem := recover(); problem != nil {
			f.diags = append(f.diags, failure(hcl.Range{Filename: f.name, Start: start, End: start}, "Unreadable file",
				"This can't be parsed (%s). Take out the last change to find the place.", fmt.Sprint(problem)))
		}
	}()
	parsed, diags := hclsyntax.ParseConfig(text, f.name, start)
	f.diags = append(f.diags, diags...)
	if body, ok := parsed.Body.(*hclsyntax.Body); ok {
		f.parts = append(f.parts, part{body: body, broken: diags.HasErrors()})
	}
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
func (e *evaluator) sourceText(at hcl.Range) string { return oneLine(e.sourceBytes(at)) }
