package hclschema

import "github.com/hashicorp/hcl/v2"

// runSetProduct is every combination of one element of each list, the last one changing fastest.
func runSetProduct(c *call) Evaluated {
	combinations := []Evaluated{Sequence{}}
	for i := range c.args {
		list, ok := c.list(i)
		if !ok || !c.e.spend(len(combinations)*len(list.Elements)*(i+1), 0, c.at) {
			return Invalid{}
		}
		next := make([]Evaluated, 0, len(combinations)*len(list.Elements))
		for _, combination := range combinations {
			begun, _ := combination.(Sequence)
			for j, element := range list.Elements {
				next = append(next, Sequence{
					Elements: append(append(make([]Evaluated, 0, i+1), begun.Elements...), element),
					Ranges:   append(append(make([]hcl.Range, 0, i+1), begun.Ranges...), list.Ranges[j]),
				})
			}
		}
		combinations = next
	}
	return c.sequence(combinations)
}

func runSetUnion(c *call) Evaluated {
	all, ok := runConcat(c).(Sequence)
	if !ok {
		return Invalid{}
	}
	return sortedSet(distinctElements(all))
}

func runSetIntersection(c *call) Evaluated { return c.keepElements(true) }
func runSetSubtract(c *call) Evaluated     { return c.keepElements(false) }

// keepElements are those elements of the first list that are in all others, or in none of them.
func (c *call) keepElements(inOthers bool) Evaluated {
	first, ok := c.list(0)
	if !ok {
		return Invalid{}
	}
	counts := map[string]int{}
	for i := 1; i < len(c.args); i++ {
		list, ok := c.list(i)
		if !ok {
			return Invalid{}
		}
		for _, element := range distinctElements(list).Elements {
			counts[contentKey(element)]++
		}
	}
	want := 0
	if inOthers {
		want = len(c.args) - 1
	}
	var result Sequence
	for i, element := range first.Elements {
		if counts[contentKey(element)] == want {
			result.Elements = append(result.Elements, element)
			result.Ranges = append(result.Ranges, first.Ranges[i])
		}
	}
	return sortedSet(distinctElements(result))
}
