package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/dburl"
	"github.com/duo-orm/duo-orm/drivers/dialects"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
)

// session is a project with its configuration and, once it is opened, its database.
type session struct {
	app        *app
	project    *project.Project
	database   project.Database
	migrations project.Migrations
	driver     drivers.Driver
	conn       drivers.Connection
	// tenant is which of several databases of the environment this is; the zero value where it has one. worker is who works on
	// several of them, one after the other; nil where only this one is worked on.
	tenant tenant
	worker *worker
	// memory is shared by schemas of one database that are compared with the models; nil elsewhere.
	memory *planner.Memory
	// waitingTold says that the user knows that somebody else's lock is being waited for.
	waitingTold bool
}

// session finds the project and reads its configuration; it doesn't connect.
func (a *app) session() (*session, error) {
	p, err := a.project()
	if err != nil {
		return nil, err
	}
	s := &session{app: a, project: p}
	return s, s.configure()
}

// looseSession is a session that needs no project where --url names the database: the current folder stands for the root.
func (a *app) looseSession() (*session, error) {
	s, err := a.session()
	var missing *project.NotFoundError
	if !errors.As(err, &missing) || a.url == "" || a.env != "" {
		return s, err
	}
	root, err := a.folder()
	if err != nil {
		return nil, err
	}
	s = &session{app: a, project: &project.Project{Root: root, Dir: project.DefaultDir}}
	return s, s.configure()
}

func (a *app) project() (*project.Project, error) {
	start, err := a.folder()
	if err != nil {
		return nil, err
	}
	a.found, err = project.Find(start, a.dir, a.lookup)
	return a.found, err
}

func (s *session) configure() (err error) {
	if s.database, err = s.project.Database(project.Choice{Environment: s.app.env, URL: s.app.url}, s.app.lookup); err != nil {
		return err
	}
	if s.migrations, err = s.project.MigrationsFor(s.database.Environment, s.app.lookup); err != nil {
		return err
	}
	if s.driver, err = s.app.dialect(s.database.URL); err != nil {
		return err
	}
	return s.configureScratch()
}

// configureScratch leaves the project's scratch out where --url leads to another engine than the scratch database's.
func (s *session) configureScratch() error {
	if s.database.Scratch == "" {
		return nil
	}
	driver, err := s.app.dialect(s.database.Scratch)
	if err != nil {
		return err
	}
	if driver.Name() == s.driver.Name() {
		return nil
	}
	if s.app.url != "" {
		s.database.Scratch = ""
		return nil
	}
	return &project.ConfigError{Path: s.project.DatabaseFile(),
		Reason: "url is a " + s.driver.Name() + " database, scratch a " + driver.Name() + " one", WayOut: "Use one engine for both."}
}

// dialect is the driver of a URL, whose password is hidden from now on.
func (a *app) dialect(url string) (drivers.Driver, error) {
	a.learn(url)
	return dialects.ByURL(url)
}

// learn makes sure that the secrets of a URL are never printed, and says whether it has some.
func (a *app) learn(url string) bool {
	parsed, err := dburl.Parse(url)
	if err != nil {
		return dburl.Redact(url) != url
	}
	common := []string{parsed.User, parsed.Database, parsed.Host, parsed.Scheme}
	a.secrets.Add(parsed.Password, common...)
	for _, parameter := range parsed.Parameters {
		if dburl.Redact("x:///?"+parameter.Name+"=y") != "x:///?"+parameter.Name+"=y" {
			a.secrets.Add(parameter.Value, common...)
		}
	}
	return parsed.Password != "" || dburl.Redact(url) != url
}

// open connects. The caller closes the session.
func (s *session) open(ctx context.Context, options drivers.OpenOptions) (err error) {
	if err := s.checkVersionTable(); err != nil {
		return err
	}
	if err := s.settleOn(ctx); err != nil {
		return err
	}
	options = s.openOptions(options)
	var conn drivers.Connection
	if s.worker != nil {
		conn, err = s.worker.open(ctx, s, options)
	} else {
		conn, err = s.driver.Open(ctx, s.database.URL, options)
	}
	if err != nil {
		return err
	}
	s.conn = conn
	return nil
}

// checkVersionTable makes sure that the version table's name is one of the engine.
func (s *session) checkVersionTable() error {
	if _, ok := s.driver.(drivers.TableNamer); !ok && strings.Contains(s.migrations.VersionTable, ".") {
		return fmt.Errorf("version_table is %q, but %s has no schemas: take the dot and what stands before it away in %s",
			s.migrations.VersionTable, s.driver.Title(), s.app.file("migrations/migrations.hcl"))
	}
	return nil
}

// openOptions are those that the project's files choose.
func (s *session) openOptions(options drivers.OpenOptions) drivers.OpenOptions {
	options.Waiting, options.Alone = s.tellWaiting, s.tenant.schema != ""
	options.Root, options.VersionTable, options.LockWait = s.project.Root, s.migrations.VersionTable, s.migrations.LockWait
	options.LockTimeout, options.ManagePrivileges = s.migrations.LockTimeout, s.migrations.ManagePrivileges
	return options
}

// tellWaiting says, once in a while of waiting, that somebody else is in the way.
func (s *session) tellWaiting(where string) {
	if !s.waitingTold {
		s.app.note(fmt.Sprintf("Waiting for somebody else to finish with the %s (at most %s) …", where, s.migrations.LockWait))
	}
	s.waitingTold = true
}

// made says that opening made the database's file.
func (s *session) made() bool {
	c, ok := s.conn.(interface{ Made() bool })
	return ok && c.Made()
}

// close ends the connection; what fails then is added to the error that the command ends with.
func (s *session) close(err *error) {
	switch {
	case s.conn == nil:
	case s.worker != nil:
		*err = errors.Join(*err, s.worker.keep(s.conn, s, *err != nil))
	default:
		*err = errors.Join(*err, s.conn.Close())
	}
}

// modelSources are the model files of the project. Without the folder there are no models to speak of, which is not the
// same as models that declare nothing: a plan would drop everything.
func (s *session) modelSources() ([]hclschema.Source, error) {
	folder := s.project.Path("models")
	if info, err := os.Stat(s.project.Absolute(folder)); err != nil || !info.IsDir() {
		return nil, &project.FileError{Path: folder, Reason: "is no folder, or can't be read", WayOut: "The models lie there; bring it back, or make it with: duo-orm init"}
	}
	return s.sources(folder)
}

func (s *session) sources(folder string) ([]hclschema.Source, error) {
	paths, err := s.project.HCLFiles(folder)
	if err != nil {
		return nil, err
	}
	contents, err := s.project.ReadFiles(paths)
	if err != nil {
		return nil, err
	}
	sources := make([]hclschema.Source, len(paths))
	for i, path := range paths {
		sources[i] = hclschema.Source{Name: path, Bytes: contents[i]}
	}
	return sources, nil
}

// models is what the model files declare. Faults are a *diagnosticsError with all of them.
func (s *session) models(variables map[string]string) (*hclschema.State, error) {
	sources, err := s.modelSources()
	if err != nil {
		return nil, err
	}
	return s.load(sources, variables)
}

func (s *session) load(sources []hclschema.Source, variables map[string]string) (*hclschema.State, error) {
	state, diagnostics := hclschema.LoadWith(sources, s.loadOptions(variables), s.driver)
	if diagnostics.HasErrors() {
		return nil, &diagnosticsError{diagnostics: diagnostics, files: hclschema.Files(sources)}
	}
	if diagnostics := s.reserved(state); diagnostics.HasErrors() {
		return nil, &diagnosticsError{diagnostics: diagnostics, files: hclschema.Files(sources)}
	}
	return state, nil
}

func (s *session) loadOptions(variables map[string]string) hclschema.LoadOptions {
	return hclschema.LoadOptions{Variables: variables, ManagePrivileges: s.migrations.ManagePrivileges}
}

// reserved are faults of models that declare what the engine or duo-orm keeps for itself.
func (s *session) reserved(state *hclschema.State) (diagnostics hcl.Diagnostics) {
	for _, unit := range drivers.Units(s.driver, state) {
		id, place := unit.Identity(), unit[0].Range
		if !s.driver.Internal(id, s.migrations.VersionTable) {
			continue
		}
		detail := fmt.Sprintf("%s keeps the name of the %s to itself. Give it another name.", s.driver.Title(), id)
		if !s.driver.Internal(id, "") {
			detail = fmt.Sprintf("The %s has the name of the version table %q or its log, in which duo-orm records revisions. Give it another name, or set version_table in %s.",
				id, s.migrations.VersionTable, s.app.file("migrations/migrations.hcl"))
		}
		diagnostics = append(diagnostics, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: "Reserved name", Detail: detail, Subject: &place})
	}
	return diagnostics
}

// diagnosticsError holds faults of files with the texts to show them in.
type diagnosticsError struct {
	diagnostics hcl.Diagnostics
	files       map[string]*hcl.File
	// others says that other files were dealt with.
	others bool
}

// rest is what became of the command.
func (e *diagnosticsError) rest() string {
	if e.others {
		return ". These files were left as they are."
	}
	return ". Nothing was done."
}

// Error implements error.
func (e *diagnosticsError) Error() string { return e.diagnostics.Error() }

// absolute is a path on this machine for one that was typed in the current folder.
func (a *app) absolute(path string) (string, error) {
	if filepath.IsAbs(path) {
		return path, nil
	}
	folder, err := a.folder()
	return filepath.Join(folder, path), err
}
