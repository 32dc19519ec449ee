package hclschema

import (
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// loop is a for expression: [for v in list : …] or {for k, v in map : … => …}.
func (e *evaluator) loop(x *hclsyntax.ForExpr, s *scope) Evaluated {
	v := e.eval(x.CollExpr, s)
	var result loopResult
	ok := e.each(v, x.CollExpr.Range(), func(key, value Evaluated, _ hcl.Range) bool {
		inner := &scope{parent: s, name: x.ValVar, value: value}
		if x.KeyVar != "" {
			inner = &scope{parent: inner, name: x.KeyVar, value: key}
		}
		return e.turn(x, inner, &result)
	})
	switch {
	case !ok || result.failed:
		return Invalid{}
	case x.KeyExpr == nil:
		return result.list
	case x.Group:
		for key, group := range result.groups {
			result.values[key] = *group
		}
	}
	return mappingOf(result.values)
}

type loopResult struct {
	list   Sequence
	values map[string]Evaluated
	groups map[string]*Sequence
	failed bool
}

// turn evaluates one turn of a for expression; false once going on would only repeat the same error.
func (e *evaluator) turn(x *hclsyntax.ForExpr, s *scope, result *loopResult) bool {
	if x.CondExpr != nil {
		holds, ok := e.condition(x.CondExpr, s)
		if !ok {
			return false
		}
		if !holds {
			return true
		}
	}
	value := e.eval(x.ValExpr, s)
	if _, failed := value.(Invalid); failed {
		return false
	}
	at := x.ValExpr.Range()
	if !e.spend(1, 0, at) {
		return false
	}
	if x.KeyExpr == nil {
		result.list.Elements = append(result.list.Elements, value)
		result.list.Ranges = append(result.list.Ranges, at)
		return true
	}
	return e.keyedTurn(x, s, value, result)
}

func (e *evaluator) keyedTurn(x *hclsyntax.ForExpr, s *scope, value Evaluated, result *loopResult) bool {
	key, ok := e.objectKey(x.KeyExpr, s)
	if !ok || !e.spend(0, len(key), x.KeyExpr.Range()) {
		return false
	}
	if result.values == nil {
		result.values, result.groups = map[string]Evaluated{}, map[string]*Sequence{}
	}
	if x.Group {
		group := result.groups[key]
		if group == nil {
			group = &Sequence{}
			result.groups[key] = group
		}
		group.Elements = append(group.Elements, value)
		group.Ranges = append(group.Ranges, x.ValExpr.Range())
		return true
	}
	if _, twice := result.values[key]; twice {
		e.report(failure(x.KeyExpr.Range(), "Duplicate key",
			"Two elements of this for expression have the key %q. Make the keys differ, or write ... after the value to gather the values of one key in a list.", shorten(key)))
		return false
	}
	result.values[key] = value
	return true
}

// each calls visit with key, value and place of each element of a list or map until it returns false. The result tells
// whether v could be walked to its end; if not, an error was reported.
func (e *evaluator) each(v Evaluated, at hcl.Range, visit func(key, value Evaluated, at hcl.Range) bool) bool {
	switch v := v.(type) {
	case Sequence:
		for i, element := range v.Elements {
			if !visit(Number(strconv.Itoa(i)), element, v.Ranges[i]) {
				return false
			}
		}
		return true
	case Mapping:
		for i, key := range v.Keys {
			if !visit(String(key), v.Values[i], at) {
				return false
			}
		}
		return true
	case Invalid:
		return false
	}
	e.report(failure(at, "Wrong value to loop over", "A loop goes over a list or a map; this is %s.%s", describe(v), e.wordHint(v, nil)))
	return false
}

// splat is list[*].attribute: the same steps from each element. As in HCL, null is no element and any other single value is one.
func (e *evaluator) splat(x *hclsyntax.SplatExpr, s *scope) Evaluated {
	source := e.eval(x.Source, s)
	list, ok := source.(Sequence)
	switch v := source.(type) {
	case Invalid:
		return v
	case Null:
		return Sequence{}
	case Word, Reference:
		e.report(failure(x.Source.Range(), "Wrong value to loop over", "[*] goes over a list; this is %s. List the objects one by one.", describe(v)))
		return Invalid{}
	}
	if !ok {
		list = Sequence{Elements: []Evaluated{source}, Ranges: []hcl.Range{x.Source.Range()}}
	}
	var result Sequence
	for i, element := range list.Elements {
		value := e.eval(x.Each, &scope{parent: s, symbol: x.Item, value: element})
		if _, failed := value.(Invalid); failed {
			return Invalid{}
		}
		result.Elements = append(result.Elements, value)
		result.Ranges = append(result.Ranges, list.Ranges[i])
	}
	return result
}
