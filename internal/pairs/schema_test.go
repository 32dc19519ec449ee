package pairs

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// schema is a random SQLite schema, written as DDL by this package alone.
type schema struct{ tables []*table }

type table struct {
	name          string
	columns       []*column
	key           []string // names of the key's columns
	autoIncrement bool
	withoutRowid  bool
	strict        bool
	foreignKeys   []foreignKey
	checks        []string
	uniques       [][]string
	indexes       []index
	view          string // a view over the table, empty for none
	viewColumns   []string
	trigger       string
	triggerColumn string
}

type column struct {
	name, typ, def, collate string
	notNull                 bool
}

type foreignKey struct {
	column, table, target, onDelete string
	deferred                        bool
}

type index struct {
	name, column, where string
	unique, desc, lower bool
}

var tableNames = []string{"users", "posts", "order", `a"b`, "it's", "x y", "größe", "[z]", "${n}", "Select", "semi;--", "new\nline", "100%", "group"}

var columnNames = []string{"name", "email", "age", "from", `q"q`, "a b", "naïve", "%{x}", "value", "Order", "c1", "c2", "key", "it's"}

var types = []string{"INTEGER", "text", "varchar(20)", "REAL", "NUMERIC(10, 2)", "BLOB", "boolean", "", "double precision", "datetime", "UNSIGNED BIG INT", "json"}

var strictTypes = []string{"INTEGER", "TEXT", "REAL", "BLOB", "ANY"}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quoteAll(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quote(name)
	}
	return strings.Join(quoted, ", ")
}

func drawSchema(t *rapid.T) schema {
	var s schema
	names := rapid.SliceOfNDistinct(rapid.SampledFrom(tableNames), 1, 4, strings.ToLower).Draw(t, "tables")
	for _, name := range names {
		s.tables = append(s.tables, drawTable(t, name))
	}
	s.link(t)
	return s
}

func drawTable(t *rapid.T, name string) *table {
	tab := &table{name: name, strict: rapid.IntRange(0, 5).Draw(t, "strict") == 0}
	switch rapid.IntRange(0, 5).Draw(t, "key") {
	case 0:
	case 1:
		tab.columns = append(tab.columns, &column{name: "id", typ: "INTEGER"})
		tab.key, tab.autoIncrement = []string{"id"}, true
	case 2:
		tab.columns = append(tab.columns, &column{name: "id", typ: "TEXT", notNull: true})
		tab.key, tab.withoutRowid = []string{"id"}, rapid.Bool().Draw(t, "without rowid")
	case 3:
		tab.columns = append(tab.columns, &column{name: "id", typ: "INTEGER", notNull: true}, &column{name: "part", typ: "TEXT", notNull: true})
		tab.key, tab.withoutRowid = []string{"id", "part"}, rapid.Bool().Draw(t, "without rowid")
	default:
		tab.columns = append(tab.columns, &column{name: "id", typ: "INTEGER"})
		tab.key = []string{"id"}
	}
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(columnNames), 1, 6, strings.ToLower).Draw(t, "columns") {
		tab.columns = append(tab.columns, drawColumn(t, name, tab.strict))
	}
	tab.drawExtras(t)
	return tab
}

func drawColumn(t *rapid.T, name string, strict bool) *column {
	c := &column{name: name, notNull: rapid.IntRange(0, 2).Draw(t, "not null") == 0}
	if c.typ = rapid.SampledFrom(types).Draw(t, "type"); strict {
		c.typ = rapid.SampledFrom(strictTypes).Draw(t, "strict type")
	}
	if rapid.IntRange(0, 2).Draw(t, "has default") == 0 {
		c.def = rapid.SampledFrom([]string{"0", "'x'", "-1.5", "NULL", "(1 + 2)", "CURRENT_TIMESTAMP", "x'00ff'", "'it''s ${a}'", "TRUE"}).Draw(t, "default")
		if strict || c.notNull && c.def == "NULL" {
			c.def = ""
		}
	}
	if rapid.IntRange(0, 5).Draw(t, "has collation") == 0 {
		c.collate = "NOCASE"
	}
	return c
}

// drawExtras draws keys, checks, indexes, a view and a trigger over the table's own columns.
func (tab *table) drawExtras(t *rapid.T) {
	plain := tab.columns[len(tab.key):]
	if len(tab.key) == 0 {
		plain = tab.columns
	}
	pick := func(label string) string { return rapid.SampledFrom(plain).Draw(t, label).name }
	tab.checks, tab.uniques, tab.indexes = nil, nil, nil
	if rapid.IntRange(0, 3).Draw(t, "check") == 0 {
		tab.checks = append(tab.checks, fmt.Sprintf("%s IS NOT 'forbidden'", quote(pick("check column"))))
	}
	if rapid.IntRange(0, 4).Draw(t, "unique") == 0 {
		tab.uniques = append(tab.uniques, []string{pick("unique column")})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "indexes") {
		ix := index{
			name: fmt.Sprintf("%s ix%d", tab.name, i), column: pick("index column"), desc: rapid.Bool().Draw(t, "desc"),
			lower: rapid.IntRange(0, 3).Draw(t, "lower") == 0, unique: rapid.IntRange(0, 4).Draw(t, "unique index") == 0,
		}
		if rapid.IntRange(0, 3).Draw(t, "partial") == 0 {
			ix.where = quote(pick("where column")) + " IS NOT NULL"
		}
		tab.indexes = append(tab.indexes, ix)
	}
	tab.view, tab.trigger, tab.viewColumns = "", "", nil
	if rapid.IntRange(0, 2).Draw(t, "view") == 0 {
		tab.view, tab.viewColumns = tab.name+" view", []string{pick("view column")}
	}
	if rapid.IntRange(0, 3).Draw(t, "trigger") == 0 {
		tab.trigger, tab.triggerColumn = tab.name+" trigger", pick("trigger column")
	}
}

// link draws foreign keys between the tables that have one key column.
func (s *schema) link(t *rapid.T) {
	var targets []*table
	for _, tab := range s.tables {
		if tab.foreignKeys = nil; len(tab.key) == 1 {
			targets = append(targets, tab)
		}
	}
	for _, tab := range s.tables {
		if len(targets) == 0 || rapid.IntRange(0, 2).Draw(t, "linked") > 0 {
			continue
		}
		target := rapid.SampledFrom(targets).Draw(t, "target")
		from := "ref"
		if tab.column(from) == nil {
			typ := "INTEGER"
			tab.columns = append(tab.columns, &column{name: from, typ: typ})
		}
		tab.foreignKeys = append(tab.foreignKeys, foreignKey{
			column: from, table: target.name, target: target.key[0], deferred: rapid.Bool().Draw(t, "deferred"),
			onDelete: rapid.SampledFrom([]string{"", "CASCADE", "SET NULL"}).Draw(t, "on delete"),
		})
	}
}

func (tab *table) column(name string) *column {
	for _, c := range tab.columns {
		if strings.EqualFold(c.name, name) {
			return c
		}
	}
	return nil
}

// ddl writes the schema, one statement an element.
func (s schema) ddl() []string {
	var list []string
	for _, tab := range s.tables {
		list = append(list, tab.ddl())
		for _, ix := range tab.indexes {
			list = append(list, ix.ddl(tab.name))
		}
	}
	for _, tab := range s.tables {
		if tab.view != "" {
			list = append(list, fmt.Sprintf("CREATE VIEW %s AS SELECT %s, count(*) AS n FROM %s GROUP BY 1", quote(tab.view), quoteAll(tab.viewColumns), quote(tab.name)))
		}
		if tab.trigger != "" {
			list = append(list, fmt.Sprintf("CREATE TRIGGER %s AFTER UPDATE OF %s ON %s WHEN NEW.%s IS NULL BEGIN\n  DELETE FROM %s WHERE 1 = 0;\n  SELECT 'a;b';\nEND",
				quote(tab.trigger), quote(tab.triggerColumn), quote(tab.name), quote(tab.triggerColumn), quote(s.tables[0].name)))
		}
	}
	return list
}

func (tab *table) ddl() string {
	var lines []string
	for _, c := range tab.columns {
		line := quote(c.name) + " " + c.typ
		if len(tab.key) == 1 && tab.key[0] == c.name && !tab.withoutRowid {
			line += " PRIMARY KEY"
			if tab.autoIncrement {
				line += " AUTOINCREMENT"
			}
		}
		if c.notNull {
			line += " NOT NULL"
		}
		if c.def != "" {
			line += " DEFAULT " + c.def
		}
		if c.collate != "" {
			line += " COLLATE " + c.collate
		}
		lines = append(lines, line)
	}
	if len(tab.key) > 1 || tab.withoutRowid {
		lines = append(lines, "PRIMARY KEY ("+quoteAll(tab.key)+")")
	}
	for _, u := range tab.uniques {
		lines = append(lines, "UNIQUE ("+quoteAll(u)+")")
	}
	for _, f := range tab.foreignKeys {
		line := fmt.Sprintf("FOREIGN KEY (%s) REFERENCES %s (%s)", quote(f.column), quote(f.table), quote(f.target))
		if f.onDelete != "" {
			line += " ON DELETE " + f.onDelete
		}
		if f.deferred {
			line += " DEFERRABLE INITIALLY DEFERRED"
		}
		lines = append(lines, line)
	}
	for _, c := range tab.checks {
		lines = append(lines, "CHECK ("+c+")")
	}
	var options []string
	if tab.strict {
		options = append(options, "STRICT")
	}
	if tab.withoutRowid {
		options = append(options, "WITHOUT ROWID")
	}
	return fmt.Sprintf("CREATE TABLE %s (\n  %s\n) %s", quote(tab.name), strings.Join(lines, ",\n  "), strings.Join(options, ", "))
}

func (ix index) ddl(table string) string {
	part := quote(ix.column)
	if ix.lower {
		part = "lower(" + part + ")"
	}
	if ix.desc {
		part += " DESC"
	}
	text := fmt.Sprintf("CREATE INDEX %s ON %s (%s)", quote(ix.name), quote(table), part)
	if ix.unique {
		text = strings.Replace(text, "INDEX", "UNIQUE INDEX", 1)
	}
	if ix.where != "" {
		text += " WHERE " + ix.where
	}
	return text
}

// mutate makes another schema that has much in common with the first.
func (s schema) mutate(t *rapid.T) schema {
	var m schema
	for _, tab := range s.tables {
		if len(s.tables) > 1 && rapid.IntRange(0, 6).Draw(t, "drop table") == 0 {
			continue
		}
		m.tables = append(m.tables, tab.mutate(t))
	}
	if len(m.tables) == 0 || rapid.IntRange(0, 3).Draw(t, "add table") == 0 {
		name := rapid.SampledFrom(tableNames).Draw(t, "new table")
		if !slices.ContainsFunc(m.tables, func(tab *table) bool { return strings.EqualFold(tab.name, name) }) {
			m.tables = append(m.tables, drawTable(t, name))
		}
	}
	m.link(t)
	return m
}

func (tab *table) mutate(t *rapid.T) *table {
	c := *tab
	c.columns = nil
	dropped := false
	for _, old := range tab.columns {
		copied := *old
		isKey := slices.Contains(tab.key, old.name)
		switch rapid.IntRange(0, 9).Draw(t, "column change") {
		case 0:
			if !isKey && len(tab.columns) > len(tab.key)+1 {
				dropped = true
				continue
			}
		case 1:
			if !isKey {
				copied = *drawColumn(t, old.name, tab.strict)
			}
		case 2:
			if !isKey {
				copied.notNull = !copied.notNull && copied.def != "NULL"
			}
		}
		c.columns = append(c.columns, &copied)
	}
	if len(c.columns) <= len(c.key) || rapid.IntRange(0, 2).Draw(t, "add column") == 0 {
		if name := rapid.SampledFrom(columnNames).Draw(t, "new column"); c.column(name) == nil {
			c.columns = append(c.columns, drawColumn(t, name, tab.strict))
		}
	}
	if len(c.columns) <= len(c.key) {
		c.columns = append(c.columns, &column{name: "extra", typ: "TEXT"})
	}
	if rapid.IntRange(0, 1).Draw(t, "extras") == 0 || dropped {
		c.drawExtras(t)
	}
	return &c
}
