package hclschema

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"golang.org/x/text/unicode/norm"
)

// hcl's parser keeps literals as cty values, and cty turns text into Unicode's form NFC. SQL and names must stay as they
// were written; so the texts of a piece that isn't in that form are taken from its tokens once more.

// keepsText tells that no literal in the text can be changed by normalising it.
func keepsText(text []byte) bool {
	return norm.NFC.IsNormal(text) && !bytes.Contains(text, []byte(`\u`)) && !bytes.Contains(text, []byte(`\U`))
}

// literalText is the text of a literal as it was written.
func (e *evaluator) literalText(x *hclsyntax.LiteralValueExpr) string {
	if raw := e.rawTexts(x.SrcRange); raw != nil {
		if text, ok := raw[x.SrcRange.End.Byte]; ok {
			return text
		}
	}
	return x.Val.AsString()
}

// indexText is the text of a literal key in brackets, as it was written.
func (e *evaluator) indexText(step hcl.TraverseIndex) string {
	if raw := e.rawTexts(step.SrcRange); raw != nil {
		for i := step.SrcRange.Start.Byte; i < step.SrcRange.End.Byte; i++ {
			if text, ok := raw[i]; ok {
				return text
			}
		}
	}
	return step.Key.AsString()
}

func (e *evaluator) rawTexts(at hcl.Range) map[int]string {
	f := e.files[at.Filename]
	if f == nil || !f.hasRaw {
		return nil
	}
	if p := f.partAt(at.Start.Byte); p != nil {
		return p.raw
	}
	return nil
}

// rawLiterals are the texts of all literals of strings and heredocs, by the byte where they end.
func rawLiterals(text []byte, name string, at hcl.Pos) map[int]string {
	// The parser has taken the same tokens without an error.
	tokens, _ := hclsyntax.LexConfig(text, name, at)
	r := rawReader{texts: map[int]string{}}
	for _, token := range tokens {
		r.take(token)
	}
	return r.texts
}

// rawReader puts literals together from tokens as hcl's parser does: it trims at ~, takes the indentation from <<- and
// joins what follows each other.
type rawReader struct {
	texts map[int]string
	open  []*rawTemplate
}

// rawTemplate is a string or heredoc being read.
type rawTemplate struct {
	flush    bool
	pieces   []rawPiece
	trimNext bool
}

// rawPiece is a literal, or a template sequence, which has no text.
type rawPiece struct {
	text    string
	end     int
	literal bool
}

func (r *rawReader) take(token hclsyntax.Token) {
	switch token.Type {
	case hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc:
		r.open = append(r.open, &rawTemplate{flush: bytes.HasPrefix(token.Bytes, []byte("<<-"))})
		return
	}
	if len(r.open) == 0 {
		return
	}
	t := r.open[len(r.open)-1]
	switch token.Type {
	case hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc:
		t.finish(r.texts)
		r.open = r.open[:len(r.open)-1]
	case hclsyntax.TokenQuotedLit, hclsyntax.TokenStringLit:
		t.literal(token)
	case hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
		t.sequence(token)
	case hclsyntax.TokenTemplateSeqEnd:
		t.trimNext = len(token.Bytes) == 2 && token.Bytes[0] == '~'
	}
}

func (t *rawTemplate) literal(token hclsyntax.Token) {
	// An escape that is wrong was an error of the parser already.
	text, _ := hclsyntax.ParseStringLiteralToken(token)
	if t.trimNext {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
	}
	t.trimNext = false
	t.pieces = append(t.pieces, rawPiece{text: text, end: token.Range.End.Byte, literal: true})
}

func (t *rawTemplate) sequence(token hclsyntax.Token) {
	if last := len(t.pieces) - 1; len(token.Bytes) == 3 && token.Bytes[2] == '~' && last >= 0 && t.pieces[last].literal {
		t.pieces[last].text = strings.TrimRightFunc(t.pieces[last].text, unicode.IsSpace)
	}
	t.trimNext = false
	t.pieces = append(t.pieces, rawPiece{})
}

func (t *rawTemplate) finish(texts map[int]string) {
	if t.flush {
		t.unindent()
	}
	var joined strings.Builder
	for i, p := range t.pieces {
		if !p.literal {
			continue
		}
		joined.WriteString(p.text)
		if i+1 == len(t.pieces) || !t.pieces[i+1].literal {
			texts[p.end] = joined.String()
			joined.Reset()
		}
	}
}

// unindent takes the smallest indentation of all lines from each of them; lines of spaces alone stay as they are.
func (t *rawTemplate) unindent() {
	const none = int(^uint(0) >> 1)
	least, lineStart := none, true
	var adjust []int
	for i, p := range t.pieces {
		if lineStart {
			lineStart = false
			spaces := 0
			trimmed := strings.TrimLeftFunc(p.text, unicode.IsSpace)
			switch {
			case p.literal && trimmed == "" && strings.HasSuffix(p.text, "\n"):
				spaces = none
			case p.literal:
				spaces = len([]rune(p.text[:len(p.text)-len(trimmed)]))
				adjust = append(adjust, i)
			}
			least = min(least, spaces)
		}
		lineStart = lineStart || strings.HasSuffix(p.text, "\n")
	}
	for _, i := range adjust {
		text := t.pieces[i].text
		for range least {
			_, size := utf8.DecodeRuneInString(text)
			text = text[size:]
		}
		t.pieces[i].text = text
	}
}
