package hclschema

import (
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// variable is what a variable block says beside its default.
type variable struct {
	name        string
	typ         *variableType
	given       *string
	validations []*hclsyntax.Body
}

// declareVariable takes a variable block. broken tells that the block has syntax errors.
func (e *evaluator) declareVariable(b *hclsyntax.Block, broken bool) {
	if len(b.Labels) != 1 {
		e.report(failure(b.DefRange(), "Wrong labels", "A variable block has one label, its name: variable \"name\" { … }."))
		return
	}
	name := b.Labels[0]
	n := &named{path: variableRoot + "." + name, declared: b.DefRange(), variable: &variable{name: name}}
	if given, ok := e.given[name]; ok {
		n.variable.given = &given
	}
	if first := e.variables[name]; first != nil {
		e.report(failure(b.DefRange(), "Duplicate variable", "The variable %q was declared before, at %s. Rename or remove one of the two.", name, place(first.declared)))
		return
	}
	e.variables[name] = n
	e.values = append(e.values, n)
	if !hclsyntax.ValidIdentifier(name) {
		e.report(failure(b.LabelRanges[0], "Wrong name", "A variable's name is one word of letters, digits, _ and -, so that var.name can be written; %q isn't. Rename it.", name))
		broken = true
	}
	if !e.variableBody(n, b.Body) || broken {
		n.state, n.value = finished, Invalid{}
	}
}

func (e *evaluator) variableBody(n *named, body *hclsyntax.Body) bool {
	ok := true
	for _, attribute := range inOrder(body.Attributes) {
		switch attribute.Name {
		case "type":
			t, d := parseVariableType(attribute.Expr)
			if d != nil {
				e.report(d)
				ok = false
			}
			n.variable.typ = t
		case "default":
			n.expr = attribute.Expr
		case "description":
			if _, isText := e.eval(attribute.Expr, nil).(String); !isText {
				e.report(failure(attribute.Expr.Range(), "Wrong description", "A description is text in quotes."))
			}
		default:
			e.report(failure(attribute.NameRange, "Unknown attribute", "A variable has no attribute %q.%s It has type, default and description, and validation blocks.",
				attribute.Name, DidYouMean(attribute.Name, []string{"type", "default", "description"})))
		}
	}
	for _, block := range body.Blocks {
		if block.Type != "validation" || len(block.Labels) > 0 {
			e.report(failure(block.DefRange(), "Unknown block", "A variable has validation blocks alone, without label: validation { condition = …, error_message = … }."))
			continue
		}
		n.variable.validations = append(n.variable.validations, block.Body)
	}
	return ok
}

// variableValue is what was given for the variable, or else its default, checked.
func (e *evaluator) variableValue(n *named) Evaluated {
	v := n.variable
	var value Evaluated
	switch {
	case v.given != nil:
		var problem string
		if value, problem = e.readGiven(*v.given, e.givenType(n)); problem != "" {
			e.report(failure(n.declared, "Wrong value for a variable", "--var %s=%s: %s Give a value that fits.", v.name, shorten(*v.given), upperFirst(problem)))
			return Invalid{}
		}
	case n.expr != nil:
		e.begin(n.expr.Range())
		value = e.eval(n.expr, nil)
		if _, failed := value.(Invalid); failed || !e.spendComputed(value, n.expr) {
			return Invalid{}
		}
		converted, problem := convertTo(value, v.typ, "")
		if problem != "" {
			e.report(failure(n.expr.Range(), "Wrong default", "The default of variable %q doesn't fit its type: %s Change one of the two.", v.name, problem))
			return Invalid{}
		}
		value = converted
	default:
		e.report(failure(n.declared, "Missing value for a variable", "The variable %q has no default. Give --var %s=…, or set default in its block.", v.name, v.name))
		return Invalid{}
	}
	n.state, n.value = finished, value
	for _, body := range v.validations {
		if !e.validate(n, body) {
			value = Invalid{}
		}
	}
	return value
}

// givenType is the type that --var has to fit: the declared one; without one, that of a default that is a number or boolean.
func (e *evaluator) givenType(n *named) *variableType {
	if n.variable.typ != nil || n.expr == nil {
		return n.variable.typ
	}
	if lit, ok := n.expr.(*hclsyntax.LiteralValueExpr); ok {
		switch e.literal(lit).(type) {
		case Number:
			return &variableType{name: "number"}
		case Boolean:
			return &variableType{name: "bool"}
		}
	}
	switch n.expr.(type) {
	case *hclsyntax.TupleConsExpr, *hclsyntax.ObjectConsExpr, *hclsyntax.UnaryOpExpr:
		return &variableType{name: "structure"}
	}
	return nil
}

// readGiven turns the text of --var into a value: text as it is, everything else as it would stand in a model.
func (e *evaluator) readGiven(text string, t *variableType) (Evaluated, string) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return nil, "this is not UTF-8 text."
	}
	if t == nil || t.name == "any" || t.name == "string" {
		return String(text), ""
	}
	if t.scalar() {
		return convertTo(String(text), t, "")
	}
	source := []byte(text)
	at := hcl.Range{Filename: "--var", Start: hcl.InitialPos, End: hcl.InitialPos}
	if len(checkText(at.Filename, source)) > 0 {
		return nil, "this is no value that can be read."
	}
	if _, d := checkNesting(source, at.Filename, at.Start, maxTemplateWork); d != nil {
		return nil, d.Detail
	}
	expr, diags := parseExpression(source, at.Filename)
	if diags.HasErrors() || !plain(expr) {
		return nil, `expected ` + t.String() + `, written as in a model: ["a", "b"] or { key = "value" }.`
	}
	inner := &evaluator{files: map[string]*file{at.Filename: {name: at.Filename, text: source}}}
	value := inner.eval(expr, nil)
	if len(inner.diags) > 0 {
		return nil, inner.diags[0].Detail
	}
	return convertTo(value, t, "")
}

// validate evaluates one validation block of a variable that has its value already.
func (e *evaluator) validate(n *named, body *hclsyntax.Body) bool {
	condition, message := body.Attributes["condition"], body.Attributes["error_message"]
	for _, attribute := range inOrder(body.Attributes) {
		if attribute != condition && attribute != message {
			e.report(failure(attribute.NameRange, "Unknown attribute", "A validation has the attributes condition and error_message, and no %q.%s",
				attribute.Name, DidYouMean(attribute.Name, []string{"condition", "error_message"})))
		}
	}
	for _, block := range body.Blocks {
		e.report(failure(block.DefRange(), "Unknown block", "A validation has the attributes condition and error_message, and no blocks. Remove this one."))
	}
	if condition == nil || message == nil {
		e.report(failure(body.SrcRange, "Incomplete validation", "A validation needs condition and error_message. Add what is missing."))
		return false
	}
	holds, ok := e.condition(condition.Expr, nil)
	text, isText := e.eval(message.Expr, nil).(String)
	if !isText {
		e.report(failure(message.Expr.Range(), "Wrong error message", "error_message is text in quotes."))
		return false
	}
	if ok && !holds {
		e.report(failure(n.declared, "Invalid value for a variable", "%s (The value of variable %q does not meet the condition at %s; change --var %s=… or the default.)",
			string(text), n.variable.name, place(condition.Expr.Range()), n.variable.name))
	}
	return ok && holds
}

// checkGiven reports values for variables that no model declares.
func (e *evaluator) checkGiven() {
	for _, name := range sortedKeys(e.given) {
		if e.variables[name] == nil {
			e.report(failure(hcl.Range{}, "Unknown variable", "--var %s=… sets a variable that no model declares.%s Correct the name, or declare variable %q { … } in a model.",
				name, DidYouMean(name, sortedKeys(e.variables)), name))
		}
	}
}
