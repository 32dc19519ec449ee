package postgres

import (
	"math"

	"github.com/duo-orm/duo-orm/hclschema"
)

// sequenceOptions are the options of a sequence of that type that aren't the engine's own (CREATE SEQUENCE in the manual), by
// the names of their properties.
func sequenceOptions(typeText string, start, increment, smallest, largest, cache int64, cycle bool) hclschema.Record {
	record := hclschema.Record{}
	low, high := int64(1), largestOf(typeText)
	if increment < 0 {
		low, high = -high-1, -1
	}
	set := func(name string, value, usual int64) {
		if value != usual {
			record[name] = hclschema.Int(value)
		}
	}
	set(hclschema.PropIncrement, increment, 1)
	set(hclschema.PropMinValue, smallest, low)
	set(hclschema.PropMaxValue, largest, high)
	if increment < 0 {
		set(hclschema.PropStart, start, largest)
	} else {
		set(hclschema.PropStart, start, smallest)
	}
	set(hclschema.PropCache, cache, 1)
	if cycle {
		record[hclschema.PropCycle] = hclschema.Bool(true)
	}
	return record
}

// largestOf is the largest number of an integer type.
func largestOf(typeText string) int64 {
	switch typeText {
	case "smallint":
		return math.MaxInt16
	case "integer":
		return math.MaxInt32
	}
	return math.MaxInt64
}
