package revision

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Placeholder is a ${…} in a step's statement, which gets its value when the step runs. Everything else in a revision file is
// literal, and so is a ${…} that was written $${…}.
type Placeholder struct {
	// Name is what stands between the braces: var.schema_owner, or EachRange.
	Name string
	// At is where the ${…} begins in Step.SQL, in bytes; it is as long as its name and the three signs around it.
	At    int
	Range hcl.Range
}

// EachRange is the placeholder for the condition that picks the rows of one batch.
const EachRange = "each.range"

const variablePrefix = "var."

func (h Placeholder) text() string { return "${" + h.Name + "}" }

// UnsetVariableError is returned for a variable that a step uses and that has no value.
type UnsetVariableError struct {
	File *File
	Step Step
	Name string
	// Range is where it stands; Known are the variables that have values.
	Range hcl.Range
	Known []string
}

// Error implements error.
func (e *UnsetVariableError) Error() string {
	return fmt.Sprintf("step %q of revision %s (%s:%d) uses the variable %q, which has no value", e.Step.Name, e.File.ID, e.File.Path, e.Range.Start.Line, e.Name)
}

// Statement is the step's SQL with the values of the file's variables, and the condition that picks an each step's rows, in place
// of its placeholders, as they are: they are text of the statement, which nothing quotes. *UnsetVariableError for a variable
// without a value.
func (s Step) Statement(file *File, rows string) (string, error) {
	if len(s.Placeholders) == 0 {
		return s.SQL, nil
	}
	var b strings.Builder
	from := 0
	for _, hole := range s.Placeholders {
		value := rows
		if name, ok := strings.CutPrefix(hole.Name, variablePrefix); ok {
			if value, ok = file.Variables[name]; !ok {
				return "", &UnsetVariableError{File: file, Step: s, Name: name, Range: hole.Range, Known: sortedKeys(file.Variables)}
			}
		}
		b.WriteString(s.SQL[from:hole.At])
		b.WriteString(value)
		from = hole.At + len(hole.text())
	}
	b.WriteString(s.SQL[from:])
	return b.String(), nil
}

// Whole is the step's SQL for all rows at once, where there are no batches: in proofs, and in scripts.
func (s Step) Whole(file *File, quote func(string) string) (string, error) {
	rows := ""
	if s.Each != nil {
		rows = s.Each.all(quote)
	}
	return s.Statement(file, rows)
}

// Columns are the columns of a key as the statement calls them.
func (e Each) Columns(quote func(string) string, key []string) []string {
	of := e.As
	if of == "" {
		of = e.Table[strings.LastIndexByte(e.Table, '.')+1:]
	}
	columns := make([]string, len(key))
	for i, name := range key {
		columns[i] = quote(of) + "." + quote(name)
	}
	return columns
}

// all is the condition that all rows fulfil. It names the key where the file does, so that a proof finds a wrong one.
func (e Each) all(quote func(string) string) string {
	if len(e.Key) == 0 {
		return "1 = 1"
	}
	return "(" + strings.Join(e.Columns(quote, e.Key), " IS NOT NULL AND ") + " IS NOT NULL)"
}

func sortedKeys(values map[string]string) []string {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// template is a text with placeholders in it. Only a step's sql may be one.
type template struct {
	hclschema.String
	holes []Placeholder
}

// textOf is the value of parts of a text, of which holes are the placeholders by their number.
func textOf(parts []string, holes map[int]Placeholder) hclschema.Evaluated {
	text := strings.Join(parts, "")
	if len(holes) == 0 {
		return hclschema.String(text)
	}
	t := template{String: hclschema.String(text)}
	at := 0
	for i, part := range parts {
		if hole, ok := holes[i]; ok {
			hole.At = at
			t.holes = append(t.holes, hole)
		}
		at += len(part)
	}
	return t
}

// placeholder reads what stands behind a ${, the brace included. Everything but a placeholder is refused and passed over.
func (p *parser) placeholder(open hclsyntax.Token) (Placeholder, bool) {
	want := []hclsyntax.TokenType{hclsyntax.TokenIdent, hclsyntax.TokenDot, hclsyntax.TokenIdent, hclsyntax.TokenTemplateSeqEnd}
	if string(open.Bytes) == "${" && p.at+len(want) < len(p.tokens) {
		next := p.tokens[p.at : p.at+len(want)]
		same := slices.EqualFunc(next, want, func(t hclsyntax.Token, w hclsyntax.TokenType) bool { return t.Type == w })
		name := string(next[0].Bytes) + "." + string(next[2].Bytes)
		if same && string(next[3].Bytes) == "}" && (string(next[0].Bytes)+"." == variablePrefix || name == EachRange) {
			p.at += len(want)
			return Placeholder{Name: name, Range: hcl.RangeBetween(open.Range, next[3].Range)}, true
		}
	}
	p.template(open)
	return Placeholder{}, false
}

// withPlaceholders writes a text as hclschema.Literal does, with its placeholders as such.
func withPlaceholders(text string, holes []Placeholder, depth int) string {
	if len(holes) == 0 {
		return hclschema.Literal(text, depth)
	}
	mark := "placeholder"
	for strings.Contains(text, mark) {
		mark += "_"
	}
	var b strings.Builder
	from := 0
	for _, hole := range holes {
		b.WriteString(text[from:hole.At] + mark)
		from = hole.At + len(hole.text())
	}
	b.WriteString(text[from:])
	pieces := strings.Split(hclschema.Literal(b.String(), depth), mark)
	b.Reset()
	for i, piece := range pieces {
		if i > 0 {
			b.WriteString(holes[i-1].text())
		}
		b.WriteString(piece)
	}
	return b.String()
}
