package pairs

import (
	"database/sql"
	"errors"
	"fmt"
	"sort"
	"strings"
)

// values that fit most columns somehow: those of a key are numbered, so that they differ.
var values = []string{
	"NULL", "'007'", "1", "'text %d'", "%d", "-5", "2.5", "x'00ff%02x'", "''", "'1e5'", "' 12 '", "'it''s'", "9007199254740993", "'größe'", "'a' || char(10) || 'b'", "0", "1e300", "'%d.0'", "x''", "'NULL'", "3.0",
}

// literal is the value that a number stands for in a column.
func (tab *table) literal(c *column, number, row int) string {
	if tab.rowidColumn() == c {
		return fmt.Sprint(number%50*10 + row)
	}
	var text string
	switch typ := strings.ToUpper(c.Type); {
	case number%4 > 0 && strings.Contains(typ, "INT"):
		text = "%d"
	case number%4 > 0 && (strings.Contains(typ, "CHAR") || strings.Contains(typ, "TEXT")):
		text = "'text %d'"
	case number%4 > 0 && (strings.Contains(typ, "REAL") || strings.Contains(typ, "DOUB")):
		text = "%d.5"
	case number%4 > 0 && typ == "BLOB":
		text = "x'00ff%02x'"
	default:
		text = values[number/4%len(values)]
	}
	if text == "NULL" && (c.NotNull || tab.isKey(c.Name)) {
		text = "%d"
	}
	if strings.Contains(text, "%") {
		text = fmt.Sprintf(text, number%40+row)
	}
	return text
}

// fill puts rows into the tables. Rows that a rule of their table is against are left out. Most values of foreign keys are
// those of rows that are there.
func fill(db *sql.DB, s schema) error {
	for _, tab := range s.Tables {
		for i, numbers := range tab.Rows {
			if err := tab.insert(db, numbers, i); err != nil {
				return err
			}
		}
		if err := tab.raiseCounter(db); err != nil {
			return err
		}
	}
	for _, v := range s.Virtuals {
		if err := v.fill(db); err != nil {
			return err
		}
	}
	return nil
}

func (tab *table) insert(db *sql.DB, numbers []int, row int) error {
	set := map[string]string{}
	number := func(i int) int { return numbers[i%len(numbers)] + i }
	for i, c := range tab.Columns {
		set[c.Name] = tab.literal(c, number(i), row)
	}
	for i, f := range tab.ForeignKeys {
		if number(i)%5 > 0 {
			if err := f.follow(db, set, number(i)); err != nil {
				return err
			}
		}
	}
	var names, literals []string
	if tab.rowidColumn() == nil && !tab.WithoutRowid && tab.column("_rowid_") == nil && number(0)%2 == 0 {
		names, literals = append(names, "_rowid_"), append(literals, fmt.Sprint(number(0)%50*7+row+1))
	}
	for _, c := range tab.Columns {
		if c.Computed == nil {
			names, literals = append(names, quote(c.Name)), append(literals, set[c.Name])
		}
	}
	_, err := db.Exec(fmt.Sprintf("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", quote(tab.Name), strings.Join(names, ", "), strings.Join(literals, ", ")))
	if err != nil && !strings.Contains(err.Error(), "constraint") && !strings.Contains(err.Error(), "mismatch") && !strings.Contains(err.Error(), "malformed JSON") && !strings.Contains(err.Error(), "fired") {
		return fmt.Errorf("%w, table %s", err, tab.ddl())
	}
	return nil
}

// follow takes the values of a row of the referred table, if there is one.
func (f *foreignKey) follow(db *sql.DB, set map[string]string, number int) error {
	if len(f.Targets) != len(f.Columns) {
		return nil
	}
	var quoted []string
	for _, target := range f.Targets {
		quoted = append(quoted, "quote("+quote(target)+")")
	}
	found := make([]string, len(f.Targets))
	into := make([]any, len(f.Targets))
	for i := range found {
		into[i] = &found[i]
	}
	err := db.QueryRow(fmt.Sprintf("SELECT %s FROM %s LIMIT 1 OFFSET %d", strings.Join(quoted, ", "), quote(f.Table), number%2)).Scan(into...)
	if err == nil {
		for i, c := range f.Columns {
			set[c] = found[i]
		}
	}
	return nil // a table that isn't there, or has no row, is no error
}

// raiseCounter has the counter of AUTOINCREMENT run ahead of the rows.
func (tab *table) raiseCounter(db *sql.DB) error {
	if tab.Key == nil || !tab.Key.AutoIncrement || tab.Counter == 0 {
		return nil
	}
	if _, err := db.Exec(`UPDATE sqlite_sequence SET seq = ? WHERE name = ?`, tab.Counter, tab.Name); err != nil {
		return fmt.Errorf("raise the counter of %s: %w", tab.Name, err)
	}
	return nil
}

func (v *virtual) fill(db *sql.DB) error {
	for i := range v.Rows {
		list := []string{fmt.Sprint(i + 1), "1.5", "2.5"}
		if v.Module != "rtree" {
			list = list[:0]
			for range v.Columns {
				list = append(list, fmt.Sprintf("'word %d'", i))
			}
		}
		if _, err := db.Exec("INSERT INTO " + quote(v.Name) + " VALUES (" + strings.Join(list, ", ") + ")"); err != nil {
			return fmt.Errorf("fill %s: %w", v.Name, err)
		}
	}
	return nil
}

// rows are those of a table, each by folded column name with the value and its type in words; the rowid, where it is asked
// for, stands under "".
func rows(db *sql.DB, name string, rowid bool) ([]map[string]string, error) {
	columns, err := list(db, `SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1`, name)
	if err != nil {
		return nil, err
	}
	var exprs []string
	for _, c := range columns {
		exprs = append(exprs, "typeof("+quote(c)+") || ' ' || quote("+quote(c)+")")
	}
	if rowid {
		exprs, columns = append(exprs, "_rowid_"), append(columns, "")
	}
	found, err := db.Query("SELECT " + strings.Join(exprs, ", ") + " FROM " + quote(name))
	if err != nil {
		return nil, err
	}
	var all []map[string]string
	for found.Next() {
		values, into := make([]string, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			return nil, err
		}
		row := map[string]string{}
		for i, c := range columns {
			row[fold(c)] = values[i]
		}
		all = append(all, row)
	}
	return all, errors.Join(found.Err(), found.Close())
}

// list is a query's one column.
func list(db *sql.DB, query string, args ...any) ([]string, error) {
	found, err := db.Query(query, args...)
	if err != nil {
		return nil, err
	}
	var all []string
	for found.Next() {
		var text string
		if err := found.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, errors.Join(found.Err(), found.Close())
}

// lines are rows in words, sorted, with some columns only.
func lines(rows []map[string]string, columns []string) []string {
	var list []string
	for _, row := range rows {
		var line []string
		for _, c := range columns {
			line = append(line, c+"="+row[fold(c)])
		}
		list = append(list, strings.Join(line, " | "))
	}
	sort.Strings(list)
	return list
}
