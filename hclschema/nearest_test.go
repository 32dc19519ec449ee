package hclschema

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestNearest(t *testing.T) {
	cases := []struct {
		name       string
		candidates []string
		want       string
	}{
		{"emial", []string{"id", "email", "mail"}, "email"},
		{"EMAIL", []string{"email"}, "email"},
		{"email", []string{"email"}, ""},
		{"usr", []string{"posts", "users", "user"}, "user"},
		{"created", []string{"created_at", "updated_at"}, ""},
		{"createdat", []string{"created_at", "updated_at"}, "created_at"},
		{"x", []string{"y", "ab", "xa"}, "xa"},
		{"abc", nil, ""},
		{"zzz", []string{"abc"}, ""},
		{"aac", []string{"aad", "aab"}, "aab"},
		{"näme", []string{"name"}, "name"},
	}
	for _, c := range cases {
		if got := Nearest(c.name, c.candidates); got != c.want {
			t.Errorf("Nearest(%q, %q) = %q, want %q", c.name, c.candidates, got, c.want)
		}
	}
	if got := DidYouMean("emial", []string{"email"}); got != ` Did you mean "email"?` {
		t.Error(got)
	}
	if got := DidYouMean("zzz", []string{"email"}); got != "" {
		t.Error(got)
	}
}

// TestNearestIgnoresOrder holds that the answer depends on the set of candidates alone.
func TestNearestIgnoresOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[abc]{1,5}`)
		name := word.Draw(t, "name")
		candidates := rapid.SliceOf(word).Draw(t, "candidates")
		reversed := make([]string, len(candidates))
		for i, c := range candidates {
			reversed[len(candidates)-1-i] = c
		}
		if a, b := Nearest(name, candidates), Nearest(name, reversed); a != b {
			t.Fatalf("%q and %q", a, b)
		}
	})
}

func BenchmarkNearest(b *testing.B) {
	candidates := make([]string, 3000)
	for i := range candidates {
		candidates[i] = fmt.Sprintf("customer_orders_%d", i)
	}
	for b.Loop() {
		Nearest("customre_ordres", candidates)
	}
}
