package pairs

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// speller writes names, keywords and spaces in one of many ways, the same for the same number; 0 is plain.
type speller struct{ random *rand.Rand }

func newSpeller(number int) speller {
	if number == 0 {
		return speller{}
	}
	return speller{rand.New(rand.NewPCG(uint64(number), 0))}
}

func (s speller) odds(n int) bool { return s.random != nil && s.random.IntN(n) == 0 }

var plainName = regexp.MustCompile(`^(c[12]|name|email|age|users2?|posts|ix|tr|v|ck|value|id|x[01]|größe|日本)$`)

func (s speller) name(name string) string {
	switch {
	case s.odds(3) && !strings.Contains(name, "]"):
		return "[" + name + "]"
	case s.odds(3):
		return "`" + strings.ReplaceAll(name, "`", "``") + "`"
	case s.odds(2) && plainName.MatchString(name):
		return name
	default:
		return quote(name)
	}
}

func (s speller) names(names []string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = s.name(name)
	}
	return strings.Join(list, ","+s.gap())
}

// words writes keywords: SQL in capitals is what templates have, odd spelling mixes them.
func (s speller) words(text string) string {
	words := strings.Split(text, " ")
	for i := range words {
		if s.odds(2) {
			words[i] = strings.ToLower(words[i])
		}
	}
	return strings.Join(words, s.gap())
}

func (s speller) gap() string {
	switch {
	case s.odds(6):
		return " /* ; ' */ "
	case s.odds(6):
		return "\n\t"
	case s.odds(9):
		return " -- \"\n"
	default:
		return " "
	}
}

func (s speller) expr(e expression) string {
	text := e.Text
	for i, c := range e.Columns {
		text = strings.ReplaceAll(text, fmt.Sprintf("$%d", i+1), s.name(c))
	}
	return text
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (s speller) constraint(name string) string {
	if name == "" {
		return ""
	}
	return s.words("CONSTRAINT") + " " + s.name(name) + " "
}

func (s speller) conflict(action string) string {
	if action == "" {
		return ""
	}
	return " " + s.words("ON CONFLICT "+action)
}

func (tab *table) ddl() string {
	s := newSpeller(tab.Spelling)
	var lines []string
	for _, c := range tab.Columns {
		lines = append(lines, tab.columnDDL(s, c))
	}
	if k := tab.Key; k != nil && !tab.keyIsBehind() {
		columns := s.names(k.Columns)
		if k.Desc {
			columns += " DESC"
		}
		if k.AutoIncrement {
			columns += " AUTOINCREMENT"
		}
		lines = append(lines, s.constraint(k.Name)+s.words("PRIMARY KEY")+s.gap()+"("+columns+")"+s.conflict(k.Conflict))
	}
	for _, u := range tab.Uniques {
		columns := s.names(u.Columns)
		if u.Collate != "" {
			columns += " COLLATE " + u.Collate
		}
		if u.Desc {
			columns += " DESC"
		}
		lines = append(lines, s.constraint(u.Name)+s.words("UNIQUE")+" ("+columns+")"+s.conflict(u.Conflict))
	}
	for _, f := range tab.ForeignKeys {
		if !f.Behind {
			lines = append(lines, s.constraint(f.Name)+s.words("FOREIGN KEY")+" ("+s.names(f.Columns)+") "+f.references(s))
		}
	}
	for _, c := range tab.Checks {
		if c.Behind == "" {
			lines = append(lines, s.constraint(c.Name)+s.words("CHECK")+s.gap()+"("+s.expr(c.Expr)+")")
		}
	}
	var options []string
	if tab.Strict {
		options = append(options, s.words("STRICT"))
	}
	if tab.WithoutRowid {
		options = append(options, s.words("WITHOUT ROWID"))
	}
	return s.words("CREATE TABLE") + s.gap() + s.name(tab.Name) + s.gap() + "(\n  " + strings.Join(lines, ",\n  ") + "\n) " + strings.Join(options, ", ")
}

// keyIsBehind says whether the key stands behind its column.
func (tab *table) keyIsBehind() bool {
	return tab.Key != nil && len(tab.Key.Columns) == 1 && !tab.Key.Apart && !tab.WithoutRowid
}

func (tab *table) columnDDL(s speller, c *column) string {
	line := s.name(c.Name) + s.gap() + c.Type
	if tab.keyIsBehind() && tab.Key.Columns[0] == c.Name {
		line += " " + s.constraint(tab.Key.Name) + s.words("PRIMARY KEY")
		if tab.Key.Desc {
			line += " DESC"
		}
		if line += s.conflict(tab.Key.Conflict); tab.Key.AutoIncrement {
			line += " AUTOINCREMENT"
		}
	}
	if c.NotNull {
		line += " " + s.constraint(c.NotNullName) + s.words("NOT NULL") + s.conflict(c.NotNullConflict)
	}
	if c.Default != "" {
		line += " " + s.words("DEFAULT") + " " + c.Default
	}
	if c.Collate != "" {
		line += " " + s.words("COLLATE") + " " + c.Collate
	}
	if c.Computed != nil {
		if line += " " + "GENERATED ALWAYS " + s.words("AS") + " (" + s.expr(*c.Computed) + ")"; c.Stored {
			line += " " + s.words("STORED")
		}
	}
	for _, f := range tab.ForeignKeys {
		if f.Behind && f.Columns[0] == c.Name {
			line += " " + s.constraint(f.Name) + f.references(s)
		}
	}
	for _, k := range tab.Checks {
		if k.Behind != "" && k.Behind == c.Name {
			line += " " + s.constraint(k.Name) + s.words("CHECK") + " (" + s.expr(k.Expr) + ")"
		}
	}
	return line
}

func (f *foreignKey) references(s speller) string {
	text := s.words("REFERENCES") + " " + s.name(f.Table)
	if len(f.Targets) > 0 {
		text += s.gap() + "(" + s.names(f.Targets) + ")"
	}
	if f.OnDelete != "" {
		text += " " + s.words("ON DELETE "+f.OnDelete)
	}
	if f.OnUpdate != "" {
		text += " " + s.words("ON UPDATE "+f.OnUpdate)
	}
	if f.Deferment != "" {
		text += " " + s.words(f.Deferment)
	}
	return text
}

func (ix *index) ddl(table string) string {
	s := newSpeller(ix.Spelling)
	var parts []string
	for _, p := range ix.Parts {
		text := s.expr(p.Expr)
		if p.Collate != "" {
			text += " " + s.words("COLLATE") + " " + p.Collate
		}
		if p.Desc {
			text += " " + s.words("DESC")
		}
		parts = append(parts, text)
	}
	head := "CREATE INDEX "
	if ix.Unique {
		head = "CREATE UNIQUE INDEX "
	}
	text := s.words(head[:len(head)-1]) + s.gap() + s.name(ix.Name) + " ON " + s.name(table) + s.gap() + "(" + strings.Join(parts, ", ") + ")"
	if ix.Where != nil {
		text += s.gap() + s.words("WHERE") + " " + s.expr(*ix.Where)
	}
	return text
}

func (v *virtual) ddl() string {
	arguments := make([]string, len(v.Columns))
	for i, c := range v.Columns {
		arguments[i] = quote(c)
	}
	return "CREATE VIRTUAL TABLE " + quote(v.Name) + " USING " + v.Module + "(" + strings.Join(append(arguments, v.Options...), ", ") + ")"
}

func (v *view) ddl() string {
	s := newSpeller(v.Spelling)
	over, picks, first := s.name(v.Over), s.names(v.Picks), s.name(v.Picks[0])
	var list string
	if len(v.Columns) > 0 {
		list = " (" + s.names(v.Columns) + ")"
	}
	query := map[int]string{
		0: "SELECT " + picks + " FROM " + over,
		1: "SELECT " + picks + ", count(*) AS n FROM " + over + " GROUP BY 1",
		2: "WITH c AS (SELECT " + picks + " FROM " + over + ") SELECT * FROM c",
		3: "SELECT " + picks + " FROM " + over + " AS o WHERE o." + first + " <> \"Some; string\" -- the end",
		4: "SELECT a." + first + ", b." + first + " AS \"b;b\" FROM " + over + " AS a LEFT JOIN " + over + " b ON a." + first + " = b." + first,
		5: "SELECT " + picks + " FROM " + over + " UNION ALL SELECT " + picks + " FROM " + over + " WHERE 'x;''y' /* ' */ = 'z'",
		6: "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i, (SELECT max(" + first + ") FROM " + over + ") AS m FROM n",
		7: "VALUES (1, 'a;b'), (2, (SELECT " + first + " FROM " + over + "))",
		8: "SELECT " + first + ", row_number() OVER (ORDER BY " + first + ") AS rn, CASE WHEN " + first + " IS NULL THEN 'END' END AS e FROM " + over,
		9: "SELECT " + s.name(v.Over) + "." + first + " FROM " + over + " WHERE EXISTS (SELECT 1 FROM " + over + " AS x WHERE x." + first + " IS NOT NULL)",
	}[v.Style]
	return s.words("CREATE VIEW") + s.gap() + s.name(v.Name) + list + s.gap() + s.words("AS") + s.gap() + query
}

func (tr *trigger) ddl() string {
	s := newSpeller(tr.Spelling)
	also, alsoColumn, column, row := s.name(tr.Also), s.name(tr.AlsoColumn), s.name(tr.Column), "NEW"
	if tr.Event == "DELETE" {
		row = "OLD"
	}
	body := map[int]string{
		0: "SELECT 1;",
		1: "DELETE FROM " + also + ";",
		2: "UPDATE " + also + " SET " + alsoColumn + " = NULL; -- a;b\n  SELECT 'a;b', \"c;END\";",
		3: "INSERT OR IGNORE INTO " + also + " (" + alsoColumn + ") VALUES (" + row + "." + column + ");",
		4: "SELECT CASE WHEN " + row + "." + column + " = 'no' THEN RAISE(ABORT, 'no; way') END;",
		5: "DELETE FROM " + also + " WHERE " + alsoColumn + " = " + row + "." + column + " /* END; */;",
		6: "UPDATE OR REPLACE " + also + " SET " + alsoColumn + " = 'fired';",
		7: "REPLACE INTO " + also + " (" + alsoColumn + ") SELECT " + alsoColumn + " FROM " + also + " LIMIT 1;",
		8: "SELECT RAISE(FAIL, 'fired');",
	}[tr.Style]
	text := s.words("CREATE TRIGGER") + s.gap() + s.name(tr.Name) + " "
	if tr.Timing != "" {
		text += s.words(tr.Timing) + " "
	}
	if text += s.words(tr.Event); len(tr.Of) > 0 {
		text += " OF " + s.names(tr.Of)
	}
	if text += " ON " + s.name(tr.On); s.odds(2) {
		text += " FOR EACH ROW"
	}
	if tr.When != nil {
		text += s.gap() + s.words("WHEN") + " " + s.expr(*tr.When)
	}
	return text + s.gap() + s.words("BEGIN") + "\n  " + body + "\n" + s.words("END")
}
