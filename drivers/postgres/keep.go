package postgres

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Keep implements drivers.Keeper: the owner, and the privileges of the objects of a unit, those of columns included.
func (Driver) Keep(before, after drivers.Unit) ([]drivers.Step, error) {
	if before != nil && before[0].Identity.Kind != after[0].Identity.Kind {
		before = succeeded(before, after)
	}
	known := map[hclschema.Identity]*hclschema.Object{}
	for _, o := range before {
		known[o.Identity] = o
	}
	var steps []drivers.Step
	for _, o := range after {
		source := known[o.Identity]
		if source == nil || !tells(source.Derived) {
			source = o
		}
		more, err := keep(o, source.Derived)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	return steps, nil
}

// succeeded is a unit of which another one of another kind takes the place, as far as the same is granted on both: each object of
// the new one with the owner and the privileges that its forerunner has.
func succeeded(before, after drivers.Unit) drivers.Unit {
	group := func(id hclschema.Identity) string {
		switch id.Kind {
		case hclschema.KindTable, hclschema.KindView, hclschema.KindMaterialized, hclschema.KindForeignTable:
			return "rows"
		case hclschema.KindFunction, hclschema.KindProcedure, hclschema.KindAggregate:
			return "routine"
		case hclschema.KindEnum, hclschema.KindDomain, hclschema.KindComposite, hclschema.KindRange:
			return "type"
		}
		return ""
	}
	if of := group(before[0].Identity); of == "" || of != group(after[0].Identity) {
		return nil
	}
	columns := map[string]string{}
	for _, o := range before {
		if held := o.Derived[derivedHeld]; held != "" && o.Identity.Kind == hclschema.KindColumn {
			columns[o.Identity.Name] = held
		}
	}
	facts := map[string]string{}
	for name, value := range before[0].Derived {
		if column, ok := strings.CutPrefix(name, columnPrivileges); ok {
			columns[column] = value
		} else if name == derivedOwner || name == derivedHeld || name == derivedAnew {
			facts[name] = value
		}
	}
	unit := drivers.Unit{{Identity: after[0].Identity, Derived: facts}}
	for _, o := range after[1:] {
		if held := columns[o.Identity.Name]; held != "" && o.Identity.Kind == hclschema.KindColumn {
			unit = append(unit, &hclschema.Object{Identity: o.Identity, Derived: map[string]string{derivedHeld: held, derivedAnew: "[]"}})
			delete(columns, o.Identity.Name)
		}
	}
	if after[0].Identity.Kind == hclschema.KindView || after[0].Identity.Kind == hclschema.KindMaterialized {
		for column, held := range columns {
			facts[columnPrivileges+column] = held
		}
	}
	return unit
}

// tells says that the owner or privileges of an object are known.
func tells(facts map[string]string) bool {
	for name := range facts {
		if name == derivedOwner || name == derivedHeld || name == derivedSequenceHeld || name == derivedDefaults || strings.HasPrefix(name, columnPrivileges) {
			return true
		}
	}
	return false
}

// keep are the steps that give a new object the owner and the privileges that are known of it.
func keep(o *hclschema.Object, facts map[string]string) ([]drivers.Step, error) {
	var steps []drivers.Step
	if owner := facts[derivedOwner]; owner != "" {
		w := newWriter()
		w.Line("ALTER ", w.described(o), " OWNER TO ", w.Name(owner))
		step, err := w.step("owner of "+o.Identity.String(), accessExclusive)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	if held, ok := facts[derivedHeld]; ok {
		column := ""
		if o.Identity.Kind == hclschema.KindColumn {
			column = o.Identity.Name
		}
		more, err := privilegeSteps(o, column, facts[derivedAnew], held)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	for _, also := range []func(*hclschema.Object, map[string]string) ([]drivers.Step, error){keepSequence, keepDefaults} {
		more, err := also(o, facts)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	var columns []string
	for name := range facts {
		if column, ok := strings.CutPrefix(name, columnPrivileges); ok {
			columns = append(columns, column)
		}
	}
	slices.Sort(columns)
	for _, column := range columns {
		if !hasColumn(o, column) {
			continue
		}
		more, err := privilegeSteps(o, column, "[]", facts[columnPrivileges+column])
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	return steps, nil
}

// keepSequence are the steps that give the sequence of a column's identity its privileges.
func keepSequence(o *hclschema.Object, facts map[string]string) ([]drivers.Step, error) {
	list, ok := facts[derivedSequenceHeld]
	if !ok || o.Properties[hclschema.PropIdentity] == nil {
		return nil, nil
	}
	both := make([][]hclschema.Grant, 2)
	for i, text := range []string{facts[derivedSequenceAnew], list} {
		all, err := grants(text)
		if err != nil {
			return nil, err
		}
		for g, grantable := range all {
			both[i] = append(both[i], hclschema.Grant{To: hclschema.Grantee{Role: g.role, Public: g.role == ""}, Grantable: grantable, Privileges: []string{g.privilege}})
		}
		both[i] = hclschema.Grants(hclschema.GrantList(both[i]))
	}
	g := ofSequence(newWriter(), o)
	g.of = "the sequence of " + o.Identity.String()
	return g.steps(both[0], both[1])
}

// grant is one privilege that a role has; PUBLIC is the empty name.
type grant struct{ role, privilege string }

// grants reads a list of the catalogue query; the value says whether the privilege can be passed on.
func grants(list string) (map[grant]bool, error) {
	var rows [][3]string
	if list != "" {
		if err := json.Unmarshal([]byte(list), &rows); err != nil {
			return nil, err
		}
	}
	all := map[grant]bool{}
	for _, row := range rows {
		all[grant{row[0], row[1]}] = row[2] == "true"
	}
	return all, nil
}

// privilegeSteps lead from the privileges of a new object to those that it should have: what a role has too much is taken, what
// it lacks is granted. With a column they are that column's.
func privilegeSteps(o *hclschema.Object, column, from, to string) ([]drivers.Step, error) {
	was, err := grants(from)
	if err != nil {
		return nil, err
	}
	is, err := grants(to)
	if err != nil {
		return nil, err
	}
	revoked, passing, granted := map[string][]string{}, map[string][]string{}, map[[2]string][]string{}
	for g, grantable := range was {
		if keeps, ok := is[g]; !ok {
			revoked[g.role] = append(revoked[g.role], g.privilege)
		} else if grantable && !keeps {
			passing[g.role] = append(passing[g.role], g.privilege)
		}
	}
	for g, grantable := range is {
		if had, ok := was[g]; !ok || grantable && !had {
			option := ""
			if grantable {
				option = " WITH GRANT OPTION"
			}
			granted[[2]string{g.role, option}] = append(granted[[2]string{g.role, option}], g.privilege)
		}
	}
	var steps []drivers.Step
	add := func(verb string, privileges []string, preposition, role, tail string) {
		w := newWriter()
		w.Line(verb, privilegeList(w, privileges, column), " ON ", w.grantee(o), preposition, w.role(role), tail)
		step, stepErr := w.step("privileges of "+o.Identity.String(), "")
		if err == nil {
			err = stepErr
		}
		steps = append(steps, step)
	}
	for _, role := range sortedRoles(revoked) {
		add("REVOKE ", revoked[role], " FROM ", role, "")
	}
	for _, role := range sortedRoles(passing) {
		add("REVOKE GRANT OPTION FOR ", passing[role], " FROM ", role, "")
	}
	for _, option := range []string{"", " WITH GRANT OPTION"} {
		by := map[string][]string{}
		for key, privileges := range granted {
			if key[1] == option {
				by[key[0]] = privileges
			}
		}
		for _, role := range sortedRoles(by) {
			add("GRANT ", by[role], " TO ", role, option)
		}
	}
	return steps, err
}

func sortedRoles(of map[string][]string) []string {
	var roles []string
	for role := range of {
		roles = append(roles, role)
	}
	slices.Sort(roles)
	return roles
}

func privilegeList(w *writer, privileges []string, column string) string {
	slices.Sort(privileges)
	words := slices.Clone(privileges)
	if column != "" {
		for i := range words {
			words[i] += " (" + w.Name(column) + ")"
		}
	}
	return strings.Join(words, ", ")
}

// role is a role's name; PUBLIC for everybody.
func (w *writer) role(name string) string {
	if name == "" {
		return "PUBLIC"
	}
	return w.Name(name)
}
