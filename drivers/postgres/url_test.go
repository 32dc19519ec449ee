package postgres

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/dburl"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

func TestURLs(t *testing.T) {
	t.Setenv("PGSSLMODE", "")
	t.Setenv("PGHOST", "")
	for url, want := range map[string][]string{ // host, port, user, password, database
		"postgresql://ada:p%40ss@db.example.com:6543/shop?sslmode=disable":         {"db.example.com", "6543", "ada", "p@ss", "shop"},
		"postgres://ada@localhost/shop":                                            {"localhost", "5432", "ada", "", "shop"},
		"postgresql://ada@[::1]:6543/shop":                                         {"::1", "6543", "ada", "", "shop"},
		"postgresql://ada@/shop?host=/var/run/x":                                   {"/var/run/x", "5432", "ada", "", "shop"},
		"postgresql://ada@/shop?host=a.example:7000&host=b:7001&sslmode=disable":   {"a.example", "7000", "ada", "", "shop"},
		"postgresql://localhost/shop?user=ada&password=x":                          {"localhost", "5432", "ada", "x", "shop"},
		`postgresql://a'b%20host=evil:p'%20x%3D\@localhost/d'%20sslmode%3Drequire`: {"localhost", "5432", `a'b host=evil`, `p' x=\`, "d' sslmode=require"},
	} {
		p, err := locate(url, "")
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		c := p.config
		got := []string{c.Host, literalPort(c.Port), c.User, c.Password, c.Database}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", url, diff)
		}
		if c.RuntimeParams["application_name"] != "duo-orm" || len(c.RuntimeParams) != 1 {
			t.Errorf("%s: %v", url, c.RuntimeParams)
		}
	}
}

func literalPort(port uint16) string {
	digits := ""
	for ; port > 0; port /= 10 {
		digits = string(rune('0'+port%10)) + digits
	}
	return digits
}

func TestURLsThatAreRefused(t *testing.T) {
	t.Setenv("PGSSLMODE", "")
	for url, want := range map[string]string{
		"sqlite:///app.db":                                   "no PostgreSQL database",
		"postgresql+psycopg://u:QuXz@h/d":                    `names the driver "psycopg"`,
		"postgresql://u:QuXz@h/d?sslmoed=require":            `no parameter "sslmoed"`,
		"postgresql://u:QuXz@h/d?statement_timeout=3":        `no parameter "statement_timeout"`,
		"postgresql://u:QuXz@h/d?sslmode=quxz":               "can't be used",
		"postgresql://u:QuXz@h/d?password=QuXz":              "the password twice",
		"postgresql://u:QuXz@h/d?host=other":                 "a host twice",
		"postgresql://u:QuXz@h/d?sslmode=require&sslmode=no": "twice",
		"postgresql://u:QuXz@h/d?connect_timeout=soon":       "can't be used",
		"postgresql://u:QuXz@h/d?sslcert=/nowhere/cert.pem":  "can't be used",
		"postgresql://u:QuXz@h:99999/d":                      "can't be used",
	} {
		_, err := Driver{}.Open(t.Context(), url, drivers.OpenOptions{})
		var malformed *dburl.MalformedError
		if !errors.As(err, &malformed) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "QuXz") {
			t.Errorf("%s: %v, want %q", url, err, want)
		}
	}
}

// Over a network the server must prove who it is unless the URL says otherwise.
func TestEncryptionIsChosen(t *testing.T) {
	t.Setenv("PGSSLMODE", "")
	for url, strict := range map[string]bool{
		"postgresql://u@db.example.com/d":                 true,
		"postgresql://u@10.0.0.1/d":                       true,
		"postgresql://u@/d?host=localhost&host=b.example": true,
		"postgresql://u@db.example.com/d?sslmode=prefer":  false,
		"postgresql://u@db.example.com/d?sslmode=disable": false,
		"postgresql://u@localhost/d":                      false,
		"postgresql://u@127.0.0.1/d":                      false,
		"postgresql://u@/d?host=/run/postgresql":          false,
	} {
		p, err := locate(url, "")
		if err != nil {
			t.Fatal(url, err)
		}
		if p.strict != strict {
			t.Errorf("%s: strict is %v", url, p.strict)
		}
		if strict && (p.config.TLSConfig == nil || p.config.TLSConfig.InsecureSkipVerify || p.config.TLSConfig.ServerName == "") {
			t.Errorf("%s: the server needn't prove anything", url)
		}
		for _, fallback := range p.config.Fallbacks {
			if strict && fallback.TLSConfig == nil {
				t.Errorf("%s falls back to no encryption", url)
			}
		}
	}
	t.Setenv("PGSSLMODE", "require")
	if p, err := locate("postgresql://u@db.example.com/d", ""); err != nil || p.strict {
		t.Error("what the environment says is said:", p.strict, err)
	}
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	server := testserver.Postgres(t)
	at := server.Host() + ":" + server.Port()
	for url, want := range map[string][2]string{
		"postgresql://postgres:QuXz@" + at + "/it's%20not":                            {`database "it's not" does not exist`, `createdb 'it'\''s not'`},
		"postgresql://nobody_here:QuXz@" + at + "/postgres":                           {`role "nobody_here" does not exist`, "Check"},
		"postgresql://u:QuXz@127.0.0.1:1/d":                                           {"nothing listens at 127.0.0.1, port 1", "server runs"},
		"postgresql://u:QuXz@nowhere.invalid/d":                                       {"nowhere.invalid", "Check the host"},
		"postgresql://u:QuXz@/d?host=/nowhere":                                        {"no socket for port 5432 in /nowhere", "unix_socket_directories"},
		"postgresql://postgres:QuXz@" + at + "/postgres?sslmode=require":              {"refused TLS", "sslmode=disable"},
		"postgresql://postgres:QuXz@" + at + "/postgres?search_path=nowhere":          {"no default schema", "CREATE SCHEMA"},
		"postgresql://postgres:QuXz@" + at + "/postgres?target_session_attrs=standby": {"", "Check"},
	} {
		_, err := Driver{}.Open(t.Context(), url, drivers.OpenOptions{})
		var unreachable *drivers.UnreachableError
		if !errors.As(err, &unreachable) {
			t.Errorf("%s: %T %v", url, err, err)
			continue
		}
		if !strings.Contains(unreachable.Error(), want[0]) || !strings.Contains(unreachable.Check, want[1]) {
			t.Errorf("%s:\n%v\n%s\nwant %q", url, err, unreachable.Check, want)
		}
		if strings.Contains(err.Error()+unreachable.Check, "QuXz") || strings.Contains(err.Error(), "SQLSTATE") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestSearchPathOfTheURL(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	testserver.Exec(t, url, `CREATE SCHEMA "a, b; DROP"`)
	for parameter, want := range map[string]string{
		`?search_path=%22a%2C%20b%3B%20DROP%22`: "a, b; DROP",
		`?search_path=nowhere,public`:           "public",
		`?options=-c%20search_path=pg_catalog`:  "pg_catalog",
		``:                                      "public",
	} {
		c := opened(t, url+parameter, drivers.OpenOptions{})
		got := values(t, c, "SELECT current_schema(), current_setting('search_path')", 2)
		if diff := cmp.Diff([][]any{{want, quoted(want)}}, got); diff != "" || c.defaultSchema != want {
			t.Error(parameter, c.defaultSchema, diff)
		}
	}
}
