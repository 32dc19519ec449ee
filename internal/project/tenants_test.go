package project

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An environment names several databases in one of four ways; what can't be meant is told with its place, and no URL comes out.
func TestTenants(t *testing.T) {
	for _, c := range []struct {
		name, block string
		choice      Choice
		want        Database
		fault       string
	}{
		{name: "a list", block: `urls = ["sqlite:///b.db", "sqlite:///a.db"]`,
			want: Database{URL: "sqlite:///b.db", Tenants: &Tenants{Attribute: "urls", Databases: []Tenant{{URL: "sqlite:///b.db"}, {URL: "sqlite:///a.db"}}}}},
		{name: "a map", block: `urls = { b = "sqlite:///1.db", a = env("A") }`,
			want: Database{URL: "sqlite:///${x}", Tenants: &Tenants{Attribute: "urls", Databases: []Tenant{{"a", "sqlite:///${x}"}, {"b", "sqlite:///1.db"}}}}},
		{name: "a variable", block: `urls = [for name in compact(split(",", env("NAMES"))) : "sqlite:///${trimspace(name)}.db"]`,
			want: Database{URL: "sqlite:///x.db", Tenants: &Tenants{Attribute: "urls", Databases: []Tenant{{URL: "sqlite:///x.db"}, {URL: "sqlite:///y.db"}}}}},
		{name: "JSON", block: `urls = jsondecode(env("JSON"))`,
			want: Database{URL: "sqlite:///j.db", Tenants: &Tenants{Attribute: "urls", Databases: []Tenant{{"j", "sqlite:///j.db"}}}}},
		{name: "a query of URLs", block: "url = \"sqlite:///control.db\"\n urls_query = \"SELECT url FROM t\"",
			want: Database{URL: "sqlite:///control.db", Tenants: &Tenants{Attribute: "urls_query", URLsQuery: "SELECT url FROM t"}}},
		{name: "schemas", block: "url = \"postgresql://h/d\"\n schemas = [\"a\", \"b\"]\n plan_on = \"b\"\n protected = true",
			want: Database{URL: "postgresql://h/d", Protected: true, Tenants: &Tenants{Attribute: "schemas", Schemas: []string{"a", "b"}, PlanOn: "b"}}},
		{name: "a query of schemas", block: "url = \"postgresql://h/d\"\n schemas_query = \"SELECT 1\"",
			want: Database{URL: "postgresql://h/d", Tenants: &Tenants{Attribute: "schemas_query", SchemasQuery: "SELECT 1"}}},
		{name: "a URL of the command", block: `urls = [nonsense]`, choice: Choice{URL: "sqlite:///mine.db"}, want: Database{URL: "sqlite:///mine.db"}},
		{name: "two ways", block: "urls = [\"sqlite:///a.db\"]\n schemas = [\"a\"]", fault: "Two lists of databases"},
		{name: "url beside urls", block: "url = \"sqlite:///a.db\"\n urls = [\"sqlite:///a.db\"]", fault: "Take url away"},
		{name: "no url beside schemas", block: `schemas = ["a"]`, fault: "the database that has the schemas"},
		{name: "no url beside a query", block: `urls_query = "SELECT 1"`, fault: "the database that is asked"},
		{name: "no list", block: `urls = "sqlite:///a.db"`, fault: "urls must be a list of URLs"},
		{name: "a list of lists", block: `urls = [["sqlite:///a.db"]]`, fault: "urls must be a list of URLs"},
		{name: "an empty list", block: `urls = []`, fault: "Write the databases' URLs here"},
		{name: "an empty URL", block: `urls = ["sqlite:///a.db", ""]`, fault: "compact() takes empty ones out"},
		{name: "an empty name", block: `urls = { "" = "sqlite:///a.db" }`, fault: "Give each database one"},
		{name: "no schemas", block: "url = \"postgresql://h/d\"\n schemas = []", fault: "Write the schemas here"},
		{name: "an empty query", block: "url = \"postgresql://h/d\"\n schemas_query = \" \"", fault: "Write a query whose rows are names of schemas"},
		{name: "plan_on alone", block: "url = \"sqlite:///a.db\"\n plan_on = \"a\"", fault: "plan_on is for an environment with several databases"},
		{name: "a fault beside a secret", block: `urls = [for u in split(",", env("SECRETS")) : lower(u, 1)]`, fault: "Too many function arguments"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &Project{Root: tree(t, map[string]string{"db/database.hcl": "environment \"e\" {\n " + c.block + "\n}\n"}), Dir: "db"}
			c.choice.Environment = "e"
			got, err := p.Database(c.choice, lookup("A", "sqlite:///${x}", "NAMES", "x,, y", "JSON", `{"j": "sqlite:///j.db"}`, "SECRETS", "postgresql://ada:hunter2@h/d"))
			if c.fault != "" {
				if err == nil || !strings.Contains(err.Error(), c.fault) {
					t.Fatalf("got %v, want %q", err, c.fault)
				}
				if invalid, ok := err.(*InvalidError); !ok || invalid.Diagnostics[0].EvalContext != nil {
					t.Error("the values of names are shown with the fault")
				}
				return
			}
			must(t, err)
			c.want.Environment, c.want.Environments = "e", []string{"e"}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
