package hclschema

import "testing"

// TestLanguageIsDescribed: each name has a sentence, and no name stands twice in a block.
func TestLanguageIsDescribed(t *testing.T) {
	kinds := map[string]bool{}
	for _, kind := range Language() {
		if kinds[kind.Name] || kind.Text == "" {
			t.Errorf("kind %q: twice or without a text", kind.Name)
		}
		kinds[kind.Name] = true
		described(t, kind.Name, kind.Names)
	}
	for _, kind := range Language() {
		if kind.Within != "" && !kinds[kind.Within] {
			t.Errorf("%s stands in %s, which is no kind", kind.Name, kind.Within)
		}
	}
	for name := range OtherBlocks() {
		if kinds[name] {
			t.Errorf("%s is said not to be carried, and is", name)
		}
	}
}

func described(t *testing.T, where string, names []NameReference) {
	t.Helper()
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name.Name] || name.Text == "" {
			t.Errorf("%s in %s: twice or without a text", name.Name, where)
		}
		seen[name.Name] = true
		if len(name.Nested) > 0 && !name.Block && !name.Both {
			t.Errorf("%s in %s has names in it and is no block", name.Name, where)
		}
		described(t, where+"."+name.Name, name.Nested)
	}
}
