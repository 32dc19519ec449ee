package pairs

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// maker executes the statements of a schema, and leaves out of the schema what SQLite doesn't take: a computed column in a
// ring, a view of a column that isn't there.
type maker struct {
	db *sql.DB
	// made are the statements that worked; refused says why others didn't.
	made, refused []string
}

func (m *maker) exec(statement string) bool {
	if _, err := m.db.Exec(statement); err != nil {
		m.refused = append(m.refused, fmt.Sprintf("%v: %s", err, statement))
		return false
	}
	m.made = append(m.made, statement)
	return true
}

// works says whether SQLite can compile a statement that uses an object.
func (m *maker) works(statement string) bool {
	rows, err := m.db.Query(statement)
	if err == nil {
		for rows.Next() {
		}
		if err = rows.Err(); err == nil {
			err = rows.Close()
		}
	}
	if err != nil {
		m.refused = append(m.refused, fmt.Sprintf("%v: %s", err, statement))
	}
	return err == nil
}

// tables makes the tables, then calls fill, then makes the rest.
func (m *maker) make(s *schema, fill func() error) error {
	s.Tables = slices.DeleteFunc(s.Tables, func(tab *table) bool { return !m.table(tab) })
	s.Virtuals = slices.DeleteFunc(s.Virtuals, func(v *virtual) bool { return !m.exec(v.ddl()) })
	if fill != nil {
		if err := fill(); err != nil {
			return err
		}
	}
	for _, tab := range s.Tables {
		tab.Indexes = slices.DeleteFunc(tab.Indexes, func(ix *index) bool { return !m.exec(ix.ddl(tab.Name)) })
	}
	s.Views = slices.DeleteFunc(s.Views, func(v *view) bool { return !m.view(v) })
	s.Triggers = slices.DeleteFunc(s.Triggers, func(tr *trigger) bool { return !m.trigger(s, tr) })
	return nil
}

// table makes a table, with fewer rules where it must be.
func (m *maker) table(tab *table) bool {
	less := []func(){
		func() {},
		func() {
			for _, c := range tab.Columns {
				c.Computed = nil
			}
		},
		func() { tab.Checks, tab.Uniques, tab.ForeignKeys = nil, nil, nil },
	}
	for _, leaveOut := range less {
		if leaveOut(); m.exec(tab.ddl()) && m.usable(tab) {
			return true
		}
	}
	return false
}

// usable says whether rows can be read from the table; a ring of computed columns is found then. The table is dropped if not.
func (m *maker) usable(tab *table) bool {
	works := m.works("EXPLAIN INSERT INTO " + quote(tab.Name) + " DEFAULT VALUES")
	for _, c := range tab.Columns {
		works = works && m.works("SELECT typeof("+quote(c.Name)+") FROM "+quote(tab.Name)+" LIMIT 0")
	}
	if works {
		return true
	}
	m.exec("DROP TABLE " + quote(tab.Name))
	return false
}

func (m *maker) view(v *view) bool {
	if !m.exec(v.ddl()) {
		return false
	}
	if m.works("SELECT * FROM " + quote(v.Name) + " LIMIT 0") {
		return true
	}
	m.exec("DROP VIEW " + quote(v.Name))
	return false
}

func (m *maker) trigger(s *schema, tr *trigger) bool {
	if !m.exec(tr.ddl()) {
		return false
	}
	event := "EXPLAIN DELETE FROM " + quote(tr.On)
	switch {
	case tr.Event == "INSERT":
		event = "EXPLAIN INSERT INTO " + quote(tr.On) + " DEFAULT VALUES"
	case tr.Event == "UPDATE":
		name := tr.Column
		if len(tr.Of) > 0 {
			name = tr.Of[0]
		}
		if tab := s.table(tr.On); tab != nil && tab.column(name) != nil && tab.column(name).Computed != nil {
			for _, c := range tab.Columns {
				if c.Computed == nil {
					name = c.Name
				}
			}
		}
		event = "EXPLAIN UPDATE " + quote(tr.On) + " SET " + quote(name) + " = NULL"
	}
	if m.works(event) {
		return true
	}
	m.exec("DROP TRIGGER " + quote(tr.Name))
	return false
}

// script is what made a database, for reports.
func (m *maker) script() string { return strings.Join(m.made, ";\n") + ";" }
