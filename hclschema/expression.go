package hclschema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// eval is the value of an expression; Invalid, with the error reported, where it has none. hclsyntax evaluates into cty,
// which has no bare words or references, normalises text and has no budget; so its syntax trees are evaluated here.
func (e *evaluator) eval(expr hclsyntax.Expression, s *scope) Evaluated {
	if e.exhausted || s != nil && !e.spend(1, 0, expr.Range()) {
		return Invalid{}
	}
	switch x := expr.(type) {
	case *hclsyntax.TemplateExpr:
		return e.template(x, s)
	case *hclsyntax.LiteralValueExpr:
		return e.literal(x)
	case *hclsyntax.ScopeTraversalExpr:
		return e.traversal(x, s)
	case *hclsyntax.FunctionCallExpr:
		return e.call(x, s)
	case *hclsyntax.TupleConsExpr:
		return e.tuple(x, s)
	case *hclsyntax.ObjectConsExpr:
		return e.object(x, s)
	case *hclsyntax.ParenthesesExpr:
		return e.eval(x.Expression, s)
	case *hclsyntax.TemplateWrapExpr:
		return e.eval(x.Wrapped, s)
	case *hclsyntax.ConditionalExpr:
		return e.conditional(x, s)
	case *hclsyntax.ForExpr:
		return e.loop(x, s)
	case *hclsyntax.TemplateJoinExpr:
		return e.templateLoop(x, s)
	case *hclsyntax.UnaryOpExpr:
		return e.unary(x, s)
	case *hclsyntax.BinaryOpExpr:
		return e.binary(x, s)
	case *hclsyntax.RelativeTraversalExpr:
		return e.follow(e.eval(x.Source, s), x.Traversal)
	case *hclsyntax.IndexExpr:
		return e.index(x, s)
	case *hclsyntax.SplatExpr:
		return e.splat(x, s)
	case *hclsyntax.AnonSymbolExpr:
		return s.element(x)
	}
	e.report(failure(expr.Range(), "Unsupported expression", "This expression can't be used in models. Write the value in another way."))
	return Invalid{}
}

func (e *evaluator) literal(x *hclsyntax.LiteralValueExpr) Evaluated {
	switch {
	case x.Val.IsNull():
		return Null{}
	case !x.Val.IsKnown():
		return Invalid{}
	case x.Val.Type() == cty.Bool:
		return Boolean(x.Val.True())
	case x.Val.Type() == cty.String:
		return String(e.literalText(x))
	}
	n, problem := literalNumber(x.Val.AsBigFloat(), e.sourceBytes(x.SrcRange))
	if problem != "" {
		e.report(failure(x.SrcRange, "Number out of range", problem))
		return Invalid{}
	}
	return n
}

func (e *evaluator) tuple(x *hclsyntax.TupleConsExpr, s *scope) Evaluated {
	list := Sequence{Elements: make([]Evaluated, 0, len(x.Exprs)), Ranges: make([]hcl.Range, 0, len(x.Exprs))}
	failed := false
	for _, element := range x.Exprs {
		value := e.eval(element, s)
		if _, invalid := value.(Invalid); invalid {
			failed = true
		}
		list.Elements = append(list.Elements, value)
		list.Ranges = append(list.Ranges, element.Range())
	}
	if failed {
		return Invalid{}
	}
	return list
}

func (e *evaluator) object(x *hclsyntax.ObjectConsExpr, s *scope) Evaluated {
	values := make(map[string]Evaluated, len(x.Items))
	places := make(map[string]hcl.Range, len(x.Items))
	written := make([]string, 0, len(x.Items))
	failed := false
	for _, item := range x.Items {
		value := e.eval(item.ValueExpr, s)
		key, ok := e.objectKey(item.KeyExpr, s)
		if _, invalid := value.(Invalid); invalid || !ok {
			failed = true
			continue
		}
		if first, twice := places[key]; twice {
			e.report(failure(item.KeyExpr.Range(), "Duplicate key", "The key %q was set before, at %s. Remove one of the two.", key, place(first)))
			failed = true
			continue
		}
		values[key], places[key] = value, item.KeyExpr.Range()
		written = append(written, key)
	}
	if failed {
		return Invalid{}
	}
	m := mappingOf(values)
	m.Written = written
	return m
}

// objectKey takes a plain name as the key itself, as HCL does; (name) in parentheses is an expression.
func (e *evaluator) objectKey(expr hclsyntax.Expression, s *scope) (string, bool) {
	if key, ok := expr.(*hclsyntax.ObjectConsKeyExpr); ok {
		if !key.ForceNonLiteral {
			if name := hcl.ExprAsKeyword(key.Wrapped); name != "" {
				return name, true
			}
		}
		expr = key.Wrapped
	}
	v := e.eval(expr, s)
	text, ok := scalarText(v)
	if !ok {
		if _, reported := v.(Invalid); !reported {
			e.report(failure(expr.Range(), "Wrong key", "A key of a map is text; this is %s. Put a name that isn't one word in quotes.", describe(v)))
		}
		return "", false
	}
	return text, true
}

// mappingOf sorts the keys.
func mappingOf(values map[string]Evaluated) Mapping {
	m := Mapping{Keys: sortedKeys(values), Values: make([]Evaluated, len(values))}
	for i, key := range m.Keys {
		m.Values[i] = values[key]
	}
	return m
}

// at is the value of a key.
func (m Mapping) at(key string) (Evaluated, bool) {
	low, high := 0, len(m.Keys)
	for low < high {
		middle := (low + high) / 2
		if m.Keys[middle] < key {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low < len(m.Keys) && m.Keys[low] == key {
		return m.Values[low], true
	}
	return nil, false
}

func (e *evaluator) conditional(x *hclsyntax.ConditionalExpr, s *scope) Evaluated {
	holds, ok := e.condition(x.Condition, s)
	if !ok {
		return Invalid{}
	}
	if holds {
		return e.eval(x.TrueResult, s)
	}
	return e.eval(x.FalseResult, s)
}

// condition is the truth of an expression. The texts "true" and "false" count, as everywhere in HCL.
func (e *evaluator) condition(expr hclsyntax.Expression, s *scope) (holds, ok bool) {
	v := e.eval(expr, s)
	if b, ok := truth(v); ok {
		return b, true
	}
	if _, reported := v.(Invalid); !reported {
		e.report(failure(expr.Range(), "Wrong condition", "A condition is true or false; this is %s.%s", describe(v), e.wordHint(v, s)))
	}
	return false, false
}

func truth(v Evaluated) (holds, ok bool) {
	switch v {
	case Boolean(true), String("true"):
		return true, true
	case Boolean(false), String("false"):
		return false, true
	}
	return false, false
}

func (e *evaluator) template(x *hclsyntax.TemplateExpr, s *scope) Evaluated {
	if len(x.Parts) == 1 {
		if lit, ok := x.Parts[0].(*hclsyntax.LiteralValueExpr); ok && lit.Val.Type() == cty.String && lit.Val.IsKnown() {
			return String(e.literalText(lit))
		}
	}
	var text strings.Builder
	ok := true
	for _, part := range x.Parts {
		ok = e.interpolate(&text, part, s) && ok
	}
	if !ok {
		return Invalid{}
	}
	return String(text.String())
}

func (e *evaluator) interpolate(text *strings.Builder, part hclsyntax.Expression, s *scope) bool {
	v := e.eval(part, s)
	piece, ok := scalarText(v)
	if !ok {
		piece, ok = objectName(v)
	}
	if !ok {
		if _, reported := v.(Invalid); !reported {
			e.report(failure(part.Range(), "Wrong value in a template", "A template can hold text, numbers and booleans; this is %s.%s", describe(v), e.wordHint(v, s)))
		}
		return false
	}
	if !e.spend(1, len(piece), part.Range()) {
		return false
	}
	text.WriteString(piece)
	return true
}

func (e *evaluator) templateLoop(x *hclsyntax.TemplateJoinExpr, s *scope) Evaluated {
	v := e.eval(x.Tuple, s)
	list, ok := v.(Sequence)
	if !ok {
		return Invalid{}
	}
	var text strings.Builder
	for _, element := range list.Elements {
		piece, ok := scalarText(element)
		if !ok || !e.spend(1, len(piece), x.Tuple.Range()) {
			return Invalid{}
		}
		text.WriteString(piece)
	}
	return String(text.String())
}

// objectName is the name that each.value.name stands for where each.value refers to an object: table.users.name. A path
// with an even number of parts ends in an object of its own, such as table.users.column.name, and is no text.
func objectName(v Evaluated) (string, bool) {
	r, ok := v.(Reference)
	if !ok || len(r.Path)%2 == 0 || len(r.Path) < 3 || r.Path[len(r.Path)-1] != "name" {
		return "", false
	}
	return r.Path[len(r.Path)-2], true
}

// scalarText is the text of what a template can hold.
func scalarText(v Evaluated) (string, bool) {
	switch v := v.(type) {
	case String:
		return string(v), true
	case Number:
		return string(v), true
	case Boolean:
		if v {
			return "true", true
		}
		return "false", true
	}
	return "", false
}
