package sqlite

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLex(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                nil,
		" -- only a comment":              nil,
		"/* never closed":                 nil,
		"a--b\nc/*d*/e":                   {"a", "c", "e"},
		"\ufeffa\f\r\tb":                  {"a", "b"},
		`"a""b" 'c''d' [e]]`:              nil,
		`"a""b" 'c''d' [e"f] ` + "`g``h`": {`"a""b"`, "'c''d'", `[e"f]`, "`g``h`"},
		"x'00' X'aB' x 'y'":               {"x'00'", "X'aB'", "x", "'y'"},
		"1 1.5 .5 5. 1e3 1E-3 0xFf 1_0":   {"1", "1.5", ".5", "5.", "1e3", "1E-3", "0xFf", "1_0"},
		"a<=b<>c!=d==e||f->g->>h":         {"a", "<=", "b", "<>", "c", "!=", "d", "==", "e", "||", "f", "->", "g", "->>", "h"},
		"t.a,(b);":                        {"t", ".", "a", ",", "(", "b", ")", ";"},
		"größe _a$1":                      {"größe", "_a$1"},
		"?1 :a @b $c":                     {"?1", ":a", "@b", "$c"},
	} {
		tokens, err := lex(text)
		var got []string
		for _, token := range tokens {
			if text[token.start:token.end] != token.text {
				t.Errorf("%q: %q isn't at %d", text, token.text, token.start)
			}
			got = append(got, token.text)
		}
		if diff := cmp.Diff(want, got); diff != "" && err == nil {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestLexRefuses(t *testing.T) {
	for _, text := range []string{"'open", `"open`, "`open", "[open", "x'0'", "x'0g'", "1a", "0x", "1_", "1__0", "!", "\x00", "\v", "{", "\\", "[e]]", ":"} {
		if tokens, err := lex("a " + text); err == nil {
			t.Errorf("%q became %d tokens", text, len(tokens))
		}
	}
}

func TestContentTakesQuotesOff(t *testing.T) {
	for text, want := range map[string]string{`"a""b"`: `a"b`, "'it''s'": "it's", "`a``b`": "a`b", `[a"b]`: `a"b`, "a": "a", `""`: ""} {
		tokens, err := lex(text)
		if err != nil || len(tokens) != 1 || tokens[0].content() != want {
			t.Errorf("%s: %v %v", text, tokens, err)
		}
	}
}

// TestKeywordsAreInASCII has letters that Unicode folds to those of keywords.
func TestKeywordsAreInASCII(t *testing.T) {
	for _, word := range []string{"\u017felect", "\u212aey", "\u0131n"} {
		if keyword, _ := isKeyword(word); keyword {
			t.Errorf("%q is held for a keyword", word)
		}
	}
}
