package postgres

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

func source(text string) []hclschema.Source {
	return []hclschema.Source{{Name: "models.hcl", Bytes: []byte(text)}}
}

func managedModels(t *testing.T, text string) *hclschema.State {
	t.Helper()
	state, diags := hclschema.LoadWith(source(text), hclschema.LoadOptions{ManagePrivileges: true}, Driver{})
	if diags.HasErrors() {
		t.Fatalf("%v\n%s", diags, text)
	}
	return state
}

const ordersModel = `
table "orders" {
  column "id" {
    type = bigint
    identity {
      generated = ALWAYS
    }
  }
  column "total" {
    type = numeric
  }
}
function "f" {
  lang   = SQL
  return = int
  as     = "SELECT 1"
}
`

// What is wrong with a permission is told with its place and a way out.
func TestPermissionMistakes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, want string
		unmanaged  bool
	}{
		{text: `permission { to = "app", for = table.orders, privileges = [SELECT] }`, want: "Set manage_privileges = true in migrations.hcl", unmanaged: true},
		{text: `default_permission { to = "app", for = TABLES, privileges = [SELECT] }`, want: "Set manage_privileges = true", unmanaged: true},
		{text: `enum "e" { values = ["a"], owner = "app" }`, want: "Set manage_privileges = true", unmanaged: true},
		{text: `sequence "q" { owner = "app" }`, want: "Set manage_privileges = true", unmanaged: true},
		{text: `permission { to = role.app, for = table.orders, privileges = [SELECT] }`, want: `No block declares the role "app"`},
		{text: `permission { to = SOMEBODY, for = table.orders, privileges = [SELECT] }`, want: "PUBLIC or OWNER, not the word SOMEBODY"},
		{text: `permission { to = "app", for = table.order, privileges = [SELECT] }`, want: `Did you mean "orders"?`},
		{text: `permission { to = "app", for = table.orders.column.totl, privileges = [SELECT] }`, want: `Did you mean "total"?`},
		{text: `permission { to = "app", for = table.orders, privileges = [SELCT] }`, want: `Did you mean "SELECT"?`},
		{text: `permission { to = "app", for = function.f, privileges = [SELECT] }`, want: "It is ALL or EXECUTE."},
		{text: `permission { to = "app", for = table.orders.column.total, privileges = [DELETE] }`, want: `no privilege "DELETE" on a column`},
		{text: `permission { to = "app", for = table.orders.column.total, privileges = [USAGE], sequence = true }`, want: "takes its numbers from no sequence"},
		{text: `permission { to = "app", for = schema.sales, privileges = [USAGE] }`, want: `No block declares the schema "sales"`},
		{text: `permission { to = "app", privileges = [USAGE] }`, want: "A permission needs for"},
		{text: `default_permission { to = "app", for = THINGS, privileges = [SELECT] }`, want: "TABLES, SEQUENCES, FUNCTIONS, TYPES or SCHEMAS"},
		{text: `default_permission { to = "app", for = SCHEMAS, schema = schema.public, privileges = [USAGE] }`, want: "Schemas lie in no schema"},
		{text: `role "app" { external = false }`, want: "duo-orm makes no roles"},
		{text: `role "app" { login = true }`, want: `A role has no attribute "login"`},
	} {
		head, body, _ := strings.Cut(strings.TrimSuffix(c.text, "}"), "{")
		text := head + "{\n" + strings.ReplaceAll(body, ", ", "\n") + "\n}" // each attribute on a line of its own
		_, diags := hclschema.LoadWith(source(ordersModel+text), hclschema.LoadOptions{ManagePrivileges: !c.unmanaged}, Driver{})
		if len(diags) != 1 || diags[0].Subject == nil || !strings.Contains(diags[0].Detail, c.want) {
			t.Errorf("%s\n got %v\nwant %s", c.text, diags, c.want)
			continue
		}
		if diags[0].Subject.Filename != "models.hcl" || diags[0].Subject.Start.Line < 16 {
			t.Errorf("%s\nis told at %s", c.text, diags[0].Subject)
		}
	}
}

// Blocks that say the same in other words are one state, and what is written reads back as it.
func TestPermissionsReadAndWritten(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"joined": {`
role "app" {}
permission {
  to         = role.app
  for        = table.orders
  privileges = [INSERT]
}
permission "again" {
  to         = [role.app]
  for        = [table.orders]
  privileges = ["select"]
}
permission {
  to         = PUBLIC
  for        = function.f
  privileges = [EXECUTE]
}
permission {
  to         = OWNER
  for        = table.orders
  privileges = [ALL]
}`, `
permission {
  to         = "app"
  for        = table.orders
  privileges = [INSERT, SELECT]
}
`},
		"all": {`
permission {
  to         = "Odd \"role\""
  for        = table.orders.column.id
  privileges = [ALL]
  sequence   = true
}
permission {
  to         = PUBLIC
  for        = function.f
  privileges = []
}
permission {
  to         = "a"
  for        = schema.public
  privileges = [USAGE]
  grantable  = true
  granted_by = "b"
}`, `
permission {
  to         = "Odd \"role\""
  for        = table.orders.column.id
  privileges = [ALL]
  sequence   = true
}
permission {
  to         = PUBLIC
  for        = function["f()"]
  privileges = []
}
permission {
  to         = "a"
  for        = schema.public
  privileges = [USAGE]
  grantable  = true
  granted_by = "b"
}
`},
		"by default": {`
default_permission {
  for        = TABLES
  to         = ["app", "other"]
  privileges = [SELECT]
}
permission {
  to         = "app"
  for        = table.orders
  privileges = []
}`, `
permission {
  to         = "app"
  for        = table.orders
  privileges = []
}
default_permission {
  for        = TABLES
  to         = "app"
  privileges = [SELECT]
}

default_permission {
  for        = TABLES
  to         = "other"
  privileges = [SELECT]
}
`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := managedModels(t, ordersModel+c.text)
			text, err := hclschema.WriteText(state, Driver{})
			if err != nil {
				t.Fatal(err)
			}
			var blocks []string
			for _, block := range strings.Split("\n"+string(text), "\n}\n") {
				if i := strings.Index(block, "permission"); i >= 0 {
					blocks = append(blocks, strings.TrimSpace(block)+"\n}\n")
				}
			}
			want := strings.ReplaceAll(c.want, "\n\n", "\n")
			if diff := cmp.Diff(want, "\n"+strings.Join(blocks, "")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Models that are rewritten keep the permission blocks that still hold, and their comments.
func TestPermissionsRewritten(t *testing.T) {
	t.Parallel()
	block := func(to, object, privileges string) string {
		return "\npermission {\n  to         = \"" + to + "\"\n  for        = " + object + "\n  privileges = [" + privileges + "]\n}\n"
	}
	kept := "\n# calls it" + block("app", "function.f", "EXECUTE")
	options := hclschema.LoadOptions{ManagePrivileges: true}
	existing := source(ordersModel + "\n# may read" + block("app", "table.orders", "SELECT") + kept)
	for name, c := range map[string]struct{ state, gone, here string }{
		"changed": {kept + block("app", "table.orders", "INSERT"), "# may read", "privileges = [INSERT]"},
		"gone":    {kept, "table.orders", ""},
		"more":    {kept + block("app", "table.orders", "SELECT") + block("b", "table.orders.column.total", "UPDATE"), "", "for        = table.orders.column.total"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := managedModels(t, ordersModel+c.state)
			written, removed, err := hclschema.Rewrite(existing, options, state, Driver{})
			if err != nil || len(removed) > 0 || len(written) != 1 {
				t.Fatal(written, removed, err)
			}
			text := string(written[0].Bytes)
			if c.gone != "" && strings.Contains(text, c.gone) || !strings.Contains(text, c.here) || !strings.Contains(text, strings.TrimSpace(kept)) {
				t.Error(text)
			}
		})
	}
}

// A role that isn't there is named with its place, before anything is planned.
func TestMissingRoles(t *testing.T) {
	t.Parallel()
	c := opened(t, testserver.Postgres(t).Database(t), drivers.OpenOptions{ManagePrivileges: true})
	state := managedModels(t, ordersModel+`
permission {
  to         = "nobody here"
  for        = table.orders
  privileges = [SELECT]
}
enum "e" {
  values = ["a"]
  owner  = "pg_monitor"
}`)
	var missing *drivers.MissingRolesError
	if err := c.Survey(t.Context(), state); !errors.As(err, &missing) {
		t.Fatal(err)
	}
	if len(missing.Roles) != 1 || missing.Roles[0].Name != "nobody here" || missing.Roles[0].Range.Start.Line != 20 || missing.Roles[0].Range.Filename != "models.hcl" {
		t.Errorf("%+v", missing.Roles)
	}
}

// Where privileges aren't managed, nothing of them is part of a state; where they are, everything that the catalogue has of them is.
func TestPrivilegesInspected(t *testing.T) {
	t.Parallel()
	url := testserver.Postgres(t).Database(t)
	c := opened(t, url, drivers.OpenOptions{})
	for _, text := range []string{
		"CREATE EXTENSION pg_trgm", "CREATE TABLE t (a int, b int)", "GRANT SELECT (a) ON t TO pg_monitor", "ALTER TABLE t OWNER TO pg_read_all_stats",
		"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor", "GRANT CREATE ON SCHEMA public TO pg_monitor", "REVOKE EXECUTE ON FUNCTION similarity(text, text) FROM PUBLIC",
	} {
		execute(t, c, text)
	}
	for _, o := range inspected(t, c).Objects() {
		if hasManaged(o) || grantsAlone(o.Identity.Kind) {
			t.Errorf("%s has %v", o.Identity, o.Properties)
		}
	}
	inspection, err := opened(t, url, drivers.OpenOptions{ManagePrivileges: true}).Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(inspection.Unread) != 1 || inspection.Unread[0].Identity.String() != "extension pg_trgm" {
		t.Error(inspection.Unread)
	}
	text, err := hclschema.WriteText(inspection.State, Driver{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`owner = "pg_read_all_stats"`, "for        = table.t.column.a", "for        = schema.public", "privileges = [CREATE]", "default_permission {"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}

// Whether a project manages privileges may change between the making of a revision and its run: what can't be told is no drift.
func TestFingerprintsOfPrivileges(t *testing.T) {
	t.Parallel()
	unit := func(text string) drivers.Unit { return drivers.Units(Driver{}, managedModels(t, ordersModel+text))[0] }
	grant := func(privilege string) string {
		return "permission {\n  to = \"app\"\n  for = table.orders\n  privileges = [" + privilege + "]\n}\n"
	}
	plain, reads, writes := unit(""), unit(grant("SELECT")), unit(grant("INSERT"))
	key := Driver{}.Key
	for _, c := range []struct {
		made, is drivers.Unit
		manages  bool
		want     bool
	}{
		{reads, reads, true, true}, {reads, writes, true, false}, {reads, plain, true, false},
		{reads, plain, false, true}, // made where privileges counted
		{plain, reads, true, true},  // made where they didn't
		{plain, plain, false, true},
	} {
		if got := drivers.Agrees(Driver{}, drivers.Fingerprint(Driver{}, c.made, key), c.is, key, c.manages, false); got != c.want {
			t.Errorf("%v against %v: %t", c.made[0].Properties, c.is[0].Properties, got)
		}
	}
}
