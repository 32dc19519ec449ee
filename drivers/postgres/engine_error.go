package postgres

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// SQLSTATE codes that are acted on (postgresql.org/docs/current/errcodes-appendix.html).
const (
	stateActiveTransaction  = "25001"
	stateReadOnly           = "25006"
	stateFailedTransaction  = "25P02"
	stateInvalidParameter   = "22023"
	stateUnsafeNewEnumValue = "55P04"
	stateLockNotAvailable   = "55P03"
	stateObjectInUse        = "55006"
	stateQueryCanceled      = "57014"
	stateAdminShutdown      = "57P01"
	stateCrashShutdown      = "57P02"
	stateCannotConnectNow   = "57P03"
	stateDeadlock           = "40P01"
	statePrivilege          = "42501"
	stateDuplicateDatabase  = "42P04"
	stateNoDatabase         = "3D000"
	statePassword           = "28P01"
	stateAuthorization      = "28000"
	stateTooManyConnections = "53300"
	stateFeature            = "0A000"
	stateDependents         = "2BP01"
)

// engineError is an error of the server with what can be done about it.
type engineError struct {
	cause *pgconn.PgError
	hint  string
}

// Error implements error: the server's message with its detail, then the way out.
func (e *engineError) Error() string {
	text := e.cause.Message
	for _, more := range []string{e.cause.Detail, e.cause.Hint, e.hint} {
		if more = strings.TrimSuffix(strings.TrimSpace(more), "."); more != "" {
			text = strings.TrimSuffix(text, ".") + ". " + more
		}
	}
	return text
}

// Unwrap is the server's error with its SQLSTATE.
func (e *engineError) Unwrap() error { return e.cause }

// Circumstance implements drivers.Circumstance: classes 53 (resources), 57 (operator), 58 (system), 08 (connection), what
// others hold, and what the server doesn't let this role or this standby do.
func (e *engineError) Circumstance() bool {
	switch code := e.cause.Code; {
	case strings.HasPrefix(code, "53"), strings.HasPrefix(code, "57"), strings.HasPrefix(code, "58"), strings.HasPrefix(code, "08"):
		return true
	case code == stateLockNotAvailable, code == stateDeadlock, code == stateReadOnly, code == stateObjectInUse, code == statePrivilege:
		return true
	}
	return false
}

// Forbidden says that the role lacks a right (see drivers.Forbidden).
func (e *engineError) Forbidden() bool { return e.cause.Code == statePrivilege }

// Retryable says that the same may work in a while: another session was in the way.
func (e *engineError) Retryable() bool {
	return e.cause.Code == stateDeadlock || e.cause.Code == stateLockNotAvailable
}

// LostError is returned when the connection broke while it was used. What was in a transaction is not kept.
type LostError struct {
	Where string
	Cause error
}

// Error implements error.
func (e *LostError) Error() string {
	return "the connection to " + e.Where + " was lost: " + message(e.Cause) + ". Whatever was in the open transaction is not kept; see that the server runs, and run the command again"
}

// Unwrap is the reason.
func (e *LostError) Unwrap() error { return e.Cause }

// Circumstance implements drivers.Circumstance.
func (e *LostError) Circumstance() bool { return true }

// sqlState is the SQLSTATE of an error of the server, empty for other errors and nil.
func sqlState(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// message is the server's text without the decoration that its Go package puts around it.
func message(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Message
	}
	return err.Error()
}

// explained adds the way out to an error of the server; other errors stay as they are.
func (c *connection) explained(err error) error {
	if err == nil {
		return nil
	}
	var known *engineError
	var lost *LostError
	if errors.As(err, &known) || errors.As(err, &lost) {
		return err
	}
	if c.session != nil && c.session.IsClosed() {
		return &LostError{Where: c.where, Cause: err}
	}
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return err
	}
	return &engineError{cause: e, hint: hint(e)}
}

// hint is what a person can do about an error; empty where the message says it all.
func hint(e *pgconn.PgError) string {
	switch e.Code {
	case stateActiveTransaction:
		return "Write transaction = false in the step"
	case stateReadOnly:
		return "The session may only read; check that the URL leads to the primary server and that default_transaction_read_only is off"
	case stateUnsafeNewEnumValue:
		return "An enum's new value can be used after the transaction that added it: write transaction = false in the step that adds it"
	case stateLockNotAvailable:
		return "Somebody else uses the object; run the command again when they are done"
	case stateDeadlock:
		return "Somebody else and this revision waited for each other; run the command again"
	case statePrivilege:
		if e.Routine == "check_enable_rls" {
			return "Only a role with BYPASSRLS sees all rows, or the owner where row-level security isn't forced"
		}
		return "The role lacks that right; have the owner of the object run it, or grant it"
	case stateFailedTransaction:
		return "An earlier statement of the transaction failed"
	case stateTooManyConnections:
		return "The server has no free connection; try again later, or raise max_connections"
	case "53100":
		return "The server's disk is full; make room and run the command again, nothing of the transaction is kept"
	case "53200":
		return "The server is out of memory or of locks; where it says max_locks_per_transaction, raise that setting or split the revision"
	}
	return ""
}
