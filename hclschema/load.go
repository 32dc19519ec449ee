package hclschema

import (
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Load reads model files as one module and returns the state that they declare. Every error is reported, each with its
// place; where there are some, the state holds what could be read and must not be planned with.
func Load(sources []Source, variables map[string]string, dialect Dialect) (*State, hcl.Diagnostics) {
	return LoadWith(sources, LoadOptions{Variables: variables}, dialect)
}

// LoadOptions are chosen by the project and the command.
type LoadOptions struct {
	// Variables are values of the models' variables.
	Variables map[string]string
	// ManagePrivileges lets models tell owners and privileges; they are errors otherwise.
	ManagePrivileges bool
}

// LoadWith is Load with all that can be chosen.
func LoadWith(sources []Source, options LoadOptions, dialect Dialect) (*State, hcl.Diagnostics) {
	blocks, diags := Evaluate(sources, options.Variables)
	state, more := loadBlocks(blocks, dialect, options.ManagePrivileges)
	diags = conflictsAlone(append(diags, more...))
	sort.SliceStable(diags, func(i, j int) bool { return before(diags[i].Subject, diags[j].Subject) })
	return state, diags
}

// before orders places as they stand in the files; an error about no place comes first.
func before(a, b *hcl.Range) bool {
	switch {
	case a == nil || b == nil:
		return a == nil && b != nil
	case a.Filename != b.Filename:
		return a.Filename < b.Filename
	case a.Start.Line != b.Start.Line:
		return a.Start.Line < b.Start.Line
	}
	return a.Start.Column < b.Start.Column
}

// loadBlocks reads objects from evaluated blocks.
func loadBlocks(blocks []*Block, dialect Dialect, managePrivileges bool) (*State, hcl.Diagnostics) {
	l := &loading{
		dialect: dialect, state: NewState(dialect.Key), kinds: map[string]Kind{}, rules: map[string]map[string]*NameReference{},
		references: map[string]KindReference{}, relations: map[Identity]*relation{}, aliases: map[Identity]*relation{},
		objects: map[Identity]*declared{}, objectAliases: map[Identity]*declared{}, objectOf: map[*Block]*declared{},
		schemas: map[string]hcl.Range{}, accepted: map[[2]string]bool{}, of: map[*Block]*relation{}, canonical: map[string]string{},
		managePrivileges: managePrivileges, declaredRoles: map[[2]string]string{}, toldUnmanaged: map[hcl.Range]bool{},
	}
	for _, kind := range Kinds() {
		reference := referenceOf(kind)
		l.kinds[reference.Name] = kind
		l.references[reference.Name] = reference
		l.rules[reference.Name] = ruleTable(reference.Names)
	}
	l.findAlias(blocks)
	for _, b := range blocks {
		l.declare(b)
	}
	l.declareObjects(blocks)
	for _, b := range blocks {
		// What failed inside a table is one of its blocks, as a rule: the others are read, for their own faults.
		if kind := l.topKind(b); kind != nil && (!b.Incomplete || b.Type == KindTable) && l.checkNames(b, b.Type, l.rules[b.Type]) {
			kind.read(l, b, l.of[b])
		}
	}
	l.validate()
	sets := l.settleData()
	state := dialect.Settle(l.state)
	state.rowSets = sets
	if called := l.dialect.DefaultSchema(); called != dialect.DefaultSchema() {
		state.CallDefault(called)
	}
	l.settlePrivileges(state)
	return state, l.diags
}

// loading is one run of Load.
type loading struct {
	dialect Dialect
	state   *State
	diags   hcl.Diagnostics
	// kinds, references and rules are what Kinds says, by block type.
	kinds      map[string]Kind
	references map[string]KindReference
	rules      map[string]map[string]*NameReference
	// relations are the declared tables, views and virtual tables by their folded identity; aliases are those that can be
	// spoken of by a label that isn't their name; of leads from a block to what it declares.
	relations map[Identity]*relation
	aliases   map[Identity]*relation
	of        map[*Block]*relation
	// objects are the declared objects of the other kinds in the same way. An alias that several have is nil.
	objects       map[Identity]*declared
	objectAliases map[Identity]*declared
	objectOf      map[*Block]*declared
	schemas       map[string]hcl.Range
	// accepted and canonical keep answers of the dialect.
	accepted  map[[2]string]bool
	canonical map[string]string
	// wanted are references to check when all is read.
	wanted []dependency
	// managePrivileges lets models tell owners and privileges; toldUnmanaged are the places where they do so in vain.
	managePrivileges bool
	toldUnmanaged    map[hcl.Range]bool
	// declaredRoles are the names that role and user blocks declare, by block and label; roleUses are where roles are named.
	declaredRoles map[[2]string]string
	roleUses      []RoleUse
	// permissions and defaults are blocks that are resolved when all is read; ofDefaultSchema has the grants of the default schema.
	permissions     []permissionBlock
	defaults        []defaultBlock
	ofDefaultSchema *Object
	// dataBlocks are read when all tables are.
	dataBlocks []*Block
}

// dependency is an entry of depends_on, checked at the end.
type dependency struct {
	object *Object
	to     Identity
	place  hcl.Range
}

// ruleTable is what a block knows, by name.
func ruleTable(names []NameReference) map[string]*NameReference {
	table := make(map[string]*NameReference, len(names))
	for i := range names {
		table[names[i].Name] = &names[i]
	}
	return table
}

func (l *loading) fail(d *hcl.Diagnostic) { l.diags = append(l.diags, d) }

// add puts an object into the state, or reports that its name is taken.
func (l *loading) add(o *Object) {
	if o.Identity.Unnamed {
		o.Identity.Name = UnnamedName(o)
		l.state.AddNext(o)
		return
	}
	if err := l.state.Add(o); err != nil {
		l.fail(twice(l.state.Get(o.Identity), o))
	}
}

// accepts asks the dialect once for each name.
func (l *loading) accepts(kind, name string) bool {
	key := [2]string{kind, name}
	answer, known := l.accepted[key]
	if !known {
		answer = l.dialect.Accepts(kind, name)
		l.accepted[key] = answer
	}
	return answer
}

// identifier is the canonical form of a name.
func (l *loading) identifier(name string) string {
	if c, ok := l.canonical[name]; ok {
		return c
	}
	c := l.dialect.Identifier(name).Canonical
	l.canonical[name] = c
	return c
}

// topKind is the kind of a top-level block, nil, with an error reported, where it can't stand there.
func (l *loading) topKind(b *Block) Kind {
	kind, known := l.kinds[b.Type]
	if !known {
		l.unknownBlock(b)
		return nil
	}
	reference := l.references[b.Type]
	if reference.Within != "" {
		l.fail(failure(b.Range, "Block in the wrong place", "%s stands in a %s block, not by itself.", upperFirst(article(b.Type)), reference.Within))
		return nil
	}
	if !l.accepts(b.Type, "") {
		l.fail(notHere(b.Range, l.dialect, strings.ReplaceAll(b.Type, "_", " ")+"s"))
		return nil
	}
	return kind
}

func (l *loading) unknownBlock(b *Block) {
	others := OtherBlocks()
	if what, ok := others[b.Type]; ok {
		if l.accepts(b.Type, "") {
			l.fail(failure(b.Range, "Not carried yet", "Models can't hold %s of %s yet. Make them in a migration step and take the block away.", what, l.dialect.Title()))
			return
		}
		l.fail(notHere(b.Range, l.dialect, what))
		return
	}
	names := append(sortedKeys(l.kinds), "variable", "locals", "mixin")
	l.fail(failure(b.Range, "Unknown block", "There is no block %q in models.%s The blocks are %s.",
		b.Type, DidYouMean(b.Type, names), oneOf(l.topBlocks())))
}

func (l *loading) topBlocks() []string {
	var names []string
	for _, kind := range Kinds() {
		if r := kind.Reference(); r.Within == "" && l.accepts(r.Name, "") {
			names = append(names, r.Name)
		}
	}
	return append(names, "mixin", "variable", "locals")
}

// checkNames reports attributes and nested blocks that the kind doesn't know or the engine doesn't have, and wrong labels.
// Blocks that are kinds of their own are checked when they are read. False says that reading the block would only repeat
// what was reported.
func (l *loading) checkNames(b *Block, kind string, rules map[string]*NameReference) bool {
	for _, a := range b.Attributes {
		rule := rules[a.Name]
		switch {
		case rule == nil && l.references[a.Name].Within == kind && kind != "":
			l.fail(failure(a.NameRange, "Block expected", "%s is a block: write %s { … } without the equals sign.", a.Name, a.Name))
		case rule == nil:
			l.unknownName(a.NameRange, "attribute", a.Name, kind, rules)
		case rule.Block && !rule.Both:
			l.fail(failure(a.NameRange, "Block expected", "%s is a block: write %s { … } without the equals sign.", a.Name, a.Name))
		case rule.Engines != "" && !l.accepts(kind, a.Name):
			l.fail(l.notWithKind(a.NameRange, kind, a.Name, rule))
		}
	}
	for _, nested := range b.Blocks {
		if reference, ok := l.references[nested.Type]; ok && reference.Within != "" && reference.Within == blockWithin(kind) {
			continue
		}
		rule := rules[nested.Type]
		switch {
		case rule == nil:
			l.unknownName(nested.Range, "block", nested.Type, kind, rules)
		case !rule.Block && !rule.Both:
			l.fail(failure(nested.Range, "Attribute expected", "%s is an attribute: write %s = … instead of a block.", nested.Type, nested.Type))
		case rule.Engines != "" && !l.accepts(kind, nested.Type):
			l.fail(l.notWithKind(nested.Range, kind, nested.Type, rule))
		case !nested.Incomplete && !rule.Open:
			l.checkNames(nested, kind, ruleTable(rule.Nested))
		}
	}
	return true
}

// blockWithin is the kind whose nested blocks a block has: a partition has those of a table.
func blockWithin(kind string) string {
	if kind == PartitionBlock {
		return KindTable
	}
	return kind
}

func (l *loading) notWithKind(place hcl.Range, kind, name string, rule *NameReference) *hcl.Diagnostic {
	return failure(place, "Not on this database", "%s has no %s for %s (%s only). Take it out of the models for this database.",
		l.dialect.Title(), name, article(kind), rule.Engines)
}

func (l *loading) unknownName(place hcl.Range, what, name, kind string, rules map[string]*NameReference) {
	candidates := sortedKeys(rules)
	for _, k := range sortedKeys(l.references) {
		if l.references[k].Within == kind {
			candidates = append(candidates, k)
		}
	}
	hint := misplaced(kind, name)
	if hint == "" {
		hint = DidYouMean(name, candidates)
	}
	if hint == "" {
		hint = " It knows " + oneOf(l.usable(kind, candidates)) + "."
	}
	l.fail(failure(place, "Unknown "+what, "%s has no %s %q.%s", upperFirst(article(kind)), what, name, hint))
}

// usable are the names that the engine has.
func (l *loading) usable(kind string, names []string) []string {
	var usable []string
	for _, name := range names {
		rule := l.rules[kind][name]
		if rule == nil || rule.Engines == "" || l.accepts(kind, name) {
			usable = append(usable, name)
		}
	}
	return usable
}
