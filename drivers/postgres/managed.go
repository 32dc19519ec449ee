package postgres

import (
	"encoding/json"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// managed are the properties that hold whose an object is and who may do what with it. No kind knows of them: they are added to what
// makes and alters objects of all kinds.
func managed() []string { return hclschema.PrivilegeProperties() }

// grantsAlone says that a unit is nothing but grants, which its kind writes.
func grantsAlone(kind string) bool {
	return kind == hclschema.KindPermission || kind == hclschema.KindDefaultPermission
}

// bare is a unit without owners and privileges. The copies of its objects are noted by the objects.
func bare(unit drivers.Unit, copies map[*hclschema.Object]*hclschema.Object) drivers.Unit {
	rest := make(drivers.Unit, len(unit))
	for i, o := range unit {
		rest[i] = o
		if hasManaged(o) {
			rest[i] = o.Clone()
			for _, name := range managed() {
				delete(rest[i].Properties, name)
			}
			copies[o] = rest[i]
		}
	}
	return rest
}

func hasManaged(o *hclschema.Object) bool {
	return slices.ContainsFunc(managed(), func(name string) bool { return o.Properties[name] != nil })
}

// bareChange is a change without what happens to owners and privileges.
func bareChange(change drivers.UnitChange) drivers.UnitChange {
	copies := map[*hclschema.Object]*hclschema.Object{}
	change.Before, change.After = bare(change.Before, copies), bare(change.After, copies)
	plain := func(o *hclschema.Object) *hclschema.Object {
		if o == nil || !hasManaged(o) {
			return o
		}
		if copies[o] == nil {
			copies[o] = bare(drivers.Unit{o}, copies)[0]
		}
		return copies[o]
	}
	var rest []drivers.Change
	for _, c := range change.Changes {
		properties := slices.DeleteFunc(slices.Clone(c.Properties), func(name string) bool { return slices.Contains(managed(), name) })
		if len(c.Properties) > 0 && len(properties) == 0 {
			continue
		}
		rest = append(rest, drivers.Change{Before: plain(c.Before), After: plain(c.After), Properties: properties})
	}
	change.Changes = rest
	return change
}

// createManaged makes a unit and gives it its owner and privileges. A sequence can be given to a column only when both have one owner.
func (k kind) createManaged(unit drivers.Unit) ([]drivers.Step, error) {
	if grantsAlone(k.name) {
		return k.create(unit)
	}
	plain := bare(unit, map[*hclschema.Object]*hclschema.Object{})
	owned := k.name == hclschema.KindSequence && ownerOf(unit) != nil && unit[0].Properties[hclschema.PropOwner] != nil
	steps, err := k.create(plain[:map[bool]int{true: 1, false: len(plain)}[owned]])
	if err != nil {
		return nil, err
	}
	given := bestowal{of: unit[0]}
	for _, o := range unit {
		if err := given.add(nil, o); err != nil {
			return nil, err
		}
	}
	steps = append(steps, given.steps()...)
	if owned {
		var alteration drivers.Alteration
		if err := ownSequence(&alteration, drivers.UnitChange{Before: plain[:1], After: plain}); err != nil {
			return nil, err
		}
		steps = append(steps, alteration.Steps...)
	}
	return steps, nil
}

// alterManaged alters a unit, and its owners and privileges after that.
func (k kind) alterManaged(change drivers.UnitChange) (drivers.Alteration, error) {
	if grantsAlone(k.name) {
		return k.alter(change)
	}
	var alteration drivers.Alteration
	rest := bareChange(change)
	if len(rest.Changes) > 0 {
		if k.alter == nil {
			return alteration, nil
		}
		var err error
		if alteration, err = k.alter(rest); err != nil {
			return alteration, err
		}
	}
	given := bestowal{of: change.After[0]}
	for _, c := range change.Changes {
		if c.After == nil {
			continue
		}
		if err := given.add(c.Before, c.After); err != nil {
			return alteration, err
		}
		for _, name := range c.Properties {
			if slices.Contains(managed(), name) {
				alteration.Claims = append(alteration.Claims, drivers.Claim{Identity: c.After.Identity, Property: name})
			}
		}
	}
	if k.name == hclschema.KindSequence {
		given.ownerOfSequence(change, &alteration)
	}
	alteration.Steps = append(alteration.Steps, given.steps()...)
	return alteration, nil
}

// ownerOfSequence puts the change of a sequence's owner where the engine lets it be: one that belongs to a column has the owner of
// the table, and goes with it.
func (b *bestowal) ownerOfSequence(change drivers.UnitChange, alteration *drivers.Alteration) {
	before, after := ownerOf(change.Before) != nil, ownerOf(change.After) != nil
	if after && !before {
		alteration.Steps = append(slices.Clip(b.owners), alteration.Steps...)
	}
	if after {
		b.owners = nil
	}
}

// bestowal is what gives the objects of a unit their owners and privileges.
type bestowal struct {
	// of is the object of the unit itself, whose owner its parts have.
	of                          *hclschema.Object
	owners, grants, revokes     []drivers.Step
	columnGrants, columnRevokes []drivers.Step
}

// steps are all of them. The right to pass on a column's privilege may rest on that of the table's, and what is revoked of a table
// is revoked of its columns too.
func (b *bestowal) steps() []drivers.Step {
	return slices.Concat(b.owners, b.grants, b.columnRevokes, b.revokes, b.columnGrants)
}

// add gives an object its owner and its privileges; before is what it was, nil for a new one.
func (b *bestowal) add(before, o *hclschema.Object) error {
	var was hclschema.Properties
	if before != nil {
		was = before.Properties
	}
	if !hclschema.Equal(was[hclschema.PropOwner], o.Properties[hclschema.PropOwner]) && hclschema.Owned(o.Identity.Kind) {
		w := newWriter()
		owner := "CURRENT_USER"
		if name := o.Properties.Text(hclschema.PropOwner); name != "" {
			owner = w.Name(name)
		}
		w.Line("ALTER ", w.described(o), " OWNER TO ", owner)
		step, err := w.step("owner of "+o.Identity.String(), accessExclusive)
		if err != nil {
			return err
		}
		b.owners = append(b.owners, step)
	}
	for _, list := range grantLists(before, o, b.of.Properties.Text(hclschema.PropOwner)) {
		granted, err := list.granting.grants(list.from, list.to)
		if err != nil {
			return err
		}
		revoked, err := list.granting.revokes(list.from, list.to)
		if err != nil {
			return err
		}
		if list.granting.column != "" {
			b.columnGrants, b.columnRevokes = append(b.columnGrants, granted...), append(b.columnRevokes, revoked...)
		} else {
			b.grants, b.revokes = append(b.grants, granted...), append(b.revokes, revoked...)
		}
	}
	return nil
}

// grantChange is one list of grants of an object as it is and as it should be.
type grantChange struct {
	granting granting
	from, to []hclschema.Grant
}

// grantLists are the lists of an object that differ. owner is whose it is, or of a column whose its table is; empty for the session's role.
func grantLists(before, o *hclschema.Object, owner string) []grantChange {
	own := hclschema.SortOf(o.Identity.Kind)
	w := newWriter()
	was := hclschema.Properties{}
	if before != nil {
		was = before.Properties
	}
	var all []grantChange
	add := func(g granting, before *hclschema.Object, from, to hclschema.Value, created string) {
		if before != nil && hclschema.Equal(from, to) {
			return
		}
		start := g.sort.Completed(hclschema.Grants(from))
		if before == nil {
			start = grantsFromJSON(created, g.sort.Builtin())
		}
		for i := range start {
			if start[i].By == owner {
				start[i].By = "" // who gave it owns the object by now
			}
		}
		g.of, g.owner, g.schema = o.Identity.String(), owner, o.Identity.Schema
		all = append(all, grantChange{g, start, g.sort.Completed(hclschema.Grants(to))})
	}
	column := ""
	if own == hclschema.SortColumn {
		column = o.Identity.Name
	}
	if own != "" {
		add(granting{sort: own, on: w.grantee(o), column: column}, before, was[hclschema.PropPrivileges], o.Properties[hclschema.PropPrivileges], o.Derived[derivedCreated])
	}
	if own == hclschema.SortColumn && o.Properties[hclschema.PropIdentity] != nil && (was[hclschema.PropSequencePrivileges] != nil || o.Properties[hclschema.PropSequencePrivileges] != nil || o.Derived[derivedCreatedSequence] != "") {
		counted := before
		if was[hclschema.PropIdentity] == nil {
			counted = nil // its sequence is a new one
		}
		add(ofSequence(w, o), counted, was[hclschema.PropSequencePrivileges], o.Properties[hclschema.PropSequencePrivileges], o.Derived[derivedCreatedSequence])
	}
	columnsWere, _ := was[hclschema.PropColumnPrivileges].(hclschema.Record)
	columnsAre, _ := o.Properties[hclschema.PropColumnPrivileges].(hclschema.Record)
	names := columnsAre.Names()
	for _, name := range columnsWere.Names() {
		if columnsAre[name] == nil {
			names = append(names, name)
		}
	}
	for _, name := range names {
		g := granting{sort: hclschema.SortColumn, on: w.grantee(o), column: name}
		if columnsAre[name] == nil && o.Identity.Kind == hclschema.KindTable { // it may have gone with its parent's
			g.guard = "EXISTS (SELECT FROM pg_attribute WHERE attrelid = " + w.Literal(w.object(o.Identity)) + "::regclass AND attname = " + w.Literal(name) + " AND NOT attisdropped)"
		}
		add(g, before, columnsWere[name], columnsAre[name], "")
	}
	return all
}

// ofSequence writes grants on the sequence of a column's identity, whose name is the engine's.
func ofSequence(w *writer, column *hclschema.Object) granting {
	return granting{
		sort: hclschema.SortSequence, on: "SEQUENCE " + argumentMark, form: "%s",
		argument: "pg_get_serial_sequence(" + w.Literal(w.parent(column.Identity)) + ", " + w.Literal(column.Identity.Name) + ")",
	}
}

func grantsFromJSON(text string, otherwise []hclschema.Grant) []hclschema.Grant {
	var grants []hclschema.Grant
	if text == "" || json.Unmarshal([]byte(text), &grants) != nil {
		return otherwise
	}
	return grants
}

// noteCreated tells of each object what it has when the session's role makes it, where the state's default permissions have a say,
// and that it comes after them.
func noteCreated(state *hclschema.State) {
	var defaults []*hclschema.Object
	for _, o := range state.Objects() {
		if grantsAlone(o.Identity.Kind) {
			defaults = append(defaults, o)
		}
	}
	if len(defaults) == 0 {
		return
	}
	for _, o := range state.Objects() {
		sort, name := hclschema.SortOf(o.Identity.Kind), derivedCreated
		if sort == hclschema.SortColumn && o.Properties[hclschema.PropIdentity] != nil {
			sort, name = hclschema.SortSequence, derivedCreatedSequence
		}
		if grantsAlone(o.Identity.Kind) || sort == "" || sort == hclschema.SortColumn {
			continue
		}
		created := hclschema.Anew(state, sort, o.Identity.Schema)
		delete(o.Derived, name)
		if !hclschema.Equal(hclschema.GrantList(created), hclschema.GrantList(sort.Builtin())) {
			derive(o, name, grantsJSON(created))
		}
		for _, d := range defaults {
			near := d.Identity.Kind == hclschema.KindPermission && o.Identity.Schema == "" || d.Identity.Kind == hclschema.KindDefaultPermission &&
				(!d.Properties.Bool(hclschema.PropInSchema) || d.Identity.Schema == o.Identity.Schema)
			if near && o.Identity.Parent == "" && !slices.Contains(o.Mentions, d.Identity) {
				o.Mentions = append(o.Mentions, d.Identity)
			}
		}
	}
}
