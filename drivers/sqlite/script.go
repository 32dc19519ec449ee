package sqlite

import (
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
)

// script writes for sqlite3, the engine's shell; it implements drivers.Script.
type script struct {
	name     string
	lockWait int64
	// open is what was begun, nil outside of transactions.
	open *drivers.BeginOptions
	// switched says that a step may have turned a switch of the session.
	switched bool
}

// Script implements drivers.Scripter.
func (Driver) Script(url string, options drivers.OpenOptions) (drivers.Script, error) {
	p, err := locate(url, options.Root)
	if err != nil {
		return nil, err
	}
	s := &script{name: p.shown, lockWait: options.LockWait.Milliseconds()}
	if p.inMemory() {
		s.name = "app.db"
	}
	if s.lockWait == 0 {
		s.lockWait = defaultLockWait.Milliseconds()
	}
	return s, nil
}

// Usage implements drivers.Script.
func (s *script) Usage(file string) string { return "sqlite3 " + printable(s.name) + " < " + file }

// Open implements drivers.Script. Without .bail the shell would go on behind a statement that failed, and commit.
func (s *script) Open() string {
	return fmt.Sprintf(".bail on\n.timeout %d\nPRAGMA foreign_keys = ON;\n", s.lockWait)
}

// Close implements drivers.Script.
func (s *script) Close() string { return "" }

// Begin implements drivers.Script.
func (s *script) Begin(options drivers.BeginOptions) string {
	s.open = &options
	if !options.ForeignKeysOff {
		return "BEGIN IMMEDIATE;\n"
	}
	return "PRAGMA foreign_keys = OFF;\nBEGIN IMMEDIATE;\nCREATE TEMP TABLE duo_orm_before AS SELECT count(*) AS violations FROM pragma_foreign_key_check;\n"
}

// Commit implements drivers.Script.
func (s *script) Commit() string {
	off := s.open.ForeignKeysOff
	s.open = nil
	var b strings.Builder
	if off {
		b.WriteString(s.Require("(SELECT count(*) FROM pragma_foreign_key_check) <= (SELECT violations FROM temp.duo_orm_before)", "rows would refer to rows that are not there"))
		b.WriteString("DROP TABLE temp.duo_orm_before;\n")
	}
	b.WriteString("COMMIT;\n")
	if off {
		b.WriteString("PRAGMA foreign_keys = ON;\n")
	}
	if s.switched {
		for _, name := range switches {
			b.WriteString("PRAGMA " + name + " = OFF;\n")
		}
	}
	s.switched = false
	return b.String()
}

// Statement implements drivers.Script.
func (s *script) Statement(sql string) (string, error) {
	read, err := readStatement(sql)
	if err != nil {
		return "", err
	}
	if err := read.allowed(s.open != nil); err != nil {
		return "", err
	}
	s.switched = s.switched || read.begins("PRAGMA")
	return forShell(sql), nil
}

// forShell is a statement as the shell takes it: with a semicolon behind its last token, and without a line that holds nothing but
// / or go, which end a statement there. Comments behind it are left out: one that isn't closed would go on behind it.
func forShell(sql string) string {
	var b strings.Builder
	line, ended := "", false
	end := 0
	for at := 0; at < len(sql); {
		next, kind := piece(sql, at)
		text := sql[at:next]
		at = next
		if ended {
			break
		}
		if kind == blankPiece && text == "\n" && terminates(line) {
			text = " "
		}
		if last := strings.LastIndexByte(text, '\n'); last >= 0 {
			line = text[last+1:]
		} else {
			line += text
		}
		b.WriteString(text)
		if kind != blankPiece {
			end = b.Len()
			ended = text == ";" && onlyBlanks(sql[at:])
		}
	}
	text := b.String()[:end]
	if !ended {
		text += ";"
	}
	return text + "\n"
}

// terminates says that the shell takes a line for the end of a statement.
func terminates(line string) bool {
	word := strings.TrimSpace(line)
	return word == "/" || strings.EqualFold(word, "go")
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

// Settle implements drivers.Script: no switch has a bearing on the version table.
func (s *script) Settle() string { return "" }

// Require implements drivers.Script: the message is the name of a check, which the engine tells.
func (s *script) Require(condition, message string) string {
	return "CREATE TEMP TABLE duo_orm_guard (holds CONSTRAINT " + inQuotes(message) + " CHECK (holds));\n" +
		"INSERT INTO temp.duo_orm_guard\nSELECT coalesce(" + condition + ", 0);\nDROP TABLE temp.duo_orm_guard;\n"
}

// Literal implements drivers.Script.
func (s *script) Literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// Holds implements drivers.Script.
func (s *script) Holds(text, part string) string { return "instr(" + text + ", " + part + ") > 0" }

// Now implements drivers.Script.
func (s *script) Now() string { return "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')" }
