package planner_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
)

func everything(hclschema.Identity) bool { return true }

// What no code claims is refused by name: a property that no renderer knows never gets lost between models and database.
func TestUnknownPropertyIsRefusedByName(t *testing.T) {
	const text = `table "users" {
  column "id" { type = int }
  column "mail" { type = text }
  primary_key { columns = [column.id] }
  index "users_mail" { columns = [column.mail] }
}
view "mails" { as = "SELECT mail FROM users" }
trigger "log" {
  on = table.users
  after { insert = true }
  as = "BEGIN DELETE FROM users WHERE mail IS NULL; END"
}
`
	live := []string{"", `CREATE TABLE users (id integer PRIMARY KEY, mail text NOT NULL)
CREATE INDEX users_mail ON users (mail)
CREATE VIEW mails AS SELECT mail FROM users
CREATE TRIGGER log AFTER INSERT ON users BEGIN DELETE FROM users WHERE mail IS NULL; END
`}
	for _, script := range live {
		for _, o := range models(t, text).Objects() {
			desired := models(t, text)
			desired.Get(o.Identity).Properties["colour"] = hclschema.Text("green")
			_, err := planner.Create(t.Context(), planner.Request{
				Driver: sqlite.Driver{}, Live: liveDatabase(t, script), Desired: desired, Managed: everything,
			})
			if err == nil || !strings.Contains(err.Error(), "colour") || !strings.Contains(err.Error(), o.Identity.Name) {
				t.Errorf("a property that nobody knows of %s: %v", o.Identity, err)
			}
		}
	}
}

// claimlessDriver is SQLite that alters nothing.
type claimlessDriver struct{ sqlite.Driver }

func (claimlessDriver) Alter(drivers.UnitChange) (drivers.Alteration, error) {
	return drivers.Alteration{}, nil
}

// What a driver doesn't claim is refused where a replacement would lose rows, and replaced where it wouldn't.
func TestUnclaimedChange(t *testing.T) {
	live := `CREATE TABLE users (id integer PRIMARY KEY)
CREATE VIEW ids AS SELECT id FROM users
CREATE VIEW first_id AS SELECT min(id) AS id FROM ids
`
	const users, ids = `table "users" {
  column "id" { type = int }
  primary_key { columns = [column.id] }
}
view "first_id" { as = "SELECT min(id) AS id FROM ids" }
`, `view "ids" { as = "SELECT id + 1 AS id FROM users" }
`
	create := func(text string) (*planner.Plan, error) {
		return planner.Create(t.Context(), planner.Request{
			Driver: claimlessDriver{}, Live: liveDatabase(t, live), Desired: models(t, text), Managed: everything,
		})
	}
	plan, err := create(users + ids)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, step := range plan.Upgrade {
		names = append(names, step.Name)
	}
	if got, want := strings.Join(names, ", "), "drop view first_id, drop view ids, create view ids, create view first_id"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	_, err = create(strings.Replace(users, `{ type = int }`, `{ type = int }
  column "name" {
    type = text
    null = true
  }`, 1) + strings.Replace(ids, " + 1", "", 1))
	var refused *planner.UnplannableError
	if !errors.As(err, &refused) || refused.Object.Identity.Name != "name" {
		t.Errorf("a column that nobody adds: %v", err)
	}
}
