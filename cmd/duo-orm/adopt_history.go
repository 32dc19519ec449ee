package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/moving"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// adoptHistory takes another tool's history over: each of its files is a revision, which is run on scratch. The models are
// where they lead, and the database, where there is one, must be what the revisions make that it has.
func (s *session) adoptHistory(ctx context.Context, setup *project.Setup, from *origin) (done adoption, err error) {
	tool := from.tool
	list, err := tool.List(from.files)
	if err != nil {
		return done, err
	}
	if err := s.notRecordedYet(ctx); err != nil {
		return done, err
	}
	list, applied, err := s.standing(ctx, from, list)
	if err != nil {
		return done, err
	}
	if err := tool.Read(from.files, list, s.values(from)); err != nil {
		return done, err
	}
	files, followed, err := s.converted(ctx, setup, from, list, applied)
	var differs *adriftError
	if errors.As(err, &differs) && moving.UnixLines(list) {
		var again error
		if files, followed, again = s.converted(ctx, setup, from, list, applied); again == nil {
			err = nil
			done.notes = append(done.notes, "The files have Windows line ends in texts where the database has none: the revisions have none either.")
		}
	}
	if err != nil {
		return done, err
	}
	sources, err := s.modelsOf(setup, followed.State)
	if err == nil {
		err = addModels(setup, sources)
	}
	if err != nil {
		return done, err
	}
	for i, file := range files {
		file.Summary = fmt.Sprintf("%s\n\nTaken over from %s of %s.", file.Message, list[i].File, tool.Title)
		file.Path = s.revisionPath(file)
		text, err := revision.Checked(file)
		if err != nil {
			return done, err
		}
		if err := setup.Add(file.Path, "from "+list[i].File, text); err != nil {
			return done, err
		}
		done.revisions = append(done.revisions, file.ID)
	}
	done.pending = done.revisions[applied:]
	var oneWay []string
	for i, file := range files {
		if file.Irreversible != "" {
			oneWay = append(oneWay, list[i].File)
		}
	}
	if len(oneWay) > 0 {
		done.notes = append(done.notes, fmt.Sprintf("Without a way back in %s, and so irreversible: %s. A downgrade stops at their revisions, until their steps back are written in place of \"irreversible\".",
			tool.Title, views.Names(oneWay, shownNames)))
	}
	for _, fault := range followed.Faults {
		done.notes = append(done.notes, "The "+fault.Sentence()+". It isn't proved: correct its steps back, or say that it is irreversible, and run: duo-orm migration prove "+fault.File.ID)
	}
	if applied == 0 {
		return done, setup.Write(func() error { return nil })
	}
	done.stamped = files[applied-1].ID
	return done, setup.Write(func() error { return s.stampAdopted(ctx, files, done.stamped) })
}

// converted makes revisions of the migrations, runs them on scratch, and makes sure that the database is what those of them make that
// it has: *adriftError where it isn't.
func (s *session) converted(ctx context.Context, setup *project.Setup, from *origin, list []moving.Migration, applied int) ([]*revision.File, *planner.Followed, error) {
	files, err := s.convert(from, list)
	if err != nil {
		return nil, nil, err
	}
	if err := s.keepVariables(setup, list, files); err != nil {
		return nil, nil, err
	}
	followed, err := s.followHistory(ctx, from, list, files)
	if err != nil {
		return nil, nil, err
	}
	if err := s.leave(setup, from, followed.State, false); err != nil {
		return nil, nil, err
	}
	return files, followed, s.sameAs(ctx, from, files[:applied])
}

// adriftError is an *adoptError for a database that isn't what another tool's files make.
type adriftError struct{ adoptError }

func (e *adriftError) Unwrap() error { return &e.adoptError }

// standing are the migrations in the order in which the database has them, and how many it has, from the first on. A database that isn't
// there yet, or holds nothing, has none.
func (s *session) standing(ctx context.Context, from *origin, list []moving.Migration) (_ []moving.Migration, applied int, err error) {
	tool := from.tool
	if s.conn.Missing() {
		return list, 0, nil
	}
	rows, found, err := s.rows(ctx, from)
	if err != nil {
		return nil, 0, err
	}
	if !found {
		inspection, err := s.conn.Inspect(ctx)
		if err != nil || inspection.State.Len() == 0 {
			return list, 0, err
		}
		return nil, 0, s.noTable(ctx, from)
	}
	list = tool.Placed(list, rows)
	applied, d := tool.Standing(list, rows)
	if err := unsettled(tool, d); err != nil {
		return nil, 0, err
	}
	switch {
	case len(d.Unknown) > 0:
		return nil, 0, &adoptError{Reason: "the " + s.conn.Where() + " has versions that no file holds: " + strings.Join(d.Unknown, ", "),
			WayOut: "Bring the missing files back, and run init again."}
	case len(d.Passed) > 0:
		return nil, 0, &adoptError{Reason: "the " + s.conn.Where() + " lacks versions that come before others that it has: " + strings.Join(d.Passed, ", "),
			WayOut: "Apply them with " + tool.Title + " (" + tool.Up + "), and run init again."}
	}
	return list, applied, nil
}

// followHistory runs the revisions on scratch.
func (s *session) followHistory(ctx context.Context, from *origin, list []moving.Migration, files []*revision.File) (*planner.Followed, error) {
	empty := map[string]string{}
	for i, file := range files {
		empty[file.ID] = "the way back in " + list[i].File + " of " + from.tool.Title + " was empty"
	}
	followed, err := planner.Follow(ctx, planner.FollowRequest{Driver: s.driver, Live: s.conn, ScratchURL: s.database.Scratch, Files: files,
		NoWayBack: func(file *revision.File) string { return empty[file.ID] }})
	var failed *planner.ReplayError
	if !errors.As(err, &failed) {
		return followed, err
	}
	return nil, &adoptError{Reason: fmt.Sprintf("the history can't be run from an empty database: %q of %s fails", failed.Step.Name, failed.File.ID),
		Details: []string{failed.Cause.Error()},
		WayOut:  from.inItsSchema() + "Correct the file, or take the database as it is in place of the history: the same command with --baseline"}
}

// inItsSchema is advice for Flyway where its table lies in another schema than the connection's default one: Flyway makes that one the
// default schema of what it runs. Files that name the schema of everything don't need that.
func (from *origin) inItsSchema() string {
	if from.tool.Name != "flyway" || from.found.Schema == "" {
		return ""
	}
	return fmt.Sprintf("Flyway runs its files with %s as the default schema: where they name none, give it to the URL, ?search_path=%s. ", from.found.Schema, from.found.Schema)
}

// sameAs makes sure that the database is what the revisions make that it has.
func (s *session) sameAs(ctx context.Context, from *origin, applied []*revision.File) error {
	if s.conn.Missing() {
		return nil
	}
	differences, plan, err := planner.DriftOfAll(ctx, planner.DriftRequest{Driver: s.driver, Live: s.conn, ScratchURL: s.database.Scratch, Applied: applied}, s.migrations.Exclude)
	if err != nil || plan.Empty() {
		return err
	}
	at := "has none of them"
	if len(applied) > 0 {
		at = "is at " + applied[len(applied)-1].ID
	}
	return &adriftError{adoptError{Reason: fmt.Sprintf("the %s isn't what the files make, of which it %s by %s's table", s.conn.Where(), at, from.tool.Title),
		Details: differences,
		WayOut:  from.inItsSchema() + "Put what was changed by hand into a migration of " + from.tool.Title + ", or leave the history behind and take the database as it is: the same command with --baseline"}}
}

// convert makes a revision of each migration, without what only running them tells.
func (s *session) convert(from *origin, list []moving.Migration) ([]*revision.File, error) {
	splitter, ok := s.driver.(drivers.Splitter)
	if !ok {
		return nil, &adoptError{Reason: "statements of " + s.driver.Title() + " can't be told apart", WayOut: "Take the database as it is: the same command with --baseline"}
	}
	created := s.times(list)
	files := make([]*revision.File, len(list))
	for i, m := range list {
		file := &revision.File{Format: revision.Format, ID: m.ID, Message: m.Message, Created: created[i], Dialect: s.driver.Name()}
		if i > 0 {
			file.Parents = []string{list[i-1].ID}
		}
		var err error
		if file.Upgrade, err = convertPart(splitter, file, m.File, m.Up); err != nil {
			return nil, err
		}
		back := m.Undo
		if back == "" {
			back = m.File
		}
		if file.Downgrade, err = convertPart(splitter, file, back, m.Down); err != nil {
			return nil, err
		}
		if !m.Down.There && len(file.Upgrade) > 0 {
			file.Irreversible = m.File + " of " + from.tool.Title + " had no way back"
		}
		files[i] = file
	}
	return files, nil
}

// times are when the migrations were made, by their versions where all of them are times; otherwise just before now, in order.
func (s *session) times(list []moving.Migration) []time.Time {
	now := s.app.clock().UTC().Truncate(time.Second)
	told, counted, known := make([]time.Time, len(list)), make([]time.Time, len(list)), true
	for i, m := range list {
		counted[i] = now.Add(time.Duration(i+1-len(list)) * time.Second)
		at, err := time.Parse("20060102150405", m.Version)
		told[i] = at
		known = known && err == nil && (i == 0 || !at.Before(told[i-1]))
	}
	if known {
		return told
	}
	return counted
}

// convertPart are the statements of one direction as steps. What begins and ends transactions is left out, since each revision is
// one, and so is what switches foreign keys, which the revision says.
func convertPart(splitter drivers.Splitter, file *revision.File, name string, part moving.Part) ([]revision.Step, error) {
	var steps []revision.Step
	var alone []bool // those that the engine wants alone
	switches, open := false, false
	for _, text := range part.Texts {
		statements, err := splitPart(splitter, text, part.Placeholders)
		if err != nil {
			return nil, &adoptError{Reason: name + ": " + err.Error(), WayOut: "Write it as SQL in that file, or take the database as it is in place of the history: the same command with --baseline"}
		}
		for _, statement := range statements {
			switch statement.Kind {
			case drivers.SwitchesForeignKeys:
				switches = true
				continue
			case drivers.Begins, drivers.Ends:
				if open == (statement.Kind == drivers.Begins) {
					return nil, transactionError(name, statement)
				}
				open = !open
				continue
			case drivers.GivesUp:
				return nil, transactionError(name, statement)
			}
			file.ForeignKeysOff = file.ForeignKeysOff || statement.Unenforced
			alone = append(alone, statement.Kind == drivers.StandsAlone)
			step := revision.Step{Name: statement.Title, Transaction: statement.Kind != drivers.StandsAlone && (!part.Alone || open)}
			step.SQL, step.Placeholders = withVariables(statement.SQL, part.Placeholders)
			steps = append(steps, step)
		}
	}
	if open {
		return nil, transactionError(name, drivers.Statement{Title: "BEGIN"})
	}
	if switches {
		file.ForeignKeysOff = true
		for i := range steps {
			steps[i].Transaction = !alone[i]
		}
	}
	return steps, nil
}

func transactionError(name string, statement drivers.Statement) error {
	return &adoptError{Reason: fmt.Sprintf("%s: %s has no counterpart, and each revision is one transaction", name, statement.Title),
		WayOut: "Take it out of the file, or take the database as it is in place of the history: the same command with --baseline"}
}
