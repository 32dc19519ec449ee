package postgres

import (
	"fmt"
	"testing"
)

// What the count says has no place is what the engine refuses to convert, or would cut; and nothing else.
func TestMisfit(t *testing.T) {
	t.Parallel()
	c := empty(t)
	for i, example := range []struct {
		before, after string
		fits, misfits []string
	}{
		{"character varying(40)", "character varying(5)", []string{"", "abcde", "é日本語x", "ab       "}, []string{"abcdef", " abcde"}},
		{"text", "character(3)", []string{"abc", "a", "abc    "}, []string{"abcd"}},
		{"integer", "character varying(3)", []string{"123", "-12"}, []string{"1234", "-123"}},
		{"bigint", "integer", []string{"2147483647", "-2147483648"}, []string{"2147483648", "-2147483649"}},
		{"double precision", "smallint", []string{"32767.4", "-32768.4"}, []string{"32767.6", "NaN", "1e300"}},
		{"numeric", "numeric(4,2)", []string{"99.99", "-99.994"}, []string{"99.995", "100", "123456"}},
		{"bit varying(8)", "bit varying(3)", []string{"101", "1"}, []string{"1010"}},
		{"text", "integer", []string{"12", " -7 ", "+3"}, []string{"", "1.5", "x", "1 2", "99999999999"}},
		{"text", "double precision", []string{"12", " -7.5e3 ", ".5", "5.", "NaN", "-infinity"}, []string{"", ".", "1,5", "e5", "1e999"}},
		{"text", "numeric(4,2)", []string{"99.99", " 7 ", "NaN", "1e1"}, []string{"100", "99.999", "x", "inf"}},
		{"character varying(20)", "smallint", []string{"12", "-32768"}, []string{"32768", "x"}},
		{"numeric[]", "numeric(4,2)[]", []string{"{99.99,1}", "{}"}, []string{"{1,100}"}},
		{"text[]", "integer[]", []string{"{1,2}", "{NULL}"}, []string{"{1,x}", "{99999999999}"}},
		{"boolean[]", "integer[]", []string{"{}"}, []string{"{t}"}},
		{"character varying(20)[]", "character varying(3)[]", []string{"{abc}", "{}"}, []string{"{abc,abcd}"}},
		{"text", "boolean", []string{"yes", " OFF ", "tr", "0"}, []string{"", "o", "maybe"}},
		{"text", "uuid", []string{"{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}", "a0eebc999c0b4ef8bb6d6bb9bd380a11"}, []string{"", "a0ee"}},
	} {
		table := fmt.Sprintf("t%d", i)
		for _, value := range append(append([]string{}, example.fits...), example.misfits...) {
			execute(t, c, "CREATE TABLE "+table+" (v "+example.before+")", "INSERT INTO "+table+" VALUES ("+literal(value)+")")
			condition, _ := misfit("v", example.before, example.after)
			counted := values(t, c, "SELECT count(*) FROM "+table+" WHERE "+condition, 1)[0][0] == int64(1)
			before := values(t, c, "SELECT rtrim(v::text) FROM "+table, 1)[0][0]
			_, err := c.Exec(t.Context(), "ALTER TABLE "+table+" ALTER COLUMN v TYPE "+example.after+" USING "+conversion("v", example.before, example.after))
			cut := err == nil && families[partsOfType(example.after).base] == "text" && values(t, c, "SELECT rtrim(v::text) FROM "+table, 1)[0][0] != before
			if refused := err != nil || cut; refused != counted && partsOfType(example.after).base != "bit varying" || cut {
				t.Errorf("%s → %s of %q: counted %v, refused %v, cut %v: %v", example.before, example.after, value, counted, err != nil, cut, err)
			}
			execute(t, c, "DROP TABLE "+table)
		}
	}
}
