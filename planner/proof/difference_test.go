package proof

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/hclschema"
)

func fold(id hclschema.Identity) hclschema.Identity {
	id.Schema, id.Parent = strings.ToLower(id.Schema), strings.ToLower(id.Parent)
	if !id.Unnamed {
		id.Name = strings.ToLower(id.Name)
	}
	return id
}

func stateOf(objects ...*hclschema.Object) *hclschema.State {
	state := hclschema.NewState(fold)
	for _, o := range objects {
		state.AddNext(o)
	}
	return state
}

func object(kind, parent, name string, properties hclschema.Properties) *hclschema.Object {
	return &hclschema.Object{Identity: hclschema.Identity{Kind: kind, Parent: parent, Name: name}, Properties: properties}
}

func spelled(text string) hclschema.Spelled {
	return hclschema.Spelled{Text: text, Canonical: strings.ToLower(text)}
}

func TestDifference(t *testing.T) {
	long := strings.Repeat("SELECT 1 UNION ALL ", 10)
	cases := []struct {
		name      string
		want, got *hclschema.State
		sentences []string
	}{
		{"equal in another order and spelling",
			stateOf(object("table", "", "t", nil), object("column", "t", "a", hclschema.Properties{"type": spelled("INT")})),
			stateOf(object("column", "T", "a", hclschema.Properties{"type": spelled("int")}), object("table", "", "t", nil)),
			nil},
		{"a property is there too much",
			stateOf(object("column", "users", "email", nil)),
			stateOf(object("column", "users", "email", hclschema.Properties{"null": hclschema.Bool(true)})),
			[]string{"column users.email: null is true, wanted false"}},
		{"a property is missing",
			stateOf(object("column", "users", "email", hclschema.Properties{"default": spelled("'a'")})),
			stateOf(object("column", "users", "email", nil)),
			[]string{"column users.email: default is absent, wanted 'a'"}},
		{"missing and not wanted",
			stateOf(object("index", "t", "i", nil)),
			stateOf(object("trigger", "t", "x", nil)),
			[]string{"index t.i is missing", "trigger t.x is not wanted but there"}},
		{"case of names",
			stateOf(object("table", "", "Users", nil), object("column", "Users", "Mail", nil), object("index", "Users", "I", nil)),
			stateOf(object("table", "", "users", nil), object("column", "users", "mail", nil), object("index", "users", "i", nil)),
			[]string{`table Users: the name is spelled "users", wanted "Users"`, `column Users.Mail: the name is spelled "mail", wanted "Mail"`}},
		{"same spelling, other meaning",
			stateOf(object("view", "", "v", hclschema.Properties{"as": hclschema.Spelled{Text: "x", Canonical: "1"}})),
			stateOf(object("view", "", "v", hclschema.Properties{"as": hclschema.Spelled{Text: "x", Canonical: "2"}})),
			[]string{`view v: as is "2", wanted "1"`}},
		{"long texts",
			stateOf(object("view", "", "v", hclschema.Properties{"as": spelled(long + "SELECT 2")})),
			stateOf(object("view", "", "v", hclschema.Properties{"as": spelled(long + "SELECT 3")})),
			[]string{"view v: as is …ON ALL SELECT 1 UNION ALL SELECT 3, wanted …ON ALL SELECT 1 UNION ALL SELECT 2"}},
		{"ordinals",
			stateOf(object("check", "t", "(a)", nil), object("check", "t", "(a)", nil)),
			stateOf(object("check", "t", "(a)", nil)),
			[]string{`check t."(a)" #2 is missing`}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.sentences, Difference(c.want, c.got)); d != "" {
				t.Error(d)
			}
		})
	}
}

// Any change of one property is told, whichever it is.
func TestDifferenceMissesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(
			rapid.Just[hclschema.Value](nil),
			rapid.Map(rapid.String(), func(s string) hclschema.Value { return hclschema.Text(s) }),
			rapid.Map(rapid.String(), func(s string) hclschema.Value { return hclschema.Spelled{Text: s, Canonical: s} }),
			rapid.Map(rapid.SliceOf(rapid.String()), func(s []string) hclschema.Value {
				var list hclschema.List
				for _, e := range s {
					list = append(list, hclschema.Text(e))
				}
				return list
			}),
		)
		a, b := value.Draw(t, "a"), value.Draw(t, "b")
		with := func(v hclschema.Value) *hclschema.State {
			o := object("column", "t", "c", hclschema.Properties{})
			if v != nil {
				o.Properties["p"] = v
			}
			return stateOf(o)
		}
		sentences := Difference(with(a), with(b))
		if equal := hclschema.Equal(a, b); equal != (sentences == nil) {
			t.Fatalf("%v and %v: %q", a, b, sentences)
		}
	})
}
