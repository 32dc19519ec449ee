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
		d.leave[lower(name)] = true
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
		if d.leave[lower(table)] || strings.HasPrefix(name, "sqlite_") || shadows[name] || shadows[table] {
			continue
		}
		list := words(text)
		switch {
		case kind == "table" && len(list) > 1 && list[1].is("VIRTUAL"):
			list = after(list, "USING")
			d.fact("virtual %s: %s%s", name, lower(list[0].text), canonical(list[1:], nil, true))
		case kind == "table":
			err = d.table(name, list)
		case kind == "index":
			err = d.index(name, table, list)
		case kind == "view":
			err = d.view(name, list)
		default:
			d.fact("trigger %s on %s: %s", lower(name), lower(table), trigger(list))
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
		d.leave[lower(name)] = true
	}
	tables, err := d.query(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if d.leave[lower(t[0])] {
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
			d.fact("%s: %s", lower(t[0]), r[0])
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

func (d *describer) table(name string, list []word) error {
	t := lower(name)
	flags, err := d.query(`SELECT wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = ?`, name)
	if err != nil {
		return err
	}
	columns, err := d.query(`SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?)`, name)
	if err != nil {
		return err
	}
	key, known := 0, map[string]bool{t: true}
	for _, c := range columns {
		known[lower(c[0])] = true
		if c[4] != "0" {
			key++
		}
	}
	autoincrement, rowid := false, ""
	for _, w := range list {
		autoincrement = autoincrement || w.is("AUTOINCREMENT")
	}
	d.fact("table %s: without rowid %s, strict %s, autoincrement %t", name, flags[0][0], flags[0][1], autoincrement)
	for _, c := range columns {
		notNull := c[2]
		if c[4] != "0" && key == 1 && strings.EqualFold(c[1], "integer") {
			notNull, rowid = "rowid", lower(c[0])
		}
		d.fact("column %s.%s: type %s, not null %s, default %s, key %s, hidden %s",
			t, c[0], canonical(words(c[1]), nil, true), notNull, canonical(unwrapped(words(c[3])), known, true), c[4], c[5])
	}
	if err := d.keys(name); err != nil {
		return err
	}
	for _, c := range constraints(list, known) {
		if rowid != "" && (strings.HasPrefix(c, "not null of "+rowid+" on conflict") || strings.HasPrefix(c, "not null of "+rowid+" named")) {
			continue // which never happens
		}
		d.fact("constraint of %s: %s", t, c)
	}
	return nil
}

// keys adds the foreign keys, and the keys that constraints made.
func (d *describer) keys(name string) error {
	t := lower(name)
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
		d.fact("index of %s by constraint %s: %s", t, i[1], parts)
	}
	return nil
}

func (d *describer) view(name string, list []word) error {
	columns, err := d.query(`SELECT coalesce(group_concat(name, '|'), '') FROM pragma_table_xinfo(?)`, name)
	if err != nil {
		columns = [][]string{{"none, it is broken"}}
	}
	d.fact("view %s: columns %s, %s", name, columns[0][0], canonical(after(list, "AS"), nil, false))
	return nil
}

// trigger is a trigger's text behind its name, without what goes without saying.
func trigger(list []word) string {
	for i, w := range list {
		if w.is("TRIGGER") {
			if list = list[i+1:]; list[0].is("IF") {
				list = list[3:]
			}
			list = list[1:]
			break
		}
	}
	if list[0].is("BEFORE") {
		list = list[1:]
	}
	list = triggerHead(list)
	var kept []word
	for i := 0; i < len(list); i++ {
		if list[i].is("FOR") && i+2 < len(list) && list[i+1].is("EACH") {
			i += 2
			continue
		}
		kept = append(kept, list[i])
	}
	return canonical(kept, nil, true)
}

// triggerHead is a trigger with what stands in front of its body spelled one way: names can be written as strings there,
// and a condition in parentheses.
func triggerHead(list []word) []word {
	when, begin := -1, len(list)
	for i, w := range list {
		if w.is("WHEN") && when < 0 {
			when = i
		} else if w.is("BEGIN") {
			begin = i
			break
		}
	}
	if when < 0 {
		when = begin
	}
	var head []word
	for i, w := range list[:when] {
		if w.isString() {
			w.quote = '"'
		}
		if i > 0 && list[i-1].is("ON") {
			w.text = lower(w.text)
		}
		head = append(head, w)
	}
	if when < begin {
		head = append(append(head, list[when]), unwrapped(list[when+1:begin])...)
	}
	return append(head, list[begin:]...)
}

// after is what follows the first such keyword.
func after(list []word, keyword string) []word {
	for i, w := range list {
		if w.is(keyword) {
			return list[i+1:]
		}
	}
	return nil
}

func (d *describer) index(name, table string, list []word) error {
	parts, err := d.indexParts(name)
	if err != nil {
		return err
	}
	unique, err := d.query(`SELECT "unique", partial FROM pragma_index_list(?) WHERE name = ?`, table, name)
	if err != nil {
		return err
	}
	columns, err := d.query(`SELECT name FROM pragma_table_xinfo(?)`, table)
	if err != nil {
		return err
	}
	known := map[string]bool{lower(table): true}
	for _, c := range columns {
		known[lower(c[0])] = true
	}
	list = after(list, "ON")
	start, end := 1, len(list)
	for start < end && !list[start].is("(") {
		start++
	}
	close := closing(list, start)
	var texts []string
	for _, part := range split(list[start+1 : close]) {
		if part = unwrapped(bare(part)); len(part) == 1 && part[0].isString() {
			part = []word{{part[0].text, '"'}} // a string alone names a column
		}
		texts = append(texts, canonical(part, known, true))
	}
	if close+1 < end {
		texts = append(texts, "where "+canonical(unwrapped(list[close+2:]), known, true))
	}
	d.fact("index %s on %s: unique %s, partial %s, %s, %s", name, lower(table), unique[0][0], unique[0][1], parts, strings.Join(texts, ", "))
	return nil
}

// bare is a part of an index without what the pragmas tell already.
func bare(part []word) []word {
	for n := len(part); n > 0; n = len(part) {
		switch last := part[n-1]; {
		case last.is("ASC") || last.is("DESC"):
			part = part[:n-1]
		case n > 2 && part[n-2].is("COLLATE"):
			part = part[:n-2]
		default:
			return part
		}
	}
	return part
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
