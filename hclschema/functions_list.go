package hclschema

import (
	"sort"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// The functions on lists work on evaluated values directly: cty has no words or references, would turn [1, "a"] into
// texts, and takes time in the square of the length for some of them.

// contentKey is equal for values of equal content.
func contentKey(v Evaluated) string {
	var b strings.Builder
	writeContent(&b, v)
	return b.String()
}

func writeContent(b *strings.Builder, v Evaluated) {
	quoted := func(mark byte, texts ...string) {
		b.WriteByte(mark)
		for _, text := range texts {
			b.WriteString(strconv.Itoa(len(text)))
			b.WriteByte(':')
			b.WriteString(text)
		}
		b.WriteByte(';')
	}
	switch v := v.(type) {
	case Boolean:
		quoted('b', strconv.FormatBool(bool(v)))
	case Number:
		quoted('n', string(v))
	case String:
		quoted('s', string(v))
	case RawSQL:
		quoted('q', string(v))
	case Word:
		quoted('w', append([]string{v.Name, strconv.FormatBool(v.Called)}, v.Args...)...)
	case Reference:
		quoted('r', v.Path...)
	case Sequence:
		b.WriteByte('[')
		for _, element := range v.Elements {
			writeContent(b, element)
		}
		b.WriteByte(']')
	case Mapping:
		b.WriteByte('{')
		for i, key := range v.Keys {
			quoted('k', key)
			writeContent(b, v.Values[i])
		}
		b.WriteByte('}')
	default:
		b.WriteByte('0')
	}
}

// distinctElements keeps the first of equal elements.
func distinctElements(list Sequence) Sequence {
	seen := make(map[string]bool, len(list.Elements))
	var result Sequence
	for i, element := range list.Elements {
		if key := contentKey(element); !seen[key] {
			seen[key] = true
			result.Elements = append(result.Elements, element)
			result.Ranges = append(result.Ranges, list.Ranges[i])
		}
	}
	return result
}

func runLength(c *call) Evaluated {
	switch v := c.args[0].(type) {
	case Sequence:
		return numberOf(len(v.Elements))
	case Mapping:
		return numberOf(len(v.Keys))
	case String:
		return numberOf(textLength(string(v)))
	}
	c.wrong(0, "a list, a map or text")
	return Invalid{}
}

func numberOf(n int) Number { return Number(strconv.Itoa(n)) }

func runConcat(c *call) Evaluated {
	var result Sequence
	for i := range c.args {
		list, ok := c.list(i)
		if !ok {
			return Invalid{}
		}
		result.Elements = append(result.Elements, list.Elements...)
		result.Ranges = append(result.Ranges, list.Ranges...)
	}
	return result
}

func runFlatten(c *call) Evaluated {
	list, ok := c.list(0)
	if !ok {
		return Invalid{}
	}
	var result Sequence
	flattenInto(&result, list)
	return result
}

func flattenInto(result *Sequence, list Sequence) {
	for i, element := range list.Elements {
		if inner, ok := element.(Sequence); ok {
			flattenInto(result, inner)
			continue
		}
		result.Elements = append(result.Elements, element)
		result.Ranges = append(result.Ranges, list.Ranges[i])
	}
}

func runDistinct(c *call) Evaluated {
	list, ok := c.list(0)
	if !ok {
		return Invalid{}
	}
	return distinctElements(list)
}

// runToSet gives a sorted list without duplicates where all elements are text, as sets are walked; else in the order given.
func runToSet(c *call) Evaluated {
	list, ok := c.list(0)
	if !ok {
		return Invalid{}
	}
	return sortedSet(distinctElements(list))
}

func sortedSet(list Sequence) Sequence {
	for _, element := range list.Elements {
		if _, ok := element.(String); !ok {
			return list
		}
	}
	return sortTexts(list)
}

func sortTexts(list Sequence) Sequence {
	order := make([]int, len(list.Elements))
	texts := make([]string, len(list.Elements))
	for i, element := range list.Elements {
		order[i] = i
		texts[i], _ = scalarText(element)
	}
	sort.SliceStable(order, func(i, j int) bool { return texts[order[i]] < texts[order[j]] })
	result := Sequence{Elements: make([]Evaluated, len(order)), Ranges: make([]hcl.Range, len(order))}
	for i, from := range order {
		result.Elements[i], result.Ranges[i] = String(texts[from]), list.Ranges[from]
	}
	return result
}

func runSort(c *call) Evaluated {
	if _, ok := c.texts(0); !ok {
		return Invalid{}
	}
	list, _ := c.args[0].(Sequence)
	return sortTexts(list)
}

func runCompact(c *call) Evaluated {
	list, ok := c.list(0)
	if !ok {
		return Invalid{}
	}
	var result Sequence
	for i, element := range list.Elements {
		if element == nil || same(element, String("")) || same(element, Null{}) {
			continue
		}
		result.Elements = append(result.Elements, element)
		result.Ranges = append(result.Ranges, list.Ranges[i])
	}
	return result
}

func (c *call) position(list Sequence, v Evaluated) int {
	for i, element := range list.Elements {
		if same(element, v) {
			return i
		}
	}
	return -1
}

func runContains(c *call) Evaluated {
	list, ok := c.list(0)
	if !ok {
		return Invalid{}
	}
	return Boolean(c.position(list, c.args[1]) >= 0)
}

func runIndex(c *call) Evaluated {
	list, ok := c.list(0)
	if !ok {
		return Invalid{}
	}
	if i := c.position(list, c.args[1]); i >= 0 {
		return numberOf(i)
	}
	return c.fail(c.places[1], "Element not found", "The list doesn't hold %s. Ask with contains(list, value) first.", describe(c.args[1]))
}

func runElement(c *call) Evaluated {
	list, ok := c.list(0)
	i, whole := c.whole(1)
	if !ok || !whole {
		return Invalid{}
	}
	n := len(list.Elements)
	if n == 0 {
		return c.fail(c.places[0], "Empty list", "element() needs a list that holds something. Check length(list) first.")
	}
	return list.Elements[(i%n+n)%n]
}

func runSlice(c *call) Evaluated {
	list, ok := c.list(0)
	start, whole := c.whole(1)
	if !ok || !whole {
		return Invalid{}
	}
	end := len(list.Elements)
	if len(c.args) == 3 {
		if end, whole = c.whole(2); !whole {
			return Invalid{}
		}
	}
	if start < 0 || end < start || end > len(list.Elements) {
		return c.fail(c.at, "Wrong index", "slice() from %d to %d doesn't lie in a list of %d elements. Use 0 to %d.", start, end, len(list.Elements), len(list.Elements))
	}
	return Sequence{Elements: list.Elements[start:end:end], Ranges: list.Ranges[start:end:end]}
}

func runReverse(c *call) Evaluated {
	list, ok := c.list(0)
	if !ok {
		return Invalid{}
	}
	n := len(list.Elements)
	result := Sequence{Elements: make([]Evaluated, n), Ranges: make([]hcl.Range, n)}
	for i := range n {
		result.Elements[i], result.Ranges[i] = list.Elements[n-1-i], list.Ranges[n-1-i]
	}
	return result
}

func runOne(c *call) Evaluated {
	list, ok := c.list(0)
	switch {
	case !ok:
		return Invalid{}
	case len(list.Elements) == 0:
		return Null{}
	case len(list.Elements) > 1:
		return c.fail(c.places[0], "Too many elements", "one() needs a list of at most one element; this has %d. Choose one with [0].", len(list.Elements))
	}
	return list.Elements[0]
}

func runChunk(c *call) Evaluated {
	list, ok := c.list(0)
	size, whole := c.whole(1)
	if !ok || !whole {
		return Invalid{}
	}
	if size < 1 {
		return c.fail(c.places[1], "Wrong argument", "The size of the parts is 1 or more; this is %d.", size)
	}
	var parts []Evaluated
	for start := 0; start < len(list.Elements); start += size {
		end := min(start+size, len(list.Elements))
		parts = append(parts, Sequence{Elements: list.Elements[start:end:end], Ranges: list.Ranges[start:end:end]})
		if end == len(list.Elements) {
			break
		}
	}
	return c.sequence(parts)
}

func runCoalesce(c *call) Evaluated {
	for _, v := range c.args {
		if !same(v, Null{}) && !same(v, String("")) {
			return v
		}
	}
	return c.fail(c.at, "Nothing to choose", "All arguments of coalesce() are null or empty. Give a last one that isn't.")
}

func runCoalesceList(c *call) Evaluated {
	for i := range c.args {
		if same(c.args[i], Null{}) {
			continue
		}
		list, ok := c.list(i)
		if !ok || len(list.Elements) > 0 {
			return c.args[i]
		}
	}
	return c.fail(c.at, "Nothing to choose", "All arguments of coalescelist() are null or empty. Give a last one that isn't.")
}
