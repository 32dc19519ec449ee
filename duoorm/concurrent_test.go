package duoorm_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/duoorm"
)

// atOnce upgrades so many times at once, and makes sure that each revision was run once and that all find the work done.
func atOnce[H duoorm.Handle](t *testing.T, many int, handle func() H, files fs.FS, head string) {
	t.Helper()
	results := make([]duoorm.Result, many)
	errs := make([]error, many)
	handles := make([]H, many)
	for i := range handles {
		handles[i] = handle()
	}
	var group sync.WaitGroup
	for i := range many {
		group.Go(func() { results[i], errs[i] = duoorm.Upgrade(context.Background(), handles[i], files) })
	}
	group.Wait()
	runs := map[string]int{}
	for i, result := range results {
		if errs[i] != nil {
			t.Errorf("%d: %v", i, errs[i])
			continue
		}
		if strings.Join(result.To, " ") != head {
			t.Errorf("%d ended at %v", i, result.To)
		}
		for _, r := range result.Ran {
			runs[r.ID]++
		}
	}
	for id, times := range runs {
		if times != 1 {
			t.Errorf("%s was run %d times", id, times)
		}
	}
	if len(runs) == 0 {
		t.Error("nothing was run")
	}
}

func TestManyAtOnce(t *testing.T) {
	revisions := make([]string, 12)
	for i := range revisions {
		revisions[i] = fmt.Sprintf("r%02d", i)
	}
	system := files(revisions...)
	t.Run("one pool", func(t *testing.T) {
		db := open(t)
		atOnce(t, 8, func() *sql.DB { return db }, system, "r11")
	})
	t.Run("one connection", func(t *testing.T) {
		db := open(t)
		db.SetMaxOpenConns(1)
		atOnce(t, 8, func() *sql.DB { return db }, system, "r11")
	})
	t.Run("pools", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "app.db")
		atOnce(t, 8, func() *sql.DB { return openFile(t, file) }, system, "r11")
	})
	t.Run("write-ahead log", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "app.db")
		atOnce(t, 8, func() *sql.DB {
			return openDSN(t, "sqlite", "file:"+file+"?_pragma=journal_mode(wal)&_pragma=busy_timeout(5000)")
		}, system, "r11")
	})
	t.Run("in memory", func(t *testing.T) {
		db := openDSN(t, "sqlite", "file:many_at_once?mode=memory&cache=shared")
		atOnce(t, 8, func() *sql.DB { return db }, system, "r11")
	})
	t.Run("URL", func(t *testing.T) {
		db, err := duoorm.Open("sqlite:///" + filepath.Join(t.TempDir(), "app.db"))
		if err != nil {
			t.Fatal(err)
		}
		atOnce(t, 8, func() *duoorm.Database { return db }, system, "r11")
	})
}

// upgradeAlone is the program that TestManyProcesses starts: it tells what it ran.
func upgradeAlone(file string) int {
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	result, err := duoorm.Upgrade(context.Background(), db, library())
	if err = errors.Join(err, db.Close()); err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Print(ran(result))
	return 0
}

func TestManyProcesses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "app.db")
	outputs := make([]string, 5)
	errs := make([]error, len(outputs))
	var group sync.WaitGroup
	for i := range outputs {
		group.Go(func() {
			program := exec.Command(os.Args[0])
			program.Env = append(os.Environ(), "DUO_ORM_TEST_UPGRADE="+file)
			text, err := program.CombinedOutput()
			outputs[i], errs[i] = string(text), err
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatalf("%v\n%s", err, strings.Join(outputs, "\n"))
	}
	all := strings.Fields(strings.Join(outputs, " "))
	if len(all) != 2 || text(t, openFile(t, file), "SELECT count(*) FROM duo_orm_revisions") != "2" {
		t.Errorf("the programs ran %v", all)
	}
}

const slow = `slow:upgrade {
  step "count" {
    sql = "CREATE TABLE numbers AS WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000000) SELECT max(n) AS n FROM c"
  }
}
downgrade {}`

// A run that is cut off leaves the database at the revision before, and nobody is locked out.
func TestCancelled(t *testing.T) {
	db := open(t)
	db.SetMaxOpenConns(1)
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	begun := time.Now()
	result, err := duoorm.Upgrade(ctx, db, files("before", slow))
	if step := as[*duoorm.StepError](t, err); step.Revision.ID != "slow" || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("it took %s to stop", took)
	}
	if ran(result) != "before" || result.To[0] != "before" {
		t.Errorf("got %+v", result)
	}
	if got := text(t, db, "SELECT group_concat(name) FROM sqlite_schema WHERE name IN ('before', 'numbers')"); got != "before" {
		t.Errorf("got %s", got)
	}
	upgrade(t, db, files("before", "after"), duoorm.WithLockWait(time.Second))
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := duoorm.Upgrade(ended, db, files("before", "after")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
