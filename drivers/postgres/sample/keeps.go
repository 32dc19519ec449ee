package sample

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
)

// Keeps implements drivers.Sampler. It promises less where it isn't sure: a promise that doesn't hold would refuse a good plan.
func (Sampler) Keeps(before, after drivers.Typed) drivers.Fidelity {
	return keeps(typeOf(before), typeOf(after))
}

func keeps(a, b kind) drivers.Fidelity {
	if a.form != b.form {
		return keepsAcross(a, b)
	}
	switch a.form {
	case unknownForm:
		return sameText(a.text == b.text)
	case enumForm:
		// Two labels may have changed names.
		if a.renamed || b.renamed {
			return drivers.SamePresence
		}
		// A label that isn't there afterwards was renamed, or its rows were given another: which, only the plan knows.
		for _, label := range a.labels {
			if !slices.Contains(b.labels, label) {
				return drivers.SamePresence
			}
		}
		return drivers.SameText
	case arrayForm, rangeForm, multirangeForm, compositeForm:
		// A field of another name in the same place is another field, unless it was renamed.
		if len(a.of) != len(b.of) || !a.renamed && !b.renamed && !slices.Equal(a.labels, b.labels) {
			return drivers.SamePresence
		}
		for i := range a.of {
			if a.form != arrayForm && a.of[i].name != b.of[i].name || keeps(a.of[i], b.of[i]) != drivers.SameText {
				return drivers.SamePresence
			}
		}
		return drivers.SameText
	}
	return keepsBase(a, b)
}

func keepsAcross(a, b kind) drivers.Fidelity {
	if a.form == arrayForm {
		return drivers.SameNothing
	}
	return sameText(a.form == enumForm && b.textual() || a.textual() && b.form == enumForm)
}

func sameText(yes bool) drivers.Fidelity {
	if yes {
		return drivers.SameText
	}
	return drivers.SamePresence
}

func keepsBase(a, b kind) drivers.Fidelity {
	_, _, wholeA := a.whole()
	_, _, wholeB := b.whole()
	switch {
	case a.name == b.name && slices.Equal(a.sizes, b.sizes) && slices.Equal(a.words, b.words):
		return drivers.SameText
	case a.textual() && b.textual():
		return drivers.SameText
	case integer(a) && integer(b), integer(a) && b.textual(), a.name == "uuid" && b.textual():
		return drivers.SameText
	case wholeA && wholeB:
		return drivers.SamePresence
	case integer(a) && (b.name == "numeric" || b.name == "double precision"),
		a.textual() && (integer(b) || b.name == "numeric"),
		a.name == "real" && b.name == "double precision":
		return drivers.SameNumber
	case a.name == "numeric" && b.name == "numeric":
		if len(b.sizes) == 0 || len(a.sizes) > 0 && b.size(1, 0) >= a.size(1, 0) {
			return drivers.SameNumber
		}
	case a.name == "numeric" && b.textual():
		return drivers.SameText
	}
	return drivers.SamePresence
}

// integer says that values are whole numbers and nothing but that.
func integer(k kind) bool {
	switch k.name {
	case "smallint", "integer", "bigint":
		return k.form == baseForm
	}
	return false
}
