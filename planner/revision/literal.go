package revision

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/duo-orm/duo-orm/hclschema"
)

// quoted reads a text in quotes exactly as it was written: hcl's own values would be normalised to NFC.
func (p *parser) quoted() (text hclschema.Evaluated, ok bool) {
	p.next()
	var parts []string
	holes := map[int]Placeholder{}
	ok = true
	for {
		switch token := p.next(); token.Type {
		case hclsyntax.TokenCQuote:
			return textOf(parts, holes), ok
		case hclsyntax.TokenQuotedLit:
			var b strings.Builder
			ok = p.literal(&b, token) && ok
			parts = append(parts, b.String())
		case hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			parts, ok = p.hole(token, parts, holes, ok)
		default:
			p.at--
			p.stop("Text without an end", `A text in quotes ends on its line, with ". Write \n for a line break, or a heredoc.`)
			return nil, false
		}
	}
}

// hole adds a placeholder to the parts of a text.
func (p *parser) hole(open hclsyntax.Token, parts []string, holes map[int]Placeholder, ok bool) ([]string, bool) {
	hole, fine := p.placeholder(open)
	if !fine {
		return parts, false
	}
	holes[len(parts)] = hole
	return append(parts, hole.text()), ok
}

// word is a text in quotes that can't have placeholders: a label, a key.
func (p *parser) word() (text string, ok bool) {
	value, ok := p.quoted()
	if t, is := value.(template); is {
		p.fail(t.holes[0].Range, "Placeholder not expected", "Only a step's sql can have placeholders.")
		return "", false
	}
	plain, _ := value.(hclschema.String)
	return string(plain), ok
}

// heredoc reads a heredoc. With <<- the indentation that all of its lines share is taken away; blank lines don't count.
func (p *parser) heredoc() (text hclschema.Evaluated, ok bool) {
	open := p.next()
	var parts []string
	holes := map[int]Placeholder{}
	ok = true
	for !p.is(hclsyntax.TokenCHeredoc) {
		token := p.peek()
		switch token.Type {
		case hclsyntax.TokenStringLit:
			p.next()
			var b strings.Builder
			ok = p.literal(&b, token) && ok
			parts = append(parts, b.String())
		case hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			p.next()
			parts, ok = p.hole(token, parts, holes, ok)
		default:
			p.fail(open.Range, "Heredoc without an end", fmt.Sprintf("Its text ends at a line that holds nothing but %s, and there is none.",
				strings.TrimLeft(strings.TrimSpace(string(open.Bytes)), "<-")))
			p.broken = true
			return nil, false
		}
	}
	p.next()
	if strings.HasPrefix(string(open.Bytes), "<<-") {
		flush(parts)
	}
	return textOf(parts, holes), ok
}

// literal adds the text of a token, its escapes resolved.
func (p *parser) literal(b *strings.Builder, token hclsyntax.Token) bool {
	text, diags := hclsyntax.ParseStringLiteralToken(token)
	p.diags = append(p.diags, diags...)
	b.WriteString(text)
	return !diags.HasErrors()
}

// template refuses what HCL would compute, and passes over it.
func (p *parser) template(open hclsyntax.Token) {
	mark := string(open.Bytes[:1])
	p.fail(open.Range, "Not a literal", fmt.Sprintf("%s{ begins something that is to be computed, and nothing in a revision file is, but for ${var.name} in a step's sql and ${each.range} in that of an each step. For these two characters themselves write %s%s{.", mark, mark, mark))
	for depth := 1; depth > 0 && !p.is(hclsyntax.TokenEOF); {
		switch p.next().Type {
		case hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			depth++
		case hclsyntax.TokenTemplateSeqEnd:
			depth--
		}
	}
}

// flush takes the indentation that all lines share from the parts of a heredoc, each of which is a line or a piece of one.
func flush(parts []string) {
	shared := -1
	begins := true
	var first []int
	for i, part := range parts {
		if begins {
			content := strings.TrimLeftFunc(part, unicode.IsSpace)
			if blank := content == "" && strings.HasSuffix(part, "\n"); !blank {
				first = append(first, i)
				if n := utf8.RuneCountInString(part[:len(part)-len(content)]); shared < 0 || n < shared {
					shared = n
				}
			}
		}
		begins = strings.HasSuffix(part, "\n")
	}
	for _, i := range first {
		for range shared {
			_, size := utf8.DecodeRuneInString(parts[i])
			parts[i] = parts[i][size:]
		}
	}
}
