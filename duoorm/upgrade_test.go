package duoorm_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/duoorm"
)

func TestUpgradeAndDowngrade(t *testing.T) {
	db := open(t)
	result := upgrade(t, db, library())
	if ran(result) != first+" "+second || len(result.From) != 0 || strings.Join(result.To, " ") != second || !strings.HasPrefix(result.Database, "SQLite database /") {
		t.Errorf("got %+v", result)
	}
	if r := result.Ran[1]; r.Message != "loans" || r.Steps != 2 || r.Parents[0] != first || r.Path == "" {
		t.Errorf("got %+v", r)
	}
	if again := upgrade(t, db, library()); ran(again) != "" || again.From[0] != second || again.To[0] != second {
		t.Errorf("again: %+v", again)
	}
	run(t, db, "INSERT INTO books (title) VALUES ('Emma')")
	back, err := duoorm.Downgrade(context.Background(), db, library(), "-1")
	if err != nil || ran(back) != second || back.To[0] != first {
		t.Errorf("got %+v, %v", back, err)
	}
	if got := text(t, db, "SELECT group_concat(name) FROM sqlite_schema WHERE name IN ('books', 'loans')"); got != "books" {
		t.Errorf("got %s", got)
	}
	if one := upgrade(t, db, library(), duoorm.WithTarget("+1")); ran(one) != second {
		t.Errorf("got %+v", one)
	}
}

// What the program is and when it was is in the record.
func TestRecord(t *testing.T) {
	db := open(t)
	at := time.Date(2026, 11, 28, 19, 0, 0, 0, time.UTC)
	upgrade(t, db, library(), duoorm.WithTool("lending 1.2"), duoorm.WithClock(func() time.Time { return at }), duoorm.WithVersionTable("versions"))
	if got := text(t, db, "SELECT group_concat(tool || ' ' || finished) FROM versions"); got != "lending 1.2 2026-11-28T19:00:00.000Z,lending 1.2 2026-11-28T19:00:00.000Z" {
		t.Errorf("got %s", got)
	}
	upgrade(t, open(t), library())
}

func TestLog(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	upgrade(t, open(t), library(), duoorm.WithLogger(logger))
	for _, want := range []string{"upgrade begins", "step done", "create table loans", "upgrade done", "revision=" + second} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log doesn't say %q:\n%s", want, log.String())
		}
	}
	if strings.Contains(log.String(), "CREATE TABLE") {
		t.Errorf("the log holds statements:\n%s", log.String())
	}
}

// A failed step leaves what it found, and says so; revisions before it stay.
func TestStepFails(t *testing.T) {
	db := open(t)
	bad := `bad:upgrade {
  step "fill" {
    sql = "INSERT INTO nowhere VALUES ('secret')"
  }
}
downgrade {}`
	result, err := duoorm.Upgrade(context.Background(), db, files("good", bad))
	step := as[*duoorm.StepError](t, err)
	if step.Revision.ID != "bad" || step.Step != "fill" || step.Number != 1 || step.Of != 1 || step.SQL == "" || step.Unfinished {
		t.Errorf("got %+v", step)
	}
	if !strings.Contains(err.Error(), "no such table: nowhere") || !strings.Contains(err.Error(), "the database is at good") {
		t.Errorf("got %v", err)
	}
	if ran(result) != "good" || result.To[0] != "good" {
		t.Errorf("got %+v", result)
	}
}

func TestDrift(t *testing.T) {
	db := open(t)
	upgrade(t, db, library(), duoorm.WithTarget(first))
	upgrade(t, db, library())
	run(t, db, "ALTER TABLE loans ADD COLUMN note text")
	_, err := duoorm.Downgrade(context.Background(), db, library(), "-1")
	drift := as[*duoorm.DriftError](t, err)
	if drift.Revision.ID != second || !drift.Down || strings.Join(drift.Objects, " ") != "table loans" || !strings.Contains(err.Error(), "duoorm.WithDriftAllowed") {
		t.Errorf("got %+v: %v", drift, err)
	}
	result, err := duoorm.Downgrade(context.Background(), db, library(), "-1", duoorm.WithDriftAllowed())
	if err != nil || strings.Join(result.Drifted, " ") != "table loans" {
		t.Errorf("got %+v, %v", result, err)
	}
}

// What has no way back is named before anything is taken back.
func TestIrreversible(t *testing.T) {
	db := open(t)
	last := files("one", "two", `three:upgrade {}
downgrade { irreversible = "the old values are gone" }`)
	upgrade(t, db, last)
	result, err := duoorm.Downgrade(context.Background(), db, last, "one")
	if e := as[*duoorm.IrreversibleError](t, err); e.Revision.ID != "three" || e.Reason != "the old values are gone" || !strings.Contains(err.Error(), "go forward") {
		t.Errorf("got %+v: %v", e, err)
	}
	if ran(result) != "" || text(t, db, "SELECT count(*) FROM duo_orm_revisions") != "3" {
		t.Errorf("got %+v", result)
	}
}

func TestTargets(t *testing.T) {
	db := open(t)
	_, err := duoorm.Upgrade(context.Background(), db, library(), duoorm.WithTarget("nothing"))
	if e := as[*duoorm.TargetError](t, err); e.Target != "nothing" || len(e.Candidates) != 2 {
		t.Errorf("got %+v", e)
	}
	two := files("one", "left")
	two["db/migrations/versions/right.hcl"] = files("right")["db/migrations/versions/right.hcl"]
	_, err = duoorm.Upgrade(context.Background(), db, two)
	if e := as[*duoorm.MultipleHeadsError](t, err); len(e.Heads) != 2 {
		t.Errorf("got %+v", e)
	}
	if result := upgrade(t, db, two, duoorm.WithTarget("heads")); len(result.To) != 2 {
		t.Errorf("got %+v", result)
	}
	_, err = duoorm.Upgrade(context.Background(), db, two, duoorm.WithTarget("base"))
	as[*duoorm.TargetError](t, err)
}

// Without leave no program is run, and nothing else either.
func TestPrograms(t *testing.T) {
	program := `fill:upgrade {
  step "fill" {
    exec = ["./fill", "--all"]
  }
  step "seldom" {
    when = ["production"]
    exec = ["./seldom"]
  }
}
downgrade {}`
	db, system := open(t), files("table1", program)
	_, err := duoorm.Upgrade(context.Background(), db, system)
	if e := as[*duoorm.ProgramRefusedError](t, err); e.Step != "fill" || strings.Join(e.Program.Args, " ") != "./fill --all" || e.Program.Revision != "fill" {
		t.Errorf("got %+v", e)
	}
	if got := text(t, db, "SELECT count(*) FROM sqlite_schema"); got != "0" {
		t.Errorf("%s objects were made", got)
	}
	var calls []string
	result := upgrade(t, db, system, duoorm.WithPrograms(func(_ context.Context, p duoorm.Program) error {
		calls = append(calls, p.Revision+" "+strings.Join(p.Args, " "))
		return nil
	}))
	if strings.Join(calls, "; ") != "fill ./fill --all" || strings.Join(result.Ran[1].Skipped, " ") != "seldom" || result.Ran[1].Steps != 1 {
		t.Errorf("called %q, result %+v", calls, result)
	}
}
