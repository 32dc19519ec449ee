package postgres

// LiteralOf implements drivers.Batcher. A literal without a type takes that of what it is compared with, with its length; one of a
// composite type has to be told, or it would be a row of no type.
func (Driver) LiteralOf(expression string) string {
	return "pg_catalog.quote_literal((" + expression + ")::pg_catalog.text) || CASE (SELECT typtype FROM pg_catalog.pg_type WHERE oid = pg_catalog.pg_typeof(" + expression + "))" +
		" WHEN 'c' THEN '::' || pg_catalog.pg_typeof(" + expression + ")::pg_catalog.text ELSE '' END"
}
