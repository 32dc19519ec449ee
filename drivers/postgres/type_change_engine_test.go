package postgres

import (
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// Every type can become every other, as far as the engine reads the expression: whether the values can is told by the values.
func TestConversionsAreRead(t *testing.T) {
	c := opened(t, testserver.Postgres(t).Database(t), drivers.OpenOptions{})
	types := []string{"smallint", "integer", "bigint", "numeric(8,2)", "real", "double precision", "text", "character varying(20)", "character(4)", "name", "date", "timestamp without time zone",
		"timestamp with time zone", "time without time zone", "time with time zone", "interval", "json", "jsonb", "inet", "cidr", "macaddr", "bit(3)", "bit varying", "boolean", "uuid", "bytea", "money", "xml",
		"oid", "regclass", "macaddr8", "interval(0)", "timestamp(3) with time zone", "bit varying(5)", "money[]", "uuid[]", "bytea[]", "inet[]", "json[]", "character(4)[]", "point", "tsvector", "int4range", "e", "d", "co", "integer[]", "text[]", "boolean[]", "timestamp with time zone[]", "character varying(5)[]", "e[]", "d[]"}
	execute(t, c, "CREATE TYPE e AS ENUM ('x')", "CREATE DOMAIN d AS integer", "CREATE TYPE co AS (x integer, y text)")
	for _, before := range types {
		for _, after := range types {
			if before == after {
				continue
			}
			query := "SELECT count(" + conversion("v", before, after) + ") FROM (SELECT NULL::" + before + " AS v) AS t"
			query += " WHERE " + rewritten("v", before, after)
			if err := c.Query(t.Context(), query, nil, func(scan func(...any) error) error { var n int; return scan(&n) }); err != nil {
				t.Errorf("%s to %s: %v\n%s", before, after, err, query)
			}
		}
	}
}
