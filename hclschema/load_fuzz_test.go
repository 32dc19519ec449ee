package hclschema

import "testing"

// FuzzLoad: no file makes the reader panic, and what it reads without errors can be written and read again.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(handwritten))
	f.Add([]byte("table \"t\" {\n  column \"a\" {\n type = int\n as { expr = \"1\" }\n}\n  unique { columns = [column.a] }\n}\ntrigger \"g\" {\n  on = table.t\n  after { update_of = [column.a] }\n  as = \"SELECT 1\"\n}"))
	f.Add([]byte("virtual_table \"v\" {\n module = \"fts5\"\n arguments = [\"a\"]\n}\nview \"w\" {\n columns = [\"x\"]\n as = <<-SQL\n SELECT 1\n SQL\n}\nschema \"main\" {}"))
	f.Fuzz(func(t *testing.T, source []byte) {
		state, diags := Load([]Source{{Name: "m.hcl", Bytes: source}}, nil, testDialect{})
		if diags.HasErrors() {
			return
		}
		if _, err := WriteText(state, testDialect{}); err != nil {
			t.Fatalf("%s\n%s%v", source, lines(state), err)
		}
	})
}
