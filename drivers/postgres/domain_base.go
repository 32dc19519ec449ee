package postgres

import (
	"cmp"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// derivedBase is what the domain of a column is made of in the end, where that is a type of the engine's own. Its values are
// stored alike.
const derivedBase = "base type"

// derivedRange is the range type whose multirange, or arrays of it, a column has.
const derivedRange = "range type"

// findRanges tells of each column of a multirange which range type that belongs to.
func (r *reader) findRanges() {
	ranges := map[string]string{}
	for _, o := range r.state.Objects() {
		if o.Identity.Kind == hclschema.KindRange {
			ranges[qualifiedType(o.Identity.Schema, cmp.Or(o.Properties.Text(hclschema.PropMultirange), multirangeName(o.Identity.Name)))] = typeOf(o.Identity)
		}
	}
	if len(ranges) == 0 {
		return
	}
	for _, o := range r.state.Objects() {
		if own := ranges[strings.TrimRight(o.Properties.Text(hclschema.PropType), "[]")]; own != "" && o.Identity.Kind == hclschema.KindColumn {
			derive(o, derivedRange, own)
		}
	}
}

// findBases tells of each column of a domain what that is made of.
func (r *reader) findBases() {
	domains := map[string]string{}
	for _, o := range r.state.Objects() {
		if o.Identity.Kind == hclschema.KindDomain {
			domains[typeOf(o.Identity)] = o.Properties.Text(hclschema.PropType)
		}
	}
	if len(domains) == 0 {
		return
	}
	for _, o := range r.state.Objects() {
		if o.Identity.Kind != hclschema.KindColumn {
			continue
		}
		if base := baseOf(o.Properties.Text(hclschema.PropType), domains); base != "" {
			derive(o, derivedBase, base)
		}
	}
}

// baseOf is what a domain, or an array of one, is made of; empty for any other type, and where that is no type of the engine's own.
func baseOf(typeText string, domains map[string]string) string {
	name, brackets := typeText, ""
	if bare, ok := strings.CutSuffix(typeText, "[]"); ok {
		name, brackets = bare, "[]"
	}
	base, ok := domains[name]
	for ok {
		name = base
		base, ok = domains[name]
	}
	read, known := readType(name)
	if name+brackets == typeText || !known || !read.known() || brackets != "" && read.dimensions > 0 {
		return ""
	}
	return name + brackets
}
