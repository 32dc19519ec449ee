package sqlite

import (
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// reader walks over the tokens of one statement.
type reader struct {
	src    string
	tokens []token
	at     int
}

func newReader(src string) (*reader, error) {
	tokens, err := lex(src)
	if err != nil {
		return nil, err
	}
	for len(tokens) > 0 && tokens[len(tokens)-1].symbol(";") {
		tokens = tokens[:len(tokens)-1]
	}
	return &reader{src: src, tokens: tokens}, nil
}

// done says whether all tokens were read.
func (r *reader) done() bool { return r.at >= len(r.tokens) }

// ahead is the token that stands n places ahead; behind the end it is a token that is nothing.
func (r *reader) ahead(n int) token {
	if r.at+n < len(r.tokens) {
		return r.tokens[r.at+n]
	}
	return token{kind: tokenSymbol}
}

// see says whether these words come next.
func (r *reader) see(words ...string) bool {
	for i, word := range words {
		if !r.ahead(i).is(word) {
			return false
		}
	}
	return true
}

// accept reads these words if they come next.
func (r *reader) accept(words ...string) bool {
	if r.see(words...) {
		r.at += len(words)
		return true
	}
	return false
}

// symbol reads that symbol if it comes next.
func (r *reader) symbol(s string) bool {
	if r.ahead(0).symbol(s) {
		r.at++
		return true
	}
	return false
}

// want reads these words or fails.
func (r *reader) want(words ...string) error {
	if !r.accept(words...) {
		return r.unexpected(strings.Join(words, " "))
	}
	return nil
}

// wantSymbol reads that symbol or fails.
func (r *reader) wantSymbol(s string) error {
	if !r.symbol(s) {
		return r.unexpected(s)
	}
	return nil
}

// unexpected is the error for what comes next.
func (r *reader) unexpected(wanted string) error {
	if r.done() {
		return fmt.Errorf("its text ends where %s should stand", wanted)
	}
	t := r.ahead(0)
	return fmt.Errorf("its text has %q at byte %d where %s should stand", clip(t.text), t.start+1, wanted)
}

// name reads a name, without its quotes.
func (r *reader) name() (string, error) {
	t := r.ahead(0)
	if !t.named() {
		return "", r.unexpected("a name")
	}
	r.at++
	name := t.content()
	if name == "" {
		return "", fmt.Errorf("it has an empty name at byte %d", t.start+1)
	}
	return name, nil
}

// objectName reads a name that may have its schema before it, which a statement in sqlite_schema says nothing with.
func (r *reader) objectName() (string, error) {
	name, err := r.name()
	if err == nil && r.symbol(".") {
		name, err = r.name()
	}
	return name, err
}

// names reads (a, b).
func (r *reader) names() (hclschema.List, error) {
	if err := r.wantSymbol("("); err != nil {
		return nil, err
	}
	var names hclschema.List
	for {
		name, err := r.name()
		if err != nil {
			return nil, err
		}
		names = append(names, identifier(name))
		if !r.symbol(",") {
			return names, r.wantSymbol(")")
		}
	}
}

// parenthesised reads what stands between two parentheses and returns its text, comments at both ends left out.
func (r *reader) parenthesised() (string, error) {
	if err := r.wantSymbol("("); err != nil {
		return "", err
	}
	start := r.at
	if err := r.skipTo(")"); err != nil {
		return "", err
	}
	text := r.text(start, r.at)
	r.at++
	if text == "" {
		return "", fmt.Errorf("its text has nothing between the parentheses at byte %d", r.tokens[start].start)
	}
	return text, nil
}

// skipTo goes to the next of these symbols that stands outside of parentheses opened since.
func (r *reader) skipTo(symbols ...string) error {
	for depth := 0; !r.done(); r.at++ {
		t := r.ahead(0)
		if depth == 0 {
			for _, s := range symbols {
				if t.symbol(s) {
					return nil
				}
			}
		}
		switch {
		case t.symbol("("):
			depth++
		case t.symbol(")"):
			depth--
		}
		if depth < 0 {
			break
		}
	}
	return r.unexpected(strings.Join(symbols, " or "))
}

// text is the text from a token up to the token before another.
func (r *reader) text(start, end int) string {
	if start >= end {
		return ""
	}
	return r.src[r.tokens[start].start:r.tokens[end-1].end]
}

// head reads CREATE … up to the object's name: the words that may stand before kind, kind, IF NOT EXISTS and the name.
func (r *reader) head(kind ...string) (string, error) {
	if err := r.want("CREATE"); err != nil {
		return "", err
	}
	if !r.accept("TEMP") {
		r.accept("TEMPORARY")
	}
	if err := r.want(kind...); err != nil {
		return "", err
	}
	if r.see("IF", "NOT", "EXISTS") {
		r.at += 3
	}
	return r.objectName()
}
