package sample

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

func TestMain(m *testing.M) { testserver.Main(m) }

// withSizes are types that have sizes or the like, beside all those that the server knows.
const withSizes = `numeric(10,2); numeric(3,3); numeric(5); numeric(2,1); numeric(1); numeric(30,10); character varying(3); character varying(1)[];
	character(5); character(1); bit(5); bit varying(3); timestamp(3) with time zone; timestamp(0) without time zone; time(0) without time zone;
	interval year; interval year to month; interval day to second(3); interval(3); interval minute; interval hour to minute`

// nobody needs values of these, or nobody can write them.
const unknownTypes = " aclitem gtsvector pg_brin_bloom_summary pg_brin_minmax_multi_summary pg_dependencies pg_mcv_list pg_ndistinct pg_node_tree "

// The server takes every value that is made for a type: plain ones, others, and what checks suggest.
func TestServerTakesValues(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), testserver.Postgres(t).Database(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	rows, err := conn.Query(t.Context(), `SELECT format_type(oid, NULL) FROM pg_type
		WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm') AND typcategory <> 'A' ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	types, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Split(withSizes, ";") {
		types = append(types, strings.TrimSpace(name))
	}
	types = append(types, "integer[]", "text[]", "box[]", "jsonb[]", "bytea[]", "daterange[]", "timestamp with time zone[]", "point[]")
	for _, name := range types {
		sample := Sampler{}.Sample(typed(nil, name))
		if sample.Unknown != "" {
			if !strings.Contains(unknownTypes, " "+name+" ") {
				t.Errorf("no values are known of %s", name)
			}
			continue
		}
		values := append(sample.Others, sample.Suggest(
			[]any{int64(5), int64(-7), 2.5, int64(100000)},
			[]any{"abc", "2024-01-01", "10.0.0.1", "{}", "a.b", "0101", "5 days", "it's", "00:30"})...)
		for n := range 180 {
			values = append(values, sample.Plain(3, n), sample.Plain(17, n))
		}
		var list []string
		for _, value := range values {
			text := Sampler{}.Literal(value)
			if len(list) == 0 { // the others follow its type
				text = "CAST(" + text + " AS " + name + ")"
			}
			list = append(list, "("+text+")")
		}
		query := fmt.Sprintf("SELECT CAST(v AS text) FROM (VALUES %s) AS list (v)", strings.Join(list, ", "))
		if _, err := conn.Exec(t.Context(), query); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
