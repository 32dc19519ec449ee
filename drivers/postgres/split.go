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
	var pieces []string
	var b strings.Builder
	end := 0
	for at := 0; at < len(text); {
		next, kind := piece(text, at)
		part := text[at:next]
		if part == `\` {
			line, _, _ := strings.Cut(text[at:], "\n")
			return drivers.Statement{}, &drivers.ShellError{Command: sqltext.Excerpt(line), Reason: "is a command of psql, and no SQL"}
		}
		if kind == blankPiece {
			part = sqltext.BlankLF(part, text[next:])
		}
		b.WriteString(part)
		if kind != blankPiece && part != ";" {
			end = b.Len()
			pieces = append(pieces, part)
		}
		at = next
	}
	sql := strings.TrimSpace(b.String()[:end])
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
