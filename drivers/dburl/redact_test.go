package dburl_test

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/duo-orm/duo-orm/drivers/dburl"
)

func TestRedactShowsWhatIsHarmless(t *testing.T) {
	for text, want := range map[string]string{
		"sqlite:///app.db":                                 "sqlite:///app.db",
		"sqlite:////srv/a b:c.db":                          "sqlite:////srv/a b:c.db",
		"sqlite:///:memory:":                               "sqlite:///:memory:",
		"sqlite:///a%3Fb%23c.db?mode=ro":                   "sqlite:///a%3Fb%23c.db?mode=ro",
		"sqlite:///C:/data/app.db":                         "sqlite:///C:/data/app.db",
		"postgresql://localhost:5432/db?sslmode=require":   "postgresql://localhost:5432/db?sslmode=require",
		"postgresql://user@host/db":                        "postgresql://user@host/db",
		"postgresql://[::1]:5432/db":                       "postgresql://[::1]:5432/db",
		"postgresql://user:secret@host:5432/db":            "postgresql://user:***@host:5432/db",
		"postgresql://user:@host/db":                       "postgresql://user:***@host/db",
		"postgresql://host/db?password=secret&sslmode=off": "postgresql://host/db?password=***&sslmode=off",
		"app.db":          "app.db",
		"sqlite:app.db":   "sqlite:app.db",
		"sqlite:/app.db":  "sqlite:/app.db",
		"":                "",
		"a\x1b[31mb\n.db": "a[31mb.db",
	} {
		if got := dburl.Redact(text); got != want {
			t.Errorf("Redact(%q) = %q, want %q", text, got, want)
		}
	}
}

// canary is looked for in what Redact shows; it isn't part of any other word of the test.
const canary = "QuXzKw"

// encodings are ways in which a password gets into a URL, right ones and wrong ones.
func encodings(password string) []string {
	var everyByte strings.Builder
	for i := 0; i < len(password); i++ {
		fmt.Fprintf(&everyByte, "%%%02x", password[i])
	}
	return []string{
		password,
		url.QueryEscape(password),
		url.PathEscape(password),
		url.QueryEscape(url.QueryEscape(password)),
		everyByte.String(),
		url.UserPassword("", password).String()[1:],
		fmt.Sprintf("%q", password),
		strings.ReplaceAll(password, "@", "%40"),
		base64.StdEncoding.EncodeToString([]byte(password)),
	}
}

// shapes are the places in which a password can stand. %s is the password.
var shapes = []string{
	"postgresql://user:%s@host:5432/db",
	"postgresql://user:%s@host/db?sslmode=require",
	"postgresql://user:%s@[::1]:5432/db",
	"postgresql://user:%s@h1:1,h2:2/db",
	"postgresql://:%s@host/db",
	"postgresql://us%%40er:%s@host/db",
	"postgresql://user%%3A%s@host/db",
	"postgresql://user%%253A%s@host/db",
	"postgresql://user:%s",
	"postgresql://user:%s/db",
	"postgresql:///user:%s@host/db",
	"postgresql:///user:%s",
	"postgresql:/user:%s@host/db",
	"postgresql:user:%s@host/db",
	"postgresql:user:%s",
	"postgresql//user:%s@host/db",
	" postgresql://user:%s@host/db\n",
	"postgresql+psycopg://user:%s@host/db",
	"post gresql://user:%s@host/db",
	"://user:%s@host/db",
	"//user:%s@host/db",
	"user:%s@host/db",
	"user/%s@host",
	"oracle://user/%s@host",
	"postgresql://host/db?password=%s",
	"postgresql://host/db?user=u&password=%s&sslmode=off",
	"postgresql://host/db?sslmode=off;password=%s",
	"postgresql://host/db?pass%%77ord=%s",
	"postgresql://host/db&password=%s",
	"postgresql://host/db#password=%s",
	"sqlserver://host;user=u;password=%s",
	"sqlite:///app.db?key=%s",
	"sqlite+pysqlcipher://:%s@/app.db?cipher=x",
	"sqlite://user:%s@/app.db",
	"jdbc:postgresql://host/db?user=u&password=%s",
	"host=h user=u password=%s",
	"Server=h;Password=%s;",
	"mysql://user:%s@tcp(host:3306)/db",
	"user:%s@tcp(host:3306)/db?parseTime=true",
}

func TestRedactHidesPasswords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		noise := rapid.StringOfN(rapid.SampledFrom([]rune(`ab1@:/?#&=;%+ "'[]\é{}$`)), 0, 4, -1)
		password := noise.Draw(t, "before") + canary + noise.Draw(t, "after")
		shape := rapid.SampledFrom(shapes).Draw(t, "shape")
		if strings.HasPrefix(shape, "postgresql:") && strings.HasSuffix(strings.TrimSuffix(shape, "/db"), "user:%s") {
			password = strings.NewReplacer("@", "", "/", "").Replace(password) // a host would follow or have been
		}
		if strings.HasPrefix(shape, "user:") {
			password = strings.TrimLeft(password, "/") // a scheme would stand before it
		}
		encoded := rapid.SampledFrom(encodings(password)).Draw(t, "encoded")
		text := fmt.Sprintf(shape, encoded)
		shown := dburl.Redact(text)
		if strings.Contains(shown, canary) || strings.Contains(shown, encoded) && encoded != "" {
			t.Fatalf("Redact(%q) = %q", text, shown)
		}
		if again := dburl.Redact(shown); strings.Contains(again, canary) {
			t.Fatalf("Redact(%q) = %q", shown, again)
		}
		if _, err := dburl.Parse(text); err != nil && strings.Contains(err.Error(), canary) {
			t.Fatalf("Parse(%q): %v", text, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, shape := range shapes {
		f.Add(fmt.Sprintf(shape, "p@ss"))
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, err := dburl.Parse(text)
		if shown := dburl.Redact(text); err == nil && len(u.Password) > 6 && strings.Contains(shown, ":"+u.Password+"@") {
			t.Errorf("Redact(%q) = %q", text, shown)
		}
	})
}
