package sqlite

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestCanonicalQueryKeepsNamesAndRows has SQLite run random queries as they are written and in canonical form: the columns'
// names and the rows must be the same.
func TestCanonicalQueryKeepsNamesAndRows(t *testing.T) {
	db := memory(t, `CREATE TABLE t (a, b, "Order" TEXT, first, "end")`,
		`INSERT INTO t VALUES (1, 2, 'x', 1, 1), (NULL, -3, '5', 2, 2), ('5', 0, NULL, 3, 3), (2.5, 'x', 'b', 4, 4)`)
	ran := 0
	rapid.Check(t, func(r *rapid.T) {
		query := drawQuery(r, 2)
		text := respell(r, query, false)
		form := canonical(text)
		if again := canonical(form); again != form {
			r.Fatalf("%q has the form %q, and that %q", text, form, again)
		}
		a, err := answer(db, text)
		if err != nil {
			return
		}
		ran++
		b, err := answer(db, form)
		if err != nil || a != b {
			r.Fatalf("%s\ngives\n%s\nbut\n%s\ngives\n%s%v", text, a, form, b, err)
		}
	})
	if ran < 20 {
		t.Errorf("only %d queries ran", ran)
	}
}

// TestEqualQueriesGiveTheSame writes a query in two ways; where the canonical forms are equal, names and rows must be.
func TestEqualQueriesGiveTheSame(t *testing.T) {
	db := memory(t, `CREATE TABLE t (a, b, "Order" TEXT, first, "end")`, `INSERT INTO t VALUES (1, 2, 'x', 1, 1), (NULL, -3, '5', 2, 2)`)
	equal := 0
	rapid.Check(t, func(r *rapid.T) {
		query := drawQuery(r, 2)
		one, other := query, respell(r, query, rapid.Bool().Draw(r, "names"))
		if canonical(one) != canonical(other) {
			return
		}
		equal++
		a, errA := answer(db, one)
		b, errB := answer(db, other)
		if (errA == nil) != (errB == nil) || a != b {
			r.Fatalf("%s\ngives\n%s%v\nbut\n%s\ngives\n%s%v", one, a, errA, other, b, errB)
		}
	})
	if equal == 0 {
		t.Error("no pair was equal")
	}
}

// answer is the names of a query's columns and its rows.
func answer(db *sql.DB, query string) (text string, err error) {
	if _, err := db.Exec("CREATE TEMP VIEW tried AS " + query); err != nil {
		return "", err
	}
	rows, err := db.Query("SELECT * FROM tried")
	if err == nil {
		text, err = readRows(rows)
	}
	if _, dropped := db.Exec("DROP VIEW tried"); err == nil {
		err = dropped
	}
	return text, err
}

func readRows(rows *sql.Rows) (text string, err error) {
	names, err := rows.Columns()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%q\n", names)
	for rows.Next() {
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			return "", err
		}
		for _, value := range values {
			fmt.Fprintf(&b, "%v|", *value.(*any))
		}
		b.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		return "", err
	}
	return b.String(), rows.Close()
}

// drawQuery draws a query over the table t.
func drawQuery(t *rapid.T, depth int) string {
	items := strings.Join(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return drawItem(t, depth) }), 1, 3).Draw(t, "items"), ", ")
	sources := []string{"t", `"t"`, "main.t", "t AS x", `t AS "first"`}
	if depth > 0 {
		inner := drawQuery(t, depth-1)
		sources = append(sources, "("+inner+")", "("+inner+") AS s", "t, ("+inner+") s", "(t JOIN ("+inner+") s)", "("+inner+") s LEFT JOIN t ON 1")
	}
	query := "SELECT " + rapid.SampledFrom([]string{"", "", "DISTINCT ", "ALL "}).Draw(t, "how") + items + " FROM " + rapid.SampledFrom(sources).Draw(t, "source")
	switch rapid.IntRange(0, 7).Draw(t, "rest") {
	case 0:
		query += " WHERE " + drawExpression(t, 2)
	case 1:
		query += " WHERE a IN (" + "SELECT a FROM t" + ") AND EXISTS (SELECT a + b FROM t)"
	case 2:
		query += " UNION ALL " + query
	case 3:
		query += " ORDER BY 1 DESC NULLS FIRST LIMIT 3 OFFSET 0"
	case 4:
		query = "WITH c AS (" + query + ") SELECT * FROM c"
	case 5:
		query = "WITH c(x) AS NOT MATERIALIZED (VALUES (1), (2) UNION SELECT 3) SELECT x, " + items + " FROM c, t"
	}
	return query
}

// drawItem draws a column of a result, with a name or without.
func drawItem(t *rapid.T, depth int) string {
	item := drawExpression(t, depth)
	switch rapid.IntRange(0, 9).Draw(t, "item") {
	case 0:
		item = rapid.SampledFrom([]string{"*", "first", "[first]", "end", "t.first", `t . "end"`, "[Order]", "'text'", "NULL", "true"}).Draw(t, "column")
	case 1:
		item = rapid.SampledFrom([]string{"count( * )", "count(*) FILTER (WHERE a > 1)", "sum(first) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
			"row_number() OVER (PARTITION BY first ORDER BY a DESC)", "(SELECT max( a ) FROM t)", "a COLLATE nocase", "CASE a WHEN 1 THEN 2 END", "CAST(a AS text)"}).Draw(t, "call")
	}
	alias := []string{"", "", " AS n", " n", " AS N", ` AS "N n"`, " AS [key]", " AS 'str'", " key", " AS Key", ` "first"`, " AS first", " AS first_1"}
	if strings.HasSuffix(item, "*") {
		return item
	}
	return item + rapid.SampledFrom(alias).Draw(t, "alias")
}
