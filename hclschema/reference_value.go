package hclschema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

const (
	variableRoot = "var"
	localRoot    = "local"
	mixinRoot    = "mixin"
)

// traversal is what a name or path stands for: a loop's variable, var.x, local.x, each.key; else a word (CASCADE) or a
// reference (table.users.column.id), which the kinds give their meaning.
func (e *evaluator) traversal(x *hclsyntax.ScopeTraversalExpr, s *scope) Evaluated {
	root, rest := x.Traversal.RootName(), x.Traversal[1:]
	first := ""
	if len(rest) > 0 {
		if attribute, ok := rest[0].(hcl.TraverseAttr); ok {
			first = attribute.Name
		}
	}
	if found := s.find(root, first); found != nil {
		if found.key != nil {
			return e.iterator(found, x, rest)
		}
		return e.follow(found.value, rest)
	}
	switch root {
	case variableRoot, localRoot:
		return e.named(x, root, first, rest)
	case eachName:
		e.report(failure(x.SrcRange, "Nothing to loop over", "each.key and each.value have a meaning only inside a top-level block that sets for_each. Set for_each in it, or write the value."))
		return Invalid{}
	case mixinRoot:
		if len(rest) == 1 {
			return e.mixinReference(x, e.stepName(rest[0]))
		}
	}
	if d := e.misspelledRoot(x, root, first); d != nil {
		e.report(d)
		return Invalid{}
	}
	if len(rest) == 0 {
		return Word{Name: root}
	}
	return e.follow(Word{Name: root}, rest)
}

// misspelledRoot catches the plural and the long form of var and local, which are no kinds of objects.
func (e *evaluator) misspelledRoot(x *hclsyntax.ScopeTraversalExpr, root, first string) *hcl.Diagnostic {
	right := ""
	switch root {
	case "vars", "variable", "variables":
		right = variableRoot
	case "locals":
		right = localRoot
	case "mixins":
		right = mixinRoot
	}
	if right == "" || first == "" {
		return nil
	}
	return failure(x.SrcRange, "Unknown name", "%s names nothing. Did you mean %s.%s?", root, right, first)
}

// iterator is each.key or each.value, or the same of a dynamic block.
func (e *evaluator) iterator(found *scope, x *hclsyntax.ScopeTraversalExpr, rest hcl.Traversal) Evaluated {
	name := ""
	if len(rest) > 0 {
		name = e.stepName(rest[0])
	}
	switch name {
	case keyAttribute:
		return e.follow(found.key, rest[1:])
	case valueAttribute:
		return e.follow(found.value, rest[1:])
	}
	e.report(failure(x.SrcRange, "Unknown attribute", "%s has the attributes key and value. Write %s.value or %s.key.%s",
		found.name, found.name, found.name, DidYouMean(name, []string{keyAttribute, valueAttribute})))
	return Invalid{}
}

func (e *evaluator) named(x *hclsyntax.ScopeTraversalExpr, root, first string, rest hcl.Traversal) Evaluated {
	if first == "" && len(rest) > 0 {
		first = e.stepName(rest[0])
	}
	if first == "" {
		e.report(failure(x.SrcRange, "Missing name", "%s stands alone. Write %s.name.", root, root))
		return Invalid{}
	}
	table, block := e.variables, "variable "
	if root == localRoot {
		table, block = e.locals, "local value "
	}
	n := table[first]
	if n == nil {
		e.report(failure(x.SrcRange, "Unknown "+strings.TrimSpace(block), "There is no %s%q.%s%s", block, first, DidYouMean(first, sortedKeys(table)), e.declareHint(root, first)))
		return Invalid{}
	}
	return e.follow(e.value(n, x.SrcRange), rest[1:])
}

func (e *evaluator) declareHint(root, name string) string {
	if root == variableRoot {
		return " Declare it with a block variable \"" + name + "\" { … }, or correct the name."
	}
	return " Set it in a locals block, or correct the name."
}

// stepName is the name that a step of a path has, "" for a step by number.
func (e *evaluator) stepName(step hcl.Traverser) string {
	switch step := step.(type) {
	case hcl.TraverseAttr:
		return step.Name
	case hcl.TraverseIndex:
		if text, ok := e.indexKey(step).(String); ok {
			return string(text)
		}
	}
	return ""
}

func (e *evaluator) indexKey(step hcl.TraverseIndex) Evaluated {
	switch {
	case !step.Key.IsKnown() || step.Key.IsNull():
		return Null{}
	case step.Key.Type() == cty.String:
		return String(e.indexText(step))
	case step.Key.Type() == cty.Number:
		if n, ok := numberFrom(step.Key.AsBigFloat()); ok {
			return n
		}
	case step.Key.Type() == cty.Bool:
		return Boolean(step.Key.True())
	}
	return Null{}
}

// follow takes a path on from a value.
func (e *evaluator) follow(v Evaluated, rest hcl.Traversal) Evaluated {
	if len(rest) == 0 {
		return v
	}
	if path := pathOf(v); path != nil {
		return e.extend(path, v, rest)
	}
	for _, step := range rest {
		switch step := step.(type) {
		case hcl.TraverseAttr:
			v = e.attribute(v, step.Name, step.SrcRange)
		case hcl.TraverseIndex:
			v = e.element(v, e.indexKey(step), step.SrcRange)
		default:
			e.report(failure(step.SourceRange(), "Unsupported expression", "This step of a path can't be used in models."))
			return Invalid{}
		}
	}
	return v
}

// pathOf is the path of a reference so far, nil for values that are no beginning of one.
func pathOf(v Evaluated) []string {
	switch v := v.(type) {
	case Word:
		if !v.Called {
			return []string{v.Name}
		}
	case Reference:
		return v.Path
	}
	return nil
}

func (e *evaluator) extend(path []string, v Evaluated, rest hcl.Traversal) Evaluated {
	whole := make([]string, len(path), len(path)+len(rest))
	copy(whole, path)
	for _, step := range rest {
		var key Evaluated
		switch step := step.(type) {
		case hcl.TraverseAttr:
			key = String(step.Name)
		case hcl.TraverseIndex:
			key = e.indexKey(step)
		}
		name, ok := key.(String)
		if !ok {
			return e.wrongReferenceKey(v, key, step.SourceRange())
		}
		whole = append(whole, string(name))
	}
	return Reference{Path: whole}
}

func (e *evaluator) wrongReferenceKey(v, key Evaluated, at hcl.Range) Evaluated {
	if _, reported := key.(Invalid); !reported {
		if key == nil {
			key = Null{}
		}
		e.report(failure(at, "Wrong reference", "Objects are referred to by name, %s.name or %s[\"a name\"]; this is %s.%s",
			describePath(v), describePath(v), describe(key), e.wordHint(key, nil)))
	}
	return Invalid{}
}

func describePath(v Evaluated) string {
	if r, ok := v.(Reference); ok {
		return referenceText(r)
	}
	return v.(Word).Name
}

// index is collection[key] with a key that has to be evaluated.
func (e *evaluator) index(x *hclsyntax.IndexExpr, s *scope) Evaluated {
	collection, key := e.eval(x.Collection, s), e.eval(x.Key, s)
	if _, failed := key.(Invalid); failed {
		return Invalid{}
	}
	return e.element(collection, key, x.BracketRange)
}

// attribute is v.name.
func (e *evaluator) attribute(v Evaluated, name string, at hcl.Range) Evaluated {
	if list, ok := v.(Sequence); ok {
		if n, isNumber := numeral(String(name)); isNumber {
			return e.element(list, n, at)
		}
		e.report(failure(at, "Attribute of a list", "A list has no attributes. Write [0] for its first element, or [*].%s for the attribute of each.", name))
		return Invalid{}
	}
	return e.element(v, String(name), at)
}

// element is v[key].
func (e *evaluator) element(v, key Evaluated, at hcl.Range) Evaluated {
	switch v := v.(type) {
	case Invalid:
		return v
	case Sequence:
		return e.listElement(v, key, at)
	case Mapping:
		name, ok := scalarText(key)
		if !ok {
			break
		}
		if value, found := v.at(name); found {
			return value
		}
		e.report(failure(at, "Unknown key", "The map has no key %q.%s Use lookup(map, key, default) where it may be missing.", shorten(name), DidYouMean(name, v.Keys)))
		return Invalid{}
	}
	if path := pathOf(v); path != nil {
		if name, ok := key.(String); ok {
			return Reference{Path: append(path[:len(path):len(path)], string(name))}
		}
		return e.wrongReferenceKey(v, key, at)
	}
	e.report(failure(at, "Wrong step", "%s has no %s. Only maps and lists have elements.", upperFirst(describe(v)), describeKey(key)))
	return Invalid{}
}

func describeKey(key Evaluated) string {
	if text, ok := scalarText(key); ok {
		return "element " + shorten(text)
	}
	return "element by " + describe(key)
}

func (e *evaluator) listElement(list Sequence, key Evaluated, at hcl.Range) Evaluated {
	n, ok := numeral(key)
	if !ok {
		e.report(failure(at, "Wrong index", "An element of a list has a number, from 0; this is %s.%s", describe(key), e.wordHint(key, nil)))
		return Invalid{}
	}
	i, ok := n.whole()
	if !ok || i < 0 || i >= len(list.Elements) {
		e.report(failure(at, "Wrong index", "The list has %d elements, counted from 0, so there is no element %s. Use a smaller number, or length().", len(list.Elements), n))
		return Invalid{}
	}
	return list.Elements[i]
}

// wordHint ends a message about a word that stands where a value is needed.
func (e *evaluator) wordHint(v Evaluated, s *scope) string {
	switch v := v.(type) {
	case Word:
		if v.Called {
			return " There is no function " + v.Name + "." + DidYouMean(v.Name, Functions())
		}
		if hint := DidYouMean(v.Name, s.names()); hint != "" {
			return hint
		}
		if e.locals[v.Name] != nil {
			return " Did you mean local." + v.Name + "?"
		}
		if e.variables[v.Name] != nil {
			return " Did you mean var." + v.Name + "?"
		}
		return " A name without quotes stands for itself; put text in quotes."
	case Reference:
		return " A reference names an object and has no text; write the name in quotes."
	}
	return ""
}
