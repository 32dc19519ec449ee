package pairs

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"sort"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite"
	"pgregory.net/rapid"
)

var (
	number = flag.Int("pairs", 200, "how many pairs to try")
	seed   = flag.Int("pairs.seed", 1, "the first pair's number")
	large  = flag.Bool("pairs.large", false, "report faults as they are found, without making them small")
)

// tally counts what became of the pairs.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

func (c *tally) add(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts[what]++
}

func TestRandomPairs(t *testing.T) {
	first, count := *seed, *number
	if os.Getenv("DUO_ORM_NIGHTLY") != "" {
		first, count = int(time.Now().Unix()%1_000_000_000), 3000
	}
	drawn, counts := rapid.Custom(drawPair), &tally{counts: map[string]int{}}
	t.Run("pairs", func(t *testing.T) {
		for worker := range 2 {
			t.Run(fmt.Sprint(worker), func(t *testing.T) {
				t.Parallel()
				for n := first + worker; n < first+count; n += 2 {
					tryOne(t, n, drawn.Example(n), counts)
				}
			})
		}
	})
	var names []string
	for what := range counts.counts {
		names = append(names, what)
	}
	sort.Strings(names)
	for _, what := range names {
		t.Logf("%6d %s", counts.counts[what], what)
	}
	if counts.counts["planned"]*3 < count {
		t.Errorf("too few pairs were planned: %d of %d", counts.counts["planned"], count)
	}
}

func tryOne(t *testing.T, n int, p pair, counts *tally) {
	result, err := attempt(t, p)
	switch {
	case err != nil:
		counts.add("FAULT " + class(err))
		if !*large {
			p, result, err = smallest(t, p, err)
		}
		t.Errorf("pair %d: %v\n%s\n-- to --\n%s\nrenames %+v\n%s", n, err, result.scripts[0], result.scripts[1], p.Renames, steps(result))
	case result.refused != "":
		counts.add("refused: " + result.refused)
	default:
		counts.add("planned")
		if result.back != "" {
			counts.add("way back refused by " + result.back)
		}
	}
}

// attempt tries a copy of a pair in a folder of its own.
func attempt(t *testing.T, p pair) (result *trial, err error) {
	defer func() {
		if r := recover(); r != nil {
			result, err = &trial{}, faultf("panic", "%v\n%s", r, debug.Stack())
		}
	}()
	q, err := copied(p)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp("", "duo-orm-pairs")
	if err != nil {
		t.Fatal(err)
	}
	result, err = q.try(folder)
	if removed := os.RemoveAll(folder); removed != nil {
		t.Fatal(removed)
	}
	return result, err
}

// class is what a fault is called.
func class(err error) string {
	var f *fault
	if errors.As(err, &f) {
		return f.class
	}
	return "the test itself: " + fmt.Sprintf("%T", err)
}

// smallest makes a fault's pair small, within half a minute.
func smallest(t *testing.T, p pair, err error) (pair, *trial, error) {
	until := time.Now().Add(30 * time.Second)
	small := minimise(p, func(q pair) bool {
		if time.Now().After(until) {
			return false
		}
		_, again := attempt(t, q)
		return again != nil && class(again) == class(err)
	})
	result, err := attempt(t, small)
	return small, result, err
}

// steps are those of a trial's plan, for reports.
func steps(t *trial) string {
	if t.plan == nil {
		return ""
	}
	text := "-- up --\n"
	for _, step := range t.plan.Upgrade {
		text += step.SQL + ";\n"
	}
	text += "-- down --\n"
	for _, step := range t.plan.Downgrade {
		text += step.SQL + ";\n"
	}
	return text
}
