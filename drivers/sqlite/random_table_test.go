package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// hostileNames are names that break whoever glues SQL together. No two are the same to SQLite.
var hostileNames = []string{
	"a", "B c", `q"uote`, "order", "${x}", "é", "x;--", "it's", "[b]", "`t`", "new\nline", "true", "12", "%{if}", "rowid", "_rowid_", "null", "*",
}

// randomTable draws a table with that name from a pool of columns, so that two drawn tables have some in common.
func randomTable(t *rapid.T, name string) drivers.Unit {
	g := &tableGenerator{T: t, name: name}
	g.strict = rapid.IntRange(0, 4).Draw(t, "strict") == 0
	g.table()
	return g.unit
}

type tableGenerator struct {
	*rapid.T
	name                 string
	strict, withoutRowid bool
	unit                 drivers.Unit
	plain                []string // columns that aren't computed
}

func (g *tableGenerator) chance(label string, oneIn int) bool {
	return rapid.IntRange(1, oneIn).Draw(g.T, label) == 1
}

func pick[V any](g *tableGenerator, label string, values ...V) V {
	return rapid.SampledFrom(values).Draw(g.T, label)
}

func (g *tableGenerator) table() {
	g.unit = drivers.Unit{table(g.name)}
	names := rapid.SliceOfNDistinct(rapid.SampledFrom(hostileNames), 1, 5, rapid.ID[string]).Draw(g.T, "columns")
	for _, name := range names {
		g.column(name)
	}
	g.key()
	if g.strict {
		g.unit[0].Properties[hclschema.PropStrict] = hclschema.Bool(true)
	}
	if g.withoutRowid {
		g.unit[0].Properties[hclschema.PropWithoutRowid] = hclschema.Bool(true)
	}
	if g.chance("unique", 3) {
		o := g.part(hclschema.KindUnique, "", "columns", g.parts("unique columns"))
		if g.chance("unique conflict", 3) {
			o.Properties[hclschema.PropOnConflict] = text(pick(g, "unique action", "IGNORE", "REPLACE"))
		}
	}
	for i := range rapid.IntRange(0, 2).Draw(g.T, "checks") {
		g.check(i)
	}
	if g.chance("foreign key", 3) {
		g.foreignKey()
	}
	for i := range rapid.IntRange(0, 2).Draw(g.T, "indexes") {
		g.index(i)
	}
}

// part adds a part of the table; an unnamed one gets its name from its content.
func (g *tableGenerator) part(kind, name string, pairs ...any) *hclschema.Object {
	o := part(kind, g.name, name, pairs...)
	if o.Identity.Unnamed {
		o.Identity.Name = hclschema.UnnamedName(o)
	}
	g.unit = append(g.unit, o)
	return o
}

func (g *tableGenerator) column(name string) {
	types := []string{"", "int", "integer", "text", "real", "blob", "numeric(4,2)", "varchar(9)"}
	if g.strict {
		types = []string{"INT", "INTEGER", "TEXT", "REAL", "BLOB", "ANY"}
	}
	c := column(g.name, name, pick(g, "type", types...))
	g.unit = append(g.unit, c)
	if g.chance("null", 2) {
		c.Properties[hclschema.PropNull] = hclschema.Bool(true)
	} else if g.chance("null conflict", 4) {
		c.Properties[hclschema.PropNullOnConflict] = text("IGNORE")
	}
	if !g.strict && g.chance("collate", 4) {
		c.Properties[hclschema.PropCollate] = Driver{}.Identifier("NOCASE")
	}
	if len(g.plain) > 0 && g.chance("generated", 5) {
		source := quoting.QuoteName(pick(g, "source", g.plain...))
		c.Properties[hclschema.PropGenerated] = Driver{}.Expression(source + pick(g, "expression", " || 'x'", " IS NULL"))
		c.Properties[hclschema.PropGeneratedType] = text(pick(g, "storage", "STORED", "VIRTUAL"))
		if g.strict {
			c.Properties[hclschema.PropType] = Driver{}.Identifier("ANY")
		}
		return
	}
	g.plain = append(g.plain, name)
	if g.chance("default", 2) {
		defaults := []string{"1", "'x'", "NULL", "CURRENT_DATE", "1 + 1", "-1.5", "x'00'", "TRUE", "lower('A') -- a\n|| 'b'", "''''"}
		if g.strict {
			defaults = []string{"NULL"}
		}
		c.Properties[hclschema.PropDefault] = Driver{}.Expression(pick(g, "default value", defaults...))
	}
}

func (g *tableGenerator) parts(label string) hclschema.List {
	var list hclschema.List
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(g.plain), 1, min(2, len(g.plain)), rapid.ID[string]).Draw(g.T, label) {
		part := hclschema.Record{"column": Driver{}.Identifier(name)}
		if g.chance(label+" desc", 3) {
			part["desc"] = hclschema.Bool(true)
		}
		if g.chance(label+" collate", 4) {
			part["collate"] = Driver{}.Identifier("nocase")
		}
		list = append(list, part)
	}
	return list
}

func (g *tableGenerator) find(name string) *hclschema.Object {
	for _, o := range g.unit {
		if o.Identity.Kind == hclschema.KindColumn && o.Identity.Name == name {
			return o
		}
	}
	return nil
}

func (g *tableGenerator) key() {
	if g.chance("no key", 3) {
		return
	}
	parts := g.parts("key")
	key := g.part(hclschema.KindPrimaryKey, "", "columns", parts)
	first := parts[0].(hclschema.Record)
	c := g.find(first["column"].String())
	only := len(parts) == 1
	if only && first["collate"] == nil && isInteger(c.Properties.Text(hclschema.PropType)) {
		delete(c.Properties, hclschema.PropNullOnConflict)
		switch {
		case first["desc"] != nil && g.chance("quirk", 2):
			key.Properties[hclschema.PropInline] = hclschema.Bool(true)
		case g.chance("auto increment", 2):
			c.Properties[hclschema.PropAutoIncrement] = hclschema.Bool(true)
		}
	}
	if g.chance("without rowid", 4) && !c.Properties.Bool(hclschema.PropAutoIncrement) {
		g.withoutRowid = true
		if only && isInteger(c.Properties.Text(hclschema.PropType)) {
			// Such a key has the column's collation, whatever it says.
			delete(first, "collate")
		}
		delete(key.Properties, hclschema.PropInline)
	}
	for _, value := range parts {
		c := g.find(value.(hclschema.Record)["column"].String())
		use := hclschema.TypeUse{
			Key: true, OnlyKey: only && !key.Properties.Bool(hclschema.PropInline), Strict: g.strict, WithoutRowid: g.withoutRowid,
		}
		if (Driver{}).NeverNull(c.Properties.Text(hclschema.PropType), use) {
			delete(c.Properties, hclschema.PropNull)
			delete(c.Properties, hclschema.PropNullOnConflict)
		}
	}
}

func (g *tableGenerator) check(i int) {
	name := quoting.QuoteName(pick(g, "checked", g.plain...))
	if g.chance("qualified", 3) {
		name = quoting.QuoteName(g.name) + "." + name
	}
	expr := name + pick(g, "rule", " IS NOT 7", " <> 'c'", " > 0 -- or so")
	o := g.part(hclschema.KindCheck, pick(g, "check name", "", fmt.Sprintf("check %d", i)), "expr", expr)
	for _, other := range g.unit[:len(g.unit)-1] {
		if other.Identity == o.Identity {
			o.Identity.Ordinal++
		}
	}
}

func (g *tableGenerator) foreignKey() {
	from := pick(g, "from", g.plain...)
	o := g.part(hclschema.KindForeignKey, pick(g, "key name", "", "a key"), "columns", []string{from},
		"ref_table", Driver{}.Identifier("parent table"), "ref_columns", []string{"the id"})
	if g.chance("cascade", 2) {
		o.Properties[hclschema.PropOnDelete] = text("CASCADE")
	}
}

func (g *tableGenerator) index(i int) {
	parts := g.parts("index")
	if g.chance("expression", 3) {
		parts = append(parts, hclschema.Record{"expr": Driver{}.Expression(quoting.QuoteName(g.plain[0]) + " || 'i'"), "collate": Driver{}.Identifier("nocase")})
	}
	o := g.part(hclschema.KindIndex, fmt.Sprintf("index %d", i), "columns", parts)
	if g.chance("unique index", 2) {
		o.Properties[hclschema.PropUnique] = hclschema.Bool(true)
	}
	if g.chance("partial", 3) {
		o.Properties[hclschema.PropWhere] = Driver{}.Expression(quoting.QuoteName(g.plain[0]) + " IS NOT NULL -- there")
	}
}

// stateOf makes a state of a unit, with the ordinals that its objects have.
func stateOf(t *rapid.T, unit drivers.Unit) *hclschema.State {
	state := hclschema.NewState(Driver{}.Key)
	for _, o := range unit {
		if err := state.Add(o); err != nil {
			t.Fatal(err)
		}
	}
	return Driver{}.Settle(state)
}

const parentTable = `CREATE TABLE "parent table" ("the id" integer PRIMARY KEY)`

// What is made from objects is read as these objects.
func TestRandomTablesAreReadAsWritten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		unit := randomTable(r, `my "table"`)
		db, closeDB := rapidMemory(r)
		defer closeDB()
		steps, err := Driver{}.Create(unit)
		if err != nil {
			r.Fatal(err)
		}
		execAll(r, db, steps)
		if diff := cmp.Diff(describe(stateOf(r, unit)), describe(lookRapid(r, db))); diff != "" {
			r.Fatalf("-want +got\n%s\n%s", diff, joinSteps(steps))
		}
	})
}

// Any table becomes any other, and its rows are kept: exactly where no hazard counts rows that stand against it.
func TestRandomTablesAreAltered(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		before, after := randomTable(r, "t"), randomTable(r, "t")
		db, closeDB := rapidMemory(r, parentTable, `INSERT INTO "parent table" VALUES (1), (2)`, "PRAGMA foreign_keys = ON")
		defer closeDB()
		steps, err := Driver{}.Create(before)
		if err != nil {
			r.Fatal(err)
		}
		execAll(r, db, steps)
		insertRows(r, db, before)
		changes := objectChanges(before, after)
		if changes == nil {
			return
		}
		alteration, err := Driver{}.Alter(drivers.UnitChange{Before: before, After: after, Changes: changes})
		if err != nil {
			r.Fatal(err)
		}
		kept := keptValues(r, db, before, after)
		obstacle, uncounted, silent := obstacles(r, db, alteration.Hazards)
		err = runSteps(db, alteration.Steps)
		switch {
		case err != nil && obstacle == "" && !uncounted:
			r.Fatalf("no hazard told of %v\n%s", err, joinSteps(alteration.Steps))
		case err == nil && obstacle != "" && !silent && results(r, db, "PRAGMA foreign_key_check") == "":
			r.Fatalf("%s, but all went well\n%s", obstacle, joinSteps(alteration.Steps))
		case err != nil || obstacle != "":
			return
		}
		if diff := cmp.Diff(describe(stateOf(r, after)), describe(lookRapid(r, db).Without(isParentTable))); diff != "" {
			r.Fatalf("-want +got\n%s\n%s", diff, joinSteps(alteration.Steps))
		}
		if diff := cmp.Diff(kept.values, results(r, db, kept.query)); diff != "" {
			r.Fatalf("rows: -before +after\n%s\n%s", diff, joinSteps(alteration.Steps))
		}
		if got := results(r, db, "PRAGMA integrity_check"); got != "ok\n" {
			r.Fatal(got)
		}
	})
}

func isParentTable(o *hclschema.Object) bool {
	return o.Identity.Name == "parent table" || o.Identity.Parent == "parent table"
}

// obstacles are the rows that hazards count. silent says that SQLite itself would not mind: it gives a rowid to a NULL.
func obstacles(t *rapid.T, db *sql.DB, hazards []drivers.Hazard) (obstacle string, uncounted, silent bool) {
	countRows(t, db, hazards)
	for _, h := range hazards {
		if h.Kind == drivers.Violates && h.Rows > 0 {
			obstacle = fmt.Sprintf("%d rows stand against: %s %s\n%s", h.Rows, h.Object, h.Text, h.CountSQL)
			silent = silent || strings.Contains(h.Text, "becomes the rowid")
		}
		uncounted = uncounted || h.Kind == drivers.Violates && h.CountSQL == ""
	}
	return obstacle, uncounted, silent
}

// insertRows puts rows into the table; ones that break its rules are left out.
func insertRows(t *rapid.T, db *sql.DB, unit drivers.Unit) {
	var names []string
	for _, o := range unit {
		if o.Identity.Kind == hclschema.KindColumn && !isGenerated(o) {
			names = append(names, quoting.QuoteName(o.Identity.Name))
		}
	}
	value := rapid.SampledFrom([]string{"1", "2", "2", "8", "-3", "NULL", "'a'", "'A'", "'2'", "'c'", "1.5", "x'01'", "''"})
	for range rapid.IntRange(0, 4).Draw(t, "rows") {
		values := rapid.SliceOfN(value, len(names), len(names)).Draw(t, "values")
		if _, err := db.Exec("INSERT OR IGNORE INTO t (" + joinList(names) + ") VALUES (" + joinList(values) + ")"); err != nil {
			t.Log(err)
		}
	}
}

type keptRows struct{ query, values string }

// keptValues are the values of columns that must survive as they are: those whose type stays, in both tables.
func keptValues(t *rapid.T, db *sql.DB, before, after drivers.Unit) keptRows {
	b, err := newTableUnit(before)
	if err != nil {
		t.Fatal(err)
	}
	a, err := newTableUnit(after)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{"count(*) OVER ()"}
	for _, c := range a.columns {
		former := b.byName[fold(c.Identity.Name)]
		if former == nil || isGenerated(c) || isGenerated(former) || b.strict() != a.strict() ||
			!hclschema.Equal(former.Properties[hclschema.PropType], c.Properties[hclschema.PropType]) {
			continue
		}
		name := quoting.QuoteName(c.Identity.Name)
		list = append(list, "quote("+name+")")
	}
	if from, to := rowidName(b), rowidName(a); from == to && from != "" && !a.withoutRowid() && !b.withoutRowid() && a.rowidColumn() == nil {
		list = append(list, from)
	}
	query := "SELECT " + joinList(list) + " FROM t ORDER BY " + strings.Join(list[1:], ", ")
	if len(list) == 1 {
		query = "SELECT count(*) FROM t"
	}
	return keptRows{query, results(t, db, query)}
}

// rapidMemory opens an empty database for one drawn case.
func rapidMemory(t *rapid.T, statements ...string) (db *sql.DB, done func()) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	mustExec(t, db, statements...)
	return db, func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

func execAll(t *rapid.T, db *sql.DB, steps []drivers.Step) {
	for _, step := range steps {
		mustExec(t, db, step.SQL)
	}
}

func lookRapid(t *rapid.T, db *sql.DB) *hclschema.State {
	inspection, err := inspect(context.Background(), querier(db), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, unread := range inspection.Unread {
		t.Fatalf("%s: %s", unread.Identity, unread.Reason)
	}
	return inspection.State
}
