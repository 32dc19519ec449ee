package postgres

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// typeText is a type's SQL taken apart.
type typeText struct {
	// schema and name are those of a type that isn't PostgreSQL's own; of one that is, name is what format_type() calls it.
	schema, name string
	builtin      bool
	args         []string
	// fields are those of an interval: "day to second".
	fields string
	// unbounded says that the length is none rather than 1: bpchar, and "bit" in quotes.
	unbounded  bool
	dimensions int
}

// known says that a word of models may stand for the type.
func (t typeText) known() bool {
	return t.builtin || t.schema == "" && slices.Contains(extensionTypes, t.name)
}

// typeToken is a word, folded to lower case, a name in quotes, a number, a string or a sign.
type typeToken struct {
	text   string
	quoted bool
	word   bool
	// written is a word as it was written.
	written string
}

// readType takes a type's SQL apart; false for what isn't a type in a form that is understood.
func readType(sql string) (typeText, bool) {
	tokens, ok := typeTokens(sql)
	if !ok || len(tokens) == 0 {
		return typeText{}, false
	}
	p := &typeReader{tokens: tokens}
	t, ok := p.base()
	if !ok {
		return t, false
	}
	t.dimensions, ok = p.array()
	if first, isArray := strings.CutPrefix(t.name, "_"); isArray && !t.builtin && t.schema == "" {
		// int4[] is _int4 in the catalogue
		if element, ok := catalogTypeText(first); ok {
			element.dimensions = t.dimensions + 1
			t = element
		}
	}
	return t, ok && len(p.tokens) == 0
}

func typeTokens(sql string) ([]typeToken, bool) {
	var list []typeToken
	for i := 0; i < len(sql); {
		c := sql[i]
		start := i
		switch {
		case strings.IndexByte(" \t\r\n\f\v", c) >= 0:
			i++
			continue
		case c == '"':
			end := closing(sql, i, '"')
			if end < 0 {
				return nil, false
			}
			list = append(list, typeToken{text: strings.ReplaceAll(sql[i+1:end], `""`, `"`), quoted: true})
			i = end + 1
			continue
		case c == '\'':
			end := closing(sql, i, '\'')
			if end < 0 {
				return nil, false
			}
			i = end + 1
		case wordByte(c) && c != '$':
			for i < len(sql) && wordByte(sql[i]) {
				i++
			}
			digit := c >= '0' && c <= '9'
			list = append(list, typeToken{text: lower(sql[start:i]), word: !digit, written: sql[start:i]})
			continue
		case strings.IndexByte("()[],.-", c) >= 0:
			i++
		default:
			return nil, false
		}
		list = append(list, typeToken{text: sql[start:i]})
	}
	return list, true
}

// closing is where the quoted text that begins at start ends, -1 where it doesn't.
func closing(sql string, start int, quote byte) int {
	for i := start + 1; i < len(sql); i++ {
		if sql[i] == quote {
			if i+1 < len(sql) && sql[i+1] == quote {
				i++
				continue
			}
			return i
		}
	}
	return -1
}

// typeReader takes tokens from the front.
type typeReader struct{ tokens []typeToken }

// sign takes a sign, or a word outside quotes, where it comes next.
func (p *typeReader) sign(text string) bool {
	if len(p.tokens) > 0 && p.tokens[0].text == text && !p.tokens[0].quoted {
		p.tokens = p.tokens[1:]
		return true
	}
	return false
}

func (p *typeReader) words(words ...string) bool {
	if len(p.tokens) < len(words) {
		return false
	}
	for i, word := range words {
		if p.tokens[i].text != word || !p.tokens[i].word {
			return false
		}
	}
	p.tokens = p.tokens[len(words):]
	return true
}

// base is the type without what makes an array of it.
func (p *typeReader) base() (typeText, bool) {
	for _, words := range []string{
		"double precision", "national character varying", "national char varying", "national character", "national char",
		"nchar varying", "character varying", "char varying", "bit varying",
	} {
		if p.words(strings.Fields(words)...) {
			return p.withArguments(typeText{name: grammarTypes[words], builtin: true})
		}
	}
	if len(p.tokens) == 0 || !p.tokens[0].word && !p.tokens[0].quoted {
		return typeText{}, false
	}
	first := p.tokens[0]
	p.tokens = p.tokens[1:]
	if p.sign(".") {
		return p.qualified(first)
	}
	if first.quoted {
		if t, ok := catalogTypeText(first.text); ok {
			return p.withArguments(t)
		}
		return p.withArguments(typeText{name: first.text})
	}
	switch first.text {
	case "timestamp", "time":
		return p.time(first.text)
	case "interval":
		return p.interval()
	case "float":
		return p.float()
	case "bit":
		return p.withArguments(typeText{name: "bit", builtin: true})
	}
	if name, ok := grammarTypes[first.text]; ok {
		return p.withArguments(typeText{name: name, builtin: true})
	}
	if t, ok := catalogTypeText(first.text); ok {
		return p.withArguments(t)
	}
	if isKeyword(first.text) {
		return typeText{}, false
	}
	return p.withArguments(typeText{name: first.text})
}

// qualified is a type with its schema, whose name has been read.
func (p *typeReader) qualified(schema typeToken) (typeText, bool) {
	if len(p.tokens) == 0 || !p.tokens[0].word && !p.tokens[0].quoted {
		return typeText{}, false
	}
	name := p.tokens[0].text
	p.tokens = p.tokens[1:]
	switch {
	case schema.text == "pg_catalog":
		if t, ok := catalogTypeText(name); ok {
			return p.withArguments(t)
		}
		return p.withArguments(typeText{name: name})
	}
	return p.withArguments(typeText{schema: schema.text, name: name})
}

// catalogTypeText is a type by its name in pg_catalog.
func catalogTypeText(name string) (typeText, bool) {
	if full, ok := catalogNames[name]; ok {
		return typeText{name: full, builtin: true, unbounded: name == "bpchar" || name == "bit"}, true
	}
	return typeText{name: name, builtin: true}, catalogType(name)
}

// withArguments takes what stands in parentheses behind a type.
func (p *typeReader) withArguments(t typeText) (typeText, bool) {
	if !p.sign("(") {
		return t, true
	}
	arg := ""
	for len(p.tokens) > 0 {
		token := p.tokens[0]
		p.tokens = p.tokens[1:]
		switch {
		case token.text == ")" && !token.quoted:
			t.args = append(t.args, arg)
			t.unbounded = false
			return t, arg != ""
		case token.text == "," && !token.quoted:
			t.args = append(t.args, arg)
			arg = ""
		case token.quoted:
			arg += quoting.QuoteName(token.text)
		case strings.ContainsAny(token.text, "()[]."):
			return t, false
		case token.word:
			arg += token.written
		default:
			arg += token.text
		}
	}
	return t, false
}

func (p *typeReader) time(word string) (typeText, bool) {
	t, ok := p.withArguments(typeText{builtin: true})
	zone := " without time zone"
	if p.words("with", "time", "zone") {
		zone = " with time zone"
	} else {
		p.words("without", "time", "zone")
	}
	t.name = word + zone
	return t, ok
}

func (p *typeReader) interval() (typeText, bool) {
	fields := ""
	longest := slices.Clone(intervalFields)
	slices.SortFunc(longest, func(a, b string) int { return len(b) - len(a) })
	for _, f := range longest {
		if words := strings.Split(f, "_"); p.words(words...) {
			fields = strings.Join(words, " ")
			break
		}
	}
	t, ok := p.withArguments(typeText{name: "interval", builtin: true, fields: fields})
	return t, ok && (len(t.args) == 0 || fields == "" || strings.HasSuffix(fields, "second"))
}

// float is float(n): n are the binary digits that it must hold.
func (p *typeReader) float() (typeText, bool) {
	t, ok := p.withArguments(typeText{name: "double precision", builtin: true})
	if len(t.args) == 0 {
		return t, ok
	}
	digits, err := strconv.Atoi(t.args[0])
	if err != nil || len(t.args) > 1 || digits < 1 || digits > 53 {
		return t, false
	}
	if digits <= 24 {
		t.name = "real"
	}
	t.args = nil
	return t, ok
}

// array takes [], [3] and ARRAY[3], as often as they come. PostgreSQL keeps neither sizes nor the number of dimensions.
func (p *typeReader) array() (int, bool) {
	n := 0
	bounds := func() bool {
		if len(p.tokens) > 0 && !p.tokens[0].word && !p.tokens[0].quoted && p.tokens[0].text[0] >= '0' && p.tokens[0].text[0] <= '9' {
			p.tokens = p.tokens[1:]
		}
		return p.sign("]")
	}
	if p.words("array") {
		if p.sign("[") {
			return 1, bounds()
		}
		return 1, true
	}
	for p.sign("[") {
		n++
		if !bounds() {
			return n, false
		}
	}
	return n, true
}

// canonical is the type as format_type() prints it for a column.
func (t typeText) canonical() (string, error) {
	text, err := t.element()
	if err == nil && t.dimensions > 0 {
		text += "[]"
	}
	return text, err
}

func (t typeText) element() (string, error) {
	if !t.builtin {
		name := qualifiedType(t.schema, t.name)
		if len(t.args) > 0 {
			name += "(" + strings.Join(t.args, ",") + ")"
		}
		return name, nil
	}
	numbers, err := t.numbers()
	if err != nil {
		return "", err
	}
	switch t.name {
	case "bit", "character":
		if t.unbounded {
			return map[string]string{"bit": `"bit"`, "character": "bpchar"}[t.name], nil
		}
		if len(numbers) == 0 {
			numbers = []int{1}
		}
	case "numeric":
		if len(numbers) == 1 {
			numbers = append(numbers, 0)
		}
	case "interval":
		if t.fields != "" {
			return "interval " + t.fields + behind(numbers), nil
		}
	}
	if head, zone, ok := strings.Cut(t.name, " w"); ok && len(numbers) > 0 {
		return head + behind(numbers) + " w" + zone, nil
	}
	return t.name + behind(numbers), nil
}

func behind(numbers []int) string {
	if len(numbers) == 0 {
		return ""
	}
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
	}
	return "(" + strings.Join(words, ",") + ")"
}

// numbers are the arguments of a type of PostgreSQL's own, checked.
func (t typeText) numbers() ([]int, error) {
	most, least := 0, 1
	switch t.name {
	case "character", "character varying", "bit", "bit varying":
		most = 1
	case "numeric":
		most = 2
	case "interval", "time without time zone", "time with time zone", "timestamp without time zone", "timestamp with time zone":
		most, least = 1, 0
	}
	if len(t.args) > most {
		if most == 0 {
			return nil, fmt.Errorf("it takes no number in parentheses")
		}
		return nil, fmt.Errorf("it takes at most %d numbers in parentheses, and has %d", most, len(t.args))
	}
	var list []int
	for i, arg := range t.args {
		n, err := strconv.Atoi(arg)
		if err != nil || i == 0 && n < least {
			return nil, fmt.Errorf("%q is no number that can stand in its parentheses", arg)
		}
		if least == 0 { // PostgreSQL makes 6 of more digits than it keeps of a second
			n = min(n, 6)
		}
		list = append(list, n)
	}
	return list, nil
}
