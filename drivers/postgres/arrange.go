package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
)

// addsValue is how a step that adds a value to an enum is recognised.
const addsValue = "ADD VALUE IF NOT EXISTS "

// Arrange implements drivers.Arranger. A new value of an enum can't be used in the transaction that adds it (ALTER TYPE,
// Notes), which is why such a step stands alone; where no other step writes the value, it needn't.
func (Driver) Arrange(steps []drivers.Step) []drivers.Step {
	arranged := slices.Clone(steps)
	for i, step := range arranged {
		_, rest, adds := strings.Cut(step.SQL, addsValue)
		if !step.OwnTransaction || !adds {
			continue
		}
		value := firstLiteral(rest)
		used := slices.ContainsFunc(steps, func(other drivers.Step) bool {
			// A row may hold it within an array.
			return other.SQL != step.SQL && (strings.Contains(other.SQL, value) || len(other.Changes) > 0 && strings.Contains(other.SQL, strings.Trim(value, "'")))
		})
		if !used {
			arranged[i].OwnTransaction = false
		}
	}
	return arranged
}

// firstLiteral is the string literal that a text begins with.
func firstLiteral(text string) string {
	for i := 1; i < len(text); i++ {
		if text[i] != '\'' {
			continue
		}
		if i+1 < len(text) && text[i+1] == '\'' {
			i++
			continue
		}
		return text[:i+1]
	}
	return text
}
