package hclschema

import (
	"regexp"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// The functions of this file can make much text of little. They take what they will make at most from the budget first.

// runJoin joins one or more lists of texts.
func runJoin(c *call) Evaluated {
	separator, ok := c.text(0)
	if !ok {
		return Invalid{}
	}
	var texts []string
	for i := 1; i < len(c.args); i++ {
		more, ok := c.texts(i)
		if !ok {
			return Invalid{}
		}
		texts = append(texts, more...)
	}
	if !c.e.spend(0, len(separator)*len(texts), c.at) {
		return Invalid{}
	}
	return String(strings.Join(texts, separator))
}

func runSplit(c *call) Evaluated {
	separator, ok := c.text(0)
	text, isText := c.text(1)
	if !ok || !isText || !c.e.spend(strings.Count(text, separator), 0, c.at) {
		return Invalid{}
	}
	var parts []Evaluated
	for _, part := range strings.Split(text, separator) {
		parts = append(parts, String(part))
	}
	return c.sequence(parts)
}

// runReplace takes an old text between slashes for a regular expression, as Terraform does.
func runReplace(c *call) Evaluated {
	text, ok := c.text(0)
	old, isText := c.text(1)
	replacement, isToo := c.text(2)
	if !ok || !isText || !isToo {
		return Invalid{}
	}
	if len(old) > 1 && strings.HasPrefix(old, "/") && strings.HasSuffix(old, "/") {
		return c.replacePattern(text, old[1:len(old)-1], replacement)
	}
	if !c.e.spend(0, strings.Count(text, old)*len(replacement), c.at) {
		return Invalid{}
	}
	return String(strings.ReplaceAll(text, old, replacement))
}

func runRegexReplace(c *call) Evaluated {
	text, ok := c.text(0)
	pattern, isText := c.text(1)
	replacement, isToo := c.text(2)
	if !ok || !isText || !isToo {
		return Invalid{}
	}
	return c.replacePattern(text, pattern, replacement)
}

func (c *call) replacePattern(text, pattern, replacement string) Evaluated {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return c.fail(c.places[1], "Wrong pattern", "This is no regular expression: %s. Correct it.", err)
	}
	matches := len(re.FindAllStringIndex(text, -1))
	if !c.e.spend(matches, matches*len(replacement)+(1+strings.Count(replacement, "$"))*len(text), c.at) {
		return Invalid{}
	}
	return String(re.ReplaceAllString(text, replacement))
}

func runStartsWith(c *call) Evaluated   { return c.textTest(strings.HasPrefix) }
func runEndsWith(c *call) Evaluated     { return c.textTest(strings.HasSuffix) }
func runContainsText(c *call) Evaluated { return c.textTest(strings.Contains) }

func (c *call) textTest(test func(string, string) bool) Evaluated {
	text, ok := c.text(0)
	part, isText := c.text(1)
	if !ok || !isText {
		return Invalid{}
	}
	return Boolean(test(text, part))
}

// runIndent puts spaces before each line but the first.
func runIndent(c *call) Evaluated {
	spaces, ok := c.whole(0)
	text, isText := c.text(1)
	if !ok || !isText {
		return Invalid{}
	}
	if spaces < 0 || spaces > 1000 {
		return c.fail(c.places[0], "Wrong argument", "indent takes 0 to 1000 spaces; this is %d.", spaces)
	}
	if !c.e.spend(0, strings.Count(text, "\n")*spaces, c.at) {
		return Invalid{}
	}
	return String(strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", spaces)))
}

var wideVerb = regexp.MustCompile(`%[^a-zA-Z%]*(\*|[0-9]{4,})`)

// formatFits refuses widths that ask for thousands of characters.
func (c *call) formatFits() bool {
	format, ok := c.text(0)
	if !ok {
		return false
	}
	if wideVerb.MatchString(format) {
		c.fail(c.places[0], "Wrong format", "A width in a format has at most three digits, written out. Change it, or write the text.")
		return false
	}
	longest := 0
	for _, arg := range c.args[1:] {
		if text, ok := scalarText(arg); ok {
			longest = max(longest, len(text))
		}
	}
	return c.e.spend(0, strings.Count(format, "%")*(1000+longest), c.at)
}

func runFormat(c *call) Evaluated {
	if !c.formatFits() {
		return Invalid{}
	}
	return c.throughCty(stdlib.FormatFunc)
}

func runFormatList(c *call) Evaluated {
	if !c.formatFits() {
		return Invalid{}
	}
	for _, arg := range c.args[1:] {
		if list, ok := arg.(Sequence); ok && !c.e.spend(len(list.Elements), len(list.Elements)*len(c.args), c.at) {
			return Invalid{}
		}
	}
	return c.throughCty(stdlib.FormatListFunc)
}

// textLength counts characters as people see them, as HCL does.
func textLength(text string) int {
	n, err := stdlib.Strlen(cty.StringVal(text))
	if err != nil {
		return len([]rune(text))
	}
	i, _ := n.AsBigFloat().Int64()
	return int(i)
}

// runRegexAll pays for the matches before they are made.
func runRegexAll(c *call) Evaluated {
	pattern, ok := c.text(0)
	text, isText := c.text(1)
	if !ok || !isText {
		return Invalid{}
	}
	if re, err := regexp.Compile(pattern); err == nil && !c.e.spend(10*(1+re.NumSubexp())*len(re.FindAllStringIndex(text, -1)), 0, c.at) {
		return Invalid{}
	}
	return c.throughCty(stdlib.RegexAllFunc)
}

// runParseInt reads a whole number in another base.
func runParseInt(c *call) Evaluated {
	if text, ok := c.text(0); !ok || len(text) > maxDigits {
		if ok {
			c.fail(c.places[0], "Wrong argument", "A number can have %d digits. Shorten the text.", maxDigits)
		}
		return Invalid{}
	}
	return c.throughCty(stdlib.ParseIntFunc)
}
