package dialects_test

import (
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers/dialects"
)

func TestByURLRefuses(t *testing.T) {
	for url, want := range map[string]string{
		"postgresql://host/db":             "no driver for postgresql",
		"postgres://host/db":               "no driver for postgres;",
		"mysql://host/db":                  "no driver for mysql",
		"mariadb://host/db":                "no driver for mariadb",
		"postgresql+psycopg://u:QuXz@h/db": "write postgresql://u:***@h/db",
		"postgressql://host/db":            "Did you mean postgresql?",
		"oracle://u:QuXz@h/db":             `unknown database "oracle"`,
		"app.db":                           "write sqlite:///app.db",
	} {
		driver, err := dialects.ByURL(url)
		if err == nil || driver != nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "QuXz") {
			t.Errorf("ByURL(%q): %v, want %q", url, err, want)
		}
	}
}
