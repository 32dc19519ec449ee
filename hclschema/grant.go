package hclschema

import (
	"slices"
	"sort"
	"strings"
)

// Grantee is who has a privilege: a role, everybody (PUBLIC), or whoever owns the object.
type Grantee struct {
	// Role is the name of a role; empty for the other two.
	Role          string
	Public, Owner bool
}

// Grant is what one grantee may do with an object, as one grantor gave it. Without privileges it says that the grantee has none,
// although the engine gives some by itself.
type Grant struct {
	To Grantee
	// By is the role that gave it, where that isn't the owner.
	By string
	// Grantable says that it can be passed on.
	Grantable bool
	// Privileges are words of SQL, sorted, or ALL alone.
	Privileges []string
}

// AllPrivileges stands for every privilege that there is for a sort of objects, whatever the version of the server.
const AllPrivileges = "ALL"

// Grants are those of a property such as privileges.
func Grants(value Value) []Grant {
	list, _ := value.(List)
	grants := make([]Grant, 0, len(list))
	for _, element := range list {
		record, _ := element.(Record)
		grant := Grant{}
		if name, ok := record["to"]; ok {
			grant.To.Role = name.String()
		}
		if by, ok := record["by"]; ok {
			grant.By = by.String()
		}
		_, grant.To.Public = record["public"]
		_, grant.To.Owner = record["owner"]
		_, grant.Grantable = record["grantable"]
		privileges, _ := record["grant"].(List)
		for _, word := range privileges {
			grant.Privileges = append(grant.Privileges, word.String())
		}
		grants = append(grants, grant)
	}
	return grants
}

// GrantList is the property that holds grants, those of a grantee joined and all in one order; nil for none.
func GrantList(grants []Grant) List {
	list := make(List, 0, len(grants))
	for _, grant := range joined(grants) {
		record := Record{}
		switch {
		case grant.To.Public:
			record["public"] = Bool(true)
		case grant.To.Owner:
			record["owner"] = Bool(true)
		default:
			record["to"] = Text(grant.To.Role)
		}
		if grant.By != "" {
			record["by"] = Text(grant.By)
		}
		if grant.Grantable {
			record["grantable"] = Bool(true)
		}
		privileges := make(List, 0, len(grant.Privileges))
		for _, word := range grant.Privileges {
			privileges = append(privileges, Text(word))
		}
		if record["grant"] = privileges; len(privileges) == 0 {
			delete(record, "grant")
			record["revoked"] = Bool(true)
		}
		list = append(list, record)
	}
	if len(list) == 0 {
		return nil
	}
	return list
}

// joined has one grant for each grantee, grantor and right to pass on. A privilege that can be passed on is not named among those
// that can't, and one that says that there are none only where there are none.
func joined(grants []Grant) []Grant {
	type key struct {
		to        Grantee
		by        string
		grantable bool
	}
	words := map[key]map[string]bool{}
	has := map[Grantee]bool{}
	for _, g := range grants {
		k := key{g.To, g.By, g.Grantable}
		if words[k] == nil {
			words[k] = map[string]bool{}
		}
		for _, word := range g.Privileges {
			words[k][word] = true
			has[g.To] = true
		}
	}
	var result []Grant
	for k, set := range words {
		if !k.grantable {
			for word := range words[key{k.to, k.by, true}] {
				if word == AllPrivileges {
					clear(set)
				}
				delete(set, word)
			}
		}
		if len(set) == 0 && (has[k.to] || k.by != "" || k.grantable) {
			continue
		}
		list := sortedKeys(set)
		if set[AllPrivileges] {
			list = []string{AllPrivileges}
		}
		result = append(result, Grant{To: k.to, By: k.by, Grantable: k.grantable, Privileges: list})
	}
	sort.Slice(result, func(i, j int) bool { return result[i].before(result[j]) })
	return result
}

func (g Grant) before(other Grant) bool {
	rank := func(to Grantee) int {
		switch {
		case to.Owner:
			return 0
		case to.Public:
			return 1
		}
		return 2
	}
	if a, b := rank(g.To), rank(other.To); a != b {
		return a < b
	}
	if g.To.Role != other.To.Role {
		return g.To.Role < other.To.Role
	}
	if g.By != other.By {
		return g.By < other.By
	}
	return !g.Grantable && other.Grantable
}

// grantsOf are the grants of one grantee.
func grantsOf(grants []Grant, to Grantee) []Grant {
	var own []Grant
	for _, g := range grants {
		if g.To == to {
			own = append(own, g)
		}
	}
	return own
}

// grantees are those that grants speak of, each once, in order.
func grantees(grants []Grant) []Grantee {
	var list []Grantee
	for _, g := range grants {
		if !slices.Contains(list, g.To) {
			list = append(list, g.To)
		}
	}
	return list
}

// PrivilegeSort is a sort of objects that have the same privileges.
type PrivilegeSort string

// The sorts of objects that have privileges.
const (
	SortTable    PrivilegeSort = "table"
	SortColumn   PrivilegeSort = "column"
	SortSequence PrivilegeSort = "sequence"
	SortRoutine  PrivilegeSort = "routine"
	SortType     PrivilegeSort = "type"
	SortSchema   PrivilegeSort = "schema"
	SortServer   PrivilegeSort = "server"
)

// SortOf is the sort of the objects of a kind; empty for those that have no privileges of their own.
func SortOf(kind string) PrivilegeSort {
	switch kind {
	case KindTable, KindView, KindMaterialized, "foreign_table":
		return SortTable
	case KindColumn:
		return SortColumn
	case KindSequence:
		return SortSequence
	case KindFunction, KindProcedure, KindAggregate:
		return SortRoutine
	case KindEnum, KindDomain, KindComposite, KindRange:
		return SortType
	case KindSchema, KindPermission:
		return SortSchema
	case "server", "foreign_data_wrapper":
		return SortServer
	}
	return ""
}

// Words are the privileges that there are, sorted. MAINTAIN of tables came with PostgreSQL 17, and isn't counted by ALL before.
func (s PrivilegeSort) Words() []string {
	switch s {
	case SortTable:
		return []string{"DELETE", "INSERT", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE"}
	case SortColumn:
		return []string{"INSERT", "REFERENCES", "SELECT", "UPDATE"}
	case SortSequence:
		return []string{"SELECT", "UPDATE", "USAGE"}
	case SortRoutine:
		return []string{"EXECUTE"}
	case SortType, SortServer:
		return []string{"USAGE"}
	case SortSchema:
		return []string{"CREATE", "USAGE"}
	}
	return nil
}

// known are the words that models may use.
func (s PrivilegeSort) known() []string {
	words := append([]string{AllPrivileges}, s.Words()...)
	if s == SortTable {
		words = append(words, "MAINTAIN")
	}
	return words
}

// whole is how models and states write the list of all privileges: a single one by its name.
func (s PrivilegeSort) whole() []string {
	if words := s.Words(); len(words) == 1 {
		return words
	}
	return []string{AllPrivileges}
}

// Builtin is what the engine gives on a new object by itself.
func (s PrivilegeSort) Builtin() []Grant {
	var grants []Grant
	if s != SortColumn {
		grants = append(grants, Grant{To: Grantee{Owner: true}, Privileges: s.whole()})
	}
	if s == SortRoutine || s == SortType {
		grants = append(grants, Grant{To: Grantee{Public: true}, Privileges: s.whole()})
	}
	return grants
}

// Completed are grants with what the engine gives by itself to those that they don't speak of.
func (s PrivilegeSort) Completed(grants []Grant) []Grant {
	return completed(grants, s.Builtin())
}

// completed adds the grants of a second list to the grantees that the first doesn't speak of.
func completed(grants, by []Grant) []Grant {
	result := slices.Clone(grants)
	for _, to := range grantees(by) {
		if len(grantsOf(grants, to)) == 0 {
			result = append(result, grantsOf(by, to)...)
		}
	}
	return result
}

// Told are the grants of those who don't have exactly what the engine gives them by itself: what a property holds.
func (s PrivilegeSort) Told(grants []Grant) List {
	return told(s.tidy(grants), s.Builtin())
}

// told leaves out what a second list says too, and those who have nothing and would have nothing.
func told(grants, anyhow []Grant) List {
	var rest []Grant
	for _, to := range grantees(grants) {
		own, usual := joined(grantsOf(grants, to)), joined(grantsOf(anyhow, to))
		nothing := len(own) == 1 && len(own[0].Privileges) == 0
		if slices.EqualFunc(own, usual, sameGrant) || nothing && len(usual) == 0 {
			continue
		}
		rest = append(rest, own...)
	}
	return GrantList(rest)
}

func sameGrant(a, b Grant) bool {
	return a.To == b.To && a.By == b.By && a.Grantable == b.Grantable && slices.Equal(a.Privileges, b.Privileges)
}

// tidy writes ALL as the sort has it.
func (s PrivilegeSort) tidy(grants []Grant) []Grant {
	grants = joined(grants)
	for i, g := range grants {
		if slices.Contains(g.Privileges, AllPrivileges) {
			grants[i].Privileges = s.whole()
		}
	}
	return grants
}

// String is how messages call the grantee.
func (g Grantee) String() string {
	switch {
	case g.Public:
		return "PUBLIC"
	case g.Owner:
		return "the owner"
	}
	return strings.TrimSpace(quoteName(g.Role))
}
