package planner

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Whatever the edges, hard ones hold unless they form a ring, and the order is the same each time.
func TestSortKeepsHardEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "nodes")
		type pair struct {
			a, b int
			soft bool
		}
		pairs := rapid.SliceOf(rapid.Custom(func(t *rapid.T) pair {
			return pair{rapid.IntRange(0, n-1).Draw(t, "a"), rapid.IntRange(0, n-1).Draw(t, "b"), rapid.Bool().Draw(t, "soft")}
		})).Draw(t, "edges")
		build := func() *sorter {
			s := newSorter(n)
			for _, p := range pairs {
				s.before(p.a, p.b, p.soft)
			}
			return s
		}
		order, left, ok := build().sort()
		again, _, _ := build().sort()
		if difference := cmp.Diff(order, again); difference != "" {
			t.Fatalf("not deterministic:\n%s", difference)
		}
		at := map[int]int{}
		for i, node := range order {
			at[node] = i
		}
		if len(order)+len(left) != n || ok != (len(left) == 0) {
			t.Fatalf("%d sorted and %d left of %d, ok %t", len(order), len(left), n, ok)
		}
		for _, p := range pairs {
			i, sorted := at[p.a]
			j, also := at[p.b]
			if !p.soft && p.a != p.b && also && (!sorted || i > j) {
				t.Fatalf("%d must come before %d: %v", p.a, p.b, order)
			}
		}
	})
}

func TestSortGivesUpWishesOnly(t *testing.T) {
	s := newSorter(3)
	s.before(1, 0, true)
	s.before(0, 1, true)
	s.before(2, 0, true)
	order, _, ok := s.sort()
	if difference := cmp.Diff([]int{2, 0, 1}, order); difference != "" || !ok {
		t.Errorf("ok %t (-want +got):\n%s", ok, difference)
	}
	behind := newSorter(4) // what waits for a ring isn't in it
	behind.before(2, 3, true)
	behind.before(3, 2, true)
	behind.before(3, 1, true)
	behind.before(1, 0, true)
	order, _, ok = behind.sort()
	if difference := cmp.Diff([]int{2, 3, 1, 0}, order); difference != "" || !ok {
		t.Errorf("ok %t (-want +got):\n%s", ok, difference)
	}
	ring := newSorter(2)
	ring.before(0, 1, false)
	ring.before(1, 0, false)
	if _, left, ok := ring.sort(); ok || len(left) != 2 {
		t.Errorf("a ring of hard edges was sorted; left %v", left)
	}
}

// Rings that have nothing to do with each other are broken up together: one by one, this many would take minutes.
func TestManyRings(t *testing.T) {
	const n = 40000
	s := newSorter(n)
	for i := 0; i < n; i += 2 {
		s.before(i, i+1, true)
		s.before(i+1, i, true)
	}
	order, left, ok := s.sort()
	if !ok || len(left) > 0 || !slices.IsSorted(order) || len(order) != n {
		t.Errorf("%d of %d nodes are ordered, %d are left", len(order), n, len(left))
	}
}
