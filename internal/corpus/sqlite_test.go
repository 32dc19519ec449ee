package corpus

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/duo-orm/duo-orm/internal/oracle"
)

func TestCorpusSQLiteSchemas(t *testing.T) { schemas(t, sqlite{}, 1) }

func TestCorpusSQLitePairs(t *testing.T) { pairs(t, sqlite{}, 1) }

// sqlite keeps its databases in the session's folder.
type sqlite struct{}

func (sqlite) name() string { return "sqlite" }

func (sqlite) fresh(_ *testing.T, _ *session, label string) string {
	return "sqlite:///" + label + ".db"
}

func (e sqlite) load(t *testing.T, s *session, url, file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	e.with(t, s, url, func(db *sql.DB) error {
		_, err := db.Exec(string(text))
		return err
	})
}

func (e sqlite) describe(t *testing.T, s *session, url string) (facts []string) {
	e.with(t, s, url, func(db *sql.DB) (err error) {
		facts, err = oracle.Describe(db, ours()...)
		return err
	})
	return facts
}

func (sqlite) granted(string) bool { return false }

func (e sqlite) rows(t *testing.T, s *session, url string) (lines []string) {
	e.with(t, s, url, func(db *sql.DB) (err error) {
		lines, err = oracle.Rows(db, ours()...)
		return err
	})
	return lines
}

func (sqlite) with(t *testing.T, s *session, url string, do func(*sql.DB) error) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(s.folder, strings.TrimPrefix(url, "sqlite:///")))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	if err := do(db); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
}
