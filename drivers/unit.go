package drivers

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Units groups the objects of a state by unit, in the order of the units' own objects. A part whose unit isn't in the
// state is left out.
func Units(linker Linker, state *hclschema.State) []Unit {
	var units []Unit
	at := make(map[hclschema.Identity]int)
	for _, o := range state.Objects() {
		if key := state.Key(linker.Unit(o.Identity)); key == state.Key(o.Identity) {
			at[key] = len(units)
			units = append(units, Unit{o})
		}
	}
	for _, o := range state.Objects() {
		key := state.Key(linker.Unit(o.Identity))
		if i, ok := at[key]; ok && key != state.Key(o.Identity) {
			units[i] = append(units[i], o)
		}
	}
	return units
}

// fingerprintForm begins the fingerprints of the present canonical forms: none for the first. Whoever changes a canonical
// form, or a property's name, counts it up ("2-"), so that fingerprints in revision files that were written before aren't
// taken for drift.
const fingerprintForm = ""

// Comparable says whether a fingerprint was made from the canonical forms of this version of duo-orm. One that wasn't says
// nothing about the unit as it is read today.
func Comparable(print string) bool {
	form := formOf(print)
	return form == fingerprintForm || form == privilegesForm
}

func formOf(print string) string { return print[:strings.IndexByte(print, '-')+1] }

// privilegesForm begins the fingerprints of units that tell an owner or privileges. They were made where the project managed these.
const privilegesForm = "p-" + fingerprintForm

// Agrees says that a unit of the database is as a fingerprint says, as far as that can be told: where privileges aren't managed, or
// weren't when the fingerprint was made, owners and privileges don't count.
func Agrees(print string, unit Unit, key func(hclschema.Identity) hclschema.Identity, managesPrivileges bool) bool {
	switch {
	case !Comparable(print) || formOf(print) == privilegesForm && !managesPrivileges:
		return true
	case Fingerprint(unit, key) == print:
		return true
	}
	return formOf(print) == fingerprintForm && Fingerprint(withoutPrivileges(unit), key) == print
}

// withoutPrivileges is a unit that tells no owners and privileges.
func withoutPrivileges(unit Unit) Unit {
	rest := make(Unit, len(unit))
	for i, o := range unit {
		rest[i] = o.Clone()
		for _, name := range hclschema.PrivilegeProperties() {
			delete(rest[i].Properties, name)
		}
	}
	return rest
}

// Fingerprint is 64 bits, as 16 hexadecimal digits, of a unit's identities and properties, whatever the order of its parts
// and the spelling of their texts.
func Fingerprint(unit Unit, key func(hclschema.Identity) hclschema.Identity) string {
	lines := make([]string, 0, len(unit)*8)
	form := fingerprintForm
	for _, o := range unit {
		id := key(o.Identity).String()
		lines = append(lines, id)
		for _, name := range hclschema.PrivilegeProperties() {
			if o.Properties[name] != nil {
				form = privilegesForm
			}
		}
		for _, name := range o.Properties.Names() {
			lines = append(lines, id+"\x00"+name+"\x00"+o.Properties[name].Key())
		}
	}
	sort.Strings(lines)
	sum := sha256.New()
	for _, line := range lines {
		sum.Write([]byte(line))
		sum.Write([]byte{'\n', 0})
	}
	return form + hex.EncodeToString(sum.Sum(nil)[:8])
}
