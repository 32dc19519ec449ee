package faults

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	neturl "net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

// tenantsResult is what a run over several databases prints as JSON.
type tenantsResult struct {
	Counts    map[string]int
	Databases []struct {
		Name, Status string
		To           []string
		Error        *struct{ Kind, Message string }
	}
}

// fleet runs a command over the tenants of a project.
func fleet(t *testing.T, folder string, args ...string) tenantsResult {
	t.Helper()
	c := command(folder, append([]string{"--env", "tenants", "--json"}, args...)...)
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	failed := c.Run()
	var result tenantsResult
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		t.Fatalf("%v: %s\n%s", err, out.Bytes(), errs.Bytes())
	}
	if bad := result.Counts["failed"] > 0; bad != (failed != nil) || bad != strings.Contains(errs.String(), `"kind": "databases"`) {
		t.Fatalf("%v with %v\n%s", failed, result.Counts, errs.Bytes())
	}
	return result
}

func copyInto(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// killed runs an upgrade of all tenants, and kills it after a part of the time that a whole run takes, again and again, so many
// times.
func killed(t *testing.T, folder string, whole time.Duration, kills int) {
	t.Helper()
	random := rand.New(rand.NewPCG(3, 4))
	for range kills {
		c := command(folder, "migration", "upgrade", "--env", "tenants")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(whole)/3) + 1))
		_ = c.Process.Kill()
		_ = c.Wait()
	}
}

// A run over many SQLite files that is killed at any instant leaves each at a revision, and the next one does what is left.
func TestKilledAmongFiles(t *testing.T) {
	template := project(t, 2000)
	tenants := often(12, 100)
	var names []string
	for i := range tenants {
		names = append(names, fmt.Sprintf("t%03d", i))
	}
	write(t, template, "db/database.hcl", fmt.Sprintf("environment \"tenants\" {\n  urls = { for name in %s : name => \"sqlite:///${name}/app.db\" }\n}\n",
		strings.ReplaceAll(fmt.Sprintf("%q", names), " ", ", ")))
	database := copyTree(t, template)
	folder := t.TempDir()
	for _, name := range names {
		copyInto(t, database, folder+"/"+name)
	}
	copyInto(t, template, folder)
	begun := time.Now()
	probe := copyTree(t, folder)
	if result := fleet(t, probe, "migration", "upgrade"); result.Counts["done"] != tenants {
		t.Fatal(result.Counts)
	}
	whole := time.Since(begun)
	after := photograph(t, probe+"/"+names[0])
	before := photograph(t, database)
	for range often(3, 30) {
		work := copyTree(t, folder)
		killed(t, work, whole, 3)
		for _, name := range names {
			if is := photograph(t, work+"/"+name); is != before && is != after {
				t.Fatalf("%s is neither as before nor as after", name)
			}
		}
		result := fleet(t, work, "migration", "upgrade")
		if result.Counts["done"]+result.Counts["nothing_to_do"] != tenants {
			t.Fatal(result.Counts)
		}
		for _, name := range names {
			if photograph(t, work+"/"+name) != after {
				t.Fatalf("%s isn't finished", name)
			}
		}
	}
}

// Many schemas of one database, some of which are broken on purpose, with runs that are killed: the broken ones are named with their
// reason, all others are done once.
func TestSchemasSomeOfThemBroken(t *testing.T) {
	tenants := often(20, 1000)
	url := testserver.Postgres(t).Database(t)
	folder := t.TempDir()
	must(t, folder, "init", "--url", url)
	write(t, folder, "db/models/example.hcl", shopFirst)
	write(t, folder, "db/database.hcl", fmt.Sprintf("environment \"tenants\" {\n  url = %q\n  schemas_query = \"SELECT nspname FROM pg_namespace WHERE nspname LIKE 't%%'\"\n}\n", url))
	name := func(i int) string { return fmt.Sprintf("t%04d", i) }
	var made, spoiled, mended []string
	for i := range tenants {
		made = append(made, "CREATE SCHEMA "+name(i))
	}
	testserver.Exec(t, url, made...)
	must(t, folder, "migration", "create", "first", "--env", "tenants")
	broken := map[string]string{}
	for i := 3; i < tenants; i += 7 {
		switch i % 3 {
		case 0:
			broken[name(i)] = "step"
			spoiled = append(spoiled, "CREATE TABLE "+name(i)+".orders (somebody integer)")
		case 1:
			broken[name(i)] = "version_table"
			spoiled = append(spoiled, "CREATE VIEW "+name(i)+".duo_orm_revisions AS SELECT 1 AS one")
		default:
			broken[name(i)] = "step"
			spoiled = append(spoiled, "CREATE TYPE "+name(i)+".state AS ENUM ('mine')")
		}
	}
	testserver.Exec(t, url, spoiled...)
	killed(t, folder, min(time.Duration(tenants)*100*time.Millisecond, time.Minute), 3)
	result := fleet(t, folder, "migration", "upgrade", "--parallel", "8")
	is := map[string]string{}
	for i, database := range result.Databases {
		if database.Name != name(i) {
			t.Fatalf("%d is %s", i, database.Name)
		}
		if database.Error != nil {
			is[database.Name] = database.Error.Kind
		}
	}
	if !maps.Equal(is, broken) {
		t.Errorf("broken are %v, want %v", is, broken)
	}
	if done := result.Counts["done"] + result.Counts["nothing_to_do"]; done != tenants-len(broken) {
		t.Errorf("%v of %d", result.Counts, tenants)
	}
	for _, schema := range slices.Sorted(maps.Keys(broken)) {
		mended = append(mended, "DROP SCHEMA "+schema+" CASCADE", "CREATE SCHEMA "+schema)
	}
	testserver.Exec(t, url, mended...)
	if result := fleet(t, folder, "migration", "upgrade"); result.Counts["done"] != len(broken) || result.Counts["nothing_to_do"] != tenants-len(broken) {
		t.Error(result.Counts)
	}
	s := &shop{t: t, folder: folder, url: url}
	found := 0
	s.query("SELECT count(*) FROM pg_class WHERE relname = 'orders'", &found)
	if found != tenants {
		t.Errorf("%d schemas have the table, want %d", found, tenants)
	}
}

// A server that has fewer connections to give than are wanted at once makes a run slower, and fails no database.
func TestSchemasFewConnections(t *testing.T) {
	const tenants, limit = 12, 3
	url := testserver.Postgres(t).Database(t)
	parsed, err := neturl.Parse(url)
	if err != nil {
		t.Fatal(err)
	}
	role := strings.TrimPrefix(parsed.Path, "/") + "_few"
	parsed.User = neturl.User(role)
	testserver.Exec(t, url, "CREATE ROLE "+role+" LOGIN CREATEDB")
	t.Cleanup(func() { testserver.Exec(t, url, "DROP OWNED BY "+role, "DROP ROLE "+role) })
	for i := range tenants {
		testserver.Exec(t, url, fmt.Sprintf("CREATE SCHEMA t%02d AUTHORIZATION %s", i, role))
	}
	folder := t.TempDir()
	must(t, folder, "init", "--url", url)
	write(t, folder, "db/models/example.hcl", shopFirst)
	write(t, folder, "db/database.hcl", fmt.Sprintf("environment \"tenants\" {\n  url = %q\n  schemas_query = \"SELECT nspname FROM pg_namespace WHERE nspname LIKE 't%%'\"\n}\n", parsed))
	must(t, folder, "migration", "create", "first", "--env", "tenants")
	testserver.Exec(t, url, fmt.Sprintf("ALTER ROLE %s CONNECTION LIMIT %d", role, limit))
	if result := fleet(t, folder, "migration", "upgrade", "--parallel", "12"); result.Counts["done"] != tenants {
		t.Errorf("%+v", result)
	}
	if result := fleet(t, folder, "migration", "upgrade", "--parallel", "12"); result.Counts["nothing_to_do"] != tenants {
		t.Errorf("%+v", result)
	}
}
