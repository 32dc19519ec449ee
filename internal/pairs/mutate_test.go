package pairs

import (
	"encoding/json"
	"slices"

	"pgregory.net/rapid"
)

// clone is a copy that shares nothing.
func clone[T any](t *rapid.T, from T) T {
	text, err := json.Marshal(from)
	if err != nil {
		t.Fatal(err)
	}
	var to T
	if err := json.Unmarshal(text, &to); err != nil {
		t.Fatal(err)
	}
	return to
}

// mutate makes another schema that has much in common with the first.
func (s schema) mutate(t *rapid.T) schema {
	m := clone(t, s)
	m.Tables = slices.DeleteFunc(m.Tables, func(*table) bool { return odds(t, "drop table", 9) })
	for _, tab := range m.Tables {
		if !odds(t, "table stays", 3) {
			m.mutateTable(t, tab)
		}
	}
	if len(m.Tables) == 0 || odds(t, "add table", 4) {
		m.addTable(t)
	}
	for _, tab := range m.Tables {
		if odds(t, "relink", 4) {
			tab.ForeignKeys = nil
			m.link(t, tab)
		}
	}
	m.moveIndexes(t)
	m.mutateRelations(t)
	return m
}

func (s *schema) mutateTable(t *rapid.T, tab *table) {
	for range rapid.IntRange(1, 4).Draw(t, "changes") {
		s.change(t, tab)
	}
	if odds(t, "shuffle columns", 8) {
		tab.Columns = rapid.Permutation(tab.Columns).Draw(t, "columns")
	}
	tab.Spelling = drawSpelling(t)
}

// change is one change of a table. What it leaves in want of a column is left out when the schema is made.
func (s *schema) change(t *rapid.T, tab *table) {
	c := pick(t, "column", tab.Columns)
	switch pick(t, "change", []string{"drop", "drop", "add", "add", "null", "type", "default", "collate", "compute", "key", "strict", "rowid", "rules", "check", "unique", "action", "index", "redraw", "target"}) {
	case "drop":
		if len(tab.Columns) > 1 && !tab.isKey(c.Name) {
			tab.drop(c.Name)
		}
	case "add":
		if name := pick(t, "new column", columnNames); tab.column(name) == nil {
			tab.Columns = slices.Insert(tab.Columns, rapid.IntRange(0, len(tab.Columns)).Draw(t, "place"), tab.drawColumn(t, name))
		}
	case "null":
		c.NotNull, c.NotNullName, c.NotNullConflict = !c.NotNull, "", ""
	case "type":
		tab.drawType(t, c)
	case "default":
		tab.drawDefault(t, c)
	case "collate":
		if c.Collate = ""; odds(t, "collated", 2) {
			c.Collate = pick(t, "collation", collations)
		}
	case "compute":
		if c.Computed = nil; !tab.isKey(c.Name) {
			tab.maybeCompute(t, c)
		}
	case "key":
		tab.drawKey(t)
	case "strict":
		tab.Strict = !tab.Strict
		for _, c := range tab.Columns {
			if tab.Strict && !slices.Contains(strictTypes, c.Type) {
				c.Type = pick(t, "strict type", strictTypes)
			}
		}
	case "rowid":
		tab.WithoutRowid = tab.Key != nil && !tab.Key.AutoIncrement && !tab.WithoutRowid
	case "rules":
		tab.drawRules(t)
	case "check":
		tab.Checks = append(tab.Checks, tab.drawCheck(t))
	case "unique":
		if len(tab.Uniques) > 0 {
			tab.Uniques = tab.Uniques[1:]
		}
	case "action":
		for _, f := range tab.ForeignKeys {
			f.OnDelete, f.Name = pick(t, "on delete", []string{"", "CASCADE", "SET NULL"}), constraintName(t)
		}
	case "index":
		if len(tab.Indexes) > 0 {
			tab.Indexes = tab.Indexes[1:]
		}
		s.addIndex(t, tab)
	case "redraw":
		if !tab.isKey(c.Name) {
			*c = *tab.drawColumn(t, c.Name)
		}
	case "target":
		for _, f := range tab.ForeignKeys {
			f.Targets = nil
		}
	}
}

// drop takes a column away with the rules that name it.
func (tab *table) drop(name string) {
	has := func(names []string) bool { return slices.Contains(names, name) }
	tab.Columns = slices.DeleteFunc(tab.Columns, func(c *column) bool { return c.Name == name })
	for _, c := range tab.Columns {
		if c.Computed != nil && has(c.Computed.Columns) {
			c.Computed = nil
		}
	}
	tab.ForeignKeys = slices.DeleteFunc(tab.ForeignKeys, func(f *foreignKey) bool { return has(f.Columns) })
	tab.Checks = slices.DeleteFunc(tab.Checks, func(c *check) bool { return has(c.Expr.Columns) })
	tab.Uniques = slices.DeleteFunc(tab.Uniques, func(u *unique) bool { return has(u.Columns) })
	tab.Indexes = slices.DeleteFunc(tab.Indexes, func(ix *index) bool {
		return ix.Where != nil && has(ix.Where.Columns) || slices.ContainsFunc(ix.Parts, func(p part) bool { return has(p.Expr.Columns) })
	})
}

// moveIndexes has tables trade an index.
func (s *schema) moveIndexes(t *rapid.T) {
	if len(s.Tables) < 2 || !odds(t, "move index", 6) {
		return
	}
	from, to := s.Tables[0], s.Tables[1]
	if len(from.Indexes) == 0 {
		return
	}
	ix := from.Indexes[0]
	for i := range ix.Parts {
		ix.Parts[i].Expr.Columns = []string{pick(t, "index column", to.names())}
	}
	if ix.Where != nil {
		ix.Where.Columns = []string{pick(t, "where column", to.names())}
	}
	from.Indexes, to.Indexes = from.Indexes[1:], append(to.Indexes, ix)
}

func (s *schema) mutateRelations(t *rapid.T) {
	s.Views = slices.DeleteFunc(s.Views, func(*view) bool { return odds(t, "drop view", 5) })
	s.Triggers = slices.DeleteFunc(s.Triggers, func(*trigger) bool { return odds(t, "drop trigger", 5) })
	s.Virtuals = slices.DeleteFunc(s.Virtuals, func(*virtual) bool { return odds(t, "drop virtual table", 5) })
	for _, v := range s.Views {
		switch pick(t, "view change", []int{0, 0, 0, 1, 2}) {
		case 1:
			v.Style, v.Spelling = rapid.IntRange(0, 9).Draw(t, "view style"), drawSpelling(t)
		case 2:
			v.Columns = nil
		}
	}
	for _, tr := range s.Triggers {
		switch pick(t, "trigger change", []int{0, 0, 0, 1, 2}) {
		case 1:
			tr.Style, tr.Spelling = rapid.IntRange(0, 8).Draw(t, "trigger style"), drawSpelling(t)
		case 2:
			tr.When = nil
		}
	}
	if odds(t, "add view", 3) {
		s.addView(t)
	}
	if odds(t, "add trigger", 3) {
		s.addTrigger(t)
	}
	if odds(t, "add virtual table", 8) {
		s.addVirtual(t)
	}
	if len(s.Tables) > 1 && odds(t, "table becomes view", 8) {
		name := s.Tables[0].Name
		s.Tables = s.Tables[1:]
		s.Views = append(s.Views, &view{Name: name, Over: s.Tables[0].Name, Picks: s.Tables[0].names()[:1]})
	}
	if len(s.Views) > 0 && odds(t, "view becomes table", 8) {
		tab := &table{Name: s.Views[0].Name}
		for _, name := range slices.Concat(s.Views[0].Columns, s.Views[0].Picks) {
			if tab.column(name) == nil {
				tab.Columns = append(tab.Columns, tab.drawColumn(t, name))
			}
		}
		s.Views, s.Tables = s.Views[1:], append(s.Tables, tab)
	}
}
