package corpus

import (
	"fmt"
	"sort"
	"sync"
	"testing"
)

// The outcomes.
const (
	equal     = "equal"
	different = "different"
	refused   = "refused"
	// broken is a case that panicked or stopped half-way: it counts as different.
	broken = "broken"
	// unusable is a case whose own SQL doesn't run.
	unusable = "unusable"
)

// outcome is one line of the table.
type outcome struct{ name, up, down, reason string }

type table struct {
	engine, what string
	mu           sync.Mutex
	rows         []outcome
}

// add returns a case's line to fill in. The line counts as broken until it is.
func (t *table) add(test *testing.T, name string) *outcome {
	o := &outcome{name: name, up: broken, down: broken}
	test.Cleanup(func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.rows = append(t.rows, *o)
	})
	return o
}

func (t *table) print(test *testing.T) {
	sort.Slice(t.rows, func(i, j int) bool { return t.rows[i].name < t.rows[j].name })
	number := map[string]int{}
	for _, r := range t.rows {
		fmt.Printf("%-70s up %-9s down %-9s %s\n", r.name, r.up, r.down, r.reason)
		number[r.up]++
		number[r.down]++
	}
	fmt.Printf("%s %s: equal %d, different %d, refused %d", t.engine, t.what, number[equal], number[different]+number[broken], number[refused])
	if number[unusable] > 0 {
		fmt.Printf(", unusable %d", number[unusable])
	}
	fmt.Println()
	if wrong := number[different] + number[broken]; wrong > 0 {
		test.Errorf("%d came out different", wrong)
	}
}
