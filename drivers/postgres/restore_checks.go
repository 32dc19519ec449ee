package postgres

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// fitting is a value for the column that its checks take, as far as they have one of the usual forms: a list of values, a number
// above another, a text that isn't empty. Else it is the value given.
func (a *tableChange) fitting(o *hclschema.Object, least string) string {
	name := `(?:^|[^\w".])` + regexp.QuoteMeta(newWriter().Name(o.Identity.Name)) + `\)*(?:::[\w ]+?(?:\(\d+\))?\)*)?`
	list := regexp.MustCompile(name + ` = ANY \(+ARRAY\[\(*('(?:[^']|'')*'|-?[\d.]+)`)
	above := regexp.MustCompile(name + ` (>=?) \(?'?(-?\d{1,15})\b`)
	long := regexp.MustCompile(`length\(\(*` + strings.TrimPrefix(name, `(?:^|[^\w".])`) + ` (>=?|=) (\d{1,3})\b`)
	filled := regexp.MustCompile(name + ` <> ''::`)
	family := families[partsOfType(o.Properties.Text(hclschema.PropType)).base]
	for _, part := range a.whole() {
		if part.Identity.Kind != hclschema.KindCheck {
			continue
		}
		expr := part.Properties.Text(hclschema.PropExpr)
		if m := list.FindStringSubmatch(expr); m != nil {
			return m[1]
		}
		switch family {
		case "number":
			if m := above.FindStringSubmatch(expr); m != nil {
				if n := atLeast(m[1], m[2]); n > 0 {
					least = strconv.Itoa(n)
				}
			}
		case "text":
			if m := long.FindStringSubmatch(expr); m != nil {
				least = "'" + strings.Repeat("x", atLeast(m[1], m[2])) + "'"
			} else if least == "''" && filled.MatchString(expr) {
				least = "'x'"
			}
		}
	}
	return least
}

// atLeast is the least whole number that > or >= of another lets through.
func atLeast(operator, number string) int {
	n, err := strconv.Atoi(number)
	if err == nil && operator == ">" {
		n++
	}
	return n
}
