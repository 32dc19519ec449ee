package duoorm_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/duoorm"
)

func check(t *testing.T, db *sql.DB) duoorm.Status {
	t.Helper()
	status, err := duoorm.Check(context.Background(), db, library())
	if err != nil {
		t.Fatal(err)
	}
	return status
}

// Where a database stands is told, and is an error where it isn't as the program wants it.
func TestCheck(t *testing.T) {
	db := open(t)
	expect := func(want string) {
		t.Helper()
		status := check(t, db)
		got := "fine"
		if err := status.Err(); err != nil {
			as[*duoorm.StatusError](t, err)
			_, got, _ = strings.Cut(err.Error(), "wants it: ")
			got, _, _ = strings.Cut(got, ". ")
		}
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if atHead := want == "fine" || strings.HasPrefix(want, "changed by others"); status.AtHead() != atHead {
			t.Errorf("%s: at head is %t", want, status.AtHead())
		}
	}
	expect("pending: " + first + ", " + second)
	if got := text(t, db, "SELECT count(*) FROM sqlite_schema"); got != "0" {
		t.Errorf("a check made %s objects", got)
	}
	upgrade(t, db, library(), duoorm.WithTarget(first))
	expect("pending: " + second)
	upgrade(t, db, library())
	expect("fine")
	run(t, db, "ALTER TABLE loans ADD COLUMN note text")
	expect("changed by others: table loans")
	run(t, db, "ALTER TABLE loans DROP COLUMN note", "CREATE TABLE unrelated (id int)")
	expect("fine")
	run(t, db, "INSERT INTO duo_orm_revisions SELECT 'later', '"+second+"', 'later', 'x', 1, '[]', '[]', started, finished, 'newer 2' FROM duo_orm_revisions LIMIT 1")
	expect("unknown here: later")
	run(t, db, "DELETE FROM duo_orm_revisions WHERE revision = 'later'", "UPDATE duo_orm_revisions SET checksum = 'x' WHERE revision = '"+second+"'")
	expect("edited after they were applied: " + second)
	_, err := duoorm.Upgrade(context.Background(), db, library())
	if e := as[*duoorm.EditedError](t, err); e.Revision.ID != second {
		t.Errorf("got %+v", e)
	}
	run(t, db, "UPDATE duo_orm_revisions SET finished = '' WHERE revision = '"+second+"'")
	expect("unfinished: " + second)
	_, err = duoorm.Upgrade(context.Background(), db, library())
	if e := as[*duoorm.UnfinishedError](t, err); e.Record.ID != second {
		t.Errorf("got %+v", e)
	}
	if status := check(t, db); status.Current[0] != second || status.Heads[0] != second || status.Unfinished[0].Steps != 2 {
		t.Errorf("got %+v", status)
	}
}

// What a table lost without a trace is drift too, and so is a table that is gone.
func TestCheckAbsent(t *testing.T) {
	db := open(t)
	upgrade(t, db, library())
	run(t, db, "DROP TABLE loans")
	if got := check(t, db).Drifted; fmt.Sprint(got) != "[table loans]" {
		t.Errorf("got %v", got)
	}
}

func TestHistory(t *testing.T) {
	db := open(t)
	upgrade(t, db, library(), duoorm.WithTarget(first), duoorm.WithTool("lending 1"))
	run(t, db, "INSERT INTO duo_orm_revisions SELECT 'later', '"+first+"', 'not here', 'x', 1, '[]', '[]', started, finished, 'newer 2' FROM duo_orm_revisions LIMIT 1")
	entries, err := duoorm.History(context.Background(), db, library())
	if err != nil || len(entries) != 3 {
		t.Fatalf("got %+v, %v", entries, err)
	}
	shown := ""
	for _, e := range entries {
		shown += fmt.Sprintf("%s applied %t current %t head %t missing %t\n", e.ID, e.Applied(), e.Current, e.Head, e.Missing)
	}
	want := "later applied true current true head false missing true\n" +
		second + " applied false current false head true missing false\n" +
		first + " applied true current false head false missing false\n"
	if shown != want {
		t.Errorf("got\n%s", shown)
	}
	if e := entries[2]; e.Record.Tool != "lending 1" || e.Record.Steps != 1 || e.Record.Finished.IsZero() {
		t.Errorf("got %+v", e.Record)
	}
	_, err = duoorm.Upgrade(context.Background(), db, library())
	if e := as[*duoorm.MissingFileError](t, err); e.Record.ID != "later" || e.Record.Tool != "newer 2" {
		t.Errorf("got %+v", e)
	}
	run(t, db, "DROP TABLE duo_orm_revisions", "CREATE TABLE duo_orm_revisions (x int)")
	_, err = duoorm.History(context.Background(), db, library())
	if e := as[*duoorm.VersionTableError](t, err); e.Table != "duo_orm_revisions" {
		t.Errorf("got %+v", e)
	}
}

// Revisions of another engine aren't run.
func TestDialect(t *testing.T) {
	_, err := duoorm.Upgrade(context.Background(), open(t), postgres())
	if e := as[*duoorm.DialectError](t, err); e.Wanted != "postgres" || e.Have != "sqlite" || e.Revision.ID != pgFirst {
		t.Errorf("got %+v", e)
	}
}
