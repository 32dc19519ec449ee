package oracle

import (
	"fmt"
	"sort"
	"strings"
)

// constraintReader reads from a CREATE TABLE what no pragma reports: names of constraints, checks, computed columns,
// collations, conflict clauses, deferred keys. A constraint reads the same behind a column and as one of the table.
type constraintReader struct {
	known map[string]bool
	list  []word
	at    int
	// column is the column that the constraints stand behind, empty for those of the table; name that of the next constraint.
	column, name string
	found        []string
}

// constraints returns a line for each constraint, sorted. known are the folded names of the table and its columns.
func constraints(list []word, known map[string]bool) []string {
	start := 0
	for start < len(list) && !list[start].is("(") {
		start++
	}
	end := closing(list, start)
	if start >= end {
		return nil
	}
	var found []string
	ofTable := false
	for _, item := range split(list[start+1 : end]) {
		if len(item) == 0 {
			continue
		}
		ofTable = ofTable || beginsConstraint(item[0])
		r := constraintReader{known: known, list: item}
		if !ofTable {
			r.column, r.at = lower(item[0].text), 1
		}
		found = append(found, r.read()...)
	}
	sort.Strings(found)
	return found
}

func beginsConstraint(w word) bool {
	return w.is("CONSTRAINT") || w.is("PRIMARY") || w.is("UNIQUE") || w.is("CHECK") || w.is("FOREIGN")
}

func (r *constraintReader) word(n int) word {
	if r.at+n < len(r.list) {
		return r.list[r.at+n]
	}
	return word{}
}

func (r *constraintReader) read() []string {
	for r.at < len(r.list) {
		switch w := r.word(0); {
		case w.is("CONSTRAINT"):
			r.name = r.word(1).text
			r.at += 2
		case w.is("PRIMARY"):
			r.at += 2
			r.key("primary key")
		case w.is("UNIQUE"):
			r.at++
			r.key("unique")
		case w.is("CHECK"):
			r.at++
			r.add("check " + r.parenthesised())
		case w.is("NOT") && r.word(1).is("NULL"):
			r.at += 2
			if conflict := r.conflict(); conflict != "" || r.name != "" { // a pragma tells the rest
				r.add("not null of " + r.column + conflict)
			}
		case w.is("NULL"):
			r.at++
			r.named("null of " + r.column + r.conflict())
		case w.is("DEFAULT"):
			r.at++
			r.skipValue()
			r.named("default of " + r.column)
		case w.is("COLLATE"):
			r.add("collate " + r.column + " " + lower(r.word(1).text))
			r.at += 2
		case w.is("AS") && r.word(1).is("("):
			r.at++
			r.add("computed " + r.column + " " + r.parenthesised())
		case w.is("FOREIGN"):
			r.at += 2
			r.column = r.columns()
		case w.is("REFERENCES"):
			r.reference()
		case w.is("("):
			r.at = closing(r.list, r.at) + 1 // the size of a type
		default:
			r.at++
		}
	}
	return r.found
}

func (r *constraintReader) add(what string) {
	if r.name != "" {
		what += fmt.Sprintf(" named %q", r.name)
	}
	r.found = append(r.found, what)
	r.name = ""
}

// named adds what says nothing without a name.
func (r *constraintReader) named(what string) {
	if r.name != "" {
		r.add(what)
	}
}

func (r *constraintReader) key(kind string) {
	columns := r.column
	if r.word(0).is("(") {
		columns = r.columns()
	}
	if r.word(0).is("ASC") || r.word(0).is("DESC") {
		r.at++
	}
	r.add(kind + " (" + columns + ")" + r.conflict())
}

// columns are the names that begin the parts of a list in parentheses.
func (r *constraintReader) columns() string {
	end := closing(r.list, r.at)
	var names []string
	for _, part := range split(r.list[r.at+1 : end]) {
		if len(part) > 0 {
			names = append(names, lower(part[0].text))
		}
	}
	r.at = end + 1
	return strings.Join(names, ", ")
}

func (r *constraintReader) conflict() string {
	if !r.word(0).is("ON") || !r.word(1).is("CONFLICT") {
		return ""
	}
	r.at += 3
	if action := lower(r.list[r.at-1].text); action != "abort" {
		return " on conflict " + action
	}
	return ""
}

func (r *constraintReader) parenthesised() string {
	end := closing(r.list, r.at)
	text := canonical(unwrapped(r.list[r.at:min(end+1, len(r.list))]), r.known, true)
	r.at = end + 1
	return text
}

func (r *constraintReader) skipValue() {
	switch w := r.word(0); {
	case w.is("("):
		r.at = closing(r.list, r.at) + 1
	case w.is("+") || w.is("-"):
		r.at += 2
	case w.is("x") && r.word(1).isString():
		r.at += 2
	default:
		r.at++
	}
}

func (r *constraintReader) reference() {
	what := "key of (" + r.column + ") to " + lower(r.word(1).text)
	r.at += 2
	if r.word(0).is("(") {
		what += " (" + r.columns() + ")"
	}
	for r.at < len(r.list) {
		switch {
		case r.word(0).is("ON"):
			r.at += 3
			if r.list[r.at-1].is("SET") || r.list[r.at-1].is("NO") {
				r.at++
			}
		case r.word(0).is("MATCH"):
			what += " match " + lower(r.word(1).text)
			r.at += 2
		case r.word(0).is("NOT") && r.word(1).is("DEFERRABLE"):
			r.at += 2
			r.skipInitially()
		case r.word(0).is("DEFERRABLE"):
			r.at++
			if r.skipInitially() {
				what += " deferred"
			}
		default:
			r.add(what)
			return
		}
	}
	r.add(what)
}

// skipInitially passes over INITIALLY …, and says whether it was DEFERRED.
func (r *constraintReader) skipInitially() bool {
	if !r.word(0).is("INITIALLY") {
		return false
	}
	r.at += 2
	return r.list[r.at-1].is("DEFERRED")
}
