package hclschema

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
)

// budget counts what evaluation makes, over all files: a few hundred bytes of nested for expressions can ask for millions
// of elements, and values that double a few dozen times fill any memory.
type budget struct {
	steps, bytes int
	exhausted    bool
	// outermost is the attribute or local that is being evaluated, startedAt what had been used before it.
	outermost hcl.Range
	startedAt int
}

const (
	// maxSteps bounds the evaluations of expressions that depend on a loop and the elements of values that are made.
	maxSteps = 2_000_000
	// maxComputedBytes bounds the text that templates and functions make.
	maxComputedBytes = 48 << 20
	// blockSteps and attributeSteps are what a block and an attribute cost that a loop or mixin makes, in proportion to
	// the memory that they take.
	blockSteps     = 4
	attributeSteps = 4
	// maxErrors is how many errors are reported in one go.
	maxErrors = 1000
	// maxValueDepth bounds how deeply lists and maps nest in a value.
	maxValueDepth = 100
)

// begin notes which expression the following steps are spent on.
func (b *budget) begin(at hcl.Range) {
	b.outermost, b.startedAt = at, b.steps
}

// spend takes steps and bytes; false, with one error for all of the evaluation, once there is nothing left.
func (e *evaluator) spend(steps, bytes int, at hcl.Range) bool {
	if e.exhausted {
		return false
	}
	e.steps += steps
	e.bytes += bytes
	if steps < 0 || bytes < 0 || e.steps > maxSteps {
		e.exhaust(at, "makes too many elements: the models together may take %d steps to evaluate. Use fewer or smaller loops, or write the elements out", maxSteps)
	} else if e.bytes > maxComputedBytes {
		e.exhaust(at, "makes too much text: all computed text together may have %d bytes. Make it shorter, or write it out", maxComputedBytes)
	}
	return !e.exhausted
}

func (e *evaluator) exhaust(at hcl.Range, detail string, limit int) {
	e.exhausted = true
	if e.outermost.Filename != "" {
		at = e.outermost
	}
	text := "this expression"
	if source := e.sourceText(at); source != "" {
		text = "the expression " + source
	}
	e.report(failure(at, "Too much to evaluate", "%s %s.", upperFirst(text), fmt.Sprintf(detail, limit)))
}

// spendValue takes what a value holds: one step for each element however deep, and the bytes of its texts. A value that
// holds another one many times costs as often, since whoever reads it will walk it as often.
func (e *evaluator) spendValue(v Evaluated, at hcl.Range) bool {
	return e.spendNested(v, at, 0)
}

func (e *evaluator) spendNested(v Evaluated, at hcl.Range, depth int) bool {
	if depth > maxValueDepth {
		e.exhaust(at, "nests lists and maps too deeply: %d levels are the limit. Make the value flatter", maxValueDepth)
		return false
	}
	switch v := v.(type) {
	case String:
		return e.spend(1, len(v), at)
	case RawSQL:
		return e.spend(1, len(v), at)
	case Sequence:
		if !e.spend(1+len(v.Elements), 0, at) {
			return false
		}
		for _, element := range v.Elements {
			if !scalar(element) && !e.spendNested(element, at, depth+1) {
				return false
			}
		}
		return true
	case Mapping:
		for i, value := range v.Values {
			if !e.spend(1, len(v.Keys[i]), at) || !e.spendNested(value, at, depth+1) {
				return false
			}
		}
		return true
	}
	return e.spend(1, 0, at)
}

func scalar(v Evaluated) bool {
	switch v.(type) {
	case Null, Boolean, Number, Word, Reference:
		return true
	}
	return false
}
