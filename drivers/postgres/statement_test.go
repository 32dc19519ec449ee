package postgres

import (
	"errors"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers/sqltext"
)

func TestOneStatement(t *testing.T) {
	for _, text := range []string{
		"SELECT 1", "SELECT 1;", " ;; SELECT ';' ; ; -- ;", "SELECT $$;$$", "SELECT $a$ $$; $b$; $a$", `SELECT E'\';'`, `SELECT '\'`, `SELECT U&"d;"`,
		"SELECT /* ; /* ; */ ; */ 1", `SELECT ";"`, "SELECT a$b$;", "SELECT $1 + $2", "SELECT 1e5",
		"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END",
		"CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC BEGIN; END; END;",
		"CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM u; DELETE FROM v)",
		"CREATE FUNCTION f(begin int) RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2'",
		"SELECT 1 AS \"BEGIN\"", "SELECT 'a'\n';'",
	} {
		if _, err := readStatement(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{
		"SELECT 1; SELECT 2", `SELECT E'\\'; SELECT 2`, `SELECT '\'; SELECT 2`, "SELECT $1; SELECT $2", "SELECT 1 -- \n; SELECT 2",
		"CREATE TABLE t (i int); END", "SELECT a$b$; SELECT $b$", "BEGIN; COMMIT", `SELECT "\"; SELECT 2`,
	} {
		var several *sqltext.SeveralError
		if _, err := readStatement(text); !errors.As(err, &several) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestNumbered(t *testing.T) {
	got, marks := numbered(`SELECT ?, '?', E'\'?', "?", $a$?$a$, -- ?` + "\n /* ? */ ?::text, a?b")
	if want := `SELECT $1, '?', E'\'?', "?", $a$?$a$, -- ?` + "\n /* ? */ $2::text, a$3b"; got != want || marks != 3 {
		t.Errorf("%d\n%s\n%s", marks, got, want)
	}
}

func FuzzStatement(f *testing.F) {
	for _, text := range []string{"SELECT 1; SELECT 2", "SELECT $$a$$", "/* /* */", `E'\`, "$a", "CREATE FUNCTION f() BEGIN ATOMIC", "é$1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for at < len(text) {
			end, _ := piece(text, at)
			if end <= at || end > len(text) {
				t.Fatalf("%q: from %d to %d", text, at, end)
			}
			at = end
		}
		if _, err := readStatement(text); err != nil {
			return
		}
		if !strings.Contains(text, "?") {
			if same, marks := numbered(text); same != text || marks != 0 {
				t.Errorf("%q became %q", text, same)
			}
		}
	})
}
