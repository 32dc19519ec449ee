package sqltext

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Quoting is how a dialect writes names and strings.
type Quoting struct {
	// Quote stands on both sides of a quoted name and is doubled in it: `"`, or "`" for MySQL.
	Quote string
	// Keyword says that a plain word must be quoted all the same.
	Keyword func(word string) bool
	// Backslash says that a backslash in a string literal must be doubled.
	Backslash bool
}

// NameError is returned for a name or a string that can't be written in SQL.
type NameError struct {
	Name   string
	Reason string
}

// Error implements error.
func (e *NameError) Error() string {
	return fmt.Sprintf("%q can't be written in SQL: %s; rename it", e.Name, e.Reason)
}

// Name writes a name: as it is where it matches [a-z_][a-z0-9_]* and is no keyword, quoted otherwise. A *NameError is
// returned for a name with a NUL, or one that isn't UTF-8, which no file could hold.
func (q Quoting) Name(name string) (string, error) {
	if err := writable(name); err != nil {
		return "", err
	}
	return q.QuoteName(name), nil
}

// QuoteName is Name for a name that is known to be one of a database: there a NUL can't be.
func (q Quoting) QuoteName(name string) string {
	if plain(name) && !q.Keyword(name) {
		return name
	}
	return q.Quote + strings.ReplaceAll(name, q.Quote, q.Quote+q.Quote) + q.Quote
}

// Literal writes a string. A *NameError is returned for one with a NUL, or that isn't UTF-8.
func (q Quoting) Literal(text string) (string, error) {
	if err := writable(text); err != nil {
		return "", err
	}
	if q.Backslash {
		text = strings.ReplaceAll(text, `\`, `\\`)
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'", nil
}

func writable(text string) error {
	switch {
	case strings.ContainsRune(text, 0):
		return &NameError{Name: text, Reason: "it holds a NUL character"}
	case !utf8.ValidString(text):
		return &NameError{Name: text, Reason: "it is not UTF-8"}
	}
	return nil
}

// plain says that a name matches [a-z_][a-z0-9_]*. Capitals are not plain: an engine may fold them.
func plain(name string) bool {
	for i, r := range name {
		letter := r == '_' || r >= 'a' && r <= 'z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != ""
}
