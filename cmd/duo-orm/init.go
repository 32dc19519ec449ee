package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/internal/project"
)

func newInitCommand(a *app) *cobra.Command {
	var fromDatabase, baseline bool
	var scratch string
	cmd := &cobra.Command{
		Use: "init [PATH]", Short: "Set up a project in this folder", Args: arguments(0, 1, "one folder"),
		Long: `Makes the folder for models, schemas and migrations (db by default), and saves where it lies: in pyproject.toml where
there is one, else in duo-orm.hcl. Files that exist are kept; running it again changes nothing.

With --from-database the models of the existing database are written, and a first revision that makes it all, which is
recorded as applied. Nothing else in the database is changed.

With --from-atlas, --from-dbmate, --from-flyway, --from-golang-migrate or --from-goose a project comes over that one of these
tools has kept until now: each of its files in PATH, or in the usual folder, becomes a revision. They are run on scratch, up,
down and up again; the models are written from where they lead, and the database is compared with it and recorded as being at
the revision that the tool's version table names. With --baseline one revision is written in place of them all, for a database
that has all of them; so it is with --from-alembic, whose files are programs. The files and the tool's version table stay as
they are; the table is left alone from now on. Where it has another name than usual, and the tool's own configuration doesn't
say so, --from-table does.

With --scratch plans are proved in another place than beside the database: on a server where the role may make databases, or in
an empty database of its own. It is saved as scratch in database.hcl.`,
		Example: "  duo-orm init\n  duo-orm init --dir src/app/core/database\n  duo-orm init --from-database --url sqlite:///app.db\n  duo-orm init --from-goose db/migrations --url sqlite:///app.db",
	}
	origin := originFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		from, err := origin(args)
		if err != nil {
			return err
		}
		if from.baseline = baseline; baseline && from.tool == nil {
			return &usageError{Message: "--baseline goes with a tool whose history is left behind", Next: []string{"Name the tool: duo-orm init --from-goose --baseline", "Without one there is no history to leave: duo-orm init --from-database"}}
		}
		return a.init(cmd.Context(), fromDatabase || from.tool != nil, from, scratch)
	}
	cmd.Flags().BoolVar(&fromDatabase, "from-database", false, "write the models of the database that is there, and a first revision for it")
	cmd.Flags().BoolVar(&baseline, "baseline", false, "write one revision in place of the tool's history")
	cmd.Flags().StringVar(&scratch, "scratch", "", "database `URL` of the place where plans are proved, in place of the engine's own")
	return cmd
}

func (a *app) init(ctx context.Context, fromDatabase bool, from *origin, scratch string) error {
	root, err := a.folder()
	if err != nil {
		return err
	}
	secret := false
	options := project.InitOptions{Dir: a.dir}
	if from.tool != nil {
		if err := from.configure(a); err != nil {
			return err
		}
		from.ownURL(a)
	}
	if a.urlGiven {
		if _, err := a.dialect(a.url); err != nil {
			return err
		}
		secret = a.learn(a.url)
		options.URL, options.URLFromEnvironment = a.url, secret
	}
	if scratch != "" {
		if _, err := a.dialect(scratch); err != nil {
			return err
		}
		options.Scratch, options.ScratchFromEnvironment = scratch, a.learn(scratch)
	}
	setup, err := project.Prepare(root, options, a.lookup)
	if err != nil {
		return err
	}
	result := views.Init{Root: root, Dir: setup.Project.Dir, Config: setup.Project.Config}
	result.Notes = a.initNotes(setup, root, secret)
	switch file := setup.Project.DatabaseFile(); {
	case scratch != "" && setup.Action(file) == project.Kept:
		result.Notes = append(result.Notes, file+" was there already and was kept: the scratch URL is not saved in it.")
	case options.ScratchFromEnvironment:
		result.Notes = append(result.Notes, `The scratch URL holds a password, so it is not saved: `+file+` says scratch = env("SCRATCH_DATABASE_URL"). Set SCRATCH_DATABASE_URL before the next command.`)
	}
	if fromDatabase {
		adopted, err := a.adopt(ctx, setup, from, scratch)
		if err != nil {
			return err
		}
		result.Stamped, result.Revisions, result.Pending = adopted.stamped, adopted.revisions, adopted.pending
		result.Notes = append(result.Notes, adopted.notes...)
	} else if err := setup.Write(func() error { return nil }); err != nil {
		return err
	}
	for _, entry := range setup.Entries {
		result.Entries = append(result.Entries, views.InitEntry{Path: entry.Path, Folder: entry.Folder, Action: string(entry.Action), Note: entry.Note})
	}
	result.Next = initNext(setup, fromDatabase, len(result.Pending) > 0)
	return a.show(result)
}

// initNotes are what a user should know before the next command.
func (a *app) initNotes(setup *project.Setup, root string, secret bool) []string {
	var notes []string
	file := setup.Project.DatabaseFile()
	switch kept := setup.Action(file) == project.Kept; {
	case a.urlGiven && kept:
		if saved, err := setup.Project.Database(project.Choice{Environment: a.env}, a.lookup); err == nil && saved.URL == a.url {
			break
		}
		notes = append(notes, file+" was there already and was kept: the given URL is not saved in it. Edit it to use that database.")
	case secret:
		notes = append(notes, `The URL holds a password, so it is not saved: `+file+` says url = env("DATABASE_URL"). Set DATABASE_URL before the next command.`)
	}
	if above := project.Above(root, a.lookup); above != "" {
		notes = append(notes, above+" is a project too. Commands in this folder and below now use this one.")
	}
	return notes
}

func initNext(setup *project.Setup, fromDatabase, pending bool) []string {
	p := setup.Project
	if fromDatabase {
		var first []string
		if pending {
			first = []string{"Apply what the database lacks: duo-orm migration upgrade"}
		}
		return append(first, []string{
			"Look at the models in " + p.Path("models") + "; from now on they say what the database should be.",
			"Put matching request and response types (DTOs) into " + p.Path("schemas") + ".",
			`Change a model, then run: duo-orm migration create "what changes"`,
		}...)
	}
	return []string{
		"Describe your tables in " + p.Path("models") + ".",
		"Put matching request and response types (DTOs) into " + p.Path("schemas") + ".",
		`Run: duo-orm migration create "initial models"`,
	}
}
