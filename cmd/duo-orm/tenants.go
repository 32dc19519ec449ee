package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/dburl"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/project"
)

// tenant is one of the databases of an environment that has several.
type tenant struct {
	// name is what people and --only call it.
	name string
	// url leads to it and may hold a password.
	url string
	// schema is the tenant's schema of the environment's one database; empty for a database of its own.
	schema string
}

// tenantOptions say on which of an environment's databases a command works, and how.
type tenantOptions struct {
	only     []string
	parallel int
	failFast bool
}

// How many databases are worked on at once, and at most.
const (
	usualParallel = 4
	mostParallel  = 100
)

// flags adds those of a command that works on all databases of an environment; writes says that it changes them.
func (o *tenantOptions) flags(cmd *cobra.Command, writes bool) {
	flags := cmd.Flags()
	flags.StringArrayVar(&o.only, "only", nil, "of an environment with several databases, those whose names match the `pattern`; may be given several times")
	flags.IntVar(&o.parallel, "parallel", usualParallel, "on how `many` databases of such an environment to work at once")
	if writes {
		flags.BoolVar(&o.failFast, "fail-fast", false, "begin no further database of such an environment once one has failed")
	}
}

// check refuses flags that mean nothing for an environment with one database.
func (o *tenantOptions) check(s *session) error {
	switch {
	case o.parallel < 1 || o.parallel > mostParallel:
		return &usageError{Message: fmt.Sprintf("--parallel takes 1 to %d", mostParallel), Next: []string{"Give such a number, or leave it out."}}
	case s.database.Tenants == nil && (len(o.only) > 0 || o.failFast):
		return &usageError{Message: "--only and --fail-fast are for an environment with several databases",
			Next: []string{"Choose one with --env, or leave them out. " + s.project.DatabaseFile() + " names several databases with urls, urls_query, schemas or schemas_query."}}
	}
	for _, pattern := range o.only {
		if _, err := path.Match(pattern, ""); err != nil || pattern == "" {
			return &usageError{Message: "--only: " + quoted(pattern) + " is no pattern", Next: []string{"* stands for any characters, ? for one, [ab] for one of these."}}
		}
	}
	return nil
}

// tenantsError says why the databases of an environment can't be told.
type tenantsError struct {
	// place is the file, attribute the line of it.
	place, attribute string
	cause            error
}

// Error implements error.
func (e *tenantsError) Error() string { return e.place + ": " + e.attribute + ": " + e.cause.Error() }

// Unwrap is why.
func (e *tenantsError) Unwrap() error { return e.cause }

// tenants are all databases of the environment, in the order of the file, those of a query by name. At most one query is run.
func (s *session) tenants(ctx context.Context) ([]tenant, error) {
	fail := func(err error) ([]tenant, error) {
		return nil, &tenantsError{place: s.project.DatabaseFile(), attribute: s.database.Tenants.Attribute, cause: err}
	}
	from := s.database.Tenants
	schemas, databases := from.Schemas, from.Databases
	if query := from.SchemasQuery + from.URLsQuery; query != "" {
		rows, err := s.rowsOfTenants(ctx, query, from.URLsQuery != "")
		if err != nil {
			return fail(err)
		}
		for _, row := range rows {
			if from.SchemasQuery != "" {
				schemas = append(schemas, row.URL)
			} else {
				databases = append(databases, row)
			}
		}
	}
	var list []tenant
	var err error
	if from.Attribute == "schemas" || from.Attribute == "schemas_query" {
		list, err = s.tenantsOfSchemas(schemas)
	} else {
		list, err = s.tenantsOfURLs(databases)
	}
	if err != nil {
		return fail(err)
	}
	if from.URLsQuery+from.SchemasQuery != "" {
		slices.SortFunc(list, func(a, b tenant) int { return strings.Compare(a.name, b.name) })
	}
	return list, nil
}

// rowsOfTenants asks the environment's database for its tenants. A row is one text, or with named a name and a text.
func (s *session) rowsOfTenants(ctx context.Context, query string, named bool) (rows []project.Tenant, err error) {
	conn, err := s.driver.Open(ctx, s.database.URL, s.openOptions(drivers.OpenOptions{ReadOnly: true}))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if conn.Missing() {
		return nil, &missingDatabaseError{Where: conn.Where()}
	}
	err = conn.Query(ctx, query, nil, func(scan func(...any) error) error {
		var row project.Tenant
		one := scan(&row.URL)
		if one != nil && named {
			one = scan(&row.Name, &row.URL)
		}
		if one != nil {
			return fmt.Errorf("row %d: %w", len(rows)+1, one)
		}
		if row.URL == "" || named && row.Name == "" && strings.TrimSpace(row.URL) == "" {
			return fmt.Errorf("row %d is empty", len(rows)+1)
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// tenantsOfSchemas are the schemas of the environment's one database.
func (s *session) tenantsOfSchemas(schemas []string) ([]tenant, error) {
	housing, ok := s.driver.(drivers.Housing)
	if !ok {
		return nil, fmt.Errorf("%s has no schemas: give each tenant a database, with urls or urls_query", s.driver.Title())
	}
	if strings.Contains(s.migrations.VersionTable, ".") {
		return nil, fmt.Errorf("version_table is %q, and each schema needs a version table of its own: take the dot and what stands before it away in %s",
			s.migrations.VersionTable, s.app.file("migrations/migrations.hcl"))
	}
	var list []tenant
	seen := map[string]bool{}
	for _, schema := range schemas {
		url, err := housing.SchemaURL(s.database.URL, schema)
		switch {
		case err != nil:
			return nil, err
		case seen[schema]:
			return nil, fmt.Errorf("the schema %s is there twice", quoted(schema))
		}
		seen[schema] = true
		list = append(list, tenant{name: schema, url: url, schema: schema})
	}
	return list, nil
}

// tenantsOfURLs are databases of their own. All must be of one engine, since revisions are for one; none may be there twice.
func (s *session) tenantsOfURLs(databases []project.Tenant) ([]tenant, error) {
	var list []tenant
	names, places := map[string]bool{}, map[string]string{}
	for _, database := range databases {
		driver, err := s.app.dialect(database.URL)
		if err != nil {
			return nil, err
		}
		name, place := s.whereabouts(driver, database.URL)
		if database.Name != "" {
			name = database.Name
		}
		switch {
		case driver.Name() != s.driver.Name():
			return nil, fmt.Errorf("%s is a %s database, others are %s ones: give each engine an environment of its own", quoted(name), driver.Title(), s.driver.Title())
		case places[place] != "" && places[place] != name:
			return nil, fmt.Errorf("%s and %s are the same database", quoted(places[place]), quoted(name))
		case names[name], places[place] != "":
			return nil, fmt.Errorf("the database %s is there twice", quoted(name))
		}
		names[name], places[place] = true, name
		list = append(list, tenant{name: name, url: database.URL})
	}
	return list, nil
}

// whereabouts are a name for the database at a URL that holds no secret, and what is the same for all URLs that lead to it.
func (s *session) whereabouts(driver drivers.Driver, url string) (name, place string) {
	u, err := dburl.Parse(url)
	if err != nil {
		return dburl.Redact(url), url
	}
	if driver.Name() == "sqlite" {
		file := filepath.FromSlash(u.Database)
		if !filepath.IsAbs(file) {
			file = filepath.Join(s.project.Root, file)
		}
		if real, err := filepath.EvalSymlinks(file); err == nil {
			file = real
		} else if folder, err := filepath.EvalSymlinks(filepath.Dir(file)); err == nil {
			file = filepath.Join(folder, filepath.Base(file))
		}
		return u.Database, file
	}
	port := u.Port
	if port != "" {
		port = ":" + port
	}
	name, place = u.Host+port+"/"+u.Database, strings.ToLower(u.Host)+"\x00"+u.Port+"\x00"+u.Database
	for _, parameter := range u.Parameters {
		switch parameter.Name {
		case "search_path":
			name += "?search_path=" + parameter.Value
			place += "\x00" + parameter.Name + "\x00" + parameter.Value
		case "host", "port", "dbname", "options", "service":
			place += "\x00" + parameter.Name + "\x00" + parameter.Value
		}
	}
	return strings.TrimPrefix(name, "/"), place
}

// selected are those whose names match one of the patterns; all where there is none.
func selected(all []tenant, patterns []string, environment string) ([]tenant, error) {
	if len(patterns) == 0 {
		return all, nil
	}
	matches := func(pattern, name string) bool {
		// * stands for slashes too, as names may be paths.
		sign := strings.NewReplacer("/", "\x00")
		ok, err := path.Match(sign.Replace(pattern), sign.Replace(name))
		return err == nil && ok
	}
	var names []string
	for _, t := range all {
		names = append(names, t.name)
	}
	for _, pattern := range patterns {
		if !slices.ContainsFunc(names, func(name string) bool { return matches(pattern, name) }) {
			e := &usageError{Message: fmt.Sprintf("--only %s matches none of %s", pattern, counted(len(all), "database")), Next: []string{"The names are listed by: duo-orm migration current --env " + environment}}
			if near := hclschema.Nearest(pattern, names); near != "" {
				e.Next = append([]string{"Did you mean --only " + near + "?"}, e.Next...)
			}
			return nil, e
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(t tenant) bool {
		return !slices.ContainsFunc(patterns, func(pattern string) bool { return matches(pattern, t.name) })
	}), nil
}

// settleOn chooses, for a command that works on one database, the one of several that the environment plans on, and says so.
func (s *session) settleOn(ctx context.Context) error {
	if s.database.Tenants == nil {
		return nil
	}
	all, err := s.tenants(ctx)
	if err != nil {
		return err
	}
	wrap := func(format string, args ...any) error {
		return &tenantsError{place: s.project.DatabaseFile(), attribute: s.database.Tenants.Attribute, cause: fmt.Errorf(format, args...)}
	}
	if len(all) == 0 {
		return wrap("there is no database yet to work on: name one with --url")
	}
	chosen := all[0]
	if name := s.database.Tenants.PlanOn; name != "" {
		at := slices.IndexFunc(all, func(t tenant) bool { return t.name == name })
		if at < 0 {
			var names []string
			for _, t := range all {
				names = append(names, t.name)
			}
			return wrap("plan_on is %s, which is the name of none of them.%s", quoted(name), hclschema.DidYouMean(name, names))
		}
		chosen = all[at]
	}
	s.become(chosen)
	s.app.note(fmt.Sprintf("The environment %s has %s; this is about %s.", quoted(s.database.Environment), counted(len(all), "database"), chosen.name))
	return nil
}

// become makes a session one of a tenant alone.
func (s *session) become(t tenant) {
	s.tenant, s.database.URL, s.database.Tenants = t, t.url, nil
}
