package postgres

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// oldest is the oldest version of the server that duo-orm works with.
const oldest = 130000

// setting is one setting of a session.
type setting struct{ name, value string }

// settings make what the engine deparses, and what a step means, the same on each server and for each role: those that
// decide how texts are written and read. statement_timeout is left alone.
func (c *connection) settings() []setting {
	list := []setting{
		{"search_path", quoted(c.defaultSchema)},
		{"client_encoding", "UTF8"},
		{"check_function_bodies", "off"}, // bodies may name what a later step makes
		{"client_min_messages", "warning"},
		{"DateStyle", "ISO, MDY"},
		{"IntervalStyle", "postgres"},
		{"TimeZone", "UTC"},
		{"extra_float_digits", "1"},
		{"quote_all_identifiers", "off"},
		{"standard_conforming_strings", "on"},
		{"backslash_quote", "safe_encoding"},
		{"bytea_output", "hex"},
		{"array_nulls", "on"},
		{"xmloption", "content"},
		{"transform_null_equals", "off"},
		{"jit", "off"},          // compiling a query of the catalogue takes longer than running it
		{"row_security", "off"}, // an error instead of rows that are silently not seen
		{"default_transaction_isolation", "read committed"},
		{"default_transaction_deferrable", "off"},
		{"default_tablespace", ""},
		{"default_table_access_method", "heap"},
		{"default_toast_compression", "pglz"},
		{"lock_timeout", milliseconds(c.lockTimeout())},
		{"idle_in_transaction_session_timeout", "0"},
	}
	if c.version < 140000 {
		list = without(list, "default_toast_compression")
	}
	if c.readOnly {
		list = append(list, setting{"default_transaction_read_only", "on"})
	}
	return list
}

// milliseconds is a time as settings have it.
func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// set gives one setting to the session.
func (c *connection) set(ctx context.Context, name, value string) error {
	return c.explained(c.query(ctx, "SELECT pg_catalog.set_config(?, ?, false)", []any{name, value}, ignoreRow))
}

// restoreSettings takes back what steps may have set for themselves, the role included.
func (c *connection) restoreSettings(ctx context.Context) error {
	if !c.unsettled {
		return nil
	}
	if _, err := c.exec(ctx, "RESET SESSION AUTHORIZATION", nil); err != nil { // the role goes with it
		return c.explained(err)
	}
	if c.lent != nil && c.lent.user != "" {
		if err := c.set(ctx, "session_authorization", c.lent.user); err != nil {
			return err
		}
	}
	if err := c.set(ctx, "role", c.role); err != nil {
		return err
	}
	if err := c.applySettings(ctx); err != nil {
		return err
	}
	c.unsettled = false
	return nil
}

// unsettles says that a statement may change the settings of the session: by itself, or by a function that it calls.
func (s sqlText) unsettles() bool {
	switch s.word(0) {
	case "ALTER", "ANALYZE", "CLUSTER", "COMMENT", "CREATE", "DROP", "GRANT", "REFRESH", "REINDEX", "RELEASE", "REVOKE", "SAVEPOINT", "TRUNCATE", "VACUUM":
		return false
	case "INSERT", "UPDATE", "DELETE", "MERGE":
		return s.has("SET_CONFIG")
	}
	return true
}

func without(list []setting, name string) []setting {
	var rest []setting
	for _, s := range list {
		if s.name != name {
			rest = append(rest, s)
		}
	}
	return rest
}

// applySettings gives the session its settings, with one query.
func (c *connection) applySettings(ctx context.Context) error {
	if err := c.give(ctx, c.settings()); err != nil {
		return fmt.Errorf("settle the session: %w", err)
	}
	for _, s := range c.checkInterval() {
		err := c.set(ctx, s.name, s.value)
		if sqlState(err) != "" && sqlState(err) != stateInvalidParameter {
			return fmt.Errorf("settle the session: %w", err)
		}
	}
	return nil
}

// checkInterval is the setting with which the server looks whether the client is still there: a statement of a client that died
// would go on in the server, and so would its lock. Where its system can't tell (Windows), it refuses the setting, which does
// no harm.
func (c *connection) checkInterval() []setting {
	if c.version < 140000 {
		return nil
	}
	return []setting{{"client_connection_check_interval", "2s"}}
}

// give sets settings, with one query.
func (c *connection) give(ctx context.Context, list []setting) error {
	calls, args := make([]string, len(list)), make([]any, 0, 2*len(list))
	for i, s := range list {
		calls[i] = "pg_catalog.set_config(?, ?, false)"
		args = append(args, s.name, s.value)
	}
	return c.explained(c.query(ctx, "SELECT "+strings.Join(calls, ", "), args, ignoreRow))
}

func ignoreRow(func(...any) error) error { return nil }

// readVersion reads server_version_num and refuses servers that are too old.
func readVersion(number string) (int, error) {
	version, err := strconv.Atoi(number)
	if err != nil {
		return 0, fmt.Errorf("the server gives its version as %q, which is no PostgreSQL version", number)
	}
	if version < oldest {
		return 0, fmt.Errorf("the server is PostgreSQL %d, but duo-orm works with %d and later", version/10000, oldest/10000)
	}
	return version, nil
}

// shortVersion is the number alone: "15.18" of "15.18 (Debian 15.18-0+deb12u1)".
func shortVersion(version string) string {
	short, _, _ := strings.Cut(version, " ")
	return short
}

// quoted writes a name as SQL that people don't read: always quoted.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
