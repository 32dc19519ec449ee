package postgres

import (
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
)

// script writes for psql, the engine's shell; it implements drivers.Script.
type script struct {
	place   place
	options drivers.OpenOptions
	// open says that a transaction is, unsettled that a statement may have changed settings of the session.
	open, unsettled bool
}

// Script implements drivers.Scripter.
func (Driver) Script(url string, options drivers.OpenOptions) (drivers.Script, error) {
	p, err := locate(url, options.Root)
	if err != nil {
		return nil, err
	}
	return &script{place: p, options: options}, nil
}

// Usage implements drivers.Script.
func (s *script) Usage(file string) string {
	return "psql -X -f " + file + " -d " + printable(s.place.config.Database)
}

// Open implements drivers.Script. Settings of the session that hold names for Settle begin with duo_orm.
func (s *script) Open() string {
	path := ""
	if s.place.searchPath != "" {
		path = "  PERFORM pg_catalog.set_config('search_path', " + literal(s.place.searchPath) + ", false);\n"
	}
	schema, table := splitName(s.options.VersionTable)
	schema = literal(schema)
	if schema == "''" {
		schema = "pg_catalog.current_schema()"
	}
	return "\\set ON_ERROR_STOP on\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n" + block(path+`  IF pg_catalog.current_schema() IS NULL THEN
    RAISE EXCEPTION 'no schema of the search path is there';
  END IF;
  PERFORM pg_catalog.set_config('duo_orm.schema', pg_catalog.quote_ident(pg_catalog.current_schema()), false);
  PERFORM pg_catalog.set_config('duo_orm.role', pg_catalog.current_setting('role'), false);
  PERFORM pg_catalog.set_config('duo_orm.lock', ('x' || pg_catalog.substr(pg_catalog.encode(pg_catalog.sha256('duo-orm upgrade'::bytea || '\x00'::bytea
    || pg_catalog.convert_to(`+schema+`, 'UTF8') || '\x00'::bytea || pg_catalog.convert_to(`+literal(table)+`, 'UTF8')), 'hex'), 1, 16))::bit(64)::bigint::text, false);
  FOR tries IN 1..30 LOOP -- a session that has just ended may have it for a moment
    EXIT WHEN pg_catalog.pg_try_advisory_lock(pg_catalog.current_setting('duo_orm.lock')::bigint);
    IF tries = 30 THEN
      RAISE EXCEPTION 'somebody else is upgrading this database; run the script again when they are done';
    END IF;
    PERFORM pg_catalog.pg_sleep(0.1);
  END LOOP;
`) + s.settings()
}

// settings give the session what a connection has.
func (s *script) settings() string {
	c := connection{statementWait: s.options.LockTimeout, version: 140000}
	var b strings.Builder
	b.WriteString("  PERFORM pg_catalog.set_config('search_path', pg_catalog.current_setting('duo_orm.schema'), false);\n")
	for _, setting := range c.settings() {
		line := "  PERFORM pg_catalog.set_config(" + literal(setting.name) + ", " + literal(setting.value) + ", false);\n"
		switch setting.name {
		case "search_path":
			continue
		case "default_toast_compression": // PostgreSQL 14 brought it
			line = "  IF pg_catalog.current_setting('server_version_num')::integer >= 140000 THEN\n  " + line + "  END IF;\n"
		}
		b.WriteString(line)
	}
	return block(b.String())
}

// block is an anonymous block of PL/pgSQL, in quotes that its text doesn't hold.
func block(body string) string {
	tag := "$duo_orm$"
	for n := 1; strings.Contains(body, tag); n++ {
		tag = "$duo_orm_" + strconv.Itoa(n) + "$"
	}
	return "DO " + tag + "\nBEGIN\n" + body + "END\n" + tag + ";\n"
}

// Close implements drivers.Script.
func (s *script) Close() string {
	return block("  PERFORM pg_catalog.pg_advisory_unlock(pg_catalog.current_setting('duo_orm.lock')::bigint);\n")
}

// Begin implements drivers.Script.
func (s *script) Begin(drivers.BeginOptions) string {
	s.open = true
	return "BEGIN;\n"
}

// Commit implements drivers.Script.
func (s *script) Commit() string {
	s.open = false
	return "COMMIT;\n" + s.Settle()
}

// Settle implements drivers.Script.
func (s *script) Settle() string {
	if !s.unsettled {
		return ""
	}
	s.unsettled = false
	return "RESET SESSION AUTHORIZATION;\n" + block("  PERFORM pg_catalog.set_config('role', pg_catalog.current_setting('duo_orm.role'), false);\n") + s.settings()
}

// Statement implements drivers.Script.
func (s *script) Statement(sql string) (string, error) {
	read, err := readStatement(sql)
	if err != nil {
		return "", err
	}
	if err := read.allowed(); err != nil {
		return "", err
	}
	s.unsettled = s.unsettled || read.unsettles()
	text := forShell(sql)
	if !s.open && read.has("CONCURRENTLY") { // as prepareFor
		c := connection{statementWait: s.options.LockTimeout}
		text = "SET lock_timeout = 0;\n" + text + "SET lock_timeout = " + milliseconds(c.lockTimeout()) + ";\n"
	}
	return text, nil
}

// forShell is a statement as psql takes it: with a semicolon behind its last token, and with no colon before what psql could take
// for the name of one of its variables, as in a slice of an array. Comments behind it are left out: one that isn't closed would go
// on behind it.
func forShell(sql string) string {
	var b strings.Builder
	end, before := 0, ""
	for at := 0; at < len(sql); {
		next, kind := piece(sql, at)
		text := sql[at:next]
		at = next
		if before == ":" && variableStart(text) {
			b.WriteByte(' ')
		}
		b.WriteString(text)
		if kind != blankPiece && (text != ";" || !onlyBlanks(sql[at:])) {
			end = b.Len()
		}
		switch {
		case text == ":" && before == ":":
			before = "::"
		default:
			before = text
		}
	}
	return b.String()[:end] + ";\n"
}

// variableStart says that psql takes what follows a colon for a variable: :name, :'name', :"name", :{?name}.
func variableStart(text string) bool {
	c := text[0]
	return nameStart(c) || c >= '0' && c <= '9' || c == '\'' || c == '"' || c == '{'
}

// onlyBlanks says that nothing but blanks, comments and semicolons is left.
func onlyBlanks(sql string) bool {
	for at := 0; at < len(sql); {
		end, kind := piece(sql, at)
		if kind != blankPiece && sql[at:end] != ";" {
			return false
		}
		at = end
	}
	return true
}

// Require implements drivers.Script.
func (s *script) Require(condition, message string) string {
	return block("  IF NOT COALESCE(" + condition + ", false) THEN\n    RAISE EXCEPTION USING MESSAGE = " + literal(message) + ";\n  END IF;\n")
}

// Literal implements drivers.Script.
func (s *script) Literal(text string) string { return literal(text) }

// Holds implements drivers.Script.
func (s *script) Holds(text, part string) string {
	return "pg_catalog.strpos(" + text + ", " + part + ") > 0"
}

// Now implements drivers.Script.
func (s *script) Now() string {
	return `pg_catalog.to_char(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
