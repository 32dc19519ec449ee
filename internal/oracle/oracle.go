package oracle

import (
	"database/sql"
	"fmt"
	"sort"
	"strings"
)

// Describe returns one line for each fact about the schema of a database, sorted. The order of columns and the spelling
// of DDL are no facts; tables whose names are in leave are left out, as are SQLite's own.
func Describe(db *sql.DB, leave ...string) ([]string, error) {
	d := &describer{db: db, leave: map[string]bool{}}
	for _, name := range leave {
		d.leave[strings.ToLower(name)] = true
	}
	rows, err := d.query(`SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY name`)
	if err != nil {
		return nil, err
	}
	shadows, err := d.shadows()
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		kind, name, table, text := r[0], r[1], r[2], r[3]
		if d.leave[strings.ToLower(table)] || strings.HasPrefix(name, "sqlite_") || shadows[name] || shadows[table] {
			continue
		}
		switch {
		case kind == "table" && strings.HasPrefix(strings.ToUpper(squeeze(text)), "CREATE VIRTUAL"):
			d.fact("virtual %s: %s", name, squeeze(text[strings.Index(strings.ToUpper(text), "USING"):]))
		case kind == "table":
			err = d.table(name, text)
		case kind == "index":
			err = d.index(name, table, text)
		default:
			d.fact("%s %s on %s: %s", kind, strings.ToLower(name), strings.ToLower(table), body(text))
		}
		if err != nil {
			return nil, fmt.Errorf("describe %s %s: %w", kind, name, err)
		}
	}
	sort.Strings(d.facts)
	return d.facts, nil
}

// Rows returns one line for each row of each ordinary table, sorted, with the columns in the order of their names.
func Rows(db *sql.DB, leave ...string) ([]string, error) {
	d := &describer{db: db, leave: map[string]bool{}}
	for _, name := range leave {
		d.leave[strings.ToLower(name)] = true
	}
	tables, err := d.query(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if d.leave[strings.ToLower(t[0])] {
			continue
		}
		columns, err := d.query(`SELECT name FROM pragma_table_info(?) ORDER BY lower(name)`, t[0])
		if err != nil {
			return nil, err
		}
		var exprs []string
		for _, c := range columns {
			exprs = append(exprs, "quote("+quote(c[0])+")")
		}
		rows, err := d.query(`SELECT ` + strings.Join(exprs, `||'|'||`) + ` FROM ` + quote(t[0]))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			d.fact("%s: %s", strings.ToLower(t[0]), r[0])
		}
	}
	sort.Strings(d.facts)
	return d.facts, nil
}

type describer struct {
	db    *sql.DB
	leave map[string]bool
	facts []string
}

func (d *describer) fact(format string, args ...any) {
	d.facts = append(d.facts, fmt.Sprintf(format, args...))
}

// query returns all rows as text, NULL as "NULL".
func (d *describer) query(text string, args ...any) ([][]string, error) {
	rows, err := d.db.Query(text, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var all [][]string
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		line := make([]string, len(columns))
		for i, v := range values {
			if line[i] = v.String; !v.Valid {
				line[i] = "NULL"
			}
		}
		all = append(all, line)
	}
	return all, rows.Err()
}

func (d *describer) shadows() (map[string]bool, error) {
	rows, err := d.query(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'`)
	names := map[string]bool{}
	for _, r := range rows {
		names[r[0]] = true
	}
	return names, err
}

func (d *describer) table(name, text string) error {
	t := strings.ToLower(name)
	flags, err := d.query(`SELECT wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = ?`, name)
	if err != nil {
		return err
	}
	d.fact("table %s: without rowid %s, strict %s, autoincrement %t", t, flags[0][0], flags[0][1], count(words(text), "AUTOINCREMENT") > 0)
	columns, err := d.query(`SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?)`, name)
	if err != nil {
		return err
	}
	key := 0
	for _, c := range columns {
		if c[4] != "0" {
			key++
		}
	}
	for _, c := range columns {
		notNull := c[2]
		if c[4] != "0" && key == 1 && strings.EqualFold(c[1], "integer") {
			notNull = "rowid"
		}
		d.fact("column %s.%s: type %s, not null %s, default %s, key %s, hidden %s",
			t, strings.ToLower(c[0]), strings.Join(fold(words(c[1])), " "), notNull, canonicalDefault(c[3]), c[4], c[5])
	}
	keys, err := d.query(`SELECT group_concat(lower("from")), lower("table"), group_concat(coalesce(lower("to"), '')), on_update, on_delete, match
		FROM (SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq) GROUP BY id`, name)
	if err != nil {
		return err
	}
	for _, k := range keys {
		d.fact("foreign key of %s: %s", t, strings.Join(k, "; "))
	}
	implied, err := d.query(`SELECT name, origin FROM pragma_index_list(?) WHERE origin <> 'c'`, name)
	if err != nil {
		return err
	}
	for _, i := range implied {
		parts, err := d.indexParts(i[0])
		if err != nil {
			return err
		}
		d.fact("constraint %s of %s: %s", i[1], t, parts)
	}
	for _, clause := range clauses(words(text)) {
		d.fact("clause of %s: %s", t, clause)
	}
	return nil
}

func (d *describer) index(name, table, text string) error {
	parts, err := d.indexParts(name)
	if err != nil {
		return err
	}
	unique, err := d.query(`SELECT "unique", partial FROM pragma_index_list(?) WHERE name = ?`, table, name)
	if err != nil {
		return err
	}
	list := words(text)
	d.fact("index %s on %s: unique %s, partial %s, %s, %s", strings.ToLower(name), strings.ToLower(table), unique[0][0], unique[0][1], parts,
		strings.Join(tail(list), " "))
	return nil
}

// tail is what follows the table's name in CREATE INDEX … ON t (…): the expressions and the condition.
func tail(list []string) []string {
	for i, w := range list {
		if w == "(" {
			return fold(list[i:])
		}
	}
	return nil
}

func (d *describer) indexParts(name string) (string, error) {
	rows, err := d.query(`SELECT coalesce(lower(name), 'expression'), "desc", coalesce(lower(coll), '') FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno`, name)
	if err != nil {
		return "", err
	}
	var parts []string
	for _, r := range rows {
		parts = append(parts, strings.Join(r, " "))
	}
	return "(" + strings.Join(parts, ", ") + ")", nil
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func canonicalDefault(text string) string {
	list := fold(words(text))
	for len(list) > 2 && list[0] == "(" && list[len(list)-1] == ")" {
		list = list[1 : len(list)-1]
	}
	return strings.Join(list, " ")
}
