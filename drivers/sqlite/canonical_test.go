package sqlite

import (
	"database/sql"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestExpressionsThatMeanTheSame(t *testing.T) {
	for _, same := range [][]string{
		{"age > 0", "AGE>0", `"age" > 0`, "[Age]>/* years */0", "`age` > 0 -- years", "(age > 0)", "((age)>(0))"},
		{"a IS NOT NULL AND b = 1", "a is not null and b == 1", "(a) is not null and (b) = (1)"},
		{"a <> 1", "a != 1", "a!=1"},
		{"coalesce(a + b, 0)", "COALESCE((a+b), (0))", `"coalesce"(a+b,0)`},
		{"a IN (1, 2)", "a in ((1), (2))", "(a) IN(1,2)"},
		{`"order" > 1`, "[ORDER] > 1", "`order` > 1"},
		{"key > 1", `"key" > 1`, "[Key] > 1", "KEY>1"},
		{`"end" > begin`, "end > [begin]"},
		{"new.name LIKE 'a%'", "NEW.NAME like ('a%')", `new."Name" LIKE 'a%'`, `"NEW".name LIKE 'a%'`},
		{"x'AB' = a", "X'ab' = a"},
		{"1E5", "(1e5)", "((1e5))"},
		{"0xFF + 1", "0Xff + 1"},
		{"Default1", "(Default1)", `"Default1"`, `("Default1")`, "[Default1]"},
		{"TRUE", "true", "(True)"},
		{"CURRENT_TIMESTAMP", "current_timestamp", "(Current_Timestamp)"},
		{"NULL", "null", "(null)"},
		{"NOT (a OR b)", "not (A or B)"},
		{"(a, b) = (1, 2)", "(A,B)==(1,2)"},
		{"CASE WHEN (a) THEN (1) ELSE (f(b)) END", "case when a then 1 else f(b) end"},
		{"a BETWEEN (1) AND (2)", "a between 1 and 2"},
		{"CAST(a AS TEXT)", "cast ( (a) as text )"},
	} {
		for _, other := range same[1:] {
			if a, b := canonical(same[0]), canonical(other); a != b {
				t.Errorf("%q is %q,\n but %q is %q", same[0], a, other, b)
			}
		}
	}
}

func TestExpressionsThatDiffer(t *testing.T) {
	for _, pair := range [][2]string{
		{"'a'", "'A'"}, {"'a b'", "'a  b'"}, {"'a'", `"a"`},
		{"(a + b) * c", "a + b * c"}, {"a - (b - c)", "a - b - c"}, {"NOT (a = b)", "NOT a = b OR c"},
		{"a IN ((1, 2))", "a IN (1, 2)"}, {"a IN (b)", "a IN b"}, {"(a, b)", "a, b"},
		{"TRUE", `"true"`}, {"CURRENT_DATE", `"current_date"`}, {"a = CURRENT_DATE", `a = "current_date"`},
		{"a = TRUE", `a = "true"`},
		// SQLite takes a name in double quotes that no column has for a string.
		{`a = "Active"`, `a = "active"`}, {`a IN ("Open", 'x')`, `a IN ("open", 'x')`},
		// Behind DEFAULT a lone name is a string.
		{"foo", "Foo"}, {`"foo"`, `"FOO"`},
		{"1", "1.0"}, {"-1", "1"}, {"1", "+1"}, {"1e5", "100000"},
		{"a || b", "a | b"}, {"a -> b", "a ->> b"}, {"a = b", "a IS b"}, {"- -1", "1"},
		{`"a b"`, "a b"}, {`"a""b" = 1`, `"ab" = 1`}, {"a.b = 1", "ab = 1"}, {"x 'ab'", "x'ab'"},
		{"count(*)", "count(DISTINCT a)"}, {"like('a', b)", "'a' LIKE b"},
	} {
		if a, b := canonical(pair[0]), canonical(pair[1]); a == b {
			t.Errorf("%q and %q are both %q", pair[0], pair[1], a)
		}
	}
}

func TestBodiesThatMeanTheSame(t *testing.T) {
	for _, same := range [][]string{
		{"SELECT id, name AS n FROM users WHERE age > 1", "select  id , name as n\nfrom users -- all\nwhere age>1", `SELECT "id", [name] AS "n" FROM "users" WHERE age > 1`},
		{"SELECT count(*) AS n FROM t", "select count( * ) as n from t", "select count(*) as [n] from t"},
		{"SELECT lower(a) l FROM t", "select lower( a ) l from t"},
		{"SELECT t.* FROM t", "select t . * from t"},
		{"SELECT a FROM t WHERE b = (SELECT max(c) FROM u)", "select a from t where b=(select max( c ) from u)"},
		{"SELECT a FROM t UNION SELECT b + 1 FROM u", "select a from t union select b+1 from u"},
		{"SELECT CASE WHEN a THEN b END AS c FROM t", "select case when a then b end as c from t"},
		{"BEGIN UPDATE t SET a = 1; SELECT RAISE(ABORT, 'no'); END", "begin update t set a=1 ; select raise( abort,'no' );end"},
		{"BEGIN DELETE FROM t WHERE key = old.key; END", `begin delete from t where "key" = old.[key]; end`},
		{"BEGIN UPDATE t SET a = NEW.b WHERE id = OLD.Id; END", "begin update T set A=new.B where ID=old.[iD]; end"},
		{"SELECT a AS \"b c\" FROM t", "select a as [b c] from t"},
		{"VALUES (1, 2)", "values(1,2)"},
		{"SELECT first, t.last AS rows FROM t WHERE end > range OR desc = 1", `select "first" , t."last" AS rows from t where [end] > ` + "`range`" + ` or "desc"=1`},
		{"SELECT max(row) m FROM filter GROUP BY first", `SELECT max("row") m FROM "filter" GROUP BY "first"`},
		{"SELECT a FROM t WHERE NOT a LIKE b AND a NOT LIKE b", "SELECT a FROM t WHERE not a like b and a not like b"},
		{"SELECT sum(a) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s FROM t", "select sum(a) over (rows between unbounded preceding and current row) as s from t"},
		{"SELECT a FROM t ORDER BY b NULLS FIRST", "select a from t order by b nulls first"},
		{"WITH c AS NOT MATERIALIZED (SELECT a FROM t) SELECT a FROM c", "with c as not materialized (select a from t) select a from c"},
		{"BEGIN INSERT OR REPLACE INTO t VALUES (1) ON CONFLICT (a) DO NOTHING; SELECT RAISE(IGNORE); END", "begin insert or replace into t values (1) on conflict (a) do nothing; select raise(ignore); end"},
	} {
		for _, other := range same[1:] {
			if a, b := canonical(same[0]), canonical(other); a != b {
				t.Errorf("%q is %q,\n but %q is %q", same[0], a, other, b)
			}
		}
	}
}

func TestBodiesThatDiffer(t *testing.T) {
	for _, pair := range [][2]string{
		{"SELECT a+b FROM t", "SELECT a + b FROM t"},
		{"SELECT count(*) FROM t", "SELECT COUNT(*) FROM t"},
		{"SELECT NULL FROM t", "SELECT null FROM t"},
		{"SELECT a LIKE b FROM t", "SELECT a like b FROM t"},
		{"SELECT a IS b FROM t", "SELECT a is b FROM t"},
		{"SELECT a AS n FROM t", "SELECT a AS N FROM t"},
		{"SELECT a n FROM t", "SELECT a N FROM t"},
		{"SELECT a AS key FROM t", "SELECT a AS Key FROM t"},
		{"SELECT * FROM (SELECT a+b FROM t)", "SELECT * FROM (SELECT a + b FROM t)"},
		{"SELECT * FROM u, (SELECT a+b FROM t)", "SELECT * FROM u, (SELECT a + b FROM t)"},
		{"WITH c AS (SELECT a+b FROM t) SELECT * FROM c", "WITH c AS (SELECT a + b FROM t) SELECT * FROM c"},
		{"SELECT a FROM t WHERE b = 'x'", "SELECT a FROM t WHERE b = 'X'"},
		{"SELECT a FROM t WHERE (b OR c) AND d", "SELECT a FROM t WHERE b OR c AND d"},
		{"SELECT a FROM t WHERE a = CURRENT_DATE", `SELECT a FROM t WHERE a = "current_date"`},
		{"SELECT a FROM t ORDER BY b DESC", `SELECT a FROM t ORDER BY b "desc"`},
		{"SELECT a FROM t", "SELECT a FROM u"},
		{`BEGIN INSERT INTO t VALUES ("Text"); END`, `BEGIN INSERT INTO t VALUES ("text"); END`},
		{"SELECT 'x' FROM t", "SELECT 'X' FROM t"},
		{"SELECT a FROM t WHERE b = TRUE", `SELECT a FROM t WHERE b = "true"`},
	} {
		if a, b := canonical(pair[0]), canonical(pair[1]); a == b {
			t.Errorf("%q and %q are both %q", pair[0], pair[1], a)
		}
	}
}

func TestUnreadableTextIsItsOwnCanonicalForm(t *testing.T) {
	for _, text := range []string{"'open", `"open`, "[open", "a ! b", "1x", "(a", "a)", "x'1'", "\x00", strings.Repeat("(", 5000) + "a" + strings.Repeat(")", 5000)} {
		if got := canonical("  " + text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// TestCanonicalFormKeepsTheValue has SQLite compute random expressions as they are written and in canonical form.
func TestCanonicalFormKeepsTheValue(t *testing.T) {
	db := memory(t, `CREATE TABLE t (a, b, "Order" TEXT)`, `INSERT INTO t VALUES (1, 2, 'x'), (NULL, -3, '5'), ('5', 0, NULL), (2.5, 'x', 'b')`)
	rapid.Check(t, func(t *rapid.T) {
		text := drawExpression(t, 4)
		form := canonical(text)
		if again := canonical(form); again != form {
			t.Fatalf("%q has the form %q, and that %q", text, form, again)
		}
		if a, b := compute(db, text), compute(db, form); a != b {
			t.Fatalf("%q is %s,\n but %q is %s", text, a, form, b)
		}
	})
}

// TestSpellingIsNoDifference writes an expression in another way, token by token.
func TestSpellingIsNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := "b < " + drawExpression(t, 4) // a lone name keeps its letters
		other := respell(t, text, true)
		if a, b := canonical(text), canonical(other); a != b {
			t.Fatalf("%q is %q,\n but %q is %q", text, a, other, b)
		}
	})
}

func canonical(text string) string { return Driver{}.Expression(text).Canonical }

// compute is what the expression gives for the rows of t.
func compute(db *sql.DB, expression string) string {
	var values sql.NullString
	if err := db.QueryRow("SELECT group_concat(quote(" + expression + "), ', ') FROM t").Scan(&values); err != nil {
		return "an error"
	}
	return values.String
}

// drawExpression draws an expression over the table t, with parentheses anywhere.
func drawExpression(t *rapid.T, depth int) string {
	operand := func() string { return drawExpression(t, depth-1) }
	var text string
	kind := rapid.IntRange(0, 11).Draw(t, "kind")
	if depth == 0 {
		kind %= 3
	}
	switch kind {
	case 0, 1:
		text = rapid.SampledFrom([]string{"a", "b", "t.b", `"Order"`, "[Order]", "t.\"Order\"", "`a`"}).Draw(t, "name")
	case 2:
		text = rapid.SampledFrom([]string{"1", "2.50", "'x'", "'it''s'", "NULL", "x'AB'", "1e2", "true", "-1", "- -1", "0x1F"}).Draw(t, "literal")
	case 3, 4, 5:
		symbol := rapid.SampledFrom([]string{"+", "-", "*", "/", "%", "||", "=", "==", "<>", "!=", "<", ">=", "AND", "OR", "IS", "IS NOT", "LIKE", "&", "<<"})
		text = operand() + " " + symbol.Draw(t, "operator") + " " + operand()
	case 6:
		text = rapid.SampledFrom([]string{"NOT ", "- ", "+ ", "~"}).Draw(t, "prefix") + operand()
	case 7:
		text = operand() + " IN (" + operand() + ", " + operand() + ")"
	case 8:
		text = "coalesce(" + operand() + ", " + operand() + ")"
	case 9:
		text = "CASE WHEN " + operand() + " THEN " + operand() + " ELSE " + operand() + " END"
	case 10:
		text = operand() + rapid.SampledFrom([]string{" ISNULL", " NOT NULL", " IS NULL", " COLLATE nocase"}).Draw(t, "postfix")
	default:
		text = operand() + " BETWEEN " + operand() + " AND " + operand()
	}
	for range rapid.IntRange(0, 2).Draw(t, "parentheses") {
		text = "(" + text + ")"
	}
	return text
}

// respell writes the tokens of a text with other spaces, comments and letters of keywords; names too, in other quotes and
// letters.
func respell(t *rapid.T, text string, names bool) string {
	tokens, err := lex(text)
	if err != nil {
		t.Fatal(err)
	}
	gap := rapid.SampledFrom([]string{" ", "  ", "\n", "\t", " /* a ' note */ ", " -- a \" note\n", "/**/"})
	var b strings.Builder
	for i, token := range tokens {
		if i > 0 && (tokens[i-1].end < token.start || rapid.IntRange(0, 3).Draw(t, "space") == 0) {
			b.WriteString(gap.Draw(t, "gap"))
		}
		b.WriteString(respellToken(t, token, names))
	}
	return b.String()
}

func respellToken(t *rapid.T, token token, names bool) string {
	name := token.content()
	keyword, fallback := isKeyword(token.text)
	switch {
	case token.kind == tokenWord && (keyword && !fallback || ownMeaning(token.text)):
		return rapid.SampledFrom([]string{upper(token.text), fold(token.text)}).Draw(t, "letters")
	case !names || token.kind != tokenWord && (token.kind != tokenQuoted || token.text[0] == '"'):
		return token.text
	case token.kind == tokenWord && keyword:
		return token.text
	}
	quotes := rapid.SampledFrom([]string{"[]", "``", ""}).Draw(t, "quotes")
	if reserved(name) && quotes == "" {
		quotes = "[]"
	}
	if rapid.Bool().Draw(t, "capitals") {
		name = upper(name)
	}
	if quotes == "" {
		return name
	}
	return quotes[:1] + name + quotes[1:]
}
