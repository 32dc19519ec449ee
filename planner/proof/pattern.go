package proof

import (
	"regexp/syntax"
	"strings"
)

const (
	// letterVariants and lengthVariants are how many texts are made for a regular expression: with other members of its
	// classes, with more repetitions.
	letterVariants = 4
	lengthVariants = 3
	// mostRepetitions bounds what {1000} makes us write.
	mostRepetitions = 300
)

// patternMatches are texts that match a regular expression, none where the text doesn't look like one. What Go's syntax lacks
// is left out: the texts are tried anyway.
func patternMatches(text string) []string {
	if !strings.ContainsAny(text, `^$\[(+|`) {
		return nil
	}
	parsed, err := syntax.Parse(plainPattern(text), syntax.Perl)
	if err != nil {
		return nil
	}
	var matches []string
	seen := map[string]bool{}
	for length := range lengthVariants {
		for member := range letterVariants {
			m := &matcher{member: member, length: length}
			m.write(parsed)
			if match := m.String(); !seen[match] && len(match) <= maxLength {
				seen[match] = true
				matches = append(matches, match)
			}
		}
	}
	return matches
}

// plainPattern is a pattern without what only PostgreSQL's and Perl's regular expressions have: word limits, looking ahead.
func plainPattern(text string) string {
	text = strings.NewReplacer(`\y`, "", `\m`, "", `\M`, "", `\Z`, "", `\A`, "").Replace(text)
	for _, look := range []string{"(?=", "(?!", "(?<=", "(?<!"} {
		for at := strings.Index(text, look); at >= 0; at = strings.Index(text, look) {
			end, depth := at, 0
			for ; end < len(text); end++ {
				if text[end] == '(' {
					depth++
				} else if text[end] == ')' {
					if depth--; depth == 0 {
						break
					}
				}
			}
			text = text[:at] + text[min(end+1, len(text)):]
		}
	}
	return text
}

// matcher writes a text that matches. member tells which members of classes it takes, length how often it repeats.
type matcher struct {
	strings.Builder
	member, length int
	classes        int
}

func (m *matcher) write(r *syntax.Regexp) {
	switch r.Op {
	case syntax.OpLiteral:
		for _, c := range r.Rune {
			m.WriteRune(c)
		}
	case syntax.OpCharClass:
		m.class(r.Rune)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		m.WriteByte("abc1"[m.member%4])
	case syntax.OpStar:
		m.repeat(r.Sub[0], m.length)
	case syntax.OpPlus:
		m.repeat(r.Sub[0], 1+m.length)
	case syntax.OpQuest:
		m.repeat(r.Sub[0], min(m.length, 1))
	case syntax.OpRepeat:
		times := r.Min + m.length
		if r.Max >= 0 {
			times = min(times, r.Max)
		}
		m.repeat(r.Sub[0], times)
	case syntax.OpAlternate:
		m.write(r.Sub[m.member%len(r.Sub)])
	default: // a group, a sequence, or what matches an empty text
		for _, part := range r.Sub {
			m.write(part)
		}
	}
}

func (m *matcher) repeat(r *syntax.Regexp, times int) {
	for range min(times, mostRepetitions) {
		if m.Len() <= maxLength {
			m.write(r)
		}
	}
}

// class writes a member: of a plain letter or digit where the class has one.
func (m *matcher) class(ranges []rune) {
	var members []rune
	for i := 0; i+1 < len(ranges); i += 2 {
		for c := ranges[i]; c <= ranges[i+1] && c < 0x7f; c++ {
			if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
				members = append(members, c)
			}
		}
	}
	if len(members) == 0 && len(ranges) > 0 {
		members = []rune{ranges[0], ranges[1]}
	}
	if len(members) > 0 {
		m.WriteRune(members[(m.member*7+m.classes*m.member)%len(members)])
	}
	m.classes++
}
