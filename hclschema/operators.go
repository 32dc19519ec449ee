package hclschema

import (
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

func (e *evaluator) unary(x *hclsyntax.UnaryOpExpr, s *scope) Evaluated {
	if x.Op == hclsyntax.OpLogicalNot {
		holds, ok := e.condition(x.Val, s)
		if !ok {
			return Invalid{}
		}
		return Boolean(!holds)
	}
	n, ok := e.operand(x.Val, s)
	if !ok {
		return Invalid{}
	}
	return e.calculate(x.Op, x.SrcRange, n)
}

func (e *evaluator) binary(x *hclsyntax.BinaryOpExpr, s *scope) Evaluated {
	switch x.Op {
	case hclsyntax.OpLogicalAnd, hclsyntax.OpLogicalOr:
		return e.logical(x, s)
	case hclsyntax.OpEqual, hclsyntax.OpNotEqual:
		return e.comparison(x, s)
	}
	left, leftOK := e.operand(x.LHS, s)
	right, rightOK := e.operand(x.RHS, s)
	if !leftOK || !rightOK {
		return Invalid{}
	}
	return e.calculate(x.Op, x.SrcRange, left, right)
}

func (e *evaluator) logical(x *hclsyntax.BinaryOpExpr, s *scope) Evaluated {
	left, ok := e.condition(x.LHS, s)
	if !ok {
		return Invalid{}
	}
	if left == (x.Op == hclsyntax.OpLogicalOr) {
		return Boolean(left)
	}
	right, ok := e.condition(x.RHS, s)
	if !ok {
		return Invalid{}
	}
	return Boolean(right)
}

func (e *evaluator) comparison(x *hclsyntax.BinaryOpExpr, s *scope) Evaluated {
	left, right := e.eval(x.LHS, s), e.eval(x.RHS, s)
	_, leftFailed := left.(Invalid)
	_, rightFailed := right.(Invalid)
	if leftFailed || rightFailed {
		return Invalid{}
	}
	if d := e.incomparable(x.LHS, left, right, s); d != nil {
		e.report(d)
		return Invalid{}
	}
	if d := e.incomparable(x.RHS, right, left, s); d != nil {
		e.report(d)
		return Invalid{}
	}
	if !e.spendValue(left, x.SrcRange) {
		return Invalid{}
	}
	return Boolean(same(left, right) == (x.Op == hclsyntax.OpEqual))
}

// incomparable is the error where a bare word is compared with a text or number: nearly always its quotes were forgotten.
func (e *evaluator) incomparable(expr hclsyntax.Expression, v, other Evaluated, s *scope) *hcl.Diagnostic {
	word, isWord := v.(Word)
	if !isWord {
		return nil
	}
	switch other.(type) {
	case Word, Reference, Null:
		return nil
	}
	return failure(expr.Range(), "Word in a comparison", "%s is a bare word and never equals %s. Put it in quotes.%s", word.Name, describe(other), e.wordHint(v, s))
}

// same compares by content. Values of different sorts differ, so 1 isn't "1", as everywhere in HCL.
func same(a, b Evaluated) bool {
	switch a := a.(type) {
	case Word:
		b, ok := b.(Word)
		return ok && a.Name == b.Name && a.Called == b.Called && sameTexts(a.Args, b.Args)
	case Reference:
		b, ok := b.(Reference)
		return ok && sameTexts(a.Path, b.Path)
	case Sequence:
		b, ok := b.(Sequence)
		return ok && sameAll(a.Elements, b.Elements)
	case Mapping:
		b, ok := b.(Mapping)
		return ok && sameTexts(a.Keys, b.Keys) && sameAll(a.Values, b.Values)
	}
	switch b.(type) {
	case Word, Reference, Sequence, Mapping:
		return false
	}
	return a == b
}

func sameAll(a, b []Evaluated) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !same(a[i], b[i]) {
			return false
		}
	}
	return true
}

func sameTexts(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// operand is the number that an expression gives; a text that spells a number counts.
func (e *evaluator) operand(expr hclsyntax.Expression, s *scope) (Number, bool) {
	v := e.eval(expr, s)
	if n, ok := numeral(v); ok {
		return n, true
	}
	if _, reported := v.(Invalid); !reported {
		e.report(failure(expr.Range(), "Wrong operand", "This operator needs a number; this is %s.%s", describe(v), e.wordHint(v, s)))
	}
	return "", false
}

// numeral is a number, or the number that a text spells.
func numeral(v Evaluated) (Number, bool) {
	switch v := v.(type) {
	case Number:
		return v, true
	case String:
		if len(v) > maxDigits {
			return "", false
		}
		parsed, err := cty.ParseNumberVal(string(v))
		if err != nil {
			return "", false
		}
		return numberFrom(parsed.AsBigFloat())
	}
	return "", false
}

// decimalSteps is what a calculation with decimals of any size costs: their texts have up to 154 digits.
const decimalSteps = 200

func (e *evaluator) calculate(op *hclsyntax.Operation, at hcl.Range, operands ...Number) Evaluated {
	if result := calculateSmall(op, operands); result != nil {
		return result
	}
	if !e.spend(decimalSteps, 0, at) {
		return Invalid{}
	}
	if last := operands[len(operands)-1]; last == "0" && (op == hclsyntax.OpDivide || op == hclsyntax.OpModulo) {
		e.report(failure(at, "Division by zero", "This divides by zero. Change the divisor, or test it first."))
		return Invalid{}
	}
	args := make([]cty.Value, len(operands))
	for i, n := range operands {
		args[i] = n.cty()
	}
	result, err := op.Impl.Call(args)
	if err != nil {
		e.report(failure(at, "Wrong calculation", "This can't be calculated: %s. Change the operands.", err))
		return Invalid{}
	}
	if result.Type() == cty.Bool {
		return Boolean(result.True())
	}
	n, ok := numberFrom(result.AsBigFloat())
	if !ok {
		e.report(failure(at, "Number out of range", "The result is too large or too small for a number in a model. Change the operands."))
		return Invalid{}
	}
	return n
}

// calculateSmall does the usual on small whole numbers, much quicker than with decimals of any size; nil where it can't.
func calculateSmall(op *hclsyntax.Operation, operands []Number) Evaluated {
	if len(operands) != 2 {
		return nil
	}
	a, aOK := operands[0].small()
	b, bOK := operands[1].small()
	if !aOK || !bOK {
		return nil
	}
	switch op {
	case hclsyntax.OpAdd:
		return Number(strconv.FormatInt(a+b, 10))
	case hclsyntax.OpSubtract:
		return Number(strconv.FormatInt(a-b, 10))
	case hclsyntax.OpMultiply:
		return Number(strconv.FormatInt(a*b, 10))
	case hclsyntax.OpLessThan:
		return Boolean(a < b)
	case hclsyntax.OpLessThanOrEqual:
		return Boolean(a <= b)
	case hclsyntax.OpGreaterThan:
		return Boolean(a > b)
	case hclsyntax.OpGreaterThanOrEqual:
		return Boolean(a >= b)
	}
	return nil
}
