package hclschema

import (
	"sort"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Evaluate turns model files, read as one module in any split and order, into evaluated blocks: variables, local values,
// mixins, for_each and dynamic blocks are resolved. variables are the values of --var name=value. The blocks come in the
// order of file names and positions, the diagnostics too; all errors that can be found are reported, and a block in which
// one was found is marked incomplete. The result depends on the arguments alone.
func Evaluate(sources []Source, variables map[string]string) ([]*Block, hcl.Diagnostics) {
	e := newEvaluator(variables)
	files := parseAll(sources)
	for _, f := range files {
		e.files[f.name] = f
		e.diags = append(e.diags, f.diags...)
	}
	blocks := e.declare(files)
	e.checkGiven()
	for _, n := range e.values {
		e.value(n, n.declared)
	}
	for _, m := range e.mixinList {
		e.evaluateMixin(m)
	}
	var result []*Block
	for _, b := range blocks {
		result = append(result, e.topLevel(b)...)
	}
	sortDiagnostics(e.diags)
	return result, e.diags
}

// evaluator holds what is declared and what has been evaluated so far.
type evaluator struct {
	files     map[string]*file
	given     map[string]string
	functions map[string]languageFunction
	variables map[string]*named
	locals    map[string]*named
	mixins    map[string]*mixin
	// values and mixinList are the same in the order of the files.
	values    []*named
	mixinList []*mixin
	// pending are the values being evaluated, each because the one before it needs it.
	pending []*named
	diags   hcl.Diagnostics
	// failures counts the errors, also those that are not reported any more.
	failures int
	// silent tells that there were too many errors to report more.
	silent bool
	budget
}

func newEvaluator(variables map[string]string) *evaluator {
	return &evaluator{
		files: map[string]*file{}, given: variables, functions: languageFunctions(),
		variables: map[string]*named{}, locals: map[string]*named{}, mixins: map[string]*mixin{},
	}
}

// declaration is a top-level block that kinds will read. broken tells that it has syntax errors, which were reported.
type declaration struct {
	block  *hclsyntax.Block
	broken bool
}

// report adds an error. After a thousand, only that there are more.
func (e *evaluator) report(d *hcl.Diagnostic) {
	e.failures++
	switch {
	case len(e.diags) < maxErrors:
		e.diags = append(e.diags, d)
	case !e.silent:
		e.silent = true
		e.diags = append(e.diags, failure(hcl.Range{}, "More errors", "There are more than %d errors; the rest is left out. Correct these first.", maxErrors))
	}
}

// declare sorts the top-level blocks into what the language defines and what kinds define.
func (e *evaluator) declare(files []*file) []declaration {
	var rest []declaration
	for _, f := range files {
		stray := 0
		for _, part := range f.parts {
			for _, attribute := range inOrder(part.body.Attributes) {
				if stray++; stray > maxTextErrors || part.broken {
					continue
				}
				e.report(failure(attribute.NameRange, "Attribute outside of a block",
					"%s stands outside of all blocks. Put it in the block that it belongs to; a value for several blocks goes into locals { … }.", attribute.Name))
			}
			for _, b := range part.body.Blocks {
				switch b.Type {
				case "variable":
					e.declareVariable(b, part.broken)
				case "locals":
					e.declareLocals(b, part.broken)
				case "mixin":
					e.declareMixin(b, part.broken)
				default:
					rest = append(rest, declaration{block: b, broken: part.broken})
				}
			}
		}
	}
	return rest
}

// topLevel is the block, or one for each element of its for_each.
func (e *evaluator) topLevel(d declaration) []*Block {
	if d.broken || e.exhausted {
		return []*Block{{Type: d.block.Type, Labels: labels(d.block), Range: d.block.DefRange(), Incomplete: true}}
	}
	if d.block.Type == dynamicType {
		return e.dynamic(d.block, nil)
	}
	forEach := d.block.Body.Attributes[forEachAttribute]
	if forEach == nil {
		return []*Block{e.block(d.block, nil, true)}
	}
	return e.repeat(d.block, forEach)
}

// block evaluates one block in a scope.
func (e *evaluator) block(b *hclsyntax.Block, s *scope, top bool) *Block {
	before := e.failures
	result := &Block{Type: b.Type, Labels: labels(b), Range: b.DefRange()}
	if s == nil || e.spend(blockSteps, 0, result.Range) {
		e.body(result, b.Body, s, top)
	}
	result.Incomplete = result.Incomplete || e.exhausted || e.failures > before
	return result
}

func labels(b *hclsyntax.Block) []Label {
	if len(b.Labels) == 0 {
		return nil
	}
	result := make([]Label, len(b.Labels))
	for i, text := range b.Labels {
		result[i] = Label{Text: text, Range: b.LabelRanges[i]}
	}
	return result
}

// body evaluates attributes and nested blocks into result. At the top level, use brings in mixins first.
func (e *evaluator) body(result *Block, body *hclsyntax.Body, s *scope, top bool) {
	attributes := inOrder(body.Attributes)
	result.Attributes = make([]*Attribute, 0, len(attributes))
	if use := body.Attributes[useAttribute]; top && use != nil {
		e.mixIn(result, use, body, s)
	}
	for _, a := range attributes {
		if top && (a.Name == useAttribute || a.Name == forEachAttribute) {
			continue
		}
		if !top && a.Name == forEachAttribute {
			e.report(failure(a.NameRange, "Misplaced for_each", "for_each repeats top-level blocks. Inside a block, write dynamic %q { for_each = …, content { … } }.", result.Type))
			continue
		}
		result.Attributes = append(result.Attributes, e.attributeOf(a, s))
	}
	for _, nested := range body.Blocks {
		if nested.Type == dynamicType {
			result.Blocks = append(result.Blocks, e.dynamic(nested, s)...)
		} else {
			result.Blocks = append(result.Blocks, e.block(nested, s, false))
		}
	}
}

func (e *evaluator) attributeOf(a *hclsyntax.Attribute, s *scope) *Attribute {
	e.begin(a.Expr.Range())
	if s != nil && !e.spend(attributeSteps, 0, a.Expr.Range()) {
		return &Attribute{Name: a.Name, Value: Invalid{}, NameRange: a.NameRange, Range: a.SrcRange, ValueRange: a.Expr.Range()}
	}
	value := e.eval(a.Expr, s)
	if (s != nil || !plain(a.Expr)) && !e.spendValue(value, a.Expr.Range()) {
		value = Invalid{}
	}
	return &Attribute{Name: a.Name, Value: value, NameRange: a.NameRange, Range: a.SrcRange, ValueRange: a.Expr.Range()}
}

// inOrder are the attributes as they stand in the file.
func inOrder(attributes hclsyntax.Attributes) []*hclsyntax.Attribute {
	list := make([]*hclsyntax.Attribute, 0, len(attributes))
	for _, a := range attributes {
		list = append(list, a)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].NameRange.Start.Byte < list[j].NameRange.Start.Byte })
	return list
}

// sortDiagnostics orders by file and position; those without a place come first.
func sortDiagnostics(diags hcl.Diagnostics) {
	at := func(d *hcl.Diagnostic) (string, int) {
		if d.Subject == nil {
			return "", -1
		}
		return d.Subject.Filename, d.Subject.Start.Byte
	}
	sort.SliceStable(diags, func(i, j int) bool {
		fileI, byteI := at(diags[i])
		fileJ, byteJ := at(diags[j])
		if fileI != fileJ {
			return fileI < fileJ
		}
		return byteI < byteJ
	})
}
