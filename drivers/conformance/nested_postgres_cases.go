package conformance

// nestedPostgresCases are fields of composite types that get another type, where columns have them within others.
func nestedPostgresCases() []Case {
	composite := func(t string) string {
		return block(`composite "co"`, "field \"a\" { type = "+t+" }", "field \"b\" { type = text }")
	}
	within := block(`composite "outside"`, "field \"x\" { type = composite.co }", "field \"y\" { type = int }")
	domain := block(`domain "dc"`, "type = composite.co", "check \"c\" { expr = \"(VALUE).a > 0\" }")
	table := func(t string) string {
		return block(`table "t"`, "column \"v\" { type = "+t+" }")
	}
	change := func(name, rest, row, read string, holds string) Case {
		return Case{Name: "a field's type within " + name, Before: composite("int") + rest, After: composite("bigint") + rest, Rows: []string{"INSERT INTO t VALUES (" + row + ")"}, Dialects: []string{"postgres"},
			Holds: []Query{{Before: "SELECT " + read + " FROM t", Want: holds}}}
	}
	return []Case{
		change("a composite type", within+table("composite.outside"), "ROW(ROW(7, 'p')::co, 4)::outside", "((v).x).a", "7"),
		change("an array", table(`sql("co[]")`), "ARRAY[ROW(7, 'p')::co]", "(v[1]).a", "7"),
		change("a domain", domain+table("domain.dc"), "ROW(7, 'p')::co", "(v).a", "7"),
	}
}
