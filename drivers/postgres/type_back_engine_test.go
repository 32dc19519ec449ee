package postgres

import (
	"fmt"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// Values come back from another type as they were, in whatever zone the session is.
func TestConversionsComeBack(t *testing.T) {
	t.Parallel()
	c := opened(t, testserver.Postgres(t).Database(t), drivers.OpenOptions{})
	execute(t, c, "SET TIME ZONE 'Asia/Kolkata'")
	times := []string{"2020-01-02 12:30:45.12345", "1999-12-31", "0044-03-15 12:00 BC"}
	for _, example := range []struct {
		before string
		values []string
		after  []string
	}{
		{"integer", []string{"0", "7", "-7", "16777217"}, []string{"bigint", "numeric(12,2)", "double precision", "text", "character varying(20)", "jsonb", "timestamp without time zone", "timestamp with time zone", "interval", "bytea", "bit(32)", "money", "text[]", "bigint[]"}},
		{"bigint", []string{"0", "86399"}, []string{"time without time zone", "time with time zone", "timestamp(0) without time zone", "oid", "bit(64)", "bit(17)"}},
		{"bigint", []string{"0", "86400000"}, []string{"date"}},
		{"oid", []string{"0", "1259", "4294967295"}, []string{"regclass", "bigint", "text", "numeric"}},
		{"regclass", []string{"pg_class", "-", "4294967295"}, []string{"oid", "bigint"}},
		{"text", []string{"", "a", " b ", `\x41`, `a\b`, "é"}, []string{"bytea", "text[]", "character varying(20)[]"}},
		{"text", []string{"{a,b}", "{}", `{"a b",NULL}`, "{{a},{b}}", "[2:3]={a,b}"}, []string{"text[]"}},
		{"text", []string{"10.0.0.1", "10.0.0.0/8", "::1"}, []string{"inet", "inet[]"}},
		{"text", []string{"101", "000"}, []string{"bit(3)", "bit varying", "bit varying(3)"}},
		{"text[]", []string{"{}", "{10.0.0.1,10.0.0.0/8}", "{{::1}}", "{NULL}"}, []string{"inet[]", "text", "citext[]"}},
		{"text[]", []string{"{a}", `{" x"}`}, []string{"text", "character varying(9)", "character(9)"}},
		{"inet", []string{"10.0.0.1", "10.0.0.0/8", "10.0.0.1/8", "::1"}, []string{"text", "text[]", "character varying(12)", "citext", "name", "bytea"}},
		{"inet[]", []string{"{10.0.0.1,10.0.0.0/8}", "{}"}, []string{"text[]", "character varying(12)[]", "text"}},
		{"bytea", []string{`\x`, `\x41ff00`}, []string{"text", "bytea[]"}},
		{"uuid", []string{"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"}, []string{"bytea", "text", "character(36)"}},
		{"jsonb", []string{"{}", "[1, 2]", "null", `"x"`}, []string{"bytea", "text", "json"}},
		{"date", []string{"2020-01-02", "1969-12-31"}, []string{"integer"}},
		{"date", []string{"2020-01-02", "1969-12-31", "0044-03-15 BC"}, []string{"bigint", "numeric", "double precision", "text", "timestamp with time zone", "timestamp without time zone", "date[]"}},
		{"timestamp without time zone", times, []string{"numeric", "text", "bytea", "timestamp with time zone", "numeric[]"}},
		{"timestamp with time zone", times, []string{"numeric", "text", "timestamp without time zone"}},
		{"time without time zone", []string{"12:30", "00:00:00.5"}, []string{"numeric", "double precision", "interval", "timestamp without time zone", "text", "bytea"}},
		{"interval", []string{"00:00:30.5", "25:00:00"}, []string{"numeric", "text", "double precision"}},
		{"boolean", []string{"t", "f"}, []string{"integer", "smallint", "numeric", "text", "boolean[]", "character varying(5)", "jsonb", "bytea"}},
		{"macaddr", []string{"08:00:2b:01:02:03"}, []string{"macaddr8", "text", "bytea"}},
		{"bit(3)", []string{"101", "010"}, []string{"integer", "bigint", "numeric", "text", "bit varying"}},
	} {
		for _, after := range example.after {
			if strings.HasPrefix(after, "citext") {
				execute(t, c, "CREATE EXTENSION IF NOT EXISTS citext")
			}
			table := func(expr string) string {
				return fmt.Sprintf("ALTER TABLE t ALTER COLUMN v TYPE %s", expr)
			}
			execute(t, c, "DROP TABLE IF EXISTS t", fmt.Sprintf("CREATE TABLE t (i serial, v %s)", example.before))
			for _, value := range example.values {
				execute(t, c, "INSERT INTO t (v) VALUES ("+literal(value)+")")
			}
			all := func() string { return fmt.Sprint(values(t, c, "SELECT v::text FROM t ORDER BY i", 1)) }
			want := all()
			against := "SELECT count(*) FROM t WHERE " + rewritten("v", example.before, after)
			if n := values(t, c, against, 1)[0][0]; n != int64(0) {
				t.Errorf("%s to %s: %v values are counted as written otherwise: %s", example.before, after, n, against)
			}
			execute(t, c, table(after+" USING "+conversion("v", example.before, after)))
			there := all()
			execute(t, c, table(example.before+" USING "+restoring("v", after, example.before)))
			if got := all(); got != want {
				t.Errorf("%s to %s: %s became %s and came back as %s", example.before, after, want, there, got)
			}
		}
	}
}

// What comes back as another value, or written otherwise, is counted.
func TestRewrittenValuesAreCounted(t *testing.T) {
	t.Parallel()
	c := opened(t, testserver.Postgres(t).Database(t), drivers.OpenOptions{})
	for _, example := range []struct {
		before, after      string
		kept, comesBackNew []string
	}{
		{"text", "integer", []string{"12", "-7", "0"}, []string{"0012", " 1", "+3"}},
		{"character varying(20)", "boolean", []string{"true", "false"}, []string{"t", "yes", "0"}},
		{"text", "numeric(8,2)", []string{"12.50"}, []string{"12", "12.5"}},
		{"text", "inet", []string{"10.0.0.1"}, []string{"10.0.0.1/32"}},
		{"text", "text[]", []string{"a", "{a,b}"}, []string{"{a}", "{ a,b }"}},
		{"json", "jsonb", []string{`{"a": 1}`}, []string{`{"a":1}`, `{"a": 1, "a": 1}`}},
		{"interval", "integer", []string{"00:00:30"}, []string{"1 day", "00:00:30.5", "1 month"}},
		{"integer", "bit(3)", []string{"5", "0"}, []string{"9", "-1"}},
		{"integer", "boolean[]", []string{"0", "1"}, []string{"2"}},
		{"integer[]", "integer", []string{"{1}"}, []string{"{NULL}"}},
		{"time without time zone", "interval", []string{"12:00"}, []string{"24:00"}},
		{"inet", "cidr", []string{"10.0.0.0/8"}, []string{"10.0.0.1/8"}},
	} {
		for _, value := range append(append([]string{}, example.kept...), example.comesBackNew...) {
			count := "SELECT count(*) FROM (SELECT " + literal(value) + "::" + example.before + " AS v) AS t WHERE " + rewritten("v", example.before, example.after)
			want := int64(0)
			for _, other := range example.comesBackNew {
				if other == value {
					want = 1
				}
			}
			if got := values(t, c, count, 1)[0][0]; got != want {
				t.Errorf("%s to %s of %q: counted %v times, want %d", example.before, example.after, value, got, want)
			}
		}
	}
}
