package sample

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

func spelled(text string) hclschema.Spelled { return hclschema.Spelled{Text: text, Canonical: text} }

func newState() *hclschema.State {
	return hclschema.NewState(func(id hclschema.Identity) hclschema.Identity { return id })
}

func add(t *testing.T, state *hclschema.State, kind, parent, name string, properties hclschema.Properties) *hclschema.Object {
	t.Helper()
	o := &hclschema.Object{Identity: hclschema.Identity{Kind: kind, Parent: parent, Name: name}, Properties: properties}
	if err := state.Add(o); err != nil {
		t.Fatal(err)
	}
	return o
}

func typed(state *hclschema.State, name string) drivers.Typed {
	return drivers.Typed{State: state, Column: &hclschema.Object{
		Identity:   hclschema.Identity{Kind: hclschema.KindColumn, Parent: "t", Name: "c"},
		Properties: hclschema.Properties{hclschema.PropType: spelled(name)},
	}}
}

// moods has types of each kind that a state declares.
func moods(t *testing.T, labels ...string) *hclschema.State {
	t.Helper()
	state := newState()
	var values hclschema.List
	for _, label := range labels {
		values = append(values, hclschema.Text(label))
	}
	add(t, state, hclschema.KindEnum, "", "mood", hclschema.Properties{hclschema.PropValues: values})
	add(t, state, hclschema.KindDomain, "", "zip", hclschema.Properties{hclschema.PropType: spelled("text"), hclschema.PropChecks: hclschema.Record{
		"zip_check": hclschema.Record{hclschema.PropExpr: spelled("(VALUE ~ '^VALUE$'::text)")}}})
	add(t, state, hclschema.KindComposite, "", "pair", hclschema.Properties{hclschema.PropFields: hclschema.List{
		hclschema.Record{"name": hclschema.Text("a"), "type": spelled("mood")}, hclschema.Record{"name": hclschema.Text("b"), "type": spelled("zip[]")}}})
	add(t, state, hclschema.KindRange, "", "span", hclschema.Properties{hclschema.PropSubtype: spelled("mood")})
	return state
}

func TestDeclaredTypes(t *testing.T) {
	state := moods(t, "sad", "it's")
	cases := map[string]any{
		"mood": "it's", "mood[]": `{"it's","sad"}`, "zip": "d2", "pair": `("it's","{\"e2\",\"e3\"}")`, "span": `["it's","it's"]`,
		"span_multirange": `{["it's","it's"]}`, "public.mood": "it's",
	}
	for name, want := range cases {
		sample := Sampler{}.Sample(typed(state, name))
		if sample.Unknown != "" {
			t.Errorf("%s is unknown", name)
			continue
		}
		if got := sample.Plain(3, 1); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if got := (Sampler{}).Sample(typed(state, `other."Mood"`)); got.Unknown != `other."Mood"` {
		t.Errorf("unknown: %q", got.Unknown)
	}
	want := drivers.Typing{Type: "text", Checks: []string{`("c" ~ '^VALUE$'::text)`}}
	if d := cmp.Diff(want, Sampler{}.Typing(typed(state, "zip"))); d != "" {
		t.Error(d)
	}
	if !(Sampler{}).Sample(typed(state, "zip")).NotNull {
		t.Error("the domain takes NULL")
	}
}

// Lists are filled by what their elements can be, each row with another one.
func TestListsOfBothTypes(t *testing.T) {
	state := moods(t, "a", "b")
	for _, pair := range [][2]string{{"text[]", "regclass[]"}, {"text[]", "uuid[]"}, {"date[]", "text[]"}, {"text[]", "mood[]"}} {
		sample := Sampler{}.Sample(typed(state, pair[0]), typed(state, pair[1]))
		first, second := sample.Plain(0, 0), sample.Plain(0, 1)
		if first == second || first == "{}" || second == "{}" {
			t.Errorf("%s to %s: %v and %v", pair[0], pair[1], first, second)
		}
	}
	for _, text := range []string{"", "a", "{", "{a}", `{"a"`, `{"a",}`, `{"a"}}`, `{"a","b}`, `{{"a"}}`} {
		if elements, ok := elementsOf(text); ok {
			t.Errorf("%q is read as %q", text, elements)
		}
	}
	if elements, ok := elementsOf(`{"a","b\"","\\","",","}`); !ok || !slices.Equal(elements, []string{"a", `b"`, `\`, "", ","}) {
		t.Errorf("read as %q", elements)
	}
}

// A column that changes its type gets values that both types take.
func TestValuesFitBothTypes(t *testing.T) {
	before, after := moods(t, "a", "b"), moods(t, "b", "c")
	for _, pair := range [][2]string{
		{"text", "integer"}, {"integer", "text"}, {"bigint", "smallint"}, {"integer", "boolean"}, {"text", "uuid"}, {"text", "jsonb"}, {"mood", "mood"},
		{"text", "mood"}, {"numeric(10,2)", "numeric(5)"}, {"numeric(3,2)", "numeric(10,1)"}, {"character varying(255)", "character varying(1)"},
		{"date", "timestamp with time zone"}, {"json", "jsonb"}, {"integer", "numeric(4,2)"}, {"double precision", "integer"}, {"text", "date"},
		{"integer[]", "bigint[]"}, {"inet", "text"}, {"timestamp without time zone", "date"}, {"text[]", "regclass[]"}, {"text[]", "uuid[]"}, {"text[]", "mood[]"}, {"date[]", "text[]"},
	} {
		forms := []drivers.Typed{typed(before, pair[0]), typed(after, pair[1])}
		sample := Sampler{}.Sample(forms...)
		for n := range 3 {
			for i, form := range forms {
				if value := sample.Plain(3, n).(string); !typeOf(form).fits(value) {
					t.Errorf("%s to %s: %q is no %s", pair[0], pair[1], value, pair[i])
				}
			}
		}
	}
}

func TestKeeps(t *testing.T) {
	few, many := moods(t, "a", "b"), moods(t, "b", "c", "a")
	cases := []struct {
		before, after string
		want          drivers.Fidelity
	}{
		{"integer", "bigint", drivers.SameText}, {"integer", "text", drivers.SameText}, {"character varying(5)", "text", drivers.SameText},
		{"integer", "numeric(10,2)", drivers.SameNumber}, {"numeric(10,2)", "numeric(12,4)", drivers.SameNumber}, {"numeric(10,2)", "numeric(10)", drivers.SamePresence},
		{"numeric", "integer", drivers.SamePresence}, {"text", "integer", drivers.SameNumber}, {"json", "jsonb", drivers.SamePresence},
		{"timestamp without time zone", "timestamp with time zone", drivers.SamePresence}, {"integer[]", "bigint[]", drivers.SameText},
		{"text", "boolean", drivers.SamePresence}, {"mood", "mood", drivers.SameText}, {"mood[]", "mood[]", drivers.SameText}, {"pair", "pair", drivers.SameText},
		{"text", "mood", drivers.SameText}, {"aclitem", "aclitem", drivers.SameText}, {"bit(3)", "bit(5)", drivers.SamePresence}, {"zip", "text", drivers.SameText},
	}
	for _, c := range cases {
		if got := (Sampler{}).Keeps(typed(few, c.before), typed(many, c.after)); got != c.want {
			t.Errorf("%s to %s: %v, want %v", c.before, c.after, got, c.want)
		}
	}
	if got := (Sampler{}).Keeps(typed(many, "mood"), typed(few, "mood")); got != drivers.SamePresence {
		t.Errorf("a label that goes: %v", got)
	}
}

func TestPartitions(t *testing.T) {
	state := newState()
	by := func(sort string, columns ...string) hclschema.Properties {
		var parts hclschema.List
		for _, column := range columns {
			parts = append(parts, hclschema.Record{"column": spelled(column)})
		}
		return hclschema.Properties{hclschema.PropPartition: hclschema.Record{"type": hclschema.Text(sort), "by": parts}}
	}
	part := func(of, bounds string, more hclschema.Properties) hclschema.Properties {
		p := hclschema.Properties{hclschema.PropPartitionOf: spelled(of), hclschema.PropBounds: spelled(bounds)}
		for name, value := range more {
			p[name] = value
		}
		return p
	}
	root := add(t, state, hclschema.KindTable, "", "t", by("LIST", "a"))
	add(t, state, hclschema.KindColumn, "t", "a", hclschema.Properties{hclschema.PropType: spelled("text")})
	add(t, state, hclschema.KindTable, "", "t1", part("t", "FOR VALUES IN ('x, y', NULL)", nil))
	add(t, state, hclschema.KindTable, "", "t2", part("t", "FOR VALUES IN ('z')", by("RANGE", "a", "b")))
	leaf := add(t, state, hclschema.KindTable, "", "t3", part("t2", "FOR VALUES FROM ('m', MINVALUE) TO ('n', MAXVALUE)", nil))
	facts := Sampler{}.Table(state, root)
	want := []string{`(("a" IS NOT NULL AND "a" IN ('x, y') OR "a" IS NULL)) OR (("a" IS NOT NULL AND "a" IN ('z')) AND ("a" IS NOT NULL AND "b" IS NOT NULL AND ("a") >= ('m') AND ("a") <= ('n')))`}
	if d := cmp.Diff(want, facts.Conditions); d != "" {
		t.Error(d)
	}
	if facts.Own != "" || facts.Of != (hclschema.Identity{}) || facts.Without != "" {
		t.Errorf("%+v", facts)
	}
	facts = Sampler{}.Table(state, leaf)
	if facts.Of != root.Identity || len(facts.Columns) != 1 || facts.Columns[0].Identity.Parent != "t3" || facts.Declared[0].Parent != "t" {
		t.Errorf("%+v", facts)
	}
	if text := strings.Join(facts.Conditions, "\n"); !strings.Contains(text, `("a") <= ('n')`) || !strings.Contains(text, "'z'") {
		t.Error(text)
	}
	if facts = (Sampler{}).Table(state, add(t, state, hclschema.KindTable, "", "empty", by("HASH", "a"))); facts.Without == "" {
		t.Error("a table without partitions takes rows")
	}
}

func TestCounter(t *testing.T) {
	state := newState()
	column := func(name string, properties hclschema.Properties) *hclschema.Object {
		return add(t, state, hclschema.KindColumn, "t", name, properties)
	}
	identity := column("a", hclschema.Properties{hclschema.PropIdentity: hclschema.Record{"generated": hclschema.Text("ALWAYS")}})
	if c := (Sampler{}).Counter(state, identity); c == nil || !c.Owned || c.Next != `nextval(pg_get_serial_sequence('"t"', 'a'))` {
		t.Errorf("identity: %+v", c)
	}
	shared := column("b", hclschema.Properties{hclschema.PropDefault: spelled("nextval('s'::regclass)")})
	if c := (Sampler{}).Counter(state, shared); c == nil || c.Owned || c.Next != "nextval('s'::regclass)" {
		t.Errorf("a shared sequence: %+v", c)
	}
	for name, o := range map[string]*hclschema.Object{
		"downwards":  column("c", hclschema.Properties{hclschema.PropIdentity: hclschema.Record{"increment": hclschema.Int(-1)}}),
		"no counter": column("d", hclschema.Properties{hclschema.PropDefault: spelled("('x'::text || nextval('s'::regclass))")}),
		"cycle":      add(t, state, hclschema.KindSequence, "", "q", hclschema.Properties{hclschema.PropCycle: hclschema.Bool(true)}),
	} {
		if c := (Sampler{}).Counter(state, o); c != nil {
			t.Errorf("%s: %+v", name, c)
		}
	}
}
