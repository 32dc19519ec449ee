package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/hclschema"
)

//go:embed inspect_privileges.sql
var privilegesSQL string

// What is kept in Object.Derived of an object that this session wouldn't make as it is: the owner, where that is somebody else,
// and its privileges and those of a new one as lists in JSON (see inspect_privileges.sql). Those of a column that is no object of
// its own stand with the whole, behind columnPrivileges.
const (
	derivedOwner     = "owner"
	derivedHeld      = "privileges"
	derivedAnew      = "new_privileges"
	columnPrivileges = "privileges of column "
	// the same of the sequence of a column's identity
	derivedSequenceHeld = "sequence_privileges"
	derivedSequenceAnew = "new_sequence_privileges"
)

// readPrivileges notes what would have to be done after an object was made again.
func readPrivileges(r *reader, scan func(...any) error) error {
	var at address
	var part, owner, held, anew string
	var ofIdentity bool
	if err := scan(&at.class, &at.oid, &at.sub, &part, &ofIdentity, &owner, &held, &anew); err != nil {
		return err
	}
	o := r.at[at]
	if ofIdentity {
		if o != nil && held != anew {
			derive(o, derivedSequenceHeld, held)
			derive(o, derivedSequenceAnew, anew)
		}
		return nil
	}
	if o == nil && at.sub != 0 {
		if o = r.find(at); o != nil {
			derive(o, columnPrivileges+part, held)
		}
		return nil
	}
	if o == nil {
		return nil
	}
	if owner != "" && at.sub == 0 {
		derive(o, derivedOwner, owner)
	}
	if held != anew {
		derive(o, derivedHeld, held)
		derive(o, derivedAnew, anew)
	}
	return nil
}

// derive notes what is known of an object beside its properties.
func derive(o *hclschema.Object, name, value string) {
	if o.Derived == nil {
		o.Derived = map[string]string{}
	}
	o.Derived[name] = value
}
