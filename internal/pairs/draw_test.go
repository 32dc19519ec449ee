package pairs

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"
)

// Names that have gone wrong somewhere: signs, keywords, other scripts, one name in two normal forms and in two cases.
var relationNames = []string{
	"users", "posts", "order", `a"b`, "it's", "x y", "größe", "GRÖßE", "[z]", "${n}", "Select", "semi;--", "new\nline", "100%", "group",
	"cafe\u0301", "caf\u00e9", "main.t", "a`b", "/*c*/", "table", "Users2", "%{if}", "日本", "tab\tname", "true", "sqlitex", "_rowid_", "old", "1st", `\n`, "''",
}

var columnNames = []string{
	"name", "email", "age", "from", `q"q`, "a b", "naïve", "NAÏVE", "%{x}", "value", "Order", "c1", "c2", "key", "it's", "check", "${a.b}", "x.y", "new\nline",
	"cafe\u0301", "caf\u00e9", "true", "null", "[b]", "rowid", "generated", "a;b", "--c", "Primary", "current_date", "oid", "a]b", "`t`", "constraint", "日",
}

var types = []string{
	"INTEGER", "text", "varchar(20)", "REAL", "NUMERIC(10, 2)", "BLOB", "boolean", "", "double precision", "datetime", "UNSIGNED BIG INT", "json", "int", "TEXT", "uuid", `"my type"`, "FLOATING POINT", "character varying ( 10 )", "ANY",
}

var strictTypes = []string{"INTEGER", "TEXT", "REAL", "BLOB", "ANY", "INT"}

var conflicts = []string{"", "", "", "ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"}

var collations = []string{"NOCASE", "RTRIM", "BINARY", "nocase"}

// odds is true in one of n cases, and shrinks to false.
func odds(t *rapid.T, label string, n int) bool {
	choices := make([]bool, n)
	choices[n-1] = true
	return rapid.SampledFrom(choices).Draw(t, label)
}

func pick[T any](t *rapid.T, label string, choices []T) T {
	return rapid.SampledFrom(choices).Draw(t, label)
}

// several draws up to n different names.
func several(t *rapid.T, label string, names []string, n int) []string {
	n = min(n, len(names))
	if n == 0 {
		return nil
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, n, fold).Draw(t, label)
}

func drawSpelling(t *rapid.T) int {
	if odds(t, "odd spelling", 3) {
		return rapid.IntRange(1, 1000).Draw(t, "spelling")
	}
	return 0
}

// constraintName is a name in one of three cases.
func constraintName(t *rapid.T) string {
	if !odds(t, "named", 3) {
		return ""
	}
	return pick(t, "constraint name", []string{"ck", "c 1", `c"2`, "check", "größe", "${c}", "KEY"})
}

func drawPair(t *rapid.T) pair {
	p := pair{A: drawSchema(t), Later: odds(t, "later rows", 4)}
	p.B = p.A.mutate(t)
	if odds(t, "renames", 3) {
		p.rename(t)
	}
	return p
}

func drawSchema(t *rapid.T) schema {
	var s schema
	for range rapid.IntRange(1, 4).Draw(t, "tables") {
		s.addTable(t)
	}
	for _, tab := range s.Tables {
		s.link(t, tab)
	}
	for range pick(t, "virtual tables", []int{0, 0, 0, 1, 2}) {
		s.addVirtual(t)
	}
	for range pick(t, "views", []int{0, 1, 2, 3}) {
		s.addView(t)
	}
	for range pick(t, "triggers", []int{0, 0, 1, 2, 3}) {
		s.addTrigger(t)
	}
	return s
}

// freeName is a name that no relation has yet.
func (s *schema) freeName(t *rapid.T, names []string, prefix string) (string, bool) {
	taken := s.taken()
	var free []string
	for _, name := range names {
		if !taken[prefix+fold(name)] {
			free = append(free, name)
		}
	}
	if len(free) == 0 {
		return "", false
	}
	return pick(t, "name", free), true
}

func (s *schema) addTable(t *rapid.T) {
	name, ok := s.freeName(t, relationNames, "")
	if !ok {
		return
	}
	tab := &table{Name: name, Strict: odds(t, "strict", 6), Spelling: drawSpelling(t)}
	for _, name := range several(t, "columns", columnNames, 6) {
		tab.Columns = append(tab.Columns, tab.drawColumn(t, name))
	}
	tab.drawKey(t)
	for _, c := range tab.Columns {
		tab.maybeCompute(t, c)
	}
	tab.drawRules(t)
	s.Tables = append(s.Tables, tab)
	for range pick(t, "indexes", []int{0, 0, 1, 2}) {
		s.addIndex(t, tab)
	}
	tab.drawRows(t)
}

func (tab *table) drawRows(t *rapid.T) {
	for range rapid.IntRange(0, 4).Draw(t, "rows") {
		tab.Rows = append(tab.Rows, rapid.SliceOfN(rapid.IntRange(0, 1000), len(tab.Columns), len(tab.Columns)).Draw(t, "row"))
	}
	if odds(t, "counter", 2) {
		tab.Counter = 5000
	}
}

func (tab *table) drawColumn(t *rapid.T, name string) *column {
	c := &column{Name: name}
	if odds(t, "not null", 3) {
		c.NotNull, c.NotNullConflict, c.NotNullName = true, pick(t, "conflict", conflicts), constraintName(t)
	}
	tab.drawType(t, c)
	tab.drawDefault(t, c)
	if odds(t, "has collation", 6) {
		c.Collate = pick(t, "collation", collations)
	}
	return c
}

func (tab *table) drawType(t *rapid.T, c *column) {
	if c.Type = pick(t, "type", types); tab.Strict {
		c.Type = pick(t, "strict type", strictTypes)
	}
}

func (tab *table) drawDefault(t *rapid.T, c *column) {
	if c.Default = ""; odds(t, "has default", 3) {
		c.Default = pick(t, "default", []string{
			"0", "'x'", "-1.5", "(1 + 2)", "CURRENT_TIMESTAMP", "x'00ff'", "'it''s ${a}'", "TRUE", "+7", "(abs(-3))", "\"dq\"", "'a;b -- c'", "(lower('A') || /* ' */ 'b')", "bareword", "0x1F", "1e3", "NULL", "(random())",
			"('two\nlines')", "CURRENT_DATE", "''",
		})
	}
	if tab.Strict || c.NotNull && c.Default == "NULL" {
		c.Default = ""
	}
}

// drawKey gives the table a key of its own columns, or none.
func (tab *table) drawKey(t *rapid.T) {
	tab.Key, tab.WithoutRowid = nil, false
	k := &key{Name: constraintName(t), Conflict: pick(t, "conflict", conflicts)}
	switch pick(t, "key", []int{0, 1, 2, 3, 4, 5, 6, 1}) {
	case 0:
		return
	case 1, 2, 3:
		id := tab.idColumn("INTEGER")
		k.Columns = []string{id.Name}
		k.AutoIncrement, k.Apart = odds(t, "autoincrement", 3), odds(t, "apart", 4)
		k.Desc = !k.AutoIncrement && odds(t, "desc", 8)
	case 4:
		id := tab.idColumn("TEXT")
		k.Columns, k.Desc, k.Apart = []string{id.Name}, odds(t, "desc", 4), odds(t, "apart", 3)
		tab.WithoutRowid = odds(t, "without rowid", 2)
	default:
		var names []string
		for _, c := range tab.Columns {
			if c.Computed == nil {
				names = append(names, c.Name)
			}
		}
		k.Columns, k.Desc = several(t, "key columns", names, 3), odds(t, "desc", 4)
		k.Apart = true
		if tab.WithoutRowid = odds(t, "without rowid", 2) && len(k.Columns) > 0; len(k.Columns) == 0 {
			return
		}
	}
	tab.Key = k
}

// idColumn finds or makes the column id, as the key of one column needs it.
func (tab *table) idColumn(typ string) *column {
	if c := tab.column("id"); c != nil {
		c.Type, c.Default, c.Computed = typ, "", nil
		return c
	}
	c := &column{Name: "id", Type: typ}
	tab.Columns = append([]*column{c}, tab.Columns...)
	return c
}

// maybeCompute makes a computed column of one in eight, of columns before or after it.
func (tab *table) maybeCompute(t *rapid.T, c *column) {
	if tab.isKey(c.Name) || len(tab.Columns) < 2 || !odds(t, "computed", 8) {
		return
	}
	var others []string
	for _, o := range tab.Columns {
		if o != c && (o.Computed == nil || o.Computed.Columns[0] != c.Name && o.Computed.Columns[1] != c.Name) {
			others = append(others, o.Name)
		}
	}
	if len(others) == 0 {
		return
	}
	c.Default, c.Stored = "", odds(t, "stored", 2)
	c.Computed = &expression{
		pick(t, "computed text", []string{"coalesce($1, 0) || '/' || coalesce($2, 0)", "length($1) + 1", "upper($1)", "CASE WHEN $1 IS NULL THEN 'none; --' ELSE $2 END", "($1)", "coalesce(typeof($1), 1)", "CAST($1 AS INTEGER)"}),
		[]string{pick(t, "of", others), pick(t, "and", others)},
	}
}

func (tab *table) names() []string {
	names := make([]string, len(tab.Columns))
	for i, c := range tab.Columns {
		names[i] = c.Name
	}
	return names
}

// drawRules draws checks and unique constraints.
func (tab *table) drawRules(t *rapid.T) {
	tab.Checks, tab.Uniques = nil, nil
	for range pick(t, "checks", []int{0, 0, 0, 1, 1, 2, 3}) {
		tab.Checks = append(tab.Checks, tab.drawCheck(t))
	}
	for range pick(t, "uniques", []int{0, 0, 0, 1, 2}) {
		u := &unique{Name: constraintName(t), Conflict: pick(t, "conflict", conflicts), Columns: several(t, "unique columns", tab.names(), 2)}
		if odds(t, "collated", 4) {
			u.Collate = pick(t, "collation", collations)
		}
		u.Desc = odds(t, "desc", 4)
		tab.Uniques = append(tab.Uniques, u)
	}
}

func (tab *table) drawCheck(t *rapid.T) *check {
	ck := &check{Name: constraintName(t), Expr: expression{
		pick(t, "check text", []string{
			"$1 IS NOT 'forbidden'", "length($1) < 500 OR $2 IS NULL", "$1 <> \"Forbidden; text\"", "$1 IS NOT 'it''s; -- x' /* ' odd \" */", "coalesce($1, 1) != 77 AND $2 IS NOT 'x'",
			"$1 NOT IN ('a;b', 'c') OR ($1 IS NULL)", "CASE WHEN $1 IS NULL THEN 1 ELSE $2 IS NOT 'no' END", "$1 IS NOT $2 OR $1 IS $2", "typeof($1) <> 'nothing' -- to the end\n", "$1 BETWEEN -99999 AND 99999 OR typeof($1) <> 'integer'",
			"$1 NOT LIKE '%z' ESCAPE '!'", "$1 NOT GLOB '*[q]*'", "((($1))) IS NOT ('x' || 'forbidden')", "length($1) > 0",
		}),
		[]string{pick(t, "check column", tab.names()), pick(t, "other column", tab.names())},
	}}
	if odds(t, "behind a column", 3) {
		ck.Behind = ck.Expr.Columns[0]
	}
	return ck
}

var indexNames = []string{"ix", "ix 2", `i"x`, "index", "größe_ix", "${ix}", "I.x", "ix;", "Unique", "NEW"}

func (s *schema) addIndex(t *rapid.T, tab *table) {
	name, ok := s.freeName(t, indexNames, "")
	if !ok {
		return
	}
	ix := &index{Name: name, Unique: odds(t, "unique index", 4), Spelling: drawSpelling(t)}
	for range rapid.IntRange(1, 2).Draw(t, "parts") {
		text := pick(t, "part", []string{"$1", "$1", "$1", "lower($1)", "$1 + 1", "coalesce($1, 'a;b')", "length($1) || \"Str\"", "json_valid($1)"})
		p := part{Expr: expression{text, []string{pick(t, "index column", tab.names())}}, Desc: odds(t, "desc", 3)}
		if odds(t, "collated", 4) {
			p.Collate = pick(t, "collation", collations)
		}
		ix.Parts = append(ix.Parts, p)
	}
	if odds(t, "partial", 4) {
		ix.Where = &expression{
			pick(t, "condition", []string{"$1 IS NOT NULL", "$1 > 'a' AND $1 <> 'where'", "$1 <> \"Dq\"", "typeof($1) = 'text' /* ; */"}), []string{pick(t, "where column", tab.names())},
		}
	}
	tab.Indexes = append(tab.Indexes, ix)
}

// link draws foreign keys of a table to tables of the schema, itself among them.
func (s *schema) link(t *rapid.T, tab *table) {
	for range pick(t, "foreign keys", []int{0, 0, 0, 1, 1, 2}) {
		target := pick(t, "target", s.Tables)
		f := &foreignKey{
			Name: constraintName(t), Table: target.Name, Deferment: pick(t, "deferment", []string{"", "", "DEFERRABLE INITIALLY DEFERRED", "DEFERRABLE", "NOT DEFERRABLE INITIALLY DEFERRED", "DEFERRABLE INITIALLY IMMEDIATE"}),
			OnDelete: pick(t, "on delete", []string{"", "CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"}),
			OnUpdate: pick(t, "on update", []string{"", "", "CASCADE", "SET NULL", "RESTRICT"}),
		}
		switch targets := target.referable(t); {
		case len(targets) == 0 && !odds(t, "to nowhere", 6):
			continue
		case len(targets) == 0:
			f.Targets = []string{pick(t, "target column", target.names())}
			if odds(t, "no table", 3) {
				f.Table = "no such table"
			}
		case target.Key != nil && slices.Equal(targets, target.Key.Columns) && odds(t, "no columns", 3):
		default:
			f.Targets = targets
		}
		number := max(1, len(f.Targets))
		if f.Targets == nil {
			number = len(target.Key.Columns)
		}
		for i := range number {
			f.Columns = append(f.Columns, tab.refColumn(t, target, f, i))
		}
		f.Behind = number == 1 && odds(t, "behind a column", 2)
		tab.ForeignKeys = append(tab.ForeignKeys, f)
	}
}

// referable is a key or unique constraint of the table that a foreign key can name.
func (tab *table) referable(t *rapid.T) []string {
	var choices [][]string
	if tab.Key != nil {
		choices = append(choices, tab.Key.Columns)
	}
	for _, u := range tab.Uniques {
		if u.Collate == "" {
			choices = append(choices, u.Columns)
		}
	}
	if len(choices) == 0 {
		return nil
	}
	return pick(t, "referred", choices)
}

// refColumn is a column of the table that can hold the i-th column of a foreign key, most often one made for it.
func (tab *table) refColumn(t *rapid.T, target *table, f *foreignKey, i int) string {
	name := fmt.Sprintf("ref %d", i)
	if odds(t, "existing column", 4) {
		if from := pick(t, "from", tab.names()); !slices.Contains(f.Columns, from) {
			name = from
		}
	}
	if tab.column(name) == nil {
		typ := "INTEGER"
		if i < len(f.Targets) {
			typ = target.column(f.Targets[i]).Type
		}
		if tab.Strict && !slices.Contains(strictTypes, typ) {
			typ = "ANY"
		}
		tab.Columns = append(tab.Columns, &column{Name: name, Type: typ})
		for r := range tab.Rows {
			tab.Rows[r] = append(tab.Rows[r], r)
		}
	}
	return name
}
