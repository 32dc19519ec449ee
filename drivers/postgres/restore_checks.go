package postgres

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// fitting is a value for the column that its checks and those of its domain take, as far as they have one of the usual forms: a list of
// values, a number above another, a text that isn't empty. Else it is the value given.
func (a *tableChange) fitting(o *hclschema.Object, least string) string {
	base, conditions := a.underDomains(o.Properties.Text(hclschema.PropType))
	family := families[partsOfType(base).base]
	least = fittingIn(conditions, "VALUE", family, least)
	conditions = nil
	for _, part := range a.whole() {
		if part.Identity.Kind == hclschema.KindCheck {
			conditions = append(conditions, part.Properties.Text(hclschema.PropExpr))
		}
	}
	return fittingIn(conditions, newWriter().Name(o.Identity.Name), family, least)
}

// underDomains is the type that a domain is of, however many of them stand upon one another, and what they all want of a value.
func (a *tableChange) underDomains(typeText string) (base string, conditions []string) {
	for {
		domain := a.typeOf(hclschema.KindDomain, partsOfType(typeText).base)
		if domain == nil || partsOfType(typeText).array {
			return typeText, conditions
		}
		checks, _ := domain.Properties[hclschema.PropChecks].(hclschema.Record)
		for _, name := range checks.Names() {
			if check, ok := checks[name].(hclschema.Record); ok {
				conditions = append(conditions, check["expr"].String())
			}
		}
		typeText = domain.Properties.Text(hclschema.PropType)
	}
}

// demanded says that the domain of a column takes no NULL and has no default in its stead.
func (a *tableChange) demanded(o *hclschema.Object) bool {
	for typeText := o.Properties.Text(hclschema.PropType); ; {
		domain := a.typeOf(hclschema.KindDomain, partsOfType(typeText).base)
		switch {
		case domain == nil || partsOfType(typeText).array || domain.Properties[hclschema.PropDefault] != nil:
			return false
		case !domain.Properties.Bool(hclschema.PropNull):
			return true
		}
		typeText = domain.Properties.Text(hclschema.PropType)
	}
}

// fittingIn is a value of a family that conditions take in which it has a name.
func fittingIn(conditions []string, called, family, least string) string {
	name := `(?:^|[^\w".])` + regexp.QuoteMeta(called) + `\)*(?:::[\w ]+?(?:\(\d+\))?\)*)?`
	list := regexp.MustCompile(name + ` = ANY \(+ARRAY\[\(*('(?:[^']|'')*'|-?[\d.]+)`)
	above := regexp.MustCompile(name + ` (>=?) \(?'?(-?\d{1,15})\b`)
	long := regexp.MustCompile(`length\(\(*` + strings.TrimPrefix(name, `(?:^|[^\w".])`) + ` (>=?|=) (\d{1,3})\b`)
	filled := regexp.MustCompile(name + ` <> ''::`)
	for _, expr := range conditions {
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
