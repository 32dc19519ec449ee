package hclschema

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

const (
	useAttribute = "use"
	// maxMixinChain bounds mixins that use mixins that use mixins.
	maxMixinChain = 100
)

// mixin is a named set of attributes and blocks that tables take in with use = [mixin.name].
type mixin struct {
	name     string
	declared hcl.Range
	block    *hclsyntax.Block
	state    evaluation
	// own is what the mixin's block says itself, uses what it takes in, and reaches all mixins that are behind it.
	own     *Block
	uses    []*mixin
	reaches map[*mixin]bool
}

// declareMixin takes a mixin block. broken tells that the block has syntax errors.
func (e *evaluator) declareMixin(b *hclsyntax.Block, broken bool) {
	if len(b.Labels) != 1 {
		e.report(failure(b.DefRange(), "Wrong labels", "A mixin block has one label, its name: mixin \"name\" { … }."))
		return
	}
	m := &mixin{name: b.Labels[0], declared: b.DefRange(), block: b, reaches: map[*mixin]bool{}}
	if first := e.mixins[m.name]; first != nil {
		e.report(failure(m.declared, "Duplicate mixin", "The mixin %q was declared before, at %s. Rename or remove one of the two.", m.name, place(first.declared)))
		return
	}
	if broken {
		m.state, m.own = finished, &Block{Incomplete: true}
	}
	e.mixins[m.name] = m
	e.mixinList = append(e.mixinList, m)
}

// mixinReference is mixin.name, checked to exist.
func (e *evaluator) mixinReference(x *hclsyntax.ScopeTraversalExpr, name string) Evaluated {
	if e.mixins[name] == nil {
		e.report(failure(x.SrcRange, "Unknown mixin", "There is no mixin %q.%s Declare it with a block mixin %q { … }, or correct the name.",
			name, DidYouMean(name, sortedKeys(e.mixins)), name))
		return Invalid{}
	}
	return Reference{Path: []string{mixinRoot, name}}
}

// evaluateMixin evaluates a mixin's own body, once, after those that it uses. trail is the way that led here.
func (e *evaluator) evaluateMixin(m *mixin, trail ...*mixin) {
	switch m.state {
	case finished:
		return
	case running:
		e.reportMixinRing(m, trail)
		return
	}
	if len(trail) > maxMixinChain {
		e.report(failure(m.declared, "Too long a chain of mixins", "The mixin %q is used through more than %d other mixins. Use it more directly.", m.name, maxMixinChain))
		return
	}
	m.state = running
	before := e.failures
	trail = append(trail, m)
	if use := m.block.Body.Attributes[useAttribute]; use != nil {
		for _, used := range e.usedMixins(use, nil) {
			e.evaluateMixin(used, trail...)
			if used.state != finished {
				continue
			}
			m.uses = append(m.uses, used)
			if !e.spend(1+len(used.reaches), 0, use.Expr.Range()) {
				break
			}
			m.reaches[used] = true
			for further := range used.reaches {
				m.reaches[further] = true
			}
		}
	}
	if forEach := m.block.Body.Attributes[forEachAttribute]; forEach != nil {
		e.report(failure(forEach.NameRange, "Misplaced for_each", "A mixin isn't repeated. Put for_each on the tables that use it."))
	}
	m.own = &Block{Type: m.block.Type, Range: m.declared}
	body := *m.block.Body
	body.Attributes = without(body.Attributes, useAttribute, forEachAttribute)
	e.body(m.own, &body, nil, false)
	m.own.Incomplete = e.failures > before
	m.state = finished
}

func without(attributes hclsyntax.Attributes, names ...string) hclsyntax.Attributes {
	rest := hclsyntax.Attributes{}
	for name, a := range attributes {
		rest[name] = a
	}
	for _, name := range names {
		delete(rest, name)
	}
	return rest
}

func (e *evaluator) reportMixinRing(m *mixin, trail []*mixin) {
	first := len(trail) - 1
	for first > 0 && trail[first] != m {
		first--
	}
	var path, places []string
	for _, t := range trail[first:] {
		path = append(path, "mixin."+t.name)
		places = append(places, "mixin."+t.name+" at "+place(t.declared))
	}
	e.report(failure(m.declared, "Mixins in a circle", "mixin.%s uses itself: %s → mixin.%s (%s). Remove one of these uses.",
		m.name, strings.Join(path, " → "), m.name, strings.Join(places, ", ")))
}

// usedMixins reads use = [mixin.a, mixin.b]; one mixin may stand without brackets.
func (e *evaluator) usedMixins(use *hclsyntax.Attribute, s *scope) []*mixin {
	e.begin(use.Expr.Range())
	list := e.useList(use.Expr, s)
	var used []*mixin
	for i, element := range list.Elements {
		r, ok := element.(Reference)
		switch {
		case ok && len(r.Path) == 2 && r.Path[0] == mixinRoot && e.mixins[r.Path[1]] != nil:
			used = append(used, e.mixins[r.Path[1]])
		case element != Evaluated(Invalid{}):
			e.report(failure(list.Ranges[i], "Wrong use", "use lists mixins; this is %s. Write use = [mixin.name].", describe(element)))
		}
	}
	return used
}

// useList evaluates the elements of a written list one by one, so that an error in one hides none of the others.
func (e *evaluator) useList(expr hclsyntax.Expression, s *scope) Sequence {
	written := []hclsyntax.Expression{expr}
	if tuple, ok := expr.(*hclsyntax.TupleConsExpr); ok {
		written = tuple.Exprs
	}
	var list Sequence
	for _, element := range written {
		v := e.eval(element, s)
		inner, isList := v.(Sequence)
		if !isList {
			inner = Sequence{Elements: []Evaluated{v}, Ranges: []hcl.Range{element.Range()}}
		}
		list.Elements = append(list.Elements, inner.Elements...)
		list.Ranges = append(list.Ranges, inner.Ranges...)
	}
	return list
}

// mixIn takes the blocks and attributes of all mixins behind use into result, each mixin once, the deepest first. An
// attribute of the block itself, or of a mixin that uses the other one, has precedence.
func (e *evaluator) mixIn(result *Block, use *hclsyntax.Attribute, body *hclsyntax.Body, s *scope) {
	set := mixedIn{owner: map[string]*mixin{}, index: map[string]int{}, seen: map[*mixin]bool{}}
	for _, m := range e.usedMixins(use, s) {
		e.evaluateMixin(m)
		e.collect(&set, m, use, body)
	}
	result.Attributes = append(result.Attributes, set.attributes...)
	result.Blocks = append(result.Blocks, set.blocks...)
	result.Incomplete = set.incomplete
}

type mixedIn struct {
	attributes []*Attribute
	blocks     []*Block
	// owner and index tell of each attribute which mixin it came from and where it stands.
	owner      map[string]*mixin
	index      map[string]int
	seen       map[*mixin]bool
	incomplete bool
}

func (e *evaluator) collect(set *mixedIn, m *mixin, use *hclsyntax.Attribute, body *hclsyntax.Body) {
	if set.seen[m] || m.state != finished {
		return
	}
	set.seen[m] = true
	for _, used := range m.uses {
		e.collect(set, used, use, body)
	}
	if !e.spend(1+len(m.own.Attributes)+len(m.own.Blocks), 0, use.Expr.Range()) {
		return
	}
	set.incomplete = set.incomplete || m.own.Incomplete
	set.blocks = append(set.blocks, m.own.Blocks...)
	for _, a := range m.own.Attributes {
		if body.Attributes[a.Name] != nil {
			continue
		}
		i, taken := set.index[a.Name]
		switch {
		case !taken:
			set.owner[a.Name], set.index[a.Name] = m, len(set.attributes)
			set.attributes = append(set.attributes, a)
		case m.reaches[set.owner[a.Name]]:
			set.owner[a.Name], set.attributes[i] = m, a
		default:
			e.report(failure(use.Expr.Range(), "Mixins disagree", "mixin.%s (%s) and mixin.%s (%s) both set %s. Set it in this block, which then counts, or in one of the two only.",
				set.owner[a.Name].name, place(set.attributes[i].NameRange), m.name, place(a.NameRange), a.Name))
		}
	}
}
