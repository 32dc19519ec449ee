package hclschema

import (
	"fmt"
	"strings"
)

// Nearest returns the candidate that name was most likely meant to be, "" where none is near. Letter case does not count
// and a swap of neighbours is one mistake. Ties go to the first in alphabetical order, whatever the order of candidates.
func Nearest(name string, candidates []string) string {
	want := []rune(strings.ToLower(name))
	limit := min(max(1, len(want)/3), 4)
	best, bestDistance := "", limit+1
	var rows editRows
	for _, candidate := range candidates {
		if candidate == name {
			continue
		}
		got := []rune(strings.ToLower(candidate))
		if len(got)-len(want) > limit || len(want)-len(got) > limit {
			continue
		}
		distance := rows.distance(want, got, limit)
		if distance >= max(len(want), len(got)) || distance > bestDistance {
			continue
		}
		if distance < bestDistance || candidate < best {
			best, bestDistance = candidate, distance
		}
	}
	if bestDistance > limit {
		return ""
	}
	return best
}

// DidYouMean is the hint ` Did you mean "x"?` that ends a message about an unknown name, "" where nothing is near.
func DidYouMean(name string, candidates []string) string {
	if near := Nearest(name, candidates); near != "" {
		return fmt.Sprintf(" Did you mean %q?", near)
	}
	return ""
}

// editRows are rows of a table of distances, used again for each candidate.
type editRows struct{ before, above, row []int }

// distance counts the insertions, deletions, replacements and swaps of neighbours between a and b; it may stop counting
// once there are more than limit.
func (r *editRows) distance(a, b []rune, limit int) int {
	if cap(r.row) <= len(b) {
		r.before, r.above, r.row = make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	}
	before, above, row := r.before[:len(b)+1], r.above[:len(b)+1], r.row[:len(b)+1]
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		// A swap reaches back over one row, so that a row above the limit alone decides nothing.
		if least > limit+1 {
			return least
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}
