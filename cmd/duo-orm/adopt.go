package main

import (
	"context"
	"errors"
	"path"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// adoptError is returned for a database or a project that can't be adopted.
type adoptError struct {
	Reason, WayOut string
	Details        []string
}

// Error implements error.
func (e *adoptError) Error() string { return e.Reason }

// adoption is what adopt did.
type adoption struct {
	// stamped is the revision that the database is recorded as being at; empty for none.
	stamped string
	// revisions are all that were written, pending those that the database hasn't.
	revisions, pending, notes []string
}

// adopt writes the setup with the models of its database and a first revision that makes it all, or with the history of another
// tool, and records what of it is applied. On an error nothing is written.
func (a *app) adopt(ctx context.Context, setup *project.Setup, from *origin, scratch string) (done adoption, err error) {
	s, err := a.adopting(setup)
	if err != nil {
		return done, err
	}
	if scratch != "" {
		s.database.Scratch = scratch
	}
	if from.tool != nil {
		if err := from.find(a); err != nil {
			return done, err
		}
	}
	if err := s.open(ctx, drivers.OpenOptions{ReadOnly: true}); err != nil {
		return done, err
	}
	defer func() { s.close(&err) }()
	if from.tool != nil && !from.baseline && from.tool.SQL() {
		return s.adoptHistory(ctx, setup, from)
	}
	if from.tool != nil {
		if err := s.checkBaseline(ctx, setup, from); err != nil {
			return done, err
		}
	}
	file, notes, err := s.adopted(ctx, setup)
	if err != nil {
		return done, err
	}
	done.notes = notes
	if file == nil {
		done.notes = append(done.notes, "The database holds nothing yet, so there are no models and no revision to write.")
		return done, setup.Write(func() error { return nil })
	}
	done.stamped, done.revisions = file.ID, []string{file.ID}
	return done, setup.Write(func() error { return s.stampAdopted(ctx, []*revision.File{file}, file.ID) })
}

// adopting is the session of a project that isn't written yet.
func (a *app) adopting(setup *project.Setup) (s *session, err error) {
	s = &session{app: a, project: setup.Project}
	p := setup.Project
	if models, err := p.HCLFiles(p.Path("models")); err != nil {
		return nil, err
	} else if len(models) > 1 || len(models) == 1 && models[0] != p.Path("models/example.hcl") {
		return nil, &adoptError{Reason: p.Path("models") + " holds models already", WayOut: "To take the database into them, run: duo-orm schema inspect --write. If they are what an init that was cut off has left, take them away, with the files in " + p.Versions() + ", and run it again."}
	}
	if revisions, err := p.HCLFiles(p.Versions()); err != nil {
		return nil, err
	} else if len(revisions) > 0 {
		return nil, &adoptError{Reason: p.Versions() + " holds revisions already", WayOut: "To see how the database differs from the models, run: duo-orm schema diff"}
	}
	if setup.Action(p.DatabaseFile()) == project.Kept {
		return s, s.configure()
	}
	s.database = project.Database{URL: a.url}
	if a.url == "" {
		if s.database.URL = a.variable("DATABASE_URL"); s.database.URL == "" {
			s.database.URL = project.DefaultURL
		}
	}
	if s.migrations, err = p.Migrations(a.lookup); err != nil {
		return nil, err
	}
	s.driver, err = a.dialect(s.database.URL)
	return s, err
}

// adopted adds models and the first revision to the setup, with what is to be told of them; nil for an empty database.
func (s *session) adopted(ctx context.Context, setup *project.Setup) (_ *revision.File, notes []string, err error) {
	if err := s.notRecordedYet(ctx); err != nil {
		return nil, nil, err
	}
	state, err := s.inspected(ctx)
	if err != nil {
		return nil, nil, err
	}
	plan, sources, notes, err := s.planPermitted(ctx, setup, state)
	if err == nil && plan == nil {
		return nil, notes, nil
	}
	var broken *planner.BrokenError
	if errors.As(err, &broken) { // the models are what the database holds, and aren't written
		broken.InModels, broken.State = false, hclschema.NewState(s.driver.Key)
	}
	if err == nil {
		err = addModels(setup, sources)
	}
	if err != nil {
		return nil, nil, err
	}
	id, err := s.app.newID()
	if err != nil {
		return nil, nil, err
	}
	file := planner.Revision(plan, planner.Meta{ID: id, Message: "The database as it was found", Created: s.app.clock()})
	file.Path = s.revisionPath(file)
	text, err := revision.Checked(file)
	if err != nil {
		return nil, nil, err
	}
	return file, notes, setup.Add(file.Path, "makes it all", text)
}

// notRecordedYet makes sure that the database has no record of revisions yet.
func (s *session) notRecordedYet(ctx context.Context) error {
	records, err := s.records(ctx)
	if err != nil || len(records) == 0 {
		return err
	}
	return &adoptError{Reason: "the " + s.conn.Where() + " records revisions already", WayOut: "To take it into the models, run init without --from-database, then: duo-orm schema inspect --write"}
}

// modelsOf are the files of a state's models.
func (s *session) modelsOf(setup *project.Setup, state *hclschema.State) (sources []hclschema.Source, err error) {
	models, err := hclschema.Write(state, s.driver)
	if err != nil {
		return nil, err
	}
	for _, model := range models {
		sources = append(sources, hclschema.Source{Name: path.Join(setup.Project.Path("models"), model.Name), Bytes: model.Bytes})
	}
	return sources, nil
}

// addModels adds the files of models to the setup.
func addModels(setup *project.Setup, sources []hclschema.Source) error {
	setup.Leave(setup.Project.Path("models") + "/example.hcl")
	for _, source := range sources {
		if err := setup.Add(source.Name, "", source.Bytes); err != nil {
			return err
		}
	}
	return nil
}

// planFromNothing plans what makes the models of an empty database.
func (s *session) planFromNothing(ctx context.Context, sources []hclschema.Source) (plan *planner.Plan, err error) {
	desired, diagnostics := hclschema.LoadWith(sources, s.loadOptions(nil), s.driver)
	if diagnostics.HasErrors() {
		return nil, &diagnosticsError{diagnostics: diagnostics, files: hclschema.Files(sources)}
	}
	empty, err := s.driver.Scratch(ctx, s.conn, s.database.Scratch)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, empty.Close()) }()
	return planner.Create(ctx, planner.Request{Driver: s.driver, Live: empty, Desired: desired, ScratchURL: s.database.Scratch})
}

// stampAdopted records a revision with all before it, on a connection that may write.
func (s *session) stampAdopted(ctx context.Context, files []*revision.File, id string) error {
	graph, diagnostics := revision.Join(files)
	if diagnostics.HasErrors() {
		return diagnostics
	}
	if err := s.conn.Close(); err != nil {
		return err
	}
	s.conn = nil
	if err := s.open(ctx, drivers.OpenOptions{}); err != nil {
		return err
	}
	_, err := execute.Stamp(ctx, s.options(graph, id))
	return err
}
