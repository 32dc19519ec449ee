package execute_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/internal/testserver"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Every row is met once, whatever the type of the key is.
func TestEachOnPostgres(t *testing.T) {
	t.Parallel()
	keys := [][2]string{
		{"char(5)", "lpad(g::text, 3, 'a')"}, {"float8", "CASE g WHEN 1 THEN 'NaN'::float8 WHEN 2 THEN '-Infinity' ELSE 1.0 / g END"}, {"numeric", "g / -7.0"},
		{"timestamptz", "CASE g WHEN 1 THEN 'infinity'::timestamptz ELSE now() - g * interval '1.234567 s' END"}, {"date", "date '0044-01-01 BC' + g * 100000"},
		{"mood", "(enum_range(NULL::mood))[1 + g % 3]"}, {"bytea", "decode(md5(g::text), 'hex')"}, {"inet", "'10.0.0.0'::inet + g"}, {"int[]", "ARRAY[g, NULL, -g]"},
		{"few", "g"}, {`text COLLATE "C"`, `'Ä' || chr(60 + g) || '''\ ' || chr(10)`}, {"interval", "g * interval '1 mon 2 days 3 s'"}, {"bool", "g % 2 = 0"}, {"bit(8)", "g::bit(8)"},
		{`"a Pair"`, `ROW(g, 'x,''"' || g)::"a Pair"`}, {"int4range", "int4range(g, g + 3)"}, {`"char"`, `chr(64 + g)::"char"`}, {"uuid", "md5(g::text)::uuid"},
	}
	url := testserver.Postgres(t).Database(t)
	statements := []string{"CREATE TYPE mood AS ENUM ('z', 'a', 'm')", "CREATE DOMAIN few AS int CHECK (VALUE < 100)", `CREATE TYPE "a Pair" AS (a int, b text)`}
	f := &revision.File{ID: "a", Path: "a.hcl", Dialect: "postgres"}
	var sums []string
	for i, key := range keys {
		table := fmt.Sprintf("k%d", i)
		statements = append(statements, "CREATE TABLE "+table+" (k "+key[0]+" NOT NULL, n int NOT NULL DEFAULT 0)", "INSERT INTO "+table+" (k) SELECT "+key[1]+" FROM generate_series(1, 23) g")
		f.Upgrade = append(f.Upgrade, each("UPDATE "+table+" SET n = n + 1 WHERE ${each.range}", revision.Each{Table: table, Key: []string{"k"}, Batch: 4}))
		sums = append(sums, "SELECT '"+strings.ReplaceAll(key[0], "'", "''")+"' WHERE EXISTS (SELECT FROM "+table+" WHERE n <> 1)")
	}
	testserver.Exec(t, url, statements...)
	conn := onPostgres(t, url, table, 0)
	result, err := execute.Upgrade(t.Context(), postgresOptions(conn, join(t, f), table, time.Minute))
	if err != nil || len(result.Done) != 1 {
		t.Fatal(result, err)
	}
	if wrong := texts(t, conn, strings.Join(sums, " UNION ALL ")); len(wrong) > 0 {
		t.Errorf("rows were not met once where the key is %q", wrong)
	}
}
