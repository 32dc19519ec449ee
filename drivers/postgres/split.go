package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqltext"
)

// Split implements drivers.Splitter. Statements before a command of psql's are cut off from it.
func (Driver) Split(text string) ([]drivers.Statement, error) {
	var list []drivers.Statement
	text = strings.TrimPrefix(text, "\uFEFF")
	err := sqltext.Split(text, func(text string) error {
		_, err := readStatement(text)
		return err
	}, func(text string) error {
		s, err := readStatement(text)
		if err != nil {
			return err
		}
		statement, err := split(text, s)
		list = append(list, statement)
		return err
	})
	return list, err
}

func split(text string, s sqlText) (drivers.Statement, error) {
	command := ""
	sql, pieces := sqltext.Plain(text, func(at int) (int, bool) {
		end, kind := piece(text, at)
		if text[at:end] == `\` && command == "" {
			command, _, _ = strings.Cut(text[at:], "\n")
		}
		return end, kind == blankPiece
	})
	if command != "" {
		return drivers.Statement{}, &drivers.ShellError{Command: sqltext.Excerpt(command), Reason: "is a command of psql, and no SQL"}
	}
	sql = strings.TrimSpace(sql)
	if s.begins("COPY") && s.has("STDIN") {
		return drivers.Statement{}, &drivers.ShellError{Command: sqltext.Excerpt(sql), Reason: "takes rows that stand behind it, which only psql sends"}
	}
	return drivers.Statement{SQL: sql, Title: sqltext.Title(pieces), Kind: s.kind()}, nil
}

func (s sqlText) kind() drivers.StatementKind {
	switch first := s.word(0); {
	case first == "BEGIN" || s.begins("START", "TRANSACTION"):
		return drivers.Begins
	case first == "COMMIT" && s.word(1) != "PREPARED" || first == "END":
		return drivers.Ends
	case (first == "ROLLBACK" || first == "ABORT") && !s.has("TO"):
		return drivers.GivesUp
	case first == "VACUUM", (first == "CREATE" || first == "DROP" || first == "REINDEX") && s.has("CONCURRENTLY") && (s.has("INDEX") || first == "REINDEX"):
		return drivers.StandsAlone
	}
	return drivers.Ordinary
}
