package dburl_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/drivers/dburl"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]dburl.URL{
		"sqlite://":                    {Scheme: "sqlite"},
		"sqlite:///":                   {Scheme: "sqlite"},
		"sqlite:///app.db":             {Scheme: "sqlite", Database: "app.db"},
		"SQLite:///app.db":             {Scheme: "sqlite", Database: "app.db"},
		"sqlite:////srv/app.db":        {Scheme: "sqlite", Database: "/srv/app.db"},
		"sqlite:///:memory:":           {Scheme: "sqlite", Database: ":memory:"},
		"sqlite:///C:/x/app.db":        {Scheme: "sqlite", Database: "C:/x/app.db"},
		"sqlite:///a#b@c:d.db":         {Scheme: "sqlite", Database: "a#b@c:d.db"},
		"sqlite:///100%.db":            {Scheme: "sqlite", Database: "100%.db"},
		"sqlite:///a%3Fb%25c%20d.db":   {Scheme: "sqlite", Database: "a?b%c d.db"},
		"sqlite+pysqlite:///app.db":    {Scheme: "sqlite", DriverPart: "pysqlite", Database: "app.db"},
		"sqlite:///app.db?mode=ro&x=1": {Scheme: "sqlite", Database: "app.db", Parameters: []dburl.Parameter{{Name: "mode", Value: "ro"}, {Name: "x", Value: "1"}}},
		"postgresql://u%40x:p%2Fw@h:5432/db?a=b+c": {Scheme: "postgresql", User: "u@x", Password: "p/w", HasPassword: true, Host: "h", Port: "5432",
			Database: "db", Parameters: []dburl.Parameter{{Name: "a", Value: "b c"}}},
		"postgresql://u:p/w?x@h/db": {Scheme: "postgresql", User: "u", Password: "p/w?x", HasPassword: true, Host: "h", Database: "db"},
		"postgresql://u@[::1]:5/db": {Scheme: "postgresql", User: "u", Host: "::1", Port: "5", Database: "db"},
	} {
		got, err := dburl.Parse(text)
		if err != nil {
			t.Errorf("Parse(%q): %v", text, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Parse(%q): %s", text, diff)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "empty",
		" sqlite:///app.db":         "white space",
		"sqlite:///app.db\n":        "white space",
		"sqlite:///a\x00b":          "control character",
		"sqlite:///a%00b":           "NUL",
		"app.db":                    "write sqlite:///app.db",
		"my app.db":                 "is no database URL",
		"sqlite:app.db":             "Write sqlite:///app.db",
		"sqlite:/srv/app.db":        "Write sqlite:////srv/app.db",
		"1x://host":                 "no scheme",
		"postgresql://u:p@s@h/db":   "an @ too many",
		"postgresql://h:port/db":    "port is no number",
		"postgresql://[::1/db":      "IPv6",
		"postgresql://u:p@[::1]x/d": "IPv6",
	} {
		_, err := dburl.Parse(text)
		var malformed *dburl.MalformedError
		if !errors.As(err, &malformed) || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q): %v, want %q", text, err, want)
		}
	}
}

func TestFileURLLeadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.StringMatching(`[^\x00]{1,30}`).Draw(t, "path")
		u, err := dburl.Parse(dburl.FileURL(path))
		if err != nil || u.Database != path || u.Host != "" || u.Parameters != nil {
			t.Fatalf("%q became %+v, %v", path, u, err)
		}
	})
}
