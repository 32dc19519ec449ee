package postgres

import "testing"

// Types whose values lose a part are known, and only they.
func TestLoss(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, after string
		want          bool
	}{
		{"numeric(10,4)", "numeric(10,1)", true},
		{"numeric(10,1)", "numeric(10,4)", false},
		{"numeric", "integer", true},
		{"integer", "bigint", false},
		{"bigint", "integer", false},
		{"bigint", "double precision", true},
		{"double precision", "real", true},
		{"real", "double precision", false},
		{"timestamp(6) without time zone", "timestamp(0) without time zone", true},
		{"timestamp(0) without time zone", "timestamp without time zone", false},
		{"timestamp with time zone", "date", true},
		{"date", "timestamp without time zone", false},
		{"timestamp without time zone", "time without time zone", true},
		{"interval", "interval hour to minute", true},
		{"interval(0)", "interval", false},
		{"text", "character(5)", true},
		{"text", "character varying(5)", false},
		{"jsonb", "json", false},
		{"integer", "text", false},
		{"numeric[]", "text", false},
		{"numeric(10,4)[]", "numeric(10,2)[]", true},
		{"timestamp with time zone[]", "date[]", true},
		{"text[]", "numeric(5,2)[]", true},
		{"integer[]", "bigint[]", false},
		{"text", "numeric(5,2)", true},
		{"text", "numeric", false},
		{"text", "date", true},
	} {
		if got := loss("c", c.before, c.after) != ""; got != c.want {
			t.Errorf("%s to %s: %v", c.before, c.after, got)
		}
	}
}
