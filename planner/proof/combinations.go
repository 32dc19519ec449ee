package proof

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// groups joins clauses that share columns.
func groups(clauses []clause) []solution {
	var sets []solution
	for _, c := range clauses {
		merged := solution{columns: slices.Clone(c.columns), clauses: []clause{c}}
		var rest []solution
		for _, set := range sets {
			if !overlap(set.columns, merged.columns) {
				rest = append(rest, set)
				continue
			}
			merged.columns = append(merged.columns, set.columns...)
			merged.clauses = append(set.clauses, merged.clauses...)
		}
		slices.Sort(merged.columns)
		merged.columns = slices.Compact(merged.columns)
		sets = append(rest, merged)
	}
	return sets
}

func overlap(a, b []int) bool {
	return slices.ContainsFunc(a, func(i int) bool { return slices.Contains(b, i) })
}

// combinations are tuples with a value of each list: all of them, or at most so many, the same ones each time.
func combinations(lists [][]any, most int) [][]any {
	most = min(most, mostParameters/len(lists))
	total := 1
	for _, list := range lists {
		if len(list) == 0 {
			return nil
		}
		total = min(total*len(list), most+1)
	}
	var tuples [][]any
	if total <= most {
		tuples = [][]any{nil}
		for _, list := range lists {
			var longer [][]any
			for _, tuple := range tuples {
				for _, value := range list {
					longer = append(longer, append(slices.Clone(tuple), value))
				}
			}
			tuples = longer
		}
		return tuples
	}
	random := rand.New(rand.NewPCG(1, 2))
	for n := range most {
		tuple := make([]any, len(lists))
		for j, list := range lists {
			if n < 8 { // the first of each list, and so the plain values, stand side by side
				tuple[j] = list[n%len(list)]
			} else {
				tuple[j] = list[random.IntN(len(list))]
			}
		}
		tuples = append(tuples, tuple)
	}
	return append(tuples, make([]any, len(lists)))
}

// spread puts first those combinations that have no value in common with one before them, since columns may be unique.
func spread(rows [][]any) [][]any {
	seen := map[string]bool{}
	var fresh, stale [][]any
	for _, r := range rows {
		keys := make([]string, len(r))
		old := false
		for j, value := range r {
			keys[j] = fmt.Sprintf("%d %s", j, display(value))
			old = old || seen[keys[j]]
		}
		if old {
			stale = append(stale, r)
			continue
		}
		fresh = append(fresh, r)
		for _, key := range keys {
			seen[key] = true
		}
	}
	all := append(fresh, stale...)
	return all[:min(len(all), keptCombinations)]
}

func column0(rows [][]any) []any {
	values := make([]any, len(rows))
	for n, r := range rows {
		values[n] = r[0]
	}
	return values
}

func distinct(values []any) []any {
	seen := map[string]bool{}
	var kept []any
	for _, value := range values {
		if key := display(value); !seen[key] {
			seen[key] = true
			kept = append(kept, value)
		}
	}
	return kept
}
