package pairs

import (
	"slices"

	"pgregory.net/rapid"
)

var viewNames = append([]string{"v", "v 2", `v"w`, "View", "v.x", "${v}"}, relationNames...)

func (s *schema) addView(t *rapid.T) {
	name, ok := s.freeName(t, viewNames, "")
	if !ok || len(s.Tables) == 0 {
		return
	}
	v := &view{Name: name, Style: rapid.IntRange(0, 9).Draw(t, "view style"), Spelling: drawSpelling(t)}
	s.aim(t, v)
	if odds(t, "column list", 4) {
		v.Columns = several(t, "view columns", columnNames, len(v.Picks)+1)
	}
	s.Views = append(s.Views, v)
}

// aim has a view read a table, a virtual table or another view.
func (s *schema) aim(t *rapid.T, v *view) {
	if len(s.Views) > 0 && odds(t, "view on a view", 3) {
		under := pick(t, "under", s.Views)
		v.Over, v.Picks = under.Name, under.Columns
		if len(under.Columns) == 0 {
			v.Picks = under.Picks[:1]
		}
		return
	}
	if len(s.Virtuals) > 0 && odds(t, "view on a virtual table", 4) {
		under := pick(t, "under", s.Virtuals)
		v.Over, v.Picks = under.Name, under.Columns[:1]
		return
	}
	tab := pick(t, "under", s.Tables)
	v.Over, v.Picks = tab.Name, several(t, "picks", tab.names(), 3)
}

var triggerNames = []string{"tr", "t r", `t"r`, "Trigger", "${tr}", "größe", "tr;", "users", "t.r"}

func (s *schema) addTrigger(t *rapid.T) {
	name, ok := s.freeName(t, triggerNames, "trigger ")
	if !ok || len(s.Tables) == 0 {
		return
	}
	tr := &trigger{
		Name: name, Event: pick(t, "event", []string{"INSERT", "UPDATE", "DELETE"}), Timing: pick(t, "timing", []string{"", "BEFORE", "AFTER"}),
		Style: rapid.IntRange(0, 8).Draw(t, "trigger style"), Spelling: drawSpelling(t),
	}
	var columns []string
	if len(s.Views) > 0 && odds(t, "on a view", 3) {
		v := pick(t, "trigger view", s.Views)
		tr.On, tr.Timing, columns = v.Name, "INSTEAD OF", v.Picks
		if len(v.Columns) > 0 {
			columns = v.Columns
		}
	} else {
		tab := pick(t, "trigger table", s.Tables)
		tr.On, columns = tab.Name, tab.names()
	}
	tr.Column = pick(t, "trigger column", columns)
	if tr.Event == "UPDATE" && odds(t, "of", 2) {
		tr.Of = several(t, "of columns", columns, 2)
	}
	if odds(t, "when", 3) {
		row := "NEW"
		if tr.Event == "DELETE" {
			row = "OLD"
		}
		tr.When = &expression{row + pick(t, "when text", []string{".$1 IS NULL", ".$1 IS NOT 'x;y' -- why\n", ".$1 <> \"Str\""}), []string{tr.Column}}
	}
	also := pick(t, "also", s.Tables)
	tr.Also, tr.AlsoColumn = also.Name, pick(t, "also column", also.names())
	s.Triggers = append(s.Triggers, tr)
}

func (s *schema) addVirtual(t *rapid.T) {
	name, ok := s.freeName(t, relationNames, "")
	if !ok {
		return
	}
	v := &virtual{Name: name, Module: pick(t, "module", []string{"fts5", "FTS5", "rtree"}), Rows: rapid.IntRange(0, 2).Draw(t, "virtual rows")}
	v.drawArguments(t)
	s.Virtuals = append(s.Virtuals, v)
}

func (v *virtual) drawArguments(t *rapid.T) {
	if v.Module == "rtree" {
		v.Columns, v.Options = []string{"id", "x0", "x1"}, nil
		return
	}
	names := slices.DeleteFunc(slices.Clone(columnNames), func(name string) bool { return fold(name) == "rowid" || fold(name) == "rank" })
	v.Columns = several(t, "fts columns", names, 3)
	v.Options = pick(t, "options", [][]string{nil, {"tokenize = 'porter ascii'"}, {"prefix='2 3'", "detail=column"}, {`tokenize = "unicode61 remove_diacritics 2"`}})
}
