package dialects_test

import (
	"fmt"

	"github.com/duo-orm/duo-orm/drivers/dialects"
)

// The driver is found by the scheme of a URL, and what can't be had is told without secrets.
func ExampleByURL() {
	for _, url := range []string{"sqlite:///app.db", "postgresql://ada:secret@db/shop", "sqlite+aiosqlite:///app.db", "sqlit:///app.db", "mysql://ada:secret@db/shop"} {
		driver, err := dialects.ByURL(url)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(driver.Title())
	}
	// Output:
	// SQLite
	// PostgreSQL
	// the URL names the driver "aiosqlite", but duo-orm brings its own: write sqlite:///app.db
	// unknown database "sqlit"; this build knows: postgres, postgresql, sqlite. Did you mean sqlite?
	// this build has no driver for mysql; it has: postgres, postgresql, sqlite
}
