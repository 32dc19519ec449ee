package conformance

import (
	"fmt"
	"sort"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/hclschema"
)

// snapshot is what every table holds: for each column its values, one line a row.
type snapshot map[hclschema.Identity][]map[hclschema.Identity]string

func (r *trial) snapshot() snapshot {
	r.Helper()
	state := r.inspect()
	all := snapshot{}
	for _, o := range state.Objects() {
		if o.Identity.Kind != hclschema.KindTable || hasForeignParts(state, o) || r.Moves && o.Properties[hclschema.PropPartition] != nil {
			continue
		}
		from := r.target.Driver.QuoteName(o.Identity.Name)
		if o.Identity.Schema != "" {
			from = r.target.Driver.QuoteName(o.Identity.Schema) + "." + from
		}
		if hasChildren(state, o) { // whose rows may come and go
			from = "ONLY " + from
		}
		var columns []hclschema.Identity
		var names []string
		for _, c := range state.Children(o.Identity.Schema, o.Identity.Name) {
			if c.Identity.Kind == hclschema.KindColumn {
				columns = append(columns, state.Key(c.Identity))
				// An expression keeps clients from converting values by what their column was declared as.
				names = append(names, "CASE WHEN 1 = 1 THEN "+r.target.Driver.QuoteName(c.Identity.Name)+" END")
			}
		}
		if names == nil { // a partition, whose rows are its table's
			continue
		}
		rows := []map[hclschema.Identity]string{}
		for _, values := range r.query("SELECT " + strings.Join(names, ", ") + " FROM " + from) {
			row := map[hclschema.Identity]string{}
			for i, id := range columns {
				row[id] = fmt.Sprintf("%T %v", values[i], values[i])
			}
			rows = append(rows, row)
		}
		all[state.Key(o.Identity)] = rows
	}
	return all
}

// hasChildren says that other tables inherit from a table.
func hasChildren(state *hclschema.State, table *hclschema.Object) bool {
	for _, o := range state.Objects() {
		for _, parent := range o.Properties.List(hclschema.PropInherits) {
			if parent.String() == table.Identity.Name {
				return true
			}
		}
	}
	return false
}

// hasForeignParts says that rows of a table lie on another server, where nobody can read them.
func hasForeignParts(state *hclschema.State, table *hclschema.Object) bool {
	for _, o := range state.Objects() {
		if o.Identity.Kind != hclschema.KindForeignTable {
			continue
		}
		for _, parent := range append(o.Properties.List(hclschema.PropInherits), o.Properties[hclschema.PropPartitionOf]) {
			if parent != nil && parent.String() == table.Identity.Name {
				return true
			}
		}
	}
	return false
}

// staying are the tables that two states both have, and the columns that have the same type there and are either generated
// alike or not at all.
func staying(a, b *hclschema.State) map[hclschema.Identity]bool {
	stays := map[hclschema.Identity]bool{}
	for _, o := range a.Objects() {
		other := b.Get(o.Identity)
		if other == nil {
			continue
		}
		if o.Identity.Kind == hclschema.KindTable || o.Identity.Kind == hclschema.KindColumn &&
			hclschema.Equal(o.Properties[hclschema.PropType], other.Properties[hclschema.PropType]) &&
			hclschema.Equal(o.Properties[hclschema.PropGenerated], other.Properties[hclschema.PropGenerated]) {
			stays[a.Key(o.Identity)] = true
		}
	}
	return stays
}

// withoutRenamed leaves out what a rename of the case leads from or to: another one may have the name afterwards.
func (r *trial) withoutRenamed(stays map[hclschema.Identity]bool, after *hclschema.State) map[hclschema.Identity]bool {
	for _, o := range after.Objects() {
		if o.RenamedFrom != "" {
			former := o.Identity
			former.Name = o.RenamedFrom
			delete(stays, after.Key(o.Identity))
			delete(stays, after.Key(former))
		}
	}
	for _, rename := range r.Renames {
		path, to, _ := strings.Cut(rename, "=")
		if table, from, ok := strings.Cut(path, "."); ok {
			for _, name := range []string{from, to} {
				delete(stays, after.Key(hclschema.Identity{Kind: hclschema.KindColumn, Parent: table, Name: name}))
			}
		}
	}
	return stays
}

// kept compares the columns that stay, as multisets of rows. Tables that are renamed are left to the case's own queries: another one
// may have the name.
func (r *trial) kept(leg string, before, after snapshot, stays map[hclschema.Identity]bool) {
	r.Helper()
	for table, was := range before {
		is, ok := after[table]
		if !ok || !stays[table] || r.renames(table.Name) || r.renames(table.Path()) {
			continue
		}
		if d := cmp.Diff(rowLines(was, stays), rowLines(is, stays)); d != "" {
			r.Errorf("after the %s the rows of %s are others (-before +after):\n%s", leg, table, d)
		}
	}
}

// renames says that a rename leads from a name or to it.
func (r *trial) renames(name string) bool {
	for _, rename := range r.Renames {
		if from, to, _ := strings.Cut(rename, "="); from == name || to == name {
			return true
		}
	}
	return false
}

func rowLines(rows []map[hclschema.Identity]string, stays map[hclschema.Identity]bool) []string {
	var all []string
	for _, row := range rows {
		var words []string
		for id, value := range row {
			if stays[id] {
				words = append(words, id.Name+": "+value)
			}
		}
		sort.Strings(words)
		all = append(all, strings.Join(words, ", "))
	}
	sort.Strings(all)
	return all
}

// holds asks the case's queries.
func (r *trial) holds(when string, part func(Query) (query, want string)) {
	r.Helper()
	for _, q := range r.Holds {
		query, want := part(q)
		if query == "-" {
			continue
		}
		var got []string
		for _, values := range r.query(query) {
			words := make([]string, len(values))
			for i, value := range values {
				words[i] = word(value)
			}
			got = append(got, strings.Join(words, "|"))
		}
		if d := cmp.Diff(want, strings.Join(got, "\n")); d != "" {
			r.Errorf("%s, %s (-want +got):\n%s", when, query, d)
		}
	}
}

func word(value any) string {
	if value == nil {
		return "NULL"
	}
	if bytes, ok := value.([]byte); ok {
		return fmt.Sprintf("x'%x'", bytes)
	}
	return fmt.Sprint(value)
}

// query returns all rows. How many columns there are is found out from the query by the number that fits.
func (r *trial) query(text string) [][]any {
	r.Helper()
	var all [][]any
	err := r.live.Query(r.Context(), text, nil, func(scan func(...any) error) error {
		var values []any
		var into []any
		var err error
		for range 60 {
			values = append(values, nil)
			into = make([]any, len(values))
			for i := range values {
				into[i] = &values[i]
			}
			if err = scan(into...); err == nil {
				all = append(all, values)
				return nil
			}
		}
		return err
	})
	if err != nil {
		r.Fatalf("%s\n%v", text, err)
	}
	return all
}
