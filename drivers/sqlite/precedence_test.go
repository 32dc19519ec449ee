package sqlite

import "testing"

func TestNeedlessParentheses(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"(a > 0) AND b", "a > 0 AND b", true},
		{"((a > 0) AND (b < 2)) OR (c = 1)", "a > 0 AND b < 2 OR c = 1", true},
		{"a > 0 AND (b OR c)", "a > 0 AND b OR c", false},
		{"(a AND b) AND c", "a AND (b AND c)", true},
		{"NOT (a = b)", "NOT a = b", true},
		{"NOT (a AND b)", "NOT a AND b", false},
		{"a IS NOT (b = c)", "a IS NOT b = c", false},
		{"a - (b - c)", "a - b - c", false},
		{"(a * b) + c", "a * b + c", true},
		{"(a + b) * c", "a + b * c", false},
		{"-(a * b)", "- a * b", false},
		{"(x BETWEEN 1 AND 2) OR y", "x BETWEEN 1 AND 2 OR y", true},
		{"x BETWEEN (a + 1) AND (b + 1)", "x BETWEEN a + 1 AND b + 1", true},
		{"x BETWEEN 1 AND (2 AND y)", "x BETWEEN 1 AND 2 AND y", false},
		{"(x BETWEEN 1 AND 2) AND y", "x BETWEEN 1 AND 2 AND y", true},
		{"(a = b) = c", "a = b = c", false},
		{"(length(a) > 1) AND (b IN (1, 2))", "length(a) > 1 AND b IN (1, 2)", true},
		{"(a || b) LIKE 'x'", "a || b LIKE 'x'", true},
		{"(CASE WHEN a THEN b END) = 1", "CASE WHEN a THEN b END = 1", true},
		{"CASE WHEN (a > 1) THEN (b + 1) ELSE (c) END", "CASE WHEN a > 1 THEN b + 1 ELSE c END", true},
		{"CASE (a + 1) WHEN (2) THEN 3 END = 1 OR (b IN (1))", "CASE a + 1 WHEN 2 THEN 3 END = 1 OR b IN (1)", true},
		{"CASE WHEN (CASE WHEN (a) THEN b END) THEN 1 END", "CASE WHEN CASE WHEN a THEN b END THEN 1 END", true},
		{"CASE WHEN a THEN b ELSE (c END) + 1", "CASE WHEN a THEN b ELSE c END + 1", false},
		{"CASE WHEN a THEN b ELSE (c + 1) END", "CASE WHEN a THEN b ELSE c END + 1", false},
		{"CASE WHEN end > (1) THEN (end) END", "CASE WHEN end > 1 THEN end END", true},
		{"(CASE WHEN a THEN b END COLLATE NOCASE) = c", "CASE WHEN a THEN b END COLLATE NOCASE = c", false},
		{"-(CASE WHEN a THEN b END)", "- CASE WHEN a THEN b END", true},
		{"CASE WHEN a THEN current_timestamp END > (b)", "CASE WHEN a THEN current_timestamp END > b", true},
		{"f((CASE a WHEN (1) THEN 2 END), 3)", "f(CASE a WHEN 1 THEN 2 END, 3)", true},
		{"(a COLLATE NOCASE) = b", "a COLLATE NOCASE = b", false},
		{"(t.a > 1) OR (\"t\".b IS NULL)", "t.a > 1 OR t.b IS NULL", true},
		{"(a IS NULL) OR (b IS NOT NULL)", "a IS NULL OR b IS NOT NULL", true},
		{"(a NOT NULL) AND b", "a NOT NULL AND b", true},
		{"a NOT IN (1) AND (b NOT LIKE 'x')", "a NOT IN (1) AND b NOT LIKE 'x'", true},
	} {
		x, y := Driver{}.Expression(c.a).Canonical, Driver{}.Expression(c.b).Canonical
		if (x == y) != c.same {
			t.Errorf("%s and %s: %q and %q, want the same: %t", c.a, c.b, x, y, c.same)
		}
		if again := (Driver{}).Expression(x).Canonical; again != x {
			t.Errorf("%s: not stable: %q, then %q", c.a, x, again)
		}
	}
}
