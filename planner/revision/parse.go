package revision

import (
	"fmt"
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/duo-orm/duo-orm/hclschema"
)

// maxDepth is how deeply blocks and brackets may nest; three are all that a revision file needs.
const maxDepth = 20

// parser makes blocks of a file's tokens. What was reviewed is what runs, so there is nothing to evaluate: values are
// literals. It doesn't use hcl's own parser, which joins the lines of a heredoc one by one, each time copying what it has:
// statements of some megabytes would take minutes.
type parser struct {
	name   string
	tokens hclsyntax.Tokens
	at     int
	depth  int
	diags  hcl.Diagnostics
	// broken says that going on would only mislead.
	broken bool
}

func parse(name string, content []byte) ([]*hclschema.Block, hcl.Diagnostics) {
	blocks, diags := parseText(name, content)
	if diags.HasErrors() {
		if conflict := hclschema.MergeConflict(name, content); conflict != nil {
			return nil, conflict
		}
	}
	return blocks, diags
}

func parseText(name string, content []byte) ([]*hclschema.Block, hcl.Diagnostics) {
	if diags := hclschema.CheckText(name, content); diags.HasErrors() {
		return nil, diags
	}
	source := hclschema.Source{Name: name, Bytes: content}
	tokens, diags := hclsyntax.LexConfig(hclschema.Files([]hclschema.Source{source})[name].Bytes, name, hcl.InitialPos)
	if diags.HasErrors() {
		return nil, firstOfEach(diags)
	}
	p := &parser{name: name, tokens: tokens}
	file := &hclschema.Block{}
	p.body(file, hclsyntax.TokenEOF)
	for _, a := range file.Attributes {
		p.fail(a.NameRange, "Attribute outside a block", fmt.Sprintf("%q stands outside the blocks. A revision file holds revision, upgrade and downgrade.", a.Name))
	}
	if p.broken {
		return nil, p.diags
	}
	return file.Blocks, p.diags
}

// firstOfEach leaves out what follows from the first: a quote that isn't closed makes every line after it wrong.
func firstOfEach(diags hcl.Diagnostics) hcl.Diagnostics {
	told := map[string]bool{}
	var kept hcl.Diagnostics
	for _, d := range diags {
		if !told[d.Summary] {
			kept = append(kept, d)
		}
		told[d.Summary] = true
	}
	return kept
}

func (p *parser) peek() hclsyntax.Token { return p.tokens[p.at] }

// next takes a token; the last one, which is the end of the file, is never passed.
func (p *parser) next() hclsyntax.Token {
	token := p.tokens[p.at]
	if p.at < len(p.tokens)-1 {
		p.at++
	}
	return token
}

func (p *parser) is(types ...hclsyntax.TokenType) bool {
	for _, t := range types {
		if p.peek().Type == t {
			return true
		}
	}
	return false
}

func (p *parser) fail(place hcl.Range, summary, detail string) {
	p.diags = append(p.diags, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: place.Ptr()})
}

// stop fails at the next token and gives up on the rest of the file.
func (p *parser) stop(summary, detail string) {
	if !p.broken {
		p.fail(p.peek().Range, summary, detail)
	}
	p.broken = true
}

// lines skips line ends and comments, and says whether there was a line end.
func (p *parser) lines() bool {
	ended := false
	for p.is(hclsyntax.TokenNewline, hclsyntax.TokenComment) {
		token := p.next()
		ended = ended || token.Type == hclsyntax.TokenNewline || strings.HasSuffix(string(token.Bytes), "\n")
	}
	return ended || p.is(hclsyntax.TokenEOF)
}

// enter counts a level of nesting.
func (p *parser) enter() bool {
	if p.depth++; p.depth > maxDepth {
		p.stop("Nested too deeply", fmt.Sprintf("Blocks and brackets nest more than %d levels deep here. Take some away.", maxDepth))
	}
	return !p.broken
}

// body reads attributes and blocks up to the token that ends them, which it takes.
func (p *parser) body(into *hclschema.Block, end hclsyntax.TokenType) {
	if !p.enter() {
		return
	}
	defer func() { p.depth-- }()
	for fresh := true; !p.broken; {
		fresh = p.lines() || fresh
		switch {
		case p.is(end):
			p.next()
			return
		case p.is(hclsyntax.TokenEOF):
			p.stop("Block without an end", fmt.Sprintf("The %s block that begins in line %d isn't closed. Write } where it ends.", into.Type, into.Range.Start.Line))
			return
		case !p.is(hclsyntax.TokenIdent):
			p.stop("Name expected", fmt.Sprintf("An attribute or a block begins with its name; here stands %s.", shown(p.peek())))
			return
		case !fresh:
			p.stop("Line end expected", "Each attribute and block stands on a line of its own.")
			return
		}
		name := p.next()
		if p.is(hclsyntax.TokenEqual) {
			p.next()
			p.attribute(into, name)
		} else {
			p.block(into, name)
		}
		fresh = false
	}
}

// attribute reads name = value. One whose value is none is kept without, so that it isn't missed besides.
func (p *parser) attribute(into *hclschema.Block, name hclsyntax.Token) {
	begin := p.at
	start := p.peek().Range
	value := p.value()
	if value == nil && !p.broken {
		p.skipLine()
	}
	last := p.tokens[max(begin, p.at-1)].Range
	a := &hclschema.Attribute{Name: string(name.Bytes), Value: value, NameRange: name.Range,
		Range: hcl.RangeBetween(name.Range, last), ValueRange: hcl.RangeBetween(start, last)}
	if first := into.Attribute(a.Name); first != nil {
		p.fail(a.NameRange, "Attribute set twice", fmt.Sprintf("%s is set in line %d already. Take one of the two out.", a.Name, first.Range.Start.Line))
		return
	}
	into.Attributes = append(into.Attributes, a)
}

// skipLine passes over the rest of a value that is none.
func (p *parser) skipLine() {
	for depth := 0; !p.is(hclsyntax.TokenEOF); p.next() {
		switch token := p.peek(); token.Type {
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc,
			hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			depth++
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc,
			hclsyntax.TokenTemplateSeqEnd:
			if depth--; depth < 0 {
				return
			}
		case hclsyntax.TokenNewline:
			if depth == 0 {
				return
			}
		case hclsyntax.TokenComment:
			if depth == 0 && strings.HasSuffix(string(token.Bytes), "\n") {
				return
			}
		}
	}
}

func (p *parser) block(into *hclschema.Block, name hclsyntax.Token) {
	b := &hclschema.Block{Type: string(name.Bytes), Range: name.Range}
	for !p.is(hclsyntax.TokenOBrace) && !p.broken {
		label := p.peek()
		text, ok := string(label.Bytes), true
		switch label.Type {
		case hclsyntax.TokenIdent:
			p.next()
		case hclsyntax.TokenOQuote:
			text, ok = p.word()
		default:
			p.stop("Value or block expected", fmt.Sprintf("Behind the name %s stands %s. Write %s = … for an attribute, %s { … } for a block.", b.Type, shown(label), b.Type, b.Type))
			return
		}
		if !ok {
			p.broken = true
			return
		}
		b.Range = hcl.RangeBetween(b.Range, p.tokens[p.at-1].Range)
		b.Labels = append(b.Labels, hclschema.Label{Text: text, Range: hcl.RangeBetween(label.Range, p.tokens[p.at-1].Range)})
	}
	if p.broken {
		return
	}
	p.next()
	into.Blocks = append(into.Blocks, b)
	p.body(b, hclsyntax.TokenCBrace)
}

// value reads a literal. It is nil, and the reason told, where there is none.
func (p *parser) value() hclschema.Evaluated {
	token := p.peek()
	switch token.Type {
	case hclsyntax.TokenOQuote:
		if text, ok := p.quoted(); ok {
			return text
		}
		return nil
	case hclsyntax.TokenOHeredoc:
		if text, ok := p.heredoc(); ok {
			return text
		}
		return nil
	case hclsyntax.TokenNumberLit:
		return hclschema.Number(p.next().Bytes)
	case hclsyntax.TokenOBrack:
		return p.sequence()
	case hclsyntax.TokenOBrace:
		return p.mapping()
	case hclsyntax.TokenIdent:
		switch word := string(token.Bytes); word {
		case "true", "false":
			p.next()
			return hclschema.Boolean(word == "true")
		}
	}
	p.fail(token.Range, "Not a literal", fmt.Sprintf("Here stands %s. A revision file is run as it was reviewed, so that nothing in it is computed: write a text in quotes, a heredoc, a number, true, false, or a list or map of these.", shown(token)))
	return nil
}

func (p *parser) sequence() hclschema.Evaluated {
	open := p.next()
	defer func() { p.depth-- }()
	if !p.enter() {
		return nil
	}
	list := hclschema.Sequence{}
	for {
		p.lines()
		if p.is(hclsyntax.TokenCBrack) {
			p.next()
			return list
		}
		begin := p.peek().Range
		value := p.value()
		if value == nil {
			return nil
		}
		list.Elements = append(list.Elements, value)
		list.Ranges = append(list.Ranges, hcl.RangeBetween(begin, p.tokens[p.at-1].Range))
		p.lines()
		if p.is(hclsyntax.TokenComma) {
			p.next()
		} else if !p.is(hclsyntax.TokenCBrack) {
			p.stop("Comma or ] expected", fmt.Sprintf("In the list that begins in line %d stands %s here.", open.Range.Start.Line, shown(p.peek())))
			return nil
		}
	}
}

func (p *parser) mapping() hclschema.Evaluated {
	open := p.next()
	defer func() { p.depth-- }()
	if !p.enter() {
		return nil
	}
	values := map[string]hclschema.Evaluated{}
	for {
		p.lines()
		if p.is(hclsyntax.TokenCBrace) {
			p.next()
			return mappingOf(values)
		}
		place := p.peek().Range
		key, value := p.entry()
		if value == nil {
			return nil
		}
		if values[key] != nil {
			p.fail(place, "Key set twice", fmt.Sprintf("%q is in the map already. Take one of the two out.", key))
		}
		values[key] = value
		if ended := p.lines(); p.is(hclsyntax.TokenComma) {
			p.next()
		} else if !ended && !p.is(hclsyntax.TokenCBrace) {
			p.stop("Comma or } expected", fmt.Sprintf("In the map that begins in line %d stands %s here.", open.Range.Start.Line, shown(p.peek())))
			return nil
		}
	}
}

// entry reads a key with its value, which is nil where something is wrong.
func (p *parser) entry() (string, hclschema.Evaluated) {
	key, ok := string(p.peek().Bytes), true
	switch {
	case p.is(hclsyntax.TokenIdent):
		p.next()
	case p.is(hclsyntax.TokenOQuote):
		key, ok = p.word()
	default:
		p.stop("Key expected", fmt.Sprintf(`A key of a map is a text in quotes; here stands %s.`, shown(p.peek())))
		return "", nil
	}
	if !ok {
		return "", nil
	}
	if !p.is(hclsyntax.TokenEqual, hclsyntax.TokenColon) {
		p.stop("= expected", fmt.Sprintf("Behind the key %q stands %s. Write %q = \"…\".", key, shown(p.peek()), key))
		return "", nil
	}
	p.next()
	return key, p.value()
}

func mappingOf(values map[string]hclschema.Evaluated) hclschema.Mapping {
	var m hclschema.Mapping
	for key := range values {
		m.Keys = append(m.Keys, key)
	}
	sort.Strings(m.Keys)
	for _, key := range m.Keys {
		m.Values = append(m.Values, values[key])
	}
	return m
}

// shown is a token as messages name it.
func shown(token hclsyntax.Token) string {
	switch token.Type {
	case hclsyntax.TokenEOF:
		return "the end of the file"
	case hclsyntax.TokenNewline, hclsyntax.TokenComment:
		return "the end of the line"
	case hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc:
		return "a text"
	}
	return strings.TrimSpace(string(token.Bytes))
}
