package sqlite

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/hclschema"
)

func TestParseType(t *testing.T) {
	var (
		plain     hclschema.TypeUse
		key       = hclschema.TypeUse{Key: true, OnlyKey: true}
		keyNoRow  = hclschema.TypeUse{Key: true, OnlyKey: true, WithoutRowid: true}
		counter   = hclschema.TypeUse{Key: true, OnlyKey: true, AutoIncrement: true}
		strict    = hclschema.TypeUse{Strict: true}
		strictKey = hclschema.TypeUse{Strict: true, Key: true, OnlyKey: true}
	)
	word := func(word string, args ...string) hclschema.Type { return hclschema.Type{Word: word, Args: args} }
	for _, c := range []struct {
		typ  hclschema.Type
		use  hclschema.TypeUse
		want string
	}{
		{word("varchar", "255"), plain, "varchar(255)"},
		{word("numeric", "10", "2"), plain, "numeric(10,2)"},
		{word("VarChar", "20"), plain, "varchar(20)"},
		{word("datetime"), plain, "datetime"},
		{word("double_precision"), plain, "double precision"}, {word("unsigned_big_int", "20"), plain, "unsigned big int(20)"},
		{word("uuid"), plain, "text"}, {word("json"), plain, "text"}, {word("bytes"), plain, "blob"},
		{word("bool"), plain, "boolean"}, {word("float"), plain, "real"}, {word("double"), plain, "real"},
		{word("timestamptz"), plain, "timestamp"},
		{word("int"), plain, "int"}, {word("int"), key, "integer"}, {word("bigint"), key, "integer"},
		{word("smallint"), key, "smallint"}, {word("int"), keyNoRow, "int"},
		{word("int"), counter, "integer"}, {word("smallint"), counter, "integer"}, {word("text"), counter, "text"},
		{word("varchar", "20"), strict, "text"}, {word("decimal", "10", "2"), strict, "text"}, {word("bool"), strict, "integer"},
		{word("date"), strict, "text"}, {word("bytes"), strict, "blob"}, {word("double"), strict, "real"},
		{word("int"), strict, "int"}, {word("int"), strictKey, "integer"}, {word("smallint"), strict, "integer"},
		{word("any"), strict, "any"}, {word("uuid"), strict, "text"},
		{hclschema.Type{SQL: "UNSIGNED  BIG INT"}, plain, "UNSIGNED  BIG INT"},
		{hclschema.Type{SQL: "uuid"}, key, "uuid"},
	} {
		got, err := Driver{}.ParseType(c.typ, c.use)
		if err != nil || got.Text != c.want {
			t.Errorf("%+v as %+v: got %q, %v; want %q", c.typ, c.use, got.Text, err, c.want)
		}
	}
}

func TestParseTypeRefuses(t *testing.T) {
	for _, c := range []struct {
		typ  hclschema.Type
		want string
	}{
		{hclschema.Type{Word: "varcharr", Args: []string{"20"}}, `did you mean "varchar"?`},
		{hclschema.Type{Word: "itneger"}, `did you mean "integer"?`},
		{hclschema.Type{Word: "txet"}, `did you mean "text"?`},
		{hclschema.Type{Word: "String"}, `did you mean "text"?`},
		{hclschema.Type{Word: "bytea"}, `did you mean "bytes"?`},
		{hclschema.Type{Word: "geometry"}, `sql("geometry")`},
		{hclschema.Type{Word: "varchar", Args: []string{"max"}}, "only numbers"},
		{hclschema.Type{Word: "decimal", Args: []string{"1", "2", "3"}}, "at most two"},
		{hclschema.Type{SQL: "int); DROP TABLE users; --"}, "can't take"},
		{hclschema.Type{SQL: "int NOT NULL"}, "can't take"},
		{hclschema.Type{SQL: "enum('a','b')"}, "can't take"},
		{hclschema.Type{SQL: "int -- x"}, ""},
		{hclschema.Type{SQL: "'open"}, "can't take"},
		{hclschema.Type{SQL: " "}, "can't take"},
		{hclschema.Type{Reference: &hclschema.Identity{Kind: "enum", Name: "status"}}, "enum status"},
	} {
		_, err := Driver{}.ParseType(c.typ, hclschema.TypeUse{})
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%+v: got %v, want an error with %q", c.typ, err, c.want)
		}
	}
}

func TestFormatType(t *testing.T) {
	key := hclschema.TypeUse{Key: true, OnlyKey: true}
	for _, c := range []struct {
		text string
		use  hclschema.TypeUse
		word string
		args string
	}{
		{"VARCHAR(20)", hclschema.TypeUse{}, "varchar", "20"},
		{"numeric ( 10 , -2 )", hclschema.TypeUse{}, "numeric", "10 -2"},
		{"DATETIME", hclschema.TypeUse{}, "datetime", ""},
		{"INTEGER", key, "integer", ""},
		{"INT", hclschema.TypeUse{}, "int", ""},
		{"INT", key, "", ""}, {"BIGINT", key, "", ""}, {"uuid", hclschema.TypeUse{}, "", ""}, {"JSON", hclschema.TypeUse{}, "", ""},
		{"bool", hclschema.TypeUse{}, "", ""}, {"FLOAT", hclschema.TypeUse{}, "", ""}, {"double", hclschema.TypeUse{}, "", ""},
		{"UNSIGNED BIG INT", hclschema.TypeUse{}, "unsigned_big_int", ""}, {"character varying(20)", hclschema.TypeUse{}, "character_varying", "20"},
		{`"varchar" (20)`, hclschema.TypeUse{}, "", ""}, {"geometry", hclschema.TypeUse{}, "", ""}, {"'open", hclschema.TypeUse{}, "", ""},
		{"TEXT", hclschema.TypeUse{Strict: true}, "text", ""},
	} {
		got := Driver{}.FormatType(c.text, c.use)
		if got.Word != c.word || strings.Join(got.Args, " ") != c.args || (c.word == "") != (got.SQL == c.text) {
			t.Errorf("%q as %+v: got %+v", c.text, c.use, got)
		}
	}
}

// TestFormatTypeIsTheInverse takes any type that SQLite can hold through the models and back.
func TestFormatTypeIsTheInverse(t *testing.T) {
	words := rapid.SampledFrom(append(strings.Fields(
		`INT integer Uuid json BOOL float double bytes TimestampTZ bigint UNSIGNED big varying "quoted" 'string' [br] geometry key _x`),
		"décimal", "varchar", "Text"))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(words, 1, 3).Draw(t, "words"), " ")
		text += rapid.SampledFrom([]string{"", "", "(1)", " ( -2,+3 )", "(1e3, 0x10)"}).Draw(t, "numbers")
		use := hclschema.TypeUse{
			OnlyKey: rapid.Bool().Draw(t, "only key"), Strict: rapid.Bool().Draw(t, "strict"),
			WithoutRowid: rapid.Bool().Draw(t, "without rowid"), AutoIncrement: rapid.Bool().Draw(t, "counter"),
		}
		got, err := Driver{}.ParseType(Driver{}.FormatType(text, use), use)
		if err != nil || got.Canonical != canonicalType(text) {
			t.Fatalf("%q came back as %q, %v", text, got.Canonical, err)
		}
	})
}

func TestTypesThatAreTheSame(t *testing.T) {
	for _, same := range [][2]string{
		{"VARCHAR ( 20 , 3 )", "varchar(20,3)"}, {"unsigned\n big  INT", "UNSIGNED BIG INT"}, {`"INTEGER"`, "integer"},
		{"varchar /* twenty */ (20)", "varchar(20)"}, {"[varchar(20)]", "varchar(20)"}, {"x ( - 1 )", "x(-1)"},
	} {
		if a, b := canonicalType(same[0]), canonicalType(same[1]); a != b {
			t.Errorf("%q is %q, but %q is %q", same[0], a, same[1], b)
		}
	}
	if canonicalType("bigint") == canonicalType("big int") {
		t.Error("bigint and big int are the same")
	}
}

// TestEveryWordHasATypeInStrictTables holds the table of words against SQLite.
func TestEveryWordHasATypeInStrictTables(t *testing.T) {
	db := memory(t)
	for from, to := range otherWords {
		if !knownType(to) || knownType(from) {
			t.Errorf("%s is said to mean %s", from, to)
		}
	}
	for word := range strictTypes {
		spelled, err := Driver{}.ParseType(hclschema.Type{Word: word}, hclschema.TypeUse{Strict: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("CREATE TABLE \"" + word + "\" (a " + spelled.Text + ") STRICT"); err != nil {
			t.Errorf("%s: %v", word, err)
		}
		if _, err := db.Exec("CREATE TABLE \"loose " + word + "\" (a " + word + ")"); err != nil {
			t.Errorf("%s: %v", word, err)
		}
	}
}
