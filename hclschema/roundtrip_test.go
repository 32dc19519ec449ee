package hclschema

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// hostile are pieces that names and texts are made of: what HCL, SQL and file systems trip over.
var hostile = []string{
	"a", "b", "Users", "order", " ", "  ", "\t", "\n", "\n\n", "\r", "\"", "'", "''", "`", "]", "\\", "\\n", "$", "${", "$${", "$$${x}", "%{", "%%{",
	"${x}", "}", "{", "#", "//", "/*", "*/", "--", ";", ".", "é", "e\u0301", "ß", "日本", "😀", "\u200b", "\u202e", "\u2028", "\u0085", "\ufeff", "\u00a0",
	"null", "true", "for", "if", "var", "local", "table", "column", "SQL", "\nSQL\n", "<<-SQL\n", "CON", "nul", "\x01", "\x7f", "1", "-", "_", "AUX.hcl",
}

func hostileText(t *rapid.T, label string) string {
	var b strings.Builder
	for _, piece := range rapid.SliceOfN(rapid.SampledFrom(hostile), 1, 5).Draw(t, label) {
		b.WriteString(piece)
	}
	return b.String()
}

// body is an SQL text: not blank.
func body(t *rapid.T, label string) string { return "x" + hostileText(t, label) }

type generator struct {
	*rapid.T
	d     testDialect
	state *State
	used  map[string]bool
}

// name is one that no other object has, nor looks like.
func (g *generator) name(label string) string {
	for n := 0; ; n++ {
		name := hostileText(g.T, label)
		if n > 0 {
			name += fmt.Sprint(n)
		}
		if key := norm.NFC.String(lowerASCII(norm.NFC.String(name))); !g.used[key] {
			g.used[key] = true
			return name
		}
	}
}

func (g *generator) maybe(label string) bool { return rapid.Bool().Draw(g.T, label) }

func (g *generator) add(kind, parent, name string, p Properties) {
	if p == nil {
		p = Properties{}
	}
	o := &Object{Identity: Identity{Kind: kind, Parent: parent, Name: name}, Properties: p, Detachable: kind == KindForeignKey || kind == KindIndex}
	if name == "" && kind != KindPrimaryKey {
		o.Identity.Unnamed = true
		o.Identity.Name = UnnamedName(o)
	}
	g.state.AddNext(o)
}

// defaults are texts behind DEFAULT.
var defaults = []string{"0", "-1", "1.5", "1.50", "1e3", "-0", "007", "0x1F", "'a'", "'it''s'", "''", "'a' || 'b'", "'a''", "TRUE", "false", "NULL", "CURRENT_TIMESTAMP",
	"(datetime('now'))", "x'00ff'", "\"quoted\"", "'${x}'", "'line\nbreak'", "99999999999999999999999999", "+1", ".5", "5.", "1.10"}

var types = []string{"int", "INTEGER", "varchar(20)", "decimal(10, 2)", "UNSIGNED BIG INT", "var", "table", "double precision", "it's", "a${b}", "x(1,2)", "text(007)", "null"}

func (g *generator) table(names []string) {
	name := g.name("table")
	p := Properties{}
	if g.maybe("strict") {
		p[PropStrict] = Bool(true)
	}
	if g.maybe("without") {
		p[PropWithoutRowid] = Bool(true)
	}
	g.add(KindTable, "", name, p)
	columns := g.columns(name, p)
	if g.maybe("index") {
		p := Properties{PropColumns: g.parts(columns, true)}
		if g.maybe("unique") {
			p[PropUnique] = Bool(true)
		}
		if g.maybe("where") {
			p[PropWhere] = g.d.Expression(body(g.T, "where"))
		}
		g.add(KindIndex, name, g.name("index"), p)
	}
	for range rapid.IntRange(0, 2).Draw(g.T, "uniques") {
		p := Properties{PropColumns: g.parts(columns, false)}
		if g.maybe("conflict") {
			p[PropOnConflict] = Text("REPLACE")
		}
		g.add(KindUnique, name, g.constraint(), p)
	}
	for range rapid.IntRange(0, 2).Draw(g.T, "checks") {
		g.add(KindCheck, name, g.constraint(), Properties{PropExpr: g.d.Expression(body(g.T, "check"))})
	}
	for range rapid.IntRange(0, 2).Draw(g.T, "keys") {
		g.foreignKey(name, columns, append(names, name))
	}
	if g.maybe("trigger") {
		g.trigger(name, columns, rapid.SampledFrom([]string{"BEFORE", "AFTER"}).Draw(g.T, "timing"))
	}
}

// constraint is a constraint's name, often none, sometimes one that is used twice.
func (g *generator) constraint() string {
	switch rapid.IntRange(0, 2).Draw(g.T, "named") {
	case 0:
		return ""
	case 1:
		return "again"
	}
	return g.name("constraint")
}

func (g *generator) columns(table string, options Properties) []string {
	var names []string
	key := rapid.IntRange(0, 2).Draw(g.T, "key")
	for i := range rapid.IntRange(1, 4).Draw(g.T, "columns") {
		name := g.name("column")
		p := Properties{}
		if text := rapid.SampledFrom(types).Draw(g.T, "type"); text != "" && g.maybe("typed") {
			p[PropType] = Spelled{text, lowerASCII(text)}
		}
		use := TypeUse{Key: i < key, OnlyKey: i == 0 && key == 1, Strict: options.Bool(PropStrict), WithoutRowid: options.Bool(PropWithoutRowid)}
		if use.OnlyKey && p.Text(PropType) == "int" {
			p[PropType] = Spelled{"INTEGER", "integer"}
		}
		if g.maybe("null") && !g.d.NeverNull(p.Text(PropType), use) {
			p[PropNull] = Bool(true)
		}
		switch rapid.IntRange(0, 2).Draw(g.T, "value") {
		case 0:
			p[PropDefault] = g.d.Expression(rapid.SampledFrom(defaults).Draw(g.T, "default"))
		case 1:
			p[PropGenerated] = g.d.Expression(body(g.T, "generated"))
			p[PropGeneratedType] = Text("STORED")
		}
		if g.maybe("collate") {
			p[PropCollate] = g.d.Identifier(hostileText(g.T, "collation"))
			p[PropNullName] = Text(hostileText(g.T, "null name"))
		}
		g.add(KindColumn, table, name, p)
		names = append(names, name)
	}
	if key > 0 && key <= len(names) {
		var parts List
		for _, name := range names[:key] {
			parts = append(parts, Record{"column": g.d.Identifier(name)})
		}
		g.add(KindPrimaryKey, table, "", Properties{PropColumns: parts, PropName: Text(hostileText(g.T, "key name"))})
	}
	return names
}

func (g *generator) parts(columns []string, expressions bool) List {
	var list List
	for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(columns)-1), 1, len(columns), rapid.ID[int]).Draw(g.T, "parts") {
		part := Record{"column": g.d.Identifier(columns[i])}
		if expressions && g.maybe("expr") {
			part = Record{"expr": g.d.Expression(body(g.T, "expr"))}
		}
		if g.maybe("desc") {
			part["desc"] = Bool(true)
		}
		if g.maybe("part collate") {
			part["collate"] = g.d.Identifier(hostileText(g.T, "part collation"))
		}
		list = append(list, part)
	}
	return list
}

func (g *generator) foreignKey(table string, columns, targets []string) {
	target := rapid.SampledFrom(append(targets, "not here ${x}")).Draw(g.T, "target")
	p := Properties{PropColumns: List{g.d.Identifier(columns[0])}, PropRefTable: g.d.Identifier(target)}
	if g.maybe("ref columns") {
		p[PropRefColumns] = List{g.d.Identifier(rapid.SampledFrom(append(columns, "no \"such")).Draw(g.T, "ref"))}
	}
	if g.maybe("action") {
		p[PropOnDelete] = Text("SET_NULL")
		p[PropDeferrable] = Text("INITIALLY_DEFERRED")
		p[PropMatch] = Text(upperASCII(hostileText(g.T, "match")))
	}
	g.add(KindForeignKey, table, g.constraint(), p)
}

func (g *generator) trigger(on string, columns []string, timing string) {
	p := Properties{PropTiming: Text(timing), PropEvent: Text("UPDATE"), PropAs: g.d.Expression("BEGIN " + hostileText(g.T, "body") + " END")}
	if len(columns) > 0 && g.maybe("update of") {
		p[PropUpdateOf] = List{g.d.Identifier(columns[0]), g.d.Identifier("gone")}
	}
	if g.maybe("when") {
		p[PropWhen] = g.d.Expression(body(g.T, "when"))
	}
	g.add(KindTrigger, on, g.name("trigger"), p)
}

func (g *generator) view() {
	name := g.name("view")
	p := Properties{PropAs: g.d.Expression(body(g.T, "query"))}
	if g.maybe("columns") {
		p[PropViewColumns] = List{g.d.Identifier(g.name("view column"))}
	}
	g.add(KindView, "", name, p)
	if g.maybe("on view") {
		g.trigger(name, nil, "INSTEAD_OF")
	}
}

func (g *generator) virtualTable() {
	p := Properties{PropModule: g.d.Identifier(hostileText(g.T, "module"))}
	if g.maybe("arguments") {
		p[PropArguments] = List{g.d.Expression(strings.TrimSpace(body(g.T, "argument")))}
	}
	g.add(KindVirtualTable, "", g.name("virtual"), p)
}

func randomState(t *rapid.T) *State {
	g := &generator{T: t, state: NewState(testDialect{}.Key), used: map[string]bool{}}
	var tables []string
	for range rapid.IntRange(0, 3).Draw(t, "tables") {
		g.table(tables)
		for _, o := range g.state.Objects() {
			if o.Identity.Kind == KindTable {
				tables = append(tables, o.Identity.Name)
			}
		}
	}
	if g.maybe("a view") {
		g.view()
	}
	if g.maybe("a virtual table") {
		g.virtualTable()
	}
	return g.state
}

// shown is a state in the order of its objects within each table, everything that is compared.
func shown(state *State) []string {
	var list []string
	for _, unit := range state.Objects() {
		if !isUnit(unit.Identity) {
			continue
		}
		list = append(list, shownObject(unit))
		for _, kind := range Kinds() {
			for _, part := range ownParts(state, unit) {
				if part.Identity.Kind == kind.Reference().Name {
					list = append(list, shownObject(part))
				}
			}
		}
	}
	return list
}

func shownObject(o *Object) string {
	text := o.Identity.String()
	for _, name := range o.Properties.Names() {
		text += "\n  " + name + " " + o.Properties[name].Key()
		if name != PropDefault { // true and TRUE are one
			text += " " + o.Properties[name].String()
		}
	}
	return text
}

func TestWriteIsTheInverseOfLoad(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state := randomState(t)
		text, err := WriteText(state, testDialect{})
		if err != nil {
			t.Fatalf("%v\n%s", err, lines(state))
		}
		back, diags := Load([]Source{{Name: "m.hcl", Bytes: text}}, nil, testDialect{})
		if diags.HasErrors() {
			t.Fatalf("%v\n%s", diags, text)
		}
		if diff := cmp.Diff(shown(state), shown(back)); diff != "" {
			t.Fatalf("%s\n%s", diff, text)
		}
		again, err := WriteText(back, testDialect{})
		if err != nil || string(again) != string(text) {
			t.Fatalf("written twice: %v\n%s", err, cmp.Diff(string(text), string(again)))
		}
		formatted, diags := Format(text, "m.hcl")
		if diags.HasErrors() || string(formatted) != string(text) {
			t.Fatalf("not written as formatted: %v\n%s", diags, cmp.Diff(string(text), string(formatted)))
		}
	})
}

func TestWriteNamesFilesSafely(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files, err := Write(randomState(t), testDialect{})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, file := range files {
			name := strings.ToLower(file.Name)
			if seen[name] {
				t.Errorf("%s twice", file.Name)
			}
			seen[name] = true
			if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_.-") != "" || strings.HasPrefix(name, ".") || isDevice(strings.Split(name, ".")[0]) || len(name) > 200 {
				t.Errorf("unsafe name %q", file.Name)
			}
		}
	})
}

func TestRewriteLeadsFromAnyStateToAnyOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := randomState(t), randomState(t)
		files, err := Write(before, testDialect{})
		if err != nil {
			t.Fatal(err)
		}
		var existing []Source
		for _, file := range files {
			existing = append(existing, Source(file))
		}
		// half of what was there stays, so that blocks are kept, changed and removed
		mixed := before.NewLike()
		for i, o := range before.Objects() {
			if isUnit(o.Identity) && i%2 == 0 && o.Identity.Kind != KindTrigger {
				mixed.AddNext(o.Clone())
				for _, part := range ownParts(before, o) {
					mixed.AddNext(part.Clone())
				}
			}
		}
		for _, target := range []*State{after, mixed} {
			if _, _, err := Rewrite(existing, LoadOptions{}, target, testDialect{}); err != nil {
				t.Fatalf("%v\n%s\nto\n%s", err, lines(before), lines(target))
			}
		}
	})
}
