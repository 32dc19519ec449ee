package hclschema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// named is a variable or local value. It is evaluated when first needed, so that files and their order don't matter.
type named struct {
	// path is how expressions call it: var.x or local.x.
	path     string
	declared hcl.Range
	// expr is the local's expression or the variable's default, nil for a variable without one.
	expr     hclsyntax.Expression
	variable *variable
	state    evaluation
	value    Evaluated
	// chain is how many named values had to be evaluated in turn to know this one.
	chain int
}

type evaluation int

const (
	notStarted evaluation = iota
	running
	finished
)

// maxChain bounds values that stand for values that stand for values.
const maxChain = 1000

// value evaluates n, once. at is where it is asked for.
func (e *evaluator) value(n *named, at hcl.Range) Evaluated {
	switch n.state {
	case finished:
		if last := len(e.pending) - 1; last >= 0 {
			e.pending[last].chain = max(e.pending[last].chain, n.chain+1)
			if e.pending[last].chain > maxChain {
				return e.tooLongChain(n, at)
			}
		}
		return n.value
	case running:
		e.reportRing(n)
		return Invalid{}
	}
	if len(e.pending) > maxChain {
		return e.tooLongChain(n, at)
	}
	n.state = running
	outermost, startedAt := e.outermost, e.startedAt
	e.pending = append(e.pending, n)
	if n.variable != nil {
		n.value = e.variableValue(n)
	} else {
		e.begin(n.expr.Range())
		n.value = e.eval(n.expr, nil)
		if !e.spendComputed(n.value, n.expr) {
			n.value = Invalid{}
		}
	}
	e.pending = e.pending[:len(e.pending)-1]
	e.outermost, e.startedAt = outermost, startedAt
	n.state = finished
	if last := len(e.pending) - 1; last >= 0 {
		e.pending[last].chain = max(e.pending[last].chain, n.chain+1)
	}
	return n.value
}

func (e *evaluator) tooLongChain(n *named, at hcl.Range) Evaluated {
	e.report(failure(at, "Too long a chain of values", "%s is known only after more than %d other values, each defined by the next. Define it more directly.", n.path, maxChain))
	return Invalid{}
}

// reportRing names all values of a cycle that comes back to n.
func (e *evaluator) reportRing(n *named) {
	first := len(e.pending) - 1
	for first > 0 && e.pending[first] != n {
		first--
	}
	var path, places []string
	for _, m := range e.pending[first:] {
		path = append(path, m.path)
		places = append(places, m.path+" at "+place(m.declared))
	}
	e.report(failure(n.declared, "Values in a circle", "%s is defined by itself: %s → %s (%s). Write one of them out.",
		n.path, strings.Join(path, " → "), n.path, strings.Join(places, ", ")))
}

// spendComputed charges for a value that isn't simply written out in the file: what is written out costs no more than the file.
func (e *evaluator) spendComputed(v Evaluated, expr hclsyntax.Expression) bool {
	if e.exhausted {
		return false
	}
	if plain(expr) {
		return true
	}
	return e.spendValue(v, expr.Range())
}

// plain tells literals, and lists of them, from what computes or refers to other values.
func plain(expr hclsyntax.Expression) bool {
	switch x := expr.(type) {
	case *hclsyntax.LiteralValueExpr:
		return true
	case *hclsyntax.ScopeTraversalExpr:
		root := x.Traversal.RootName()
		return root != localRoot && root != variableRoot && root != eachName
	case *hclsyntax.UnaryOpExpr:
		return plain(x.Val)
	case *hclsyntax.TemplateExpr:
		return allPlain(x.Parts)
	case *hclsyntax.TupleConsExpr:
		return allPlain(x.Exprs)
	case *hclsyntax.ObjectConsExpr:
		for _, item := range x.Items {
			if !plain(item.ValueExpr) {
				return false
			}
		}
		return true
	}
	return false
}

func allPlain(exprs []hclsyntax.Expression) bool {
	for _, expr := range exprs {
		if !plain(expr) {
			return false
		}
	}
	return true
}
