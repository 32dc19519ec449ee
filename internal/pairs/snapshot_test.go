package pairs

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/internal/oracle"
)

// snapshot is all that must be the same, or may change only so far.
type snapshot struct {
	facts []string
	// rows are those of each table by folded name; counters those of AUTOINCREMENT.
	rows     map[string][]map[string]string
	counters map[string]string
	// dangling are the violations of foreign keys, broken what integrity_check says.
	dangling, broken []string
}

func take(folder, file string, s schema) (snap snapshot, err error) {
	db, err := sql.Open("sqlite", filepath.Join(folder, file))
	if err != nil {
		return snap, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if snap.facts, err = oracle.Describe(db, versionTable, versionTable+"_log"); err != nil {
		return snap, err
	}
	snap.rows = map[string][]map[string]string{}
	for _, tab := range s.Tables {
		if snap.rows[fold(tab.Name)], err = rows(db, tab.Name, tab.hasRowid()); err != nil {
			return snap, err
		}
	}
	for _, v := range s.Virtuals {
		if snap.rows[fold(v.Name)], err = rows(db, v.Name, true); err != nil {
			return snap, err
		}
	}
	if snap.counters, err = counters(db); err != nil {
		return snap, err
	}
	if snap.broken, err = list(db, `SELECT * FROM pragma_integrity_check`); err != nil {
		return snap, err
	}
	snap.dangling = dangling(db)
	return snap, nil
}

// hasRowid says whether the rowid has a name that no column has.
func (tab *table) hasRowid() bool { return !tab.WithoutRowid && tab.column("_rowid_") == nil }

func counters(db *sql.DB) (map[string]string, error) {
	found := map[string]string{}
	there, err := list(db, `SELECT name FROM sqlite_schema WHERE name = 'sqlite_sequence'`)
	if err != nil || len(there) == 0 {
		return found, err
	}
	names, err := list(db, `SELECT name FROM sqlite_sequence`)
	if err != nil {
		return found, err
	}
	values, err := list(db, `SELECT seq FROM sqlite_sequence`)
	for i, name := range names {
		found[fold(name)] = values[i]
	}
	return found, err
}

// dangling lists rows whose foreign keys lead nowhere, for each table whose keys SQLite can check.
func dangling(db *sql.DB) []string {
	var all []string
	tables, err := list(db, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name`)
	if err != nil {
		return []string{err.Error()}
	}
	for _, name := range tables {
		found, err := list(db, `SELECT "table" || ' to ' || parent || ' ' || count(*) FROM pragma_foreign_key_check(?) GROUP BY "table", parent, fkid ORDER BY 1`, name)
		if err != nil {
			found = []string{name + ": keys that don't fit"}
		}
		all = append(all, found...)
	}
	return all
}

// sameRows compares the rows of a table and those of the table that it became, or came from. was and is are the names of a
// column before and after.
type sameRows struct {
	before, after *table
	was           func(column string) string
	rows, now     []map[string]string
}

// common are the columns, by the name that they have now, whose values must have come along.
func (s sameRows) common() (now []string) {
	for _, c := range s.after.Columns {
		if old := s.before.column(s.was(c.Name)); old != nil && c.Computed == nil {
			now = append(now, c.Name)
		}
	}
	return now
}

// expected are the rows as the table that holds them now would have taken them, and whether any value changed by that.
func (s sameRows) expected() (want []map[string]string, changed bool, err error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, false, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	tab := &table{Name: "t", Strict: s.after.Strict}
	for _, name := range s.common() {
		c := *s.after.column(name)
		tab.Columns = append(tab.Columns, &column{Name: c.Name, Type: c.Type})
	}
	if len(tab.Columns) == 0 {
		tab.Columns = append(tab.Columns, &column{Name: "nothing", Type: "INTEGER"})
	}
	if _, err := db.Exec(tab.ddl()); err != nil {
		return nil, false, err
	}
	for _, row := range s.rows {
		if _, err := db.Exec(s.insert(row)); err != nil {
			return nil, false, fmt.Errorf("rows that the new table doesn't take were not refused: %w", err)
		}
	}
	want, err = rows(db, "t", false)
	for i := range want {
		for _, c := range tab.Columns {
			if old := s.rows[i][fold(s.was(c.Name))]; old != "" && old != want[i][fold(c.Name)] {
				changed = true
			}
		}
		want[i][""] = s.rows[i][""]
	}
	return want, changed, err
}

func (s sameRows) insert(row map[string]string) string {
	names, values := "", ""
	for i, name := range s.common() {
		if i > 0 {
			names, values = names+", ", values+", "
		}
		old := row[fold(s.was(name))]
		_, literal, _ := cut(old)
		names, values = names+quote(name), values+literal
	}
	if names == "" {
		return "INSERT INTO t DEFAULT VALUES"
	}
	return "INSERT INTO t (" + names + ") VALUES (" + values + ")"
}

// cut splits "integer 5".
func cut(value string) (typ, literal string, ok bool) {
	for i, r := range value {
		if r == ' ' {
			return value[:i], value[i+1:], true
		}
	}
	return "", "NULL", false
}

// check returns what is wrong with the rows now, and whether values were converted.
func (s sameRows) check() (string, bool, error) {
	want, changed, err := s.expected()
	if err != nil {
		return "", false, err
	}
	columns := s.common()
	if s.keepsRowids() {
		columns = append(columns, "")
	}
	return cmp.Diff(lines(want, columns), lines(s.now, columns)), changed, nil
}

// keepsRowids says whether the rowids are the same before and after: no other column became the rowid.
func (s sameRows) keepsRowids() bool {
	if !s.before.hasRowid() || !s.after.hasRowid() {
		return false
	}
	c := s.after.rowidColumn()
	return c == nil || s.before.column(s.was(c.Name)) == nil || s.before.rowidColumn() == s.before.column(s.was(c.Name))
}

func contains(list, part []string) string {
	for _, line := range part {
		if !slices.Contains(list, line) {
			return line
		}
	}
	return ""
}
