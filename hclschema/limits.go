package hclschema

import (
	"bytes"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// What one model file may ask for. Each limit is far above what people write and low enough that no file takes more than
// about a second and 256 MB to read or to refuse. They are checked before hcl's parser sees the text: it recurses without
// a limit, and a stack overflow ends the program; and it takes time in the square of a heredoc's lines.
const (
	maxFileBytes = 16 << 20
	// maxTextErrors is how many lines with bad characters are told for one file, maxSyntaxErrors how many errors of syntax.
	maxTextErrors   = 20
	maxSyntaxErrors = 100
	// maxNesting bounds brackets in brackets and templates in templates.
	maxNesting = 200
	// maxOperators bounds the operators and steps of one expression, and conditionals in conditionals and chains of ! and -.
	maxOperators = 1000
	// maxTokens bounds what is parsed at a time, in general one top-level block.
	maxTokens = 400_000
	// maxTemplateWork bounds the templateWork of a file.
	maxTemplateWork = 1_000_000_000
)

// checkNesting refuses text that the parser couldn't take, or whose templates take more than the work that is left. at is
// where the text starts. work is what its templates take at most.
func checkNesting(text []byte, name string, at hcl.Pos, left int) (work int, d *hcl.Diagnostic) {
	n := countMarks(text)
	if n.tokens > maxTokens {
		return 0, failure(hcl.Range{Filename: name, Start: at, End: at}, "Too much at once",
			"The part of the file that starts here is too long for one block. Split it into several blocks, or, if it holds several, check that its quotes and braces are closed.")
	}
	work = templateWork(n.breaks, len(text))
	if n.openers <= maxNesting && n.operators <= maxOperators && n.digits <= maxDigits && work <= left {
		return work, nil
	}
	// What the lexer finds wrong here, the parser will find again.
	tokens, _ := hclsyntax.LexConfig(text, name, at)
	c := nestingCheck{left: left}
	for i, token := range tokens {
		following := hclsyntax.TokenNil
		var word []byte
		if i+1 < len(tokens) {
			following, word = tokens[i+1].Type, tokens[i+1].Bytes
		}
		if d := c.take(token, following, word); d != nil {
			return 0, d
		}
	}
	return left - c.left, nil
}

// templateWork is in proportion to the time that the parser takes to join the pieces of a template.
func templateWork(pieces, length int) int { return pieces * (length/2 + 8*pieces) }

// marks counts the bytes of a text that could open, chain or break something if they stand outside of strings and comments.
type marks struct{ openers, operators, breaks, tokens, digits int }

func countMarks(text []byte) marks {
	var n marks
	inWord, digits := false, 0
	for _, b := range text {
		switch b {
		case '[', '(', '{':
			n.openers++
		case '!', '-', '?', '+', '*', '/', '<', '>', '&', '|', '.', ':', ']':
			n.operators++
		case '\n', '$':
			n.breaks++
		case '%':
			n.operators++
			n.breaks++
		}
		word := b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_'
		if b != ' ' && b != '\t' && !(word && inWord) {
			n.tokens++
		}
		inWord = word
		if b >= '0' && b <= '9' || b == '.' {
			digits++
			n.digits = max(n.digits, digits)
		} else {
			digits = 0
		}
	}
	n.operators += bytes.Count(text, []byte("=="))
	return n
}

// nestingCheck follows the tokens of a text and knows how deep the parser would be.
type nestingCheck struct {
	open []openBracket
	// chained is the sum of the conditionals, signs and template directives of all open brackets and of the outermost level.
	chained int
	outside openBracket
	// quotes is how many of the open are strings and heredocs, which nest only with template sequences between them.
	quotes int
	// left is the work that templates may still take.
	left int
}

// openBracket is a bracket, quote or template sequence that isn't closed yet, and what stands in it since the last comma
// or line end.
type openBracket struct {
	typ                    hclsyntax.TokenType
	conditionals, signs    int
	operators              int
	directives             int
	templateTokens, length int
	place                  hcl.Range
}

var closers = map[hclsyntax.TokenType]hclsyntax.TokenType{
	hclsyntax.TokenCBrace: hclsyntax.TokenOBrace, hclsyntax.TokenCBrack: hclsyntax.TokenOBrack, hclsyntax.TokenCParen: hclsyntax.TokenOParen,
	hclsyntax.TokenCQuote: hclsyntax.TokenOQuote, hclsyntax.TokenCHeredoc: hclsyntax.TokenOHeredoc,
	hclsyntax.TokenTemplateSeqEnd: hclsyntax.TokenTemplateInterp,
}

func (c *nestingCheck) top() *openBracket {
	if len(c.open) == 0 {
		return &c.outside
	}
	return &c.open[len(c.open)-1]
}

func (c *nestingCheck) take(token hclsyntax.Token, following hclsyntax.TokenType, word []byte) *hcl.Diagnostic {
	top := c.top()
	switch token.Type {
	case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc,
		hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
		c.push(top, token, following, word)
	case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc, hclsyntax.TokenTemplateSeqEnd:
		if len(c.open) > 0 && top.typ == closers[token.Type] {
			c.chained -= top.chain()
			c.quotes -= quote(top.typ)
			c.left -= templateWork(top.templateTokens, top.length)
			c.open = c.open[:len(c.open)-1]
		}
	case hclsyntax.TokenComma:
		c.separate(top)
	case hclsyntax.TokenNewline:
		if len(c.open) == 0 || top.typ == hclsyntax.TokenOBrace {
			c.separate(top)
		}
	case hclsyntax.TokenQuestion:
		top.conditionals++
		c.chained++
	case hclsyntax.TokenNumberLit:
		if len(token.Bytes) > 10*maxDigits {
			return failure(token.Range, "Number out of range", "A number can have %d digits. Write sql(\"…\") to hand longer ones to the database as they are.", maxDigits)
		}
	case hclsyntax.TokenStringLit, hclsyntax.TokenQuotedLit:
		top.templateTokens++
		top.length += len(token.Bytes)
	}
	c.signs(token)
	c.operators(token)
	return c.exceeded(token)
}

// push opens a bracket. %{ if and %{ for nest like brackets in the template around them, which is top.
func (c *nestingCheck) push(top *openBracket, token hclsyntax.Token, following hclsyntax.TokenType, word []byte) {
	typ := token.Type
	if typ == hclsyntax.TokenTemplateControl {
		typ = hclsyntax.TokenTemplateInterp
		if following == hclsyntax.TokenIdent {
			switch string(word) {
			case "if", "for":
				top.directives++
				c.chained++
			case "endif", "endfor":
				if top.directives > 0 {
					top.directives--
					c.chained--
				}
			}
		}
	}
	c.open = append(c.open, openBracket{typ: typ, place: token.Range})
	c.quotes += quote(typ)
}

// quote is 1 for what opens a string or heredoc.
func quote(typ hclsyntax.TokenType) int {
	if typ == hclsyntax.TokenOQuote || typ == hclsyntax.TokenOHeredoc {
		return 1
	}
	return 0
}

func (b *openBracket) chain() int { return b.conditionals + b.signs + b.directives }

func (c *nestingCheck) separate(top *openBracket) {
	c.chained -= top.conditionals + top.signs
	top.conditionals, top.signs, top.operators = 0, 0, 0
}

// signs counts how many ! and - follow each other; anything else ends the run.
func (c *nestingCheck) signs(token hclsyntax.Token) {
	top := c.top()
	switch token.Type {
	case hclsyntax.TokenBang, hclsyntax.TokenMinus:
		top.signs++
		c.chained++
	case hclsyntax.TokenNewline, hclsyntax.TokenComment, hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenOQuote, hclsyntax.TokenTemplateInterp:
	default:
		c.chained -= top.signs
		top.signs = 0
	}
}

func (c *nestingCheck) operators(token hclsyntax.Token) {
	switch token.Type {
	case hclsyntax.TokenPlus, hclsyntax.TokenMinus, hclsyntax.TokenStar, hclsyntax.TokenSlash, hclsyntax.TokenPercent,
		hclsyntax.TokenEqualOp, hclsyntax.TokenNotEqual, hclsyntax.TokenLessThan, hclsyntax.TokenLessThanEq,
		hclsyntax.TokenGreaterThan, hclsyntax.TokenGreaterThanEq, hclsyntax.TokenAnd, hclsyntax.TokenOr,
		hclsyntax.TokenDot, hclsyntax.TokenDoubleColon, hclsyntax.TokenCBrack:
		c.top().operators++
	}
}

func (c *nestingCheck) exceeded(token hclsyntax.Token) *hcl.Diagnostic {
	top := c.top()
	switch {
	case len(c.open)-c.quotes > maxNesting:
		return failure(token.Range, "Too deeply nested", "Brackets and templates nest more than %d levels deep here. Name the inner parts in a locals block, or close what was left open.", maxNesting)
	case c.chained > maxOperators:
		return failure(token.Range, "Too deeply nested", "Conditionals, signs and template directives nest more than %d levels deep here. Name the inner parts in a locals block.", maxOperators)
	case top.operators > maxOperators:
		return failure(token.Range, "Too long an expression", "One expression may have %d operators and steps. Name parts of it in a locals block.", maxOperators)
	case templateWork(top.templateTokens, top.length) > c.left:
		return failure(top.place, "Too long a text", "This text has too many lines for one heredoc, or all of the file's have. Split it: join(\"\", [ … ]) puts several together; or split the file.")
	}
	return nil
}
