package drivers

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Worder is a driver whose engine keeps expressions and queries in words of its own, which another major version chooses otherwise.
type Worder interface {
	// Unworded is a copy of the unit without what only the version decides.
	Unworded(unit Unit) Unit
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
// weren't when the fingerprint was made, owners and privileges don't count, and what only the engine's version decides doesn't where
// the fingerprint was made on another one.
func Agrees(driver Driver, print string, unit Unit, key func(hclschema.Identity) hclschema.Identity, managesPrivileges, otherVersion bool) bool {
	if !Comparable(print) || formOf(print) == privilegesForm && !managesPrivileges {
		return true
	}
	same := func(is string) bool {
		exact, rough := parts(print)
		isExact, isRough := parts(is)
		return exact == isExact || otherVersion && rough == isRough
	}
	return same(Fingerprint(driver, unit, key)) || formOf(print) == fingerprintForm && same(Fingerprint(driver, withoutPrivileges(unit), key))
}

// SameVersion says that two servers, as Connection.Server names them, are of one major version.
func SameVersion(a, b string) bool {
	majorA, _, _ := strings.Cut(a, ".")
	majorB, _, _ := strings.Cut(b, ".")
	return majorA == majorB
}

// roughly stands between the two parts of a fingerprint.
const roughly = "~"

// parts are the fingerprint of all of a unit and that of it without words of a version, the same where it has none.
func parts(print string) (exact, rough string) {
	exact, rough, found := strings.Cut(print, roughly)
	if !found {
		rough = strings.TrimPrefix(exact, formOf(exact))
	}
	return exact, rough
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
// and the spelling of their texts. Where the engine's version decides about some of that, there are as many of the rest behind a ~.
func Fingerprint(driver Driver, unit Unit, key func(hclschema.Identity) hclschema.Identity) string {
	form := fingerprintForm
	for _, o := range unit {
		for _, name := range hclschema.PrivilegeProperties() {
			if o.Properties[name] != nil {
				form = privilegesForm
			}
		}
	}
	exact := digest(unit, key)
	if worder, ok := driver.(Worder); ok {
		if rough := digest(worder.Unworded(unit), key); rough != exact {
			exact += roughly + rough
		}
	}
	return form + exact
}

func digest(unit Unit, key func(hclschema.Identity) hclschema.Identity) string {
	lines := make([]string, 0, len(unit)*8)
	for _, o := range unit {
		id := key(o.Identity).String()
		lines = append(lines, id)
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
	return hex.EncodeToString(sum.Sum(nil)[:8])
}
