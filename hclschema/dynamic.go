package hclschema

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

const dynamicType = "dynamic"

// dynamicBlock is dynamic "type" { for_each, iterator, labels, content { … } } after reading.
type dynamicBlock struct {
	typ, iterator   string
	forEach, labels *hclsyntax.Attribute
	content         *hclsyntax.Block
	place           hcl.Range
}

// dynamic makes a block of the labelled type for each element of for_each.
func (e *evaluator) dynamic(b *hclsyntax.Block, s *scope) []*Block {
	d := e.readDynamic(b)
	if d == nil {
		return nil
	}
	e.begin(d.forEach.Expr.Range())
	v := e.eval(d.forEach.Expr, s)
	var result []*Block
	e.each(v, d.forEach.Expr.Range(), func(key, value Evaluated, _ hcl.Range) bool {
		before := e.failures
		inner := &scope{parent: s, name: d.iterator, key: key, value: value}
		made := &Block{Type: d.typ, Range: d.place, Labels: e.dynamicLabels(d, inner)}
		if e.spend(blockSteps, 0, d.place) {
			e.body(made, d.content.Body, inner, false)
		}
		made.Incomplete = e.exhausted || e.failures > before
		result = append(result, made)
		return !e.exhausted
	})
	return result
}

func (e *evaluator) readDynamic(b *hclsyntax.Block) *dynamicBlock {
	before := e.failures
	if len(b.Labels) != 1 {
		e.report(failure(b.DefRange(), "Wrong labels", "A dynamic block has one label, the type of the blocks that it makes: dynamic \"column\" { … }."))
		return nil
	}
	d := &dynamicBlock{typ: b.Labels[0], iterator: b.Labels[0], place: b.DefRange()}
	for _, a := range inOrder(b.Body.Attributes) {
		switch a.Name {
		case forEachAttribute:
			d.forEach = a
		case "labels":
			d.labels = a
		case "iterator":
			if d.iterator = hcl.ExprAsKeyword(a.Expr); d.iterator == "" {
				e.report(failure(a.Expr.Range(), "Wrong iterator", "iterator is a plain name without quotes, such as iterator = column."))
			}
		default:
			e.report(failure(a.NameRange, "Unknown attribute", "A dynamic block has for_each, iterator and labels, and no %q.%s Attributes of the blocks that it makes go into content { … }.",
				a.Name, DidYouMean(a.Name, []string{forEachAttribute, "labels", "iterator"})))
		}
	}
	for _, nested := range b.Body.Blocks {
		switch {
		case nested.Type != "content" || len(nested.Labels) > 0:
			e.report(failure(nested.DefRange(), "Unknown block", "A dynamic block has one block, content { … }, without label. Put %s into it.", nested.Type))
		case d.content != nil:
			e.report(failure(nested.DefRange(), "Duplicate content", "The dynamic block has its content at %s already. Join the two.", place(d.content.DefRange())))
		default:
			d.content = nested
		}
	}
	if d.forEach == nil || d.content == nil {
		e.report(failure(d.place, "Incomplete dynamic block", "A dynamic block needs for_each = … and content { … }. Add what is missing."))
	}
	if e.failures > before {
		return nil
	}
	return d
}

func (e *evaluator) dynamicLabels(d *dynamicBlock, s *scope) []Label {
	if d.labels == nil {
		return nil
	}
	v := e.eval(d.labels.Expr, s)
	list, ok := v.(Sequence)
	if !ok {
		if _, reported := v.(Invalid); !reported {
			e.report(failure(d.labels.Expr.Range(), "Wrong labels", "labels is a list of texts; this is %s. Write labels = [%s.value].", describe(v), d.iterator))
		}
		return nil
	}
	var result []Label
	for i, element := range list.Elements {
		text, ok := scalarText(element)
		if !ok || !e.spend(1, len(text), list.Ranges[i]) {
			if !e.exhausted {
				e.report(failure(list.Ranges[i], "Wrong label", "A label is text; this is %s.%s", describe(element), e.wordHint(element, s)))
			}
			return nil
		}
		result = append(result, Label{Text: text, Range: list.Ranges[i]})
	}
	return result
}
