package hclschema

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

const forEachAttribute = "for_each"

// repeat makes a top-level block for each element of for_each, with each.key and each.value in its body.
func (e *evaluator) repeat(b *hclsyntax.Block, forEach *hclsyntax.Attribute) []*Block {
	e.begin(forEach.Expr.Range())
	v := e.eval(forEach.Expr, nil)
	var result []*Block
	ok := e.each(v, forEach.Expr.Range(), func(key, value Evaluated, _ hcl.Range) bool {
		inner := &scope{name: eachName, key: elementKey(key, value), value: value}
		result = append(result, e.block(b, inner, true))
		return !e.exhausted
	})
	if !ok && len(result) == 0 {
		return []*Block{{Type: b.Type, Labels: labels(b), Range: b.DefRange(), Incomplete: true}}
	}
	return result
}

// elementKey is each.key: a map's key; for a list, which has none, the element itself where it is text or a number, the
// name of an object that is referred to, and else the element's number.
func elementKey(key, value Evaluated) Evaluated {
	if _, isList := key.(Number); !isList {
		return key
	}
	switch v := value.(type) {
	case String:
		return v
	case Number:
		return String(v)
	case Word:
		return String(v.Name)
	case Reference:
		return String(v.Path[len(v.Path)-1])
	}
	return key
}
