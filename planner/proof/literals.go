package proof

import (
	"strings"
)

// maxLength is the longest text that a check may make us write.
const maxLength = 4096

// guesses are values that the literals of an expression suggest: the numbers and their neighbours, the strings, texts
// that match them as patterns, texts as long as the numbers. Numbers and texts come apart, since a column wants one or
// the other.
func guesses(text string) (numbers, texts []any) {
	g := &guesser{seen: map[any]bool{}}
	tokens := lex(text)
	for _, t := range tokens {
		if t.kind == nameToken && (contains(t.text, "length") || contains(t.text, "cardinality")) {
			g.lengths = true
		}
	}
	for i, t := range tokens {
		switch {
		case t.kind == numberToken:
			negative := i > 0 && tokens[i-1].text == "-" && tokens[i-1].kind == otherToken
			g.number(number(t.text), negative)
		case t.kind == stringToken, t.quoted:
			g.text(t.text)
		}
	}
	g.joined()
	return g.numbers, g.texts
}

// contains looks for a lower-case word in a text of any ASCII case.
func contains(text, word string) bool { return strings.Contains(strings.ToLower(text), word) }

type guesser struct {
	numbers, texts []any
	// patterns are the first match of each pattern, to be joined: x LIKE '%a%' AND x LIKE '%b%'.
	patterns []string
	lengths  bool
	seen     map[any]bool
}

func (g *guesser) add(value any) {
	if g.seen[value] {
		return
	}
	g.seen[value] = true
	if s, ok := value.(string); ok {
		if len(s) <= maxLength {
			g.texts = append(g.texts, s)
		}
		return
	}
	g.numbers = append(g.numbers, value)
}

func (g *guesser) number(value any, negative bool) {
	switch n := value.(type) {
	case int64:
		if negative {
			n = -n
		}
		for _, near := range []int64{n, n + 1, n - 1, n + 2, n - 2, 2 * n, 3 * n, 10 * n} {
			g.add(near)
		}
		g.add(float64(n) + 0.5)
		g.add(float64(n) - 0.5)
		if g.lengths && n >= 0 {
			g.sized(n)
		}
	case float64:
		if negative {
			n = -n
		}
		for _, near := range []float64{n, n + 0.25, n - 0.25, n + 1, n - 1, n / 2, n * 2} {
			g.add(near)
		}
	}
}

// sized adds texts of a length and of those beside it, and numbers with as many digits.
func (g *guesser) sized(n int64) {
	for _, size := range []int64{n, n + 1, n - 1, n / 2} {
		if size < 0 || size > maxLength {
			continue
		}
		for _, letter := range []string{"a", "b", "c", "1", "2", "3", "A", "F"} {
			g.add(strings.Repeat(letter, int(size)))
		}
		if size > 0 && size < 18 {
			for _, first := range []string{"1", "2", "3"} {
				g.add(number(first + strings.Repeat("0", int(size-1))))
			}
		}
	}
}

func (g *guesser) text(s string) {
	g.add(s)
	if n := number(s); n != nil {
		g.number(n, false)
	}
	if path, ok := strings.CutPrefix(s, "$."); ok {
		for _, leaf := range []string{`"a"`, "1", "true", "[]", "{}"} {
			g.add(jsonAt(path, leaf))
		}
	}
	if inner, ok := strings.CutPrefix(s, "{"); ok && strings.HasSuffix(inner, "}") {
		for _, element := range strings.Split(strings.TrimSuffix(inner, "}"), ",") {
			g.add(strings.Trim(element, `" `))
		}
	}
	for _, match := range patternMatches(s) {
		g.add(match)
	}
	for n := range 3 {
		for _, match := range []string{likeMatch(s, n, ""), likeMatch(s, n, "abc"), globMatch(s, n, ""), globMatch(s, n, "abc")} {
			if match != s {
				g.add(match)
			}
		}
	}
	if strings.ContainsAny(s, "%_") {
		g.patterns = append(g.patterns, likeMatch(s, 0, "a"))
	} else if strings.ContainsAny(s, "*?[") {
		g.patterns = append(g.patterns, globMatch(s, 0, "a"))
	}
	g.add(s + "1")
	g.add("a" + s + "b")
	g.add(strings.ToUpper(s))
	g.add(strings.ToLower(s))
}

// joined adds what matches several patterns that each ask for a part.
func (g *guesser) joined() {
	if len(g.patterns) < 2 {
		return
	}
	for _, between := range []string{"", "a"} {
		all := strings.Join(g.patterns, between)
		g.add(all)
		g.add(all + "b")
		g.add(all + "c")
	}
}

// jsonAt is a JSON document with a value at a path of plain names.
func jsonAt(path, leaf string) string {
	names := strings.Split(path, ".")
	for i := len(names) - 1; i >= 0; i-- {
		leaf = `{"` + strings.Trim(names[i], `"`) + `": ` + leaf + `}`
	}
	return leaf
}

// likeMatch is a text that matches a LIKE pattern: any stands for each %, a letter of its own for each _.
func likeMatch(pattern string, n int, any string) string {
	var b strings.Builder
	for i := range len(pattern) {
		switch pattern[i] {
		case '%':
			if any != "" {
				b.WriteString(any[:min(len(any), n+1)])
			}
		case '_':
			b.WriteByte("ab1"[n%3])
		default:
			b.WriteByte(pattern[i])
		}
	}
	return b.String()
}

// globMatch is a text that matches a GLOB pattern with its character classes.
func globMatch(pattern string, n int, any string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; c {
		case '*':
			if any != "" {
				b.WriteString(any[:min(len(any), n+1)])
			}
		case '?':
			b.WriteByte("ab1"[n%3])
		case '[':
			end := classEnd(pattern, i)
			if end < 0 {
				b.WriteByte(c)
				continue
			}
			b.WriteByte(member(pattern[i+1:end], n))
			i = end
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// classEnd is where the class that opens at i closes; a ] right behind the opening belongs to the class.
func classEnd(pattern string, i int) int {
	from := i + 1
	if from < len(pattern) && pattern[from] == '^' {
		from++
	}
	from++
	if from > len(pattern) {
		return -1
	}
	if end := strings.IndexByte(pattern[from:], ']'); end >= 0 {
		return from + end
	}
	return -1
}

// member is the n-th byte of a class, of "a-z0-9" or "^0-9".
func member(class string, n int) byte {
	inner, negated := strings.CutPrefix(class, "^")
	var in [256]bool
	var members []byte
	put := func(c byte) {
		if !in[c] {
			in[c] = true
			members = append(members, c)
		}
	}
	for i := 0; i < len(inner); i++ {
		if i+2 < len(inner) && inner[i+1] == '-' {
			for c := int(inner[i]); c <= int(inner[i+2]); c++ {
				put(byte(c))
			}
			i += 2
			continue
		}
		put(inner[i])
	}
	if negated {
		members = nil
		for _, c := range []byte("abcABC123 -_.") {
			if !in[c] {
				members = append(members, c)
			}
		}
	}
	if len(members) == 0 {
		return 'a'
	}
	return members[n%len(members)]
}
