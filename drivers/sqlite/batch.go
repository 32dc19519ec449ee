package sqlite

// LiteralOf implements drivers.Batcher.
func (Driver) LiteralOf(expression string) string { return "quote(" + expression + ")" }
