package hclschema

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// literalText is the text of a literal as it was written.
func (e *evaluator) literalText(x *hclsyntax.LiteralValueExpr) string { return x.Val.AsString() }

// indexText is the text of a literal key in brackets.
func (e *evaluator) indexText(step hcl.TraverseIndex) string { return step.Key.AsString() }
