package corpus

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// TestVariantsOfSQLiteObjects has several files in one database, where their objects have names of their own.
func TestVariantsOfSQLiteObjects(t *testing.T) { formToForm(t, sqlite{}, 10, 2000, "full_text 0 1") }

func (sqlite) script(v variants, form int) string { return v.shared + v.forms[form] }

// filled tries rows on a database of its own, three times so that what refers finds something, and keeps those that are taken.
func (e sqlite) filled(t *testing.T, script string) string {
	statements := readFile(t, filepath.Join("testdata", "fill", "sqlite.sql"))
	s := &session{t: t, engine: e, folder: t.TempDir()}
	e.with(t, s, "trial.db", func(db *sql.DB) error {
		script += "\nPRAGMA foreign_keys = ON;"
		if _, err := db.Exec(script); err != nil {
			return err
		}
		for range 3 {
			for _, statement := range e.values(t, s, "trial.db", []string{statements}) {
				if _, err := db.Exec(statement); err == nil {
					script += "\n" + statement + ";"
				}
			}
		}
		return nil
	})
	return script
}

func (e sqlite) values(t *testing.T, s *session, url string, queries []string) (lines []string) {
	t.Helper()
	e.with(t, s, url, func(db *sql.DB) error {
		for _, query := range queries {
			found, err := lineByLine(db, query)
			if err != nil {
				return fmt.Errorf("%s: %w", query, err)
			}
			lines = append(lines, found...)
		}
		return nil
	})
	return lines
}

func lineByLine(db *sql.DB, query string) (lines []string, err error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, into := make([]string, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		lines = append(lines, strings.Join(values, "|"))
	}
	return lines, rows.Err()
}

func (sqlite) keptQuery(table string, columns []string) string {
	for i, column := range columns {
		columns[i] = "quote(" + column + ")"
	}
	return fmt.Sprintf("SELECT '%s', concat_ws(', ', %s) FROM %s ORDER BY 2", strings.ReplaceAll(table, "'", "''"), strings.Join(columns, ", "), table)
}
