package faults

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"
)

const first = `table "users" {
  column "id" {
    type = int
  }
  column "mail" {
    type = text
  }
  column "age" {
    type = text
    null = true
  }
  primary_key {
    columns = [column.id]
  }
  index "users_mail" {
    columns = [column.mail]
  }
}
view "mails" {
  as = "SELECT mail FROM users"
}
trigger "users_touch" {
  on = table.users
  after {
    update_of = [table.users.column.mail]
  }
  as = "BEGIN UPDATE users SET age = age WHERE id = NEW.id; END"
}
`

// second renames a column, rebuilds the table and adds another.
var second = strings.NewReplacer(
	`column "mail" {`, `column "email" {
    renamed_from = "mail"`,
	"column.mail", "column.email", "SELECT mail", "SELECT email",
	`column "age" {
    type = text`, `column "age" {
    type = int`,
).Replace(first) + `table "posts" {
  column "id" {
    type = int
  }
  column "user_id" {
    type = int
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "posts_user" {
    columns     = [column.user_id]
    ref_columns = [table.users.column.id]
  }
}
`

// project is a folder with the first revision applied, rows in it, and the second revision made and pending.
func project(t *testing.T, rows int) string {
	t.Helper()
	folder := t.TempDir()
	must(t, folder, "init")
	write(t, folder, "db/models/app.hcl", first)
	must(t, folder, "migration", "create", "first")
	must(t, folder, "migration", "upgrade")
	execute(t, folder, fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO users SELECT i, 'user ' || i || ' with some text to copy', i %% 90 FROM n`, rows))
	write(t, folder, "db/models/app.hcl", second)
	must(t, folder, "migration", "create", "second")
	return folder
}

// A process that is killed at any instant leaves a revision wholly applied or not at all, and the next one finishes.
func TestKilledAtAnyInstant(t *testing.T) {
	template := project(t, 20000)
	before := photograph(t, template)
	whole := copyTree(t, template)
	begun := time.Now()
	must(t, whole, "migration", "upgrade")
	took := time.Since(begun)
	after := photograph(t, whole)
	if before == after {
		t.Fatal("the upgrade changes nothing")
	}
	down := copyTree(t, whole)
	must(t, down, "migration", "downgrade")
	if photograph(t, down) != before {
		t.Fatalf("the downgrade doesn't lead back:\n%s\n-- is --\n%s", before[:min(2000, len(before))], photograph(t, down)[:2000])
	}
	random := rand.New(rand.NewPCG(1, 2))
	applied := 0
	for i := range often(100, 1000) {
		from, way, wants := template, []string{"migration", "upgrade"}, after
		if i%2 == 1 {
			from, way, wants = whole, []string{"migration", "downgrade"}, before
		}
		folder := copyTree(t, from)
		c := command(folder, way...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(took) * 5 / 4)))
		_ = c.Process.Kill()
		_ = c.Wait()
		is := photograph(t, folder)
		if is != before && is != after {
			t.Fatalf("kill %d: neither before nor after", i)
		}
		if is == wants {
			applied++
		}
		if i%2 == 0 {
			must(t, folder, "migration", "upgrade", "head")
		} else {
			must(t, folder, "migration", "downgrade", strings.Fields(must(t, template, "migration", "current"))[0])
		}
		if photograph(t, folder) != wants {
			t.Fatalf("kill %d: the next run doesn't finish", i)
		}
	}
	t.Logf("%d of the killed had finished", applied)
}

// However many upgrade at once, each step runs once, everybody waits, and everybody says so with success.
func TestManyUpgraders(t *testing.T) {
	template := project(t, 2000)
	for range often(5, 100) {
		folder := copyTree(t, template)
		var wait sync.WaitGroup
		outputs, errs := make([]string, 8), make([]error, 8)
		for i := range 8 {
			wait.Add(1)
			go func() {
				defer wait.Done()
				outputs[i], errs[i] = try(folder, "migration", "upgrade")
			}()
		}
		wait.Wait()
		for i, err := range errs {
			if err != nil {
				t.Fatalf("%v\n%s", err, outputs[i])
			}
		}
		var logged int
		db := open(t, folder)
		if err := db.QueryRow("SELECT count(*) FROM duo_orm_revisions_log WHERE action = 'upgrade'").Scan(&logged); err != nil || logged != 2 {
			t.Fatalf("%d upgrades were logged, %v", logged, err)
		}
		_ = db.Close()
	}
}
