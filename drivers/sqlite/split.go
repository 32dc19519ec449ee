package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqltext"
)

// Split implements drivers.Splitter.
func (Driver) Split(text string) ([]drivers.Statement, error) {
	var list []drivers.Statement
	err := sqltext.Split(text, func(text string) error {
		if line, ok := dotCommand(text); ok {
			return &drivers.ShellError{Command: line, Reason: "is a command of the sqlite3 shell, and no SQL"}
		}
		_, err := readStatement(text)
		return err
	}, func(text string) error {
		s, err := readStatement(text)
		if err == nil {
			list = append(list, split(text, s))
		}
		return err
	})
	return list, err
}

func split(text string, s statement) drivers.Statement {
	sql, pieces := sqltext.Plain(text, func(at int) (int, bool) {
		end, kind := piece(text, at)
		return end, kind == blankPiece
	})
	kind := drivers.Ordinary
	switch first := s.words[0]; {
	case first == "BEGIN":
		kind = drivers.Begins
	case first == "COMMIT" || first == "END":
		kind = drivers.Ends
	case first == "ROLLBACK" && !s.begins("ROLLBACK", "TO") && !s.begins("ROLLBACK", "TRANSACTION", "TO"):
		kind = drivers.GivesUp
	case s.setsForeignKeys():
		kind = drivers.SwitchesForeignKeys
	case first == "VACUUM" || s.setsJournal():
		kind = drivers.StandsAlone
	}
	return drivers.Statement{SQL: strings.TrimPrefix(trim(sql), "\uFEFF"), Title: sqltext.Title(pieces), Kind: kind, Unenforced: s.begins("DROP", "TABLE")}
}

// dotCommand is the line with which a text begins, if it is one that the shell takes for itself.
func dotCommand(text string) (string, bool) {
	for at := 0; at < len(text); {
		end, kind := piece(text, at)
		if kind != blankPiece && text[at:end] != ";" {
			line, _, _ := strings.Cut(text[at:], "\n")
			return sqltext.Excerpt(line), text[at] == '.'
		}
		at = end
	}
	return "", false
}
