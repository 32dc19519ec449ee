package pairs

import "pgregory.net/rapid"

// rename gives some things of the second schema other names, everywhere they are named.
func (p *pair) rename(t *rapid.T) {
	b := &p.B
	for _, tab := range b.Tables {
		if p.A.table(tab.Name) != nil && odds(t, "rename table", 3) {
			if to, ok := p.freeName(t, relationNames); ok {
				p.Renames = append(p.Renames, rename{"table", "", tab.Name, to})
				b.renameRelation(tab.Name, to)
			}
		}
	}
	for _, tab := range b.Tables {
		p.renameParts(t, tab)
	}
	for _, v := range b.Views {
		if odds(t, "rename view", 4) {
			if to, ok := p.freeName(t, viewNames); ok && p.A.hasView(v.Name) {
				p.Renames = append(p.Renames, rename{"view", "", v.Name, to})
				b.renameRelation(v.Name, to)
			}
		}
	}
}

func (p *pair) renameParts(t *rapid.T, tab *table) {
	old := p.A.table(p.formerly(tab.Name))
	if old == nil {
		return
	}
	for _, c := range tab.Columns {
		to := pick(t, "new name", append([]string{"renamed", "r 2"}, columnNames...))
		if old.column(c.Name) != nil && old.column(to) == nil && tab.column(to) == nil && odds(t, "rename column", 4) {
			p.Renames = append(p.Renames, rename{"column", tab.Name, c.Name, to})
			p.B.renameColumn(tab, c.Name, to)
		}
	}
	for _, ix := range tab.Indexes {
		if to, ok := p.freeName(t, indexNames); ok && old.hasIndex(ix.Name) && odds(t, "rename index", 4) {
			p.Renames = append(p.Renames, rename{"index", tab.Name, ix.Name, to})
			ix.Name = to
		}
	}
}

// freeName is a name that neither schema has.
func (p *pair) freeName(t *rapid.T, names []string) (string, bool) {
	both := schema{Tables: append(append([]*table(nil), p.A.Tables...), p.B.Tables...), Views: append(append([]*view(nil), p.A.Views...), p.B.Views...)}
	both.Virtuals = append(append([]*virtual(nil), p.A.Virtuals...), p.B.Virtuals...)
	return both.freeName(t, names, "")
}

// formerly is the name that a table of the second schema has in the first.
func (p *pair) formerly(table string) string {
	for _, r := range p.Renames {
		if r.Kind == "table" && r.To == table {
			return r.From
		}
	}
	return table
}

// formerColumn is the name that a column had.
func (p *pair) formerColumn(table, column string) string {
	for _, r := range p.Renames {
		if r.Kind == "column" && r.Parent == table && r.To == column {
			return r.From
		}
	}
	return column
}

func (s *schema) hasView(name string) bool {
	for _, v := range s.Views {
		if v.Name == name {
			return true
		}
	}
	return false
}

func (tab *table) hasIndex(name string) bool {
	for _, ix := range tab.Indexes {
		if ix.Name == name {
			return true
		}
	}
	return false
}

// replaced has every mention of a name in the lists be the new one.
func replaced(from, to string, lists ...[]string) {
	for _, list := range lists {
		for i := range list {
			if list[i] == from {
				list[i] = to
			}
		}
	}
}

func renamed(name *string, from, to string) {
	if *name == from {
		*name = to
	}
}

func (s *schema) renameRelation(from, to string) {
	for _, tab := range s.Tables {
		renamed(&tab.Name, from, to)
		for _, f := range tab.ForeignKeys {
			renamed(&f.Table, from, to)
		}
	}
	for _, v := range s.Views {
		renamed(&v.Name, from, to)
		renamed(&v.Over, from, to)
	}
	for _, tr := range s.Triggers {
		renamed(&tr.On, from, to)
		renamed(&tr.Also, from, to)
	}
}

func (s *schema) renameColumn(tab *table, from, to string) {
	tab.column(from).Name = to
	if tab.Key != nil {
		replaced(from, to, tab.Key.Columns)
	}
	for _, c := range tab.Columns {
		if c.Computed != nil {
			replaced(from, to, c.Computed.Columns)
		}
	}
	for _, c := range tab.Checks {
		replaced(from, to, c.Expr.Columns)
		renamed(&c.Behind, from, to)
	}
	for _, u := range tab.Uniques {
		replaced(from, to, u.Columns)
	}
	for _, f := range tab.ForeignKeys {
		replaced(from, to, f.Columns)
	}
	for _, ix := range tab.Indexes {
		for _, p := range ix.Parts {
			replaced(from, to, p.Expr.Columns)
		}
		if ix.Where != nil {
			replaced(from, to, ix.Where.Columns)
		}
	}
	for _, other := range s.Tables {
		for _, f := range other.ForeignKeys {
			if f.Table == tab.Name {
				replaced(from, to, f.Targets)
			}
		}
	}
	for _, v := range s.Views {
		if v.Over == tab.Name {
			replaced(from, to, v.Picks)
		}
	}
	for _, tr := range s.Triggers {
		if tr.On == tab.Name {
			renamed(&tr.Column, from, to)
			replaced(from, to, tr.Of)
			if tr.When != nil {
				replaced(from, to, tr.When.Columns)
			}
		}
		if tr.Also == tab.Name {
			renamed(&tr.AlsoColumn, from, to)
		}
	}
}
