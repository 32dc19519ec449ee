package postgres

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

// node is a part of what EXPLAIN tells.
type node struct {
	Relation string  `json:"Relation Name"`
	Rows     float64 `json:"Actual Rows"`
	Removed  float64 `json:"Rows Removed by Filter"`
	Loops    float64 `json:"Actual Loops"`
	Plans    []node
}

// read is how many rows are read from catalogues.
func (n node) read() float64 {
	sum := 0.0
	if n.Relation != "" {
		sum = (n.Rows + n.Removed) * n.Loops
	}
	for _, inner := range n.Plans {
		sum += inner.read()
	}
	return sum
}

// What an inspection of one schema reads doesn't grow with what lies in others.
func TestAloneReadsNoMoreAmongMany(t *testing.T) {
	server := testserver.Postgres(t)
	url := server.Database(t)
	more := func(from, to int) {
		var statements []string
		for i := from; i < to; i++ {
			schema := fmt.Sprintf("t%04d", i)
			statements = append(statements, "CREATE SCHEMA "+schema, "SET search_path = "+schema, "CREATE TYPE e AS ENUM ('a')", "CREATE TYPE c AS (a int)", "CREATE DOMAIN d AS int",
				"CREATE TABLE t (a int PRIMARY KEY, b e, CHECK (a > 0))", "CREATE TABLE u (a int REFERENCES t, i int GENERATED ALWAYS AS IDENTITY)", "CREATE INDEX ON u (a)", "CREATE VIEW v AS SELECT a FROM t", "CREATE MATERIALIZED VIEW m AS SELECT a FROM t",
				"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()")
		}
		testserver.Exec(t, url, append(statements, "RESET search_path", "ANALYZE")...)
	}
	measured := func() map[string]float64 {
		conn, err := pgx.Connect(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(t.Context()) //nolint:errcheck // what it told has been read
		var version int
		if err := conn.QueryRow(t.Context(), "SELECT current_setting('server_version_num')::int FROM set_config('search_path', 't0003', false) s, set_config('enable_seqscan', 'off', false) e").Scan(&version); err != nil {
			t.Fatal(err)
		}
		read := map[string]float64{}
		for _, reading := range readings(false) {
			var text []byte
			if err := conn.QueryRow(t.Context(), "EXPLAIN (ANALYZE, TIMING false, FORMAT json) "+inDefaultSchema(forVersion(reading.sql, version), false)).Scan(&text); err != nil {
				t.Fatalf("%s: %v", reading.of, err)
			}
			var plans []struct{ Plan node }
			if err := json.Unmarshal(text, &plans); err != nil {
				t.Fatal(err)
			}
			read[reading.of] = plans[0].Plan.read()
		}
		return read
	}
	more(0, 20)
	few := measured()
	more(20, 60)
	for of, rows := range measured() {
		if rows > few[of]*1.1+60 { // the schemas themselves may be read
			t.Errorf("the %s are found among %.0f rows, and among %.0f where there are three times as many schemas", of, few[of], rows)
		}
	}
}
