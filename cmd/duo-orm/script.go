package main

import (
	"strings"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// migrateScript prints what an upgrade or a downgrade would do as a script. Nothing is connected to.
func (a *app) migrateScript(target string, o runOptions) error {
	direction := "upgrade"
	if o.down {
		direction = "downgrade"
	}
	if o.dryRun || o.allowDrift {
		return &usageError{Message: "--sql runs nothing, so that --dry-run and --allow-drift mean nothing with it", Next: []string{"Leave them out."}}
	}
	from, to, ranged := strings.Cut(target, ":")
	switch {
	case !ranged && o.down:
		return &usageError{Message: "a downgrade as a script needs a range: without a connection it can't know where the database is",
			Next: []string{"Write: duo-orm migration downgrade FROM:TO --sql, such as head:base"}}
	case !ranged:
		from, to = "base", target
	case to == "" && o.down:
		to = "base"
	case to == "":
		to = "head"
	}
	s, graph, script, start, err := a.scripting(from)
	if err != nil {
		return err
	}
	scripted, err := execute.Script(s.options(graph, to), script, start, o.down)
	if err != nil {
		return err
	}
	return a.showScript(direction, scripted)
}

// stampScript prints what a stamp would do as a script.
func (a *app) stampScript(o stampOptions) error {
	if o.accept || o.purge {
		return &usageError{Message: "--sql goes with a range, and not with --accept or --purge", Next: []string{"Write: duo-orm migration stamp FROM:TO --sql, or run it with a connection."}}
	}
	from, to, ranged := strings.Cut(o.targets[0], ":")
	if !ranged {
		from, to = "base", o.targets[0]
	}
	s, graph, script, start, err := a.scripting(from)
	if err != nil {
		return err
	}
	options := s.options(graph, to)
	options.More = o.targets[1:]
	scripted, err := execute.StampScript(options, script, start)
	if err != nil {
		return err
	}
	return a.showScript("stamp", scripted)
}

// ensureVersionScript prints what makes the version table.
func (a *app) ensureVersionScript() error {
	s, graph, script, _, err := a.scripting("base")
	if err != nil {
		return err
	}
	scripted, err := execute.VersionTableScript(s.options(graph, "base"), script)
	if err != nil {
		return err
	}
	return a.showScript("ensure-version", scripted)
}

// scripting is what a script is made with, and the revisions where it begins. An empty beginning is the base.
func (a *app) scripting(from string) (*session, *revision.Graph, drivers.Script, []string, error) {
	s, err := a.session()
	if err != nil {
		return nil, nil, nil, nil, err
	}
	if err := s.checkVersionTable(); err != nil {
		return nil, nil, nil, nil, err
	}
	if s.database.Tenants != nil {
		return nil, nil, nil, nil, &usageError{Message: "--sql writes a script for one database, and the environment " + quoted(s.database.Environment) + " has several", Next: []string{"Name the one with --url."}}
	}
	graph, err := s.graph()
	if err != nil {
		return nil, nil, nil, nil, err
	}
	if from == "" {
		from = "base"
	}
	if revision.CountsFromDatabase(from) {
		return nil, nil, nil, nil, &usageError{Message: quoted(from) + " counts from what the database has, and --sql connects to nothing", Next: []string{"Name the revision where the database is, or base."}}
	}
	start, err := graph.Resolve(from, nil)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	scripter, ok := s.driver.(drivers.Scripter)
	if !ok {
		return nil, nil, nil, nil, &usageError{Message: "scripts can't be written for " + s.driver.Title(), Next: []string{"Run the command with a connection, without --sql."}}
	}
	script, err := scripter.Script(s.database.URL, s.openOptions(drivers.OpenOptions{}))
	return s, graph, script, start.Revisions, err
}

// showScript prints a script. One that holds the text of the database's password, be it by chance, can't be printed as it is.
func (a *app) showScript(what string, scripted execute.Scripted) error {
	if a.secrets.In(scripted.SQL) {
		return &usageError{Message: "a statement of the script holds the same text as the database's password, which is never printed",
			Next: []string{"Name the database without its password, since nothing is connected to: --url postgresql://host/name --sql"}}
	}
	view := views.Script{Command: what, From: scripted.From, To: scripted.To, SQL: scripted.SQL}
	for _, file := range scripted.Revisions {
		view.Revisions = append(view.Revisions, file.ID)
	}
	return a.show(view)
}
