package postgres

import (
	"errors"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
)

// Statements are cut where the server would cut them: bodies stay whole.
func TestSplit(t *testing.T) {
	list, err := (Driver{}).Split("\uFEFFCREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN; RETURN 1; END $body$;\n" +
		"/* a /* nested; */ one */ CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END;" +
		"SELECT E'\\';'; DO $$ BEGIN PERFORM 1; END $$; CREATE UNIQUE INDEX CONCURRENTLY i ON t (a); BEGIN; COMMIT; COPY t TO STDOUT")
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, s := range list {
		titles = append(titles, s.Title)
	}
	if got, want := strings.Join(titles, "|"), "CREATE FUNCTION public.f|CREATE FUNCTION g|SELECT E'\\';'|DO|CREATE UNIQUE INDEX CONCURRENTLY i ON t|BEGIN|COMMIT|COPY t TO STDOUT"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if list[4].Kind != drivers.StandsAlone || list[5].Kind != drivers.Begins || list[6].Kind != drivers.Ends || list[1].Kind != drivers.Ordinary {
		t.Errorf("%+v", list)
	}
	if !strings.HasPrefix(list[1].SQL, "/* a /* nested; */ one */ CREATE") || strings.HasSuffix(list[1].SQL, ";") {
		t.Errorf("%q", list[1].SQL)
	}
	if list, err := (Driver{}).Split("-- a\r\nSELECT\r\n1,\r\n$$ a\r\n$$ -- b\r\n, 2;"); err != nil || list[0].SQL != "-- a\nSELECT\n1,\n$$ a\r\n$$ -- b\n, 2" {
		t.Errorf("line ends: %+v, %v", list, err)
	}
	for text, command := range map[string]string{
		"SELECT 1;\n\\connect other\nSELECT 2;": `\connect other`,
		"SELECT 1 \\gexec":                      `\gexec`,
		"COPY t (a) FROM stdin;\n1\n\\.\n":      "COPY t (a) FROM stdin",
	} {
		var shell *drivers.ShellError
		if _, err := (Driver{}).Split(text); !errors.As(err, &shell) || shell.Command != command {
			t.Errorf("%q: %v", text, err)
		}
	}
}
