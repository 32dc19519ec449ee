package hclschema

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// variableType is what a variable's value has to be: any, string, number, int, bool, list(T), set(T), map(T), tuple([…])
// or object({…}); nil is any.
type variableType struct {
	name       string
	element    *variableType
	elements   []*variableType
	attributes map[string]*variableType
	optional   map[string]bool
}

const typesKnown = "Types are string, number, int, bool, any, list(…), set(…), map(…), tuple([…]) and object({…})."

func (t *variableType) scalar() bool {
	switch t.name {
	case "string", "number", "int", "bool":
		return true
	}
	return false
}

// String writes the type as in a model.
func (t *variableType) String() string {
	switch {
	case t == nil:
		return "any"
	case t.element != nil:
		return t.name + "(" + t.element.String() + ")"
	case t.name == "structure":
		return "a list or map"
	case t.name == "tuple":
		texts := make([]string, len(t.elements))
		for i, element := range t.elements {
			texts[i] = element.String()
		}
		return "tuple([" + strings.Join(texts, ", ") + "])"
	case t.name == "object":
		texts := make([]string, 0, len(t.attributes))
		for _, name := range sortedKeys(t.attributes) {
			texts = append(texts, name+" = "+t.attributes[name].String())
		}
		return "object({ " + strings.Join(texts, ", ") + " })"
	}
	return t.name
}

func parseVariableType(expr hclsyntax.Expression) (*variableType, *hcl.Diagnostic) {
	switch x := expr.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		switch name := x.Traversal.RootName(); {
		case len(x.Traversal) != 1:
		case name == "list" || name == "set" || name == "map":
			return &variableType{name: name, element: &variableType{name: "any"}}, nil
		case name == "any" || (&variableType{name: name}).scalar():
			return &variableType{name: name}, nil
		default:
			return nil, failure(expr.Range(), "Unknown type", "There is no type %s for variables.%s %s", name,
				DidYouMean(name, []string{"string", "number", "int", "bool", "any", "list", "set", "map"}), typesKnown)
		}
	case *hclsyntax.FunctionCallExpr:
		if len(x.Args) == 1 && !x.ExpandFinal {
			return parseTypeCall(x)
		}
	}
	return nil, failure(expr.Range(), "Unknown type", "This is no type for a variable. "+typesKnown)
}

func parseTypeCall(x *hclsyntax.FunctionCallExpr) (*variableType, *hcl.Diagnostic) {
	t := &variableType{name: x.Name}
	var d *hcl.Diagnostic
	switch argument := x.Args[0].(type) {
	case *hclsyntax.TupleConsExpr:
		if x.Name != "tuple" {
			break
		}
		for _, element := range argument.Exprs {
			parsed, problem := parseVariableType(element)
			if problem != nil {
				return nil, problem
			}
			t.elements = append(t.elements, parsed)
		}
		return t, nil
	case *hclsyntax.ObjectConsExpr:
		if x.Name == "object" {
			return parseObjectType(argument)
		}
	default:
		if x.Name == "list" || x.Name == "set" || x.Name == "map" {
			t.element, d = parseVariableType(argument)
			return t, d
		}
	}
	return nil, failure(x.Range(), "Unknown type", "This is no type for a variable. "+typesKnown)
}

func parseObjectType(x *hclsyntax.ObjectConsExpr) (*variableType, *hcl.Diagnostic) {
	t := &variableType{name: "object", attributes: map[string]*variableType{}, optional: map[string]bool{}}
	for _, item := range x.Items {
		name := hcl.ExprAsKeyword(item.KeyExpr)
		if name == "" {
			return nil, failure(item.KeyExpr.Range(), "Unknown type", "The attributes of an object type are plain names: object({ name = string }).")
		}
		value := item.ValueExpr
		if call, ok := value.(*hclsyntax.FunctionCallExpr); ok && call.Name == "optional" && len(call.Args) == 1 {
			t.optional[name], value = true, call.Args[0]
		}
		element, d := parseVariableType(value)
		if d != nil {
			return nil, d
		}
		t.attributes[name] = element
	}
	return t, nil
}

// convertTo gives the value the type, or says why it can't have it. path is where in the value we are.
func convertTo(v Evaluated, t *variableType, path string) (Evaluated, string) {
	if t == nil || t.name == "any" {
		return v, ""
	}
	if _, isNull := v.(Null); isNull {
		return v, ""
	}
	switch t.name {
	case "string":
		if text, ok := scalarText(v); ok {
			return String(text), ""
		}
	case "number", "int":
		if n, ok := numeral(v); ok && (t.name == "number" || !strings.ContainsAny(string(n), ".-e") || n.float().IsInt()) {
			return n, ""
		}
	case "bool":
		if b, ok := truth(v); ok {
			return Boolean(b), ""
		}
	case "list", "set":
		if list, ok := v.(Sequence); ok {
			return convertElements(list, t, path)
		}
	case "tuple":
		if list, ok := v.(Sequence); ok && len(list.Elements) == len(t.elements) {
			return convertElements(list, t, path)
		}
	case "map", "object":
		if m, ok := v.(Mapping); ok {
			return convertEntries(m, t, path)
		}
	case "structure":
		switch v.(type) {
		case Sequence, Mapping, Number:
			return v, ""
		}
	}
	return nil, fmt.Sprintf("expected %s%s, got %s.", t, path, describe(v))
}

func convertElements(list Sequence, t *variableType, path string) (Evaluated, string) {
	result := Sequence{Elements: make([]Evaluated, len(list.Elements)), Ranges: list.Ranges}
	for i, element := range list.Elements {
		want := t.element
		if t.name == "tuple" {
			want = t.elements[i]
		}
		converted, problem := convertTo(element, want, fmt.Sprintf("%s in element %d", path, i))
		if problem != "" {
			return nil, problem
		}
		result.Elements[i] = converted
	}
	if t.name == "set" {
		return distinctElements(result), ""
	}
	return result, ""
}

func convertEntries(m Mapping, t *variableType, path string) (Evaluated, string) {
	result := make(map[string]Evaluated, len(m.Keys))
	for i, key := range m.Keys {
		want := t.element
		if t.name == "object" {
			if want = t.attributes[key]; want == nil {
				return nil, fmt.Sprintf("there is no attribute %q%s in %s.", key, path, t)
			}
		}
		converted, problem := convertTo(m.Values[i], want, fmt.Sprintf("%s in %q", path, key))
		if problem != "" {
			return nil, problem
		}
		result[key] = converted
	}
	for _, name := range sortedKeys(t.attributes) {
		if _, ok := result[name]; ok {
			continue
		}
		if !t.optional[name] {
			return nil, fmt.Sprintf("the attribute %q is missing%s.", name, path)
		}
		result[name] = Null{}
	}
	return mappingOf(result), ""
}
