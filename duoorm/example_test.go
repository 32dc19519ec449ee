package duoorm_test

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite"

	"github.com/duo-orm/duo-orm/duoorm"
)

// The revisions of a program, which go with it.
//
//go:embed testdata/db/migrations
var migrations embed.FS

// A program upgrades its database when it starts. Where it is started several times at once, one does the work.
func Example() {
	folder, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder) //nolint:errcheck // in the folder for temporary files
	db, err := sql.Open("sqlite", filepath.Join(folder, "app.db"))
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // nothing is written any more

	result, err := duoorm.Upgrade(context.Background(), db, migrations)
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range result.Ran {
		fmt.Println(r.ID, r.Message, r.Steps)
	}
	again, err := duoorm.Upgrade(context.Background(), db, migrations)
	fmt.Println("again:", len(again.Ran), err)
	// Output:
	// 7fae22773e74 books 1
	// 93409c2a4423 loans 2
	// again: 0 <nil>
}

// A program that upgrades nothing itself refuses to work on a database that isn't as it wants it.
func ExampleCheck() {
	db, err := duoorm.Open("sqlite:///not-there-yet.db")
	if err != nil {
		log.Fatal(err)
	}
	status, err := duoorm.Check(context.Background(), db, migrations)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(status.AtHead())
	fmt.Println(status.Err())
	// Output:
	// false
	// the SQLite database not-there-yet.db isn't as this program wants it: pending: 7fae22773e74, 93409c2a4423. Apply what is pending: duo-orm migration upgrade, or duoorm.Upgrade
}

// Each reason why a run stops has a type of its own.
func ExampleUpgrade_errors() {
	db, err := duoorm.Open("sqlite://")
	if err != nil {
		log.Fatal(err)
	}
	_, err = duoorm.Upgrade(context.Background(), db, migrations, duoorm.WithTarget("7f3"))
	var locked *duoorm.LockedError
	var drift *duoorm.DriftError
	var target *duoorm.TargetError
	switch {
	case errors.As(err, &locked):
		fmt.Println("try again later; it is locked by", locked.By)
	case errors.As(err, &drift):
		fmt.Println("somebody changed", drift.Objects)
	case errors.As(err, &target):
		fmt.Println("there is no", target.Target, "but", target.Candidates)
	}
	// Output: there is no 7f3 but [93409c2a4423 7fae22773e74]
}

// The newest revision is taken back.
func ExampleDowngrade() {
	folder, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder) //nolint:errcheck // in the folder for temporary files
	db, err := duoorm.Open("sqlite:///" + filepath.ToSlash(folder) + "/app.db")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := duoorm.Upgrade(context.Background(), db, migrations); err != nil {
		log.Fatal(err)
	}
	result, err := duoorm.Downgrade(context.Background(), db, migrations, "-1")
	fmt.Println(result.From, "→", result.To, err)
	history, err := duoorm.History(context.Background(), db, migrations)
	for _, entry := range history {
		fmt.Println(entry.ID, entry.Message, entry.Applied())
	}
	fmt.Println(err)
	// Output:
	// [93409c2a4423] → [7fae22773e74] <nil>
	// 93409c2a4423 loans false
	// 7fae22773e74 books true
	// <nil>
}
