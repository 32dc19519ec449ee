package postgres

// LiteralOf implements drivers.Batcher. A literal without a type takes that of what it is compared with.
func (Driver) LiteralOf(expression string) string {
	return "pg_catalog.quote_literal((" + expression + ")::pg_catalog.text)"
}
