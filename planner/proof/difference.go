package proof

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Difference says, in sentences of stable order, how got differs from want: objects that are missing, properties that
// differ, objects that are there and not wanted. The order of objects, what they depend on and where they were declared
// is no difference. Nil means that the states are equal.
func Difference(want, got *hclschema.State) []string {
	var sentences []string
	for _, wanted := range want.Objects() {
		is := got.Get(wanted.Identity)
		if is == nil {
			sentences = append(sentences, fmt.Sprintf("%s is missing", wanted.Identity))
			continue
		}
		sentences = append(sentences, objectDifference(wanted, is)...)
	}
	for _, is := range got.Objects() {
		if want.Get(is.Identity) == nil {
			sentences = append(sentences, fmt.Sprintf("%s is not wanted but there", is.Identity))
		}
	}
	return sentences
}

func objectDifference(want, got *hclschema.Object) []string {
	var sentences []string
	if spellingCounts(want.Identity) && want.Identity.Name != got.Identity.Name {
		sentences = append(sentences, fmt.Sprintf("%s: the name is spelled %q, wanted %q", want.Identity, got.Identity.Name, want.Identity.Name))
	}
	for _, name := range want.Properties.Changed(got.Properties) {
		is, wanted := sides(got.Properties[name], want.Properties[name])
		sentences = append(sentences, fmt.Sprintf("%s: %s is %s, wanted %s", want.Identity, name, is, wanted))
	}
	return sentences
}

// spellingCounts says whether a mere difference of case in an object's name is one: it is for what people see in results
// and catalogues, units and columns.
func spellingCounts(id hclschema.Identity) bool {
	return !id.Unnamed && (id.Parent == "" || id.Kind == hclschema.KindColumn || id.Kind == hclschema.KindTrigger || id.Kind == hclschema.KindPolicy || id.Kind == hclschema.KindRule)
}

// sides are two values of one property as a sentence shows them, each on one line and no longer than needed to see where
// they part.
func sides(is, wanted hclschema.Value) (string, string) {
	a, b := show(is, wanted), show(wanted, is)
	if a == b { // the same spelling, told apart by the canonical form only
		return is.Key(), wanted.Key()
	}
	return excerpts(a, b)
}

func show(value, other hclschema.Value) string {
	if value == nil {
		if _, ok := other.(hclschema.Bool); ok {
			return "false"
		}
		return "absent"
	}
	text := value.String()
	if text == "" || strings.ContainsAny(text, "\n\r\t") {
		return strconv.Quote(text)
	}
	return text
}

// longest is how much of a value a sentence shows.
const longest = 100

// excerpts cuts two long texts down to the part around the first place in which they differ.
func excerpts(a, b string) (string, string) {
	if len(a) <= longest && len(b) <= longest {
		return a, b
	}
	first := 0
	for first < len(a) && first < len(b) && a[first] == b[first] {
		first++
	}
	from := max(0, first-longest/3)
	return excerpt(a, from), excerpt(b, from)
}

func excerpt(text string, from int) string {
	if from >= len(text) {
		from = max(0, len(text)-longest/3)
	}
	to := min(len(text), from+longest)
	cut := strings.ToValidUTF8(text[from:to], "")
	if from > 0 {
		cut = "…" + cut
	}
	if to < len(text) {
		cut += "…"
	}
	return cut
}
