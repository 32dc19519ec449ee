package hclschema

import "github.com/hashicorp/hcl/v2/hclsyntax"

// runRange counts from start to end, end left out.
func runRange(c *call) Evaluated {
	start, end, step := Number("0"), Number("0"), Number("1")
	numbers := make([]Number, len(c.args))
	for i := range c.args {
		n, ok := c.number(i)
		if !ok {
			return Invalid{}
		}
		numbers[i] = n
	}
	switch len(numbers) {
	case 1:
		end = numbers[0]
	case 2:
		start, end = numbers[0], numbers[1]
	default:
		start, end, step = numbers[0], numbers[1], numbers[2]
	}
	down := start.float().Cmp(end.float()) > 0
	if len(numbers) < 3 && down {
		step = "-1"
	}
	if sign := step.float().Sign(); sign == 0 || sign > 0 == down && start != end {
		return c.fail(c.at, "Wrong argument", "range() never gets from %s to %s in steps of %s. Give a step in the right direction.", start, end, step)
	}
	return c.count(start, end, step, down)
}

func (c *call) count(start, end, step Number, down bool) Evaluated {
	comparison := hclsyntax.OpLessThan
	if down {
		comparison = hclsyntax.OpGreaterThan
	}
	var elements []Evaluated
	for at := start; c.e.calculate(comparison, c.at, at, end) == Evaluated(Boolean(true)); {
		if !c.e.spend(2, 0, c.at) {
			return Invalid{}
		}
		elements = append(elements, at)
		next, ok := c.e.calculate(hclsyntax.OpAdd, c.at, at, step).(Number)
		if !ok {
			return Invalid{}
		}
		at = next
	}
	return c.sequence(elements)
}

func runAllTrue(c *call) Evaluated { return c.fold(true) }
func runAnyTrue(c *call) Evaluated { return c.fold(false) }

// fold is whether all elements of a list are true, or else whether any is.
func (c *call) fold(all bool) Evaluated {
	list, ok := c.list(0)
	if !ok {
		return Invalid{}
	}
	result := all
	for i, element := range list.Elements {
		holds, ok := truth(element)
		if !ok {
			return c.fail(list.Ranges[i], "Wrong argument", "%s needs a list of booleans; element %d is %s.%s", c.name, i, describe(element), c.e.wordHint(element, nil))
		}
		if holds != all {
			result = !all
		}
	}
	return Boolean(result)
}

func runSum(c *call) Evaluated {
	list, ok := c.list(0)
	if !ok {
		return Invalid{}
	}
	total := Evaluated(Number("0"))
	for i, element := range list.Elements {
		n, ok := numeral(element)
		sum, counted := total.(Number)
		if !ok || !counted {
			if counted {
				c.fail(list.Ranges[i], "Wrong argument", "sum needs a list of numbers; element %d is %s.%s", i, describe(element), c.e.wordHint(element, nil))
			}
			return Invalid{}
		}
		total = c.e.calculate(hclsyntax.OpAdd, c.at, sum, n)
	}
	return total
}
