package hclschema

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

const rawFunction = "sql"

// call is one call of a function with its arguments evaluated.
type call struct {
	e      *evaluator
	name   string
	args   []Evaluated
	places []hcl.Range
	at     hcl.Range
}

// call evaluates name(…): a function of the language, sql("…"), or, where there is no such function, a word with
// arguments such as varchar(255).
func (e *evaluator) call(x *hclsyntax.FunctionCallExpr, s *scope) Evaluated {
	c := &call{e: e, name: x.Name, at: x.Range()}
	if why, refused := impureFunctions[x.Name]; refused {
		e.report(failure(c.at, "Function not allowed", "Models are data: "+why))
		return Invalid{}
	}
	if !c.evaluateArguments(x, s) {
		return Invalid{}
	}
	f, known := e.functions[x.Name]
	if !known {
		return c.word(s)
	}
	if len(c.args) < f.least {
		return c.fail(x.CloseParenRange, "Not enough arguments", "%s needs %s. Add what is missing.", f.signature, argumentCount(f.least))
	}
	if f.most >= 0 && len(c.args) > f.most {
		return c.fail(c.places[f.most], "Too many arguments", "%s takes at most %s. Remove the rest.", f.signature, argumentCount(f.most))
	}
	for i, arg := range c.args {
		if !e.spendValue(arg, c.places[i]) {
			return Invalid{}
		}
	}
	result := f.run(c)
	if !e.spendValue(result, c.at) {
		return Invalid{}
	}
	return result
}

func argumentCount(n int) string {
	if n == 1 {
		return "one argument"
	}
	return strconv.Itoa(n) + " arguments"
}

// evaluateArguments evaluates them, the last one spread where ... follows it.
func (c *call) evaluateArguments(x *hclsyntax.FunctionCallExpr, s *scope) bool {
	ok := true
	for i, arg := range x.Args {
		v := c.e.eval(arg, s)
		if _, failed := v.(Invalid); failed {
			ok = false
			continue
		}
		list, isList := v.(Sequence)
		switch spread := x.ExpandFinal && i == len(x.Args)-1; {
		case spread && isList:
			c.args = append(c.args, list.Elements...)
			c.places = append(c.places, list.Ranges...)
		case spread:
			c.fail(arg.Range(), "Wrong argument", "... spreads a list over arguments; this is %s. Remove the dots, or give a list.", describe(v))
			ok = false
		default:
			c.args = append(c.args, v)
			c.places = append(c.places, arg.Range())
		}
	}
	return ok
}

// word is a call that no function answers to. Its arguments are literals, or plain words as in geometry(Point, 4326).
func (c *call) word(s *scope) Evaluated {
	if strings.Contains(c.name, ":") {
		return c.fail(c.at, "Unknown function", "There is no function %s. Functions have names without ::.", c.name)
	}
	w := Word{Name: c.name, Called: true, Args: make([]string, 0, len(c.args))}
	for i, arg := range c.args {
		text, ok := scalarText(arg)
		if plain, isWord := arg.(Word); isWord && !plain.Called {
			text, ok = plain.Name, true
		}
		if !ok {
			return c.fail(c.places[i], "Wrong argument", "%s is no function, and the arguments of a type such as varchar(255) are numbers, texts and words; this is %s.%s",
				c.name, describe(arg), DidYouMean(c.name, Functions()))
		}
		if !c.e.spend(1, len(text), c.places[i]) {
			return Invalid{}
		}
		w.Args = append(w.Args, text)
	}
	return w
}

// fail reports an error of the call.
func (c *call) fail(at hcl.Range, summary, detail string, args ...any) Evaluated {
	c.e.report(failure(at, summary, detail, args...))
	return Invalid{}
}

// wrong reports that an argument isn't what the function needs.
func (c *call) wrong(i int, need string) {
	c.fail(c.places[i], "Wrong argument", "%s needs %s here; this is %s.%s", c.name, need, describe(c.args[i]), c.e.wordHint(c.args[i], nil))
}

// text is the argument as text; numbers and booleans count.
func (c *call) text(i int) (string, bool) {
	text, ok := scalarText(c.args[i])
	if !ok {
		c.wrong(i, "text")
	}
	return text, ok
}

func (c *call) number(i int) (Number, bool) {
	n, ok := numeral(c.args[i])
	if !ok {
		c.wrong(i, "a number")
	}
	return n, ok
}

func (c *call) whole(i int) (int, bool) {
	n, ok := numeral(c.args[i])
	if ok {
		if whole, fits := n.whole(); fits {
			return whole, true
		}
	}
	c.wrong(i, "a whole number")
	return 0, false
}

func (c *call) list(i int) (Sequence, bool) {
	list, ok := c.args[i].(Sequence)
	if !ok {
		c.wrong(i, "a list")
	}
	return list, ok
}

func (c *call) mapping(i int) (Mapping, bool) {
	m, ok := c.args[i].(Mapping)
	if !ok {
		c.wrong(i, "a map")
	}
	return m, ok
}

// texts is a list argument all of whose elements are text, numbers or booleans.
func (c *call) texts(i int) ([]string, bool) {
	list, ok := c.list(i)
	if !ok {
		return nil, false
	}
	texts := make([]string, len(list.Elements))
	for j, element := range list.Elements {
		text, ok := scalarText(element)
		if !ok {
			c.fail(list.Ranges[j], "Wrong argument", "%s needs a list of texts; element %d is %s.%s", c.name, j, describe(element), c.e.wordHint(element, nil))
			return nil, false
		}
		texts[j] = text
	}
	return texts, true
}

// sequence is a list made by the call; its elements have the call's place.
func (c *call) sequence(elements []Evaluated) Evaluated {
	places := make([]hcl.Range, len(elements))
	for i := range places {
		places[i] = c.at
	}
	return Sequence{Elements: elements, Ranges: places}
}
