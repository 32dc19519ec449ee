package sqlite

import (
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// ParseType implements hclschema.Dialect. SQLite takes any word for a type and derives from it how values are kept, with
// traps: a column declared uuid keeps '1e5' as 100000. So the portable words mean here what they promise, known words are
// as they are written, and any other wants sql("…").
func (Driver) ParseType(t hclschema.Type, use hclschema.TypeUse) (hclschema.Spelled, error) {
	switch {
	case t.Reference != nil:
		return hclschema.Spelled{}, fmt.Errorf(
			"SQLite has no types of its own making such as %s; use text with a check of its values", t.Reference)
	case t.Word == "":
		if err := checkType(t.SQL); err != nil {
			return hclschema.Spelled{}, fmt.Errorf("SQLite can't take the type %q: %w", t.SQL, err)
		}
		return spelledType(t.SQL), nil
	}
	word := fold(t.Word)
	if !knownType(word) {
		return hclschema.Spelled{}, unknownType(t.Word)
	}
	if err := checkNumbers(t.Args); err != nil {
		return hclschema.Spelled{}, fmt.Errorf("type %s: %w", t.Word, err)
	}
	return spelledType(resolveType(word, t.Args, use)), nil
}

// resolveType is the type that SQLite is told for a known word.
func resolveType(word string, args []string, use hclschema.TypeUse) string {
	if !use.WithoutRowid && integerWord(word) && (use.AutoIncrement || use.OnlyKey && (word == "int" || word == "bigint")) {
		return "integer"
	}
	if use.Strict {
		return strictTypes[word]
	}
	if other, ok := portableTypes[word]; ok {
		word = other
	} else if other, ok := spacedTypes[word]; ok {
		word = other
	}
	if len(args) == 0 {
		return word
	}
	return word + "(" + strings.Join(args, ",") + ")"
}

// FormatType implements hclschema.Dialect. What ParseType would make something else of is written with sql("…").
func (d Driver) FormatType(text string, use hclschema.TypeUse) hclschema.Type {
	tokens, err := lex(text)
	if err != nil || len(tokens) == 0 || tokens[0].kind != tokenWord {
		return hclschema.Type{SQL: text}
	}
	words := []string{fold(tokens[0].text)}
	for tokens = tokens[1:]; len(tokens) > 0 && tokens[0].kind == tokenWord; tokens = tokens[1:] {
		words = append(words, fold(tokens[0].text))
	}
	t := hclschema.Type{Word: strings.Join(words, "_")}
	if len(tokens) > 0 {
		if !tokens[0].symbol("(") || !tokens[len(tokens)-1].symbol(")") {
			return hclschema.Type{SQL: text}
		}
		t.Args = strings.Split(joinType(tokens[1:len(tokens)-1]), ",")
	}
	if parsed, err := d.ParseType(t, use); err != nil || parsed.Canonical != canonicalType(text) {
		return hclschema.Type{SQL: text}
	}
	return t
}

// rowidType says whether a key of that type is the rowid: INTEGER, in any case, and nothing else, not even INT.
func rowidType(text string) bool { return fold(text) == "integer" }

// spelledType is a type's text with its canonical form.
func spelledType(text string) hclschema.Spelled {
	return hclschema.Spelled{Text: text, Canonical: canonicalType(text)}
}

// canonicalType is lower case, with one space between words and none round parentheses and commas. A text that is no type is
// its own canonical form.
func canonicalType(text string) string {
	tokens, err := lex(text)
	if err != nil || checkType(text) != nil {
		return trim(text)
	}
	if inner, ok := unquotedType(tokens); ok {
		return canonicalType(inner)
	}
	return fold(joinType(tokens))
}

// unquotedType is what a type in quotes says: SQLite takes them off before it looks at the type, even for "INTEGER". ok is
// false where the type is not one quoted text that is a type without its quotes too.
func unquotedType(tokens []token) (text string, ok bool) {
	if len(tokens) != 1 || tokens[0].kind != tokenQuoted && tokens[0].kind != tokenString {
		return "", false
	}
	text = tokens[0].content()
	if strings.ContainsAny(text, "\"'`[]") || checkType(text) != nil || trim(text) != text {
		return "", false
	}
	return text, true
}

// joinType writes a type's tokens on one line.
func joinType(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && !tightType(tokens[i-1], t) {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// tightType says whether no space goes between two tokens of a type.
func tightType(before, t token) bool {
	if t.kind == tokenSymbol && (t.text == "(" || t.text == ")" || t.text == ",") {
		return true
	}
	return before.symbol("(") || before.symbol(",") || before.symbol("-") || before.symbol("+")
}

// typeWord says whether a token can be a word of a type.
func typeWord(t token) bool {
	switch t.kind {
	case tokenQuoted, tokenString:
		return true
	default:
		return t.kind == tokenWord && !reserved(t.text)
	}
}

// checkType says what keeps a text from being a type in SQLite's grammar: words, and up to two signed numbers behind them.
func checkType(text string) error {
	r, err := newReader(text)
	if err != nil {
		return err
	}
	t := &tableText{reader: r}
	read, err := t.typeText()
	switch {
	case err != nil:
		return err
	case read == "":
		return r.unexpected("a word")
	case !r.done() || strings.HasSuffix(trim(text), ";"):
		return fmt.Errorf("it is more than words with at most two numbers in parentheses behind them")
	}
	return nil
}

// checkNumbers says what is wrong with the arguments of a type.
func checkNumbers(args []string) error {
	if len(args) > 2 {
		return fmt.Errorf("SQLite takes at most two numbers behind a type, this has %d", len(args))
	}
	for _, arg := range args {
		tokens, err := lex(arg)
		if err == nil && len(tokens) == 2 && (tokens[0].symbol("-") || tokens[0].symbol("+")) {
			tokens = tokens[1:]
		}
		if err != nil || len(tokens) != 1 || tokens[0].kind != tokenNumber {
			return fmt.Errorf("SQLite takes only numbers behind a type, not %s", clip(arg))
		}
	}
	return nil
}

// affinity is what SQLite derives from a type (sqlite.org/datatype3.html, 3.1), which looks at the letters alone.
func affinity(text string) string {
	text = fold(text)
	has := func(part string) bool { return strings.Contains(text, part) }
	switch {
	case has("int"):
		return "integer"
	case has("char"), has("clob"), has("text"):
		return "text"
	case has("blob"), text == "":
		return "blob"
	case has("real"), has("floa"), has("doub"):
		return "real"
	default:
		return "numeric"
	}
}
