package dialects_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers/dialects"
)

func TestByURLRefuses(t *testing.T) {
	for url, want := range map[string]string{
		"mysql://host/db":                  "no driver for mysql",
		"mariadb://host/db":                "no driver for mariadb",
		"postgresql+psycopg://u:QuXz@h/db": "write postgresql://u:***@h/db",
		"postgressql://host/db":            "Did you mean postgresql?",
		"sqlit:///app.db":                  "Did you mean sqlite?",
		"oracle://u:QuXz@h/db":             `unknown database "oracle"`,
		"app.db":                           "write sqlite:///app.db",
	} {
		driver, err := dialects.ByURL(url)
		if err == nil || driver != nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "QuXz") {
			t.Errorf("ByURL(%q): %v, want %q", url, err, want)
		}
	}
}

func TestEveryDriverIsFound(t *testing.T) {
	for _, driver := range dialects.All() {
		if found, err := dialects.ByName(driver.Name()); err != nil || found != driver {
			t.Errorf("ByName(%q) = %v, %v", driver.Name(), found, err)
		}
		for _, scheme := range driver.Schemes() {
			if found, err := dialects.ByURL(strings.ToUpper(scheme) + ":///x"); err != nil || found != driver {
				t.Errorf("%s: %v, %v", scheme, found, err)
			}
		}
	}
	var unknown *dialects.UnknownError
	if _, err := dialects.ByName("sqllite"); !errors.As(err, &unknown) || unknown.Nearest != "sqlite" {
		t.Error(err)
	}
}
