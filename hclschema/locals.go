package hclschema

import "github.com/hashicorp/hcl/v2/hclsyntax"

// declareLocals takes the values of a locals block. broken tells that the block has syntax errors.
func (e *evaluator) declareLocals(b *hclsyntax.Block, broken bool) {
	if len(b.Labels) > 0 {
		e.report(failure(b.LabelRanges[0], "Extra label", "A locals block has no name. Remove the label."))
	}
	for _, nested := range b.Body.Blocks {
		e.report(failure(nested.DefRange(), "Block in locals", "A locals block holds values, name = value, and no blocks. Write %s = { … } for a map.", nested.Type))
	}
	for _, attribute := range inOrder(b.Body.Attributes) {
		n := &named{path: localRoot + "." + attribute.Name, declared: attribute.NameRange, expr: attribute.Expr}
		if broken {
			n.state, n.value = finished, Invalid{}
		}
		if first := e.locals[attribute.Name]; first != nil {
			e.report(failure(attribute.NameRange, "Duplicate local value", "The local value %q was set before, at %s. Rename or remove one of the two.", attribute.Name, place(first.declared)))
			continue
		}
		e.locals[attribute.Name] = n
		e.values = append(e.values, n)
	}
}
