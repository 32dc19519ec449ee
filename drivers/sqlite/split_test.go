package sqlite

import (
	"errors"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
)

// Statements are cut where the engine would cut them, with the comments before them.
func TestSplit(t *testing.T) {
	list, err := (Driver{}).Split("\uFEFF-- the first; one\nCREATE TABLE a (b text DEFAULT ';' /* ; */); -- behind\n;;" +
		"create trigger t after insert on a begin select 1; select 2; end;\nPRAGMA foreign_keys = OFF; BEGIN; VACUUM; COMMIT; ROLLBACK; DROP TABLE a -- no semicolon")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range list {
		got = append(got, s.Title+"|"+s.SQL)
	}
	want := []string{
		"CREATE TABLE a|-- the first; one\nCREATE TABLE a (b text DEFAULT ';' /* ; */)",
		"create trigger t after insert on a|-- behind\n;;create trigger t after insert on a begin select 1; select 2; end",
		"PRAGMA foreign_keys|PRAGMA foreign_keys = OFF", "BEGIN|BEGIN", "VACUUM|VACUUM", "COMMIT|COMMIT", "ROLLBACK|ROLLBACK", "DROP TABLE a|DROP TABLE a",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	kinds := []drivers.StatementKind{drivers.Ordinary, drivers.Ordinary, drivers.SwitchesForeignKeys, drivers.Begins, drivers.StandsAlone, drivers.Ends, drivers.GivesUp, drivers.Ordinary}
	for i, s := range list {
		if s.Kind != kinds[i] || s.Unenforced != (i == 7) {
			t.Errorf("%s: %+v", s.Title, s)
		}
	}
	if list, err := (Driver{}).Split("-- a\r\nSELECT\r\n1,\r\n' a\r\n' /* b\r\n*/, 2;"); err != nil || list[0].SQL != "-- a\nSELECT\n1,\n' a\r\n' /* b\n*/, 2" {
		t.Errorf("line ends: %+v, %v", list, err)
	}
	var shell *drivers.ShellError
	if _, err := (Driver{}).Split("SELECT 1;\n.read other.sql\n"); !errors.As(err, &shell) || !strings.HasPrefix(shell.Command, ".read") {
		t.Errorf("%v", err)
	}
}
