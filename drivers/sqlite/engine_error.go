package sqlite

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	engine "modernc.org/sqlite"
	code "modernc.org/sqlite/lib"
)

// engineError is an error of the engine with what can be done about it.
type engineError struct {
	cause error
	// code is the extended result code.
	code int
	hint string
}

// Error implements error: the engine's message, then the way out.
func (e *engineError) Error() string {
	text := message(e.cause)
	if e.hint != "" {
		text += ". " + e.hint
	}
	return text
}

// Unwrap is the engine's error with its code.
func (e *engineError) Unwrap() error { return e.cause }

// Circumstance implements drivers.Circumstance.
func (e *engineError) Circumstance() bool {
	switch e.code & 0xff {
	case code.SQLITE_BUSY, code.SQLITE_LOCKED, code.SQLITE_CANTOPEN, code.SQLITE_PERM, code.SQLITE_FULL, code.SQLITE_IOERR, code.SQLITE_NOMEM,
		code.SQLITE_CORRUPT, code.SQLITE_READONLY:
		return true
	}
	return false
}

// message is the engine's text without the decoration that its Go package puts around it.
func message(err error) string {
	var e *engine.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	text := strings.TrimSuffix(e.Error(), " (SQLITE_BUSY)")
	text = strings.TrimSuffix(text, fmt.Sprintf(" (%d)", e.Code()))
	if e.Code()&0xff == code.SQLITE_ERROR {
		text = strings.TrimPrefix(text, "SQL logic error: ")
	}
	return text
}

// primary is the primary result code of an error of the engine, 0 for other errors and nil.
func primary(err error) int { return extended(err) & 0xff }

// extended is the extended result code.
func extended(err error) int {
	var e *engine.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	var known *engineError
	if errors.As(err, &known) {
		return known.code
	}
	return foreignCode(err)
}

// foreignCode is the extended result code of an error of another package for SQLite, for which sessions are lent. None of
// them is imported here, and their errors have no method in common: github.com/mattn/go-sqlite3 has a struct with a field
// ExtendedCode, github.com/ncruces/go-sqlite3 a method of that name.
func foreignCode(err error) int {
	for ; err != nil; err = errors.Unwrap(err) {
		value := reflect.ValueOf(err)
		if method := value.MethodByName("ExtendedCode"); method.IsValid() && method.Type().NumIn() == 0 && method.Type().NumOut() == 1 {
			if got := method.Call(nil)[0]; got.CanUint() {
				return int(got.Uint())
			}
		}
		if value = reflect.Indirect(value); value.Kind() != reflect.Struct {
			continue
		}
		if field := value.FieldByName("ExtendedCode"); field.IsValid() && field.CanInt() {
			return int(field.Int())
		}
	}
	return code.SQLITE_OK
}

// explained adds the way out to an error of the engine; other errors stay as they are.
func (c *connection) explained(err error) error {
	number := extended(err)
	if number == code.SQLITE_OK {
		return err
	}
	e := &engineError{cause: err, code: number, hint: hint(number)}
	if own := (*engine.Error)(nil); errors.As(err, &own) {
		e.cause = own
	}
	switch {
	case c.missing && number&0xff == code.SQLITE_READONLY:
		e.hint = "The database isn't there yet; duo-orm migration upgrade makes it"
	case c.readOnly && number == code.SQLITE_READONLY:
		e.hint = "The database was opened for reading only"
	case strings.Contains(err.Error(), "no such module: "):
		e.hint = "The SQLite inside duo-orm lacks that module; let the application make such tables, and leave them alone with exclude in migrations.hcl"
	}
	return e
}

// hint is what a person can do about a result code; empty where the message says it all.
func hint(extendedCode int) string {
	switch extendedCode {
	case code.SQLITE_READONLY_RECOVERY, code.SQLITE_READONLY_CANTINIT, code.SQLITE_READONLY_ROLLBACK, code.SQLITE_BUSY_RECOVERY:
		return "Somebody's writing was cut off, and the file must be put right by a user who may write to it and its folder"
	case code.SQLITE_READONLY_DBMOVED:
		return "The file was moved or removed while it was open; look where it is, then run the command again"
	case code.SQLITE_READONLY_DIRECTORY:
		return "SQLite must be able to make its journal in the folder of the file; check the folder's permissions"
	}
	switch extendedCode & 0xff {
	case code.SQLITE_BUSY, code.SQLITE_LOCKED:
		return "Somebody else is using the database; run the command again when they are done"
	case code.SQLITE_CANTOPEN, code.SQLITE_PERM:
		return "Check that the file can be read and written, and that SQLite may make its journal in the same folder"
	case code.SQLITE_CORRUPT:
		return "The file is damaged: look at what PRAGMA integrity_check says, and restore a backup"
	case code.SQLITE_FULL:
		return "The disk is full, or the database has reached its page limit; make room and run the command again, nothing of the transaction is kept"
	case code.SQLITE_IOERR:
		return "The file can't be read or written; check the disk, quotas and size limits, then run the command again"
	case code.SQLITE_NOMEM:
		return "There is not enough memory"
	case code.SQLITE_NOTADB:
		return "The file is no SQLite database, or an encrypted one"
	case code.SQLITE_READONLY:
		return "The file can't be written; check the permissions of the file and its folder, and that the file system isn't read-only"
	case code.SQLITE_SCHEMA:
		return "Somebody else changed the schema meanwhile; run the command again"
	}
	return ""
}
