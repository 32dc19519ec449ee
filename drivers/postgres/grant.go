package postgres

import (
	"slices"
	"sort"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// granting writes GRANT and REVOKE for one list of grants.
type granting struct {
	// of is what steps are named after.
	of   string
	sort hclschema.PrivilegeSort
	// owner is the name of the role that owns it; empty for the session's own.
	owner string
	// before stands before GRANT or REVOKE, on behind ON; column is the column that the privileges are for.
	before, on, column string
	// schema is that of the object; empty for the default one, or where it has none.
	schema string
	// ownerSQL is an expression of SQL that is the name of the owner, where that is known only where the statement runs.
	ownerSQL string
	// argument is an expression of SQL whose value stands for argumentMark in these, a name as format writes it: %I or %s.
	argument, form string
	// guard is a condition of SQL without which nothing is to be done; empty for none.
	guard string
}

// argumentMark stands in a statement for a name that is known only where the statement runs.
const argumentMark = "\x01"

// held is one privilege that somebody has.
type held struct {
	to   hclschema.Grantee
	by   string
	word string
}

// spread are the single privileges of grants; the value says whether it can be passed on.
func (g granting) spread(grants []hclschema.Grant) map[held]bool {
	all := map[held]bool{}
	for _, grant := range grants {
		words := grant.Privileges
		if isAll(grant) {
			words = g.sort.Words()
		}
		for _, word := range words {
			h := held{grant.To, grant.By, word}
			all[h] = all[h] || grant.Grantable
		}
	}
	return all
}

// isPassedOn says that one of the grants may be passed on.
func isPassedOn(lists ...[]hclschema.Grant) bool {
	return slices.ContainsFunc(slices.Concat(lists...), func(g hclschema.Grant) bool { return g.Grantable })
}

func isAll(grant hclschema.Grant) bool {
	return slices.Contains(grant.Privileges, hclschema.AllPrivileges)
}

// steps lead from one list to the other: what is missing is granted first, since a role may pass on only what it has by then.
func (g granting) steps(from, to []hclschema.Grant) ([]drivers.Step, error) {
	granted, err := g.grants(from, to)
	if err != nil {
		return nil, err
	}
	revoked, err := g.revokes(from, to)
	return append(granted, revoked...), err
}

// grants are the steps for what is missing, those first that others rest on.
func (g granting) grants(from, to []hclschema.Grant) (steps []drivers.Step, err error) {
	was, passed := g.spread(from), isPassedOn(from, to)
	depth := depths(append(slices.Clone(from), to...))
	grants := slices.Clone(to)
	sort.SliceStable(grants, func(i, j int) bool { return depth[grants[i].By] < depth[grants[j].By] })
	for _, grant := range grants {
		var words []string
		had := slices.ContainsFunc(from, func(f hclschema.Grant) bool {
			return f.To == grant.To && f.By == grant.By && isAll(f) && (f.Grantable || !grant.Grantable)
		})
		for _, word := range grantWords(grant, g.sort) {
			if passes, ok := was[held{grant.To, grant.By, word}]; !ok || grant.Grantable && !passes {
				words = append(words, word)
			}
		}
		if isAll(grant) && !had {
			words = []string{hclschema.AllPrivileges}
		}
		if len(words) == 0 {
			continue
		}
		tail := ""
		if grant.Grantable {
			tail = " WITH GRANT OPTION"
		}
		step, err := g.statement("GRANT ", words, " TO ", grant.To, tail, grant.By, passed, false)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// revokes are the steps for what is too much, those first that rest on others. What somebody gave who may no longer pass it on goes with
// that right as well: a role that loses all that it had might not even see the object any more. It is taken first where that role does,
// since among roles that are members of each other the right to pass it on may not end otherwise.
func (g granting) revokes(from, to []hclschema.Grant) (steps []drivers.Step, err error) {
	was, is, passed := g.spread(from), g.spread(to), isPassedOn(from, to)
	depth := depths(append(slices.Clone(from), to...))
	revoked := slices.Clone(from)
	sort.SliceStable(revoked, func(i, j int) bool { return depth[revoked[i].By] > depth[revoked[j].By] })
	for _, grant := range revoked {
		if g.owner != "" && grant.To.Role == g.owner {
			continue // it owns the object by now, and what a default permission gave it is the owner's
		}
		var gone, kept []string
		cascade, lapses := "", false
		for _, word := range grantWords(grant, g.sort) {
			lapses = lapses || passesOn(was, grant.By, word) && !passesOn(is, grant.By, word)
			if grant.Grantable && !passesOn(is, grant.To.Role, word) && gaveSome(was, grant.To.Role, word) {
				cascade = " CASCADE"
			}
			h := held{grant.To, grant.By, word}
			if passes, ok := is[h]; !ok {
				gone = append(gone, word)
			} else if was[h] && !passes && grant.Grantable {
				kept = append(kept, word)
			}
		}
		if isAll(grant) && len(gone) == len(g.sort.Words()) {
			gone = []string{hclschema.AllPrivileges}
		}
		for _, revoke := range []struct {
			verb  string
			words []string
		}{{"REVOKE ", gone}, {"REVOKE GRANT OPTION FOR ", kept}} {
			if len(revoke.words) == 0 {
				continue
			}
			step, err := g.statement(revoke.verb, revoke.words, " FROM ", grant.To, cascade, grant.By, passed, lapses)
			if err != nil {
				return nil, err
			}
			steps = append(steps, step)
		}
	}
	return steps, nil
}

// passesOn says that a role may pass a privilege on because somebody else let it.
func passesOn(all map[held]bool, role, word string) bool {
	for h, grantable := range all {
		if grantable && role != "" && h.to.Role == role && h.word == word {
			return true
		}
	}
	return false
}

// gaveSome says that a role gave a privilege to others.
func gaveSome(all map[held]bool, role, word string) bool {
	for h := range all {
		if role != "" && h.by == role && h.word == word {
			return true
		}
	}
	return false
}

func grantWords(grant hclschema.Grant, sort hclschema.PrivilegeSort) []string {
	if isAll(grant) {
		return sort.Words()
	}
	return grant.Privileges
}

// depths say over how many hands each grantor came to what it passes on: none for the owner, the empty name.
func depths(grants []hclschema.Grant) map[string]int {
	depth := map[string]int{"": 0}
	for range grants {
		for _, grant := range grants {
			if at, known := depth[grant.By]; known && grant.Grantable && grant.To.Role != "" {
				if now, ok := depth[grant.To.Role]; !ok || now > at+1 {
					depth[grant.To.Role] = at + 1
				}
			}
		}
	}
	return depth
}

// statement is one GRANT or REVOKE. One that another role has to run, or that names what is known only there, stands in a block. passed
// says that roles may pass the privileges on: of those that the session's role stands for the engine takes any that may, and so the
// owner has to be named. It is left out, where it lapses, if the role that has to run it doesn't see the object.
func (g granting) statement(verb string, words []string, preposition string, to hclschema.Grantee, tail, by string, passed, lapses bool) (drivers.Step, error) {
	w := newWriter()
	if g.column != "" {
		words = slices.Clone(words)
		for i := range words {
			words[i] += " (" + w.Name(g.column) + ")"
		}
	}
	text := g.before + verb + strings.Join(words, ", ") + " ON " + g.on + preposition + g.role(w, to) + tail
	asOwner := by == "" && passed && g.before == ""
	if asOwner {
		by = g.owner
	}
	if by == "" && g.argument == "" && g.guard == "" {
		w.Line(text)
		return w.step("privileges of "+g.of, "")
	}
	var lines []string
	switch {
	case asOwner && by != "":
		lines = append(lines, unlessSuperuser("SET LOCAL ROLE "+w.Name(by)+";")...)
	case by != "":
		lines = append(lines, "SET LOCAL ROLE "+w.Name(by)+";")
	case asOwner && g.ownerSQL != "":
		lines = append(lines, unlessSuperuser("EXECUTE format('SET LOCAL ROLE %I', "+g.ownerSQL+");")...)
		by = g.ownerSQL
	}
	if g.argument == "" {
		lines = append(lines, text+";")
	} else {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "%", "%%"), argumentMark, g.form)
		lines = append(lines, "EXECUTE format("+w.Literal(text)+", "+g.argument+");")
	}
	if by != "" {
		lines = append(lines, "RESET ROLE;")
	}
	if lapses && !asOwner && by != "" {
		schema := "current_schema()"
		if g.schema != "" {
			schema = w.Literal(g.schema)
		}
		lines = onlyIf("has_schema_privilege("+w.Literal(by)+", "+schema+", 'USAGE')", lines)
	}
	if g.guard != "" {
		lines = onlyIf(g.guard, lines)
	}
	mark := "$$"
	for strings.Contains(strings.Join(lines, "\n"), mark) {
		mark = "$" + strings.Trim(mark, "$") + "do$"
	}
	w.Line("DO ", mark)
	w.Line("BEGIN")
	for _, line := range lines {
		w.Line("  ", line)
	}
	w.Line("END")
	w.Line(mark)
	return w.step("privileges of "+g.of, "")
}

// onlyIf has lines of a block run where a condition holds.
func onlyIf(condition string, lines []string) []string {
	all := []string{"IF " + condition + " THEN"}
	for _, line := range lines {
		all = append(all, "  "+line)
	}
	return append(all, "END IF;")
}

// unlessSuperuser runs a statement for other roles: what a superuser does counts as done by the owner, who might not even see the object.
func unlessSuperuser(statement string) []string {
	return onlyIf("current_setting('is_superuser') = 'off'", []string{statement})
}

// role is a grantee as SQL names it.
func (g granting) role(w *writer, to hclschema.Grantee) string {
	switch {
	case to.Public:
		return "PUBLIC"
	case to.Owner && g.owner == "":
		return "CURRENT_USER"
	case to.Owner:
		return w.Name(g.owner)
	}
	return w.Name(to.Role)
}
