package hclschema

import "testing"

func TestBodiesAreWrapped(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"BEGIN SELECT 1; END", "BEGIN SELECT 1; END"},
		{"-- why\n/* BEGIN */ begin\nSELECT 1;\nend", "-- why\n/* BEGIN */ begin\nSELECT 1;\nend"},
		{"SELECT 1;", "BEGIN\nSELECT 1;\nEND"},
		{"SELECT 1", "BEGIN\nSELECT 1;\nEND"},
		{"SELECT 1 -- one;", "BEGIN\nSELECT 1 -- one;\n;\nEND"},
		{"SELECT 1; -- one", "BEGIN\nSELECT 1; -- one\nEND"},
		{"SELECT ';'", "BEGIN\nSELECT ';';\nEND"},
		{"SELECT '--'", "BEGIN\nSELECT '--'\n;\nEND"},
		{"SELECT \"it''s\" /* ; */", "BEGIN\nSELECT \"it''s\" /* ; */;\nEND"},
		{"SELECT 'open", "BEGIN\nSELECT 'open;\nEND"},
		{"\"BEGIN\"", "BEGIN\n\"BEGIN\";\nEND"},
	} {
		if got := wrapBody(c.text); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}
