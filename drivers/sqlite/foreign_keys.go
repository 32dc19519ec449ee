package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	code "modernc.org/sqlite/lib"

	"github.com/duo-orm/duo-orm/drivers/sqltext"
)

// violation is a row that refers to a row that isn't there.
type violation struct {
	// child and parent are the names of the tables; row is the row's number, invalid in a table without numbers.
	child, parent string
	row           sql.NullInt64
	// columns are those of the key; values their values as text, one string, known where the row has a number.
	columns []string
	values  string
	known   bool
}

// String is the violation in a sentence.
func (v violation) String() string {
	row := "a row"
	if v.row.Valid {
		row = fmt.Sprintf("row %d", v.row.Int64)
	}
	text := fmt.Sprintf("%s: %s refers to a row of %s that is not there", v.child, row, v.parent)
	if v.known {
		text += fmt.Sprintf(" (%s = %s)", strings.Join(v.columns, ", "), sqltext.Excerpt(strings.ReplaceAll(v.values, "\x00", ", ")))
	}
	return text
}

// violations are all such rows, and the tables that the database had then, folded.
type violations struct {
	rows   []violation
	tables map[string]bool
}

// violationKey tells violations apart without the row's number, which changes when a table is rebuilt. Empty names stand
// for any.
type violationKey struct{ child, parent, values string }

// since are the violations that weren't there before, as sentences. One that was there before is the same when its table,
// the table that it refers to and the values of its key are; a table that isn't there any more may have got another name.
func (now violations) since(before violations) []string {
	same := map[violationKey]int{}
	for _, v := range before.rows {
		same[v.key()]++
	}
	var left []violation
	for _, v := range now.rows {
		if same[v.key()] > 0 {
			same[v.key()]--
		} else {
			left = append(left, v)
		}
	}
	if len(left) == 0 {
		return nil
	}
	renamed, any, unknown := now.leftovers(before, same)
	var fresh []string
	for _, v := range left {
		if !excused(v, renamed, any, unknown) {
			fresh = append(fresh, v.String())
		}
	}
	return fresh
}

// leftovers are the violations of before that were not found again: those of tables that are gone, with an empty name for
// these, and by tables alone all of them and those with unknown values.
func (now violations) leftovers(before violations, same map[violationKey]int) (renamed, any, unknown map[violationKey]int) {
	renamed, any, unknown = map[violationKey]int{}, map[violationKey]int{}, map[violationKey]int{}
	for _, v := range before.rows {
		key := v.key()
		if same[key] == 0 {
			continue
		}
		same[key]--
		if !now.tables[key.child] {
			key.child = ""
		}
		if !now.tables[key.parent] {
			key.parent = ""
		}
		renamed[key]++
		key.values = ""
		any[key]++
		if !v.known {
			unknown[key]++
		}
	}
	return renamed, any, unknown
}

// excused says that the violation was there before under another name, or in a table whose rows had no numbers.
func excused(v violation, renamed, any, unknown map[violationKey]int) bool {
	key := v.key()
	for _, child := range []string{key.child, ""} {
		for _, parent := range []string{key.parent, ""} {
			exact := violationKey{child, parent, key.values}
			tables := violationKey{child: child, parent: parent}
			switch {
			case v.known && renamed[exact] > 0:
				renamed[exact]--
				return true
			case v.known && unknown[tables] > 0:
				unknown[tables]--
				return true
			case !v.known && any[tables] > 0:
				any[tables]--
				return true
			}
		}
	}
	return false
}

func (v violation) key() violationKey {
	return violationKey{child: asciiLower(v.child), parent: asciiLower(v.parent), values: v.values}
}

// asciiLower folds a name as SQLite does.
func asciiLower(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, name)
}

// reference is one foreign key of a table, as PRAGMA foreign_key_check numbers them.
type reference struct {
	id      int
	columns []string
}

// violations finds all rows that refer to nothing. A key that doesn't fit the table that it refers to can't be checked by
// the engine; it is no violation of a row.
func (c *connection) violations(ctx context.Context) (violations, error) {
	found := false
	err := c.rows(ctx, "PRAGMA main.foreign_key_check", nil, func(func(...any) error) error {
		found = true
		return errEnough
	})
	if err == nil && !found {
		return violations{}, nil
	}
	if err != nil && !errors.Is(err, errEnough) && primary(err) != code.SQLITE_ERROR {
		return violations{}, err
	}
	return c.violationsByTable(ctx)
}

func (c *connection) violationsByTable(ctx context.Context) (violations, error) {
	all := violations{tables: map[string]bool{}}
	names, err := c.names(ctx, "SELECT name FROM sqlite_schema WHERE type = 'table'")
	if err != nil {
		return all, err
	}
	for _, name := range names {
		all.tables[asciiLower(name)] = true
	}
	var tables []string
	references := map[string][]reference{}
	err = c.rows(ctx, keyColumnsQuery, nil, func(scan func(...any) error) error {
		var table, column string
		var id int
		if err := scan(&table, &id, &column); err != nil {
			return err
		}
		list := references[table]
		if list == nil {
			tables = append(tables, table)
		}
		if len(list) == 0 || list[len(list)-1].id != id {
			list = append(list, reference{id: id})
		}
		list[len(list)-1].columns = append(list[len(list)-1].columns, column)
		references[table] = list
		return nil
	})
	if err != nil {
		return all, err
	}
	for _, table := range tables {
		if err := c.violationsOf(ctx, table, references[table], &all); err != nil {
			return all, err
		}
	}
	return all, nil
}

// One row is one column of a foreign key.
const keyColumnsQuery = `
SELECT t.name, f.id, f."from"
FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS f
WHERE t.type = 'table'
ORDER BY t.rowid, f.id, f.seq`

// violationsOf adds the violations of one table.
func (c *connection) violationsOf(ctx context.Context, table string, references []reference, all *violations) error {
	number, err := c.rowNumber(ctx, table)
	if err != nil {
		return err
	}
	var columns []string
	first := map[int]int{} // where the columns of a key begin
	byID := map[int]reference{}
	for _, r := range references {
		first[r.id] = len(columns)
		columns = append(columns, r.columns...)
		byID[r.id] = r
	}
	query := `SELECT f."rowid", f.parent, f.fkid`
	from := ` FROM pragma_foreign_key_check(?) AS f`
	if number != "" {
		for _, column := range columns {
			query += ", CAST(c." + inQuotes(column) + " AS TEXT)"
		}
		from += " LEFT JOIN main." + inQuotes(table) + " AS c ON c." + number + ` = f."rowid"`
	}
	err = c.rows(ctx, query+from, []any{table}, func(scan func(...any) error) error {
		v := violation{child: table, known: number != ""}
		var id int
		into := []any{&v.row, &v.parent, &id}
		values := make([]sql.NullString, len(columns))
		if v.known {
			for i := range values {
				into = append(into, &values[i])
			}
		}
		if err := scan(into...); err != nil {
			return err
		}
		v.columns = byID[id].columns
		if v.known {
			v.values = joined(values[first[id] : first[id]+len(v.columns)])
		}
		all.rows = append(all.rows, v)
		return nil
	})
	if primary(err) == code.SQLITE_ERROR {
		return nil // the key doesn't fit its table
	}
	return err
}

// rowNumber is a name of the row number that no column of the table has; empty where the table has no row numbers.
func (c *connection) rowNumber(ctx context.Context, table string) (string, error) {
	columns, err := c.names(ctx, "SELECT name FROM pragma_table_xinfo(?)", table)
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, name := range columns {
		taken[asciiLower(name)] = true
	}
	for _, name := range []string{"_rowid_", "rowid", "oid"} {
		if taken[name] {
			continue
		}
		// A table WITHOUT ROWID has no such column, which compiling shows.
		err := c.rows(ctx, "SELECT "+name+" FROM main."+inQuotes(table)+" LIMIT 0", nil, func(func(...any) error) error { return nil })
		switch {
		case err == nil:
			return name, nil
		case primary(err) == code.SQLITE_ERROR:
			return "", nil
		}
		return "", err
	}
	return "", nil
}

func joined(values []sql.NullString) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.String
	}
	return strings.Join(texts, "\x00")
}
