package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// migrateTenants runs an upgrade or a downgrade of all databases of an environment, or shows what it would run.
func (s *session) migrateTenants(ctx context.Context, graph *revision.Graph, target string, o runOptions) error {
	result := views.Tenants{Command: "upgrade", Environment: s.database.Environment, DryRun: o.dryRun}
	if o.down {
		result.Command = "downgrade"
	}
	list, err := s.chosen(ctx, o.tenants)
	if err != nil {
		return err
	}
	if o.dryRun || s.database.Protected && !o.yes {
		begun := s.app.clock()
		result.Databases = s.previewTenants(ctx, list, graph, target, o)
		result.Elapsed = s.app.clock().Sub(begun)
		if o.dryRun || ctx.Err() != nil || !slices.ContainsFunc(result.Databases, func(t views.Tenant) bool { return t.Status == views.TenantPending }) {
			return s.showFleet(ctx, result)
		}
		if err := s.confirm(o.yes, questionOfTenants(result.Databases, o.down)); err != nil {
			return err
		}
	}
	f := &fleet{session: s, tenants: list, options: o.tenants, do: func(ctx context.Context, s *session, t *views.Tenant) (err error) {
		defer s.close(&err)
		run, err := s.migrate(ctx, graph, target, o)
		var stopped *runError
		if errors.As(err, &stopped) {
			run = stopped.result
		}
		t.Where, t.Made, t.From, t.To, t.Drift = run.Where, run.Made, run.From, run.To, run.Drift
		for _, r := range run.Revisions {
			if r.Finished {
				t.Revisions = append(t.Revisions, r.ID)
				t.Steps += len(r.Steps)
			}
		}
		t.Status = views.TenantDone
		if len(run.Revisions) == 0 {
			t.Status = views.TenantNothing
		}
		return err
	}}
	begun := s.app.clock()
	result.Databases = f.run(ctx)
	result.Elapsed = s.app.clock().Sub(begun)
	return s.showFleet(ctx, result)
}

// chosen are the databases that a command works on.
func (s *session) chosen(ctx context.Context, o tenantOptions) ([]tenant, error) {
	all, err := s.tenants(ctx)
	if err != nil {
		return nil, err
	}
	return selected(all, o.only, s.database.Environment)
}

// showFleet prints what became of all databases, and is an error where one of them isn't as it was to be.
func (s *session) showFleet(ctx context.Context, result views.Tenants) error {
	failed := fleetErrorOf(ctx, result.Databases)
	if err := s.app.show(result); err != nil {
		return errors.Join(err, failed)
	}
	return failed
}

// previewTenants is what would run.
func (s *session) previewTenants(ctx context.Context, list []tenant, graph *revision.Graph, target string, o runOptions) []views.Tenant {
	f := &fleet{session: s, tenants: list, options: o.tenants, quiet: true, do: func(ctx context.Context, s *session, t *views.Tenant) (err error) {
		defer s.close(&err)
		run, err := s.preview(ctx, graph, target, o)
		t.Where, t.From, t.To, t.Drift = run.Where, run.From, run.To, run.Drift
		for _, r := range run.Revisions {
			t.Revisions = append(t.Revisions, r.ID)
			t.Steps += len(r.Steps)
		}
		t.Status, t.Run = views.TenantPending, &run
		if len(run.Revisions) == 0 {
			t.Status, t.Run = views.TenantNothing, nil
		}
		return err
	}}
	f.options.failFast = false
	return f.run(ctx)
}

// questionOfTenants says what is about to happen to the databases of a protected environment.
func questionOfTenants(results []views.Tenant, down bool) string {
	verb := "upgraded"
	if down {
		verb = "downgraded"
	}
	var names, ids, lost []string
	unknown := 0
	for _, t := range results {
		switch {
		case t.Status == views.TenantFailed:
			unknown++
			continue
		case t.Run == nil:
			continue
		}
		names = append(names, t.Name)
		for _, r := range t.Run.Revisions {
			if !slices.Contains(ids, r.ID) {
				ids = append(ids, r.ID)
			}
			for _, step := range r.Steps {
				if step.Destroys != "" && !slices.Contains(lost, step.Destroys) {
					lost = append(lost, step.Destroys)
				}
			}
		}
	}
	are := "are"
	if len(names) == 1 {
		are = "is"
	}
	text := fmt.Sprintf("%s %s about to be %s (%s): %s.", counted(len(names), "database"), are, verb, views.Names(names, shownNames), strings.Join(ids, ", "))
	if len(lost) > 0 {
		text += " This destroys in each of them " + strings.Join(lost, "; ") + "."
	}
	if unknown > 0 {
		text += fmt.Sprintf(" %s could not be looked at.", counted(unknown, "other"))
	}
	return text
}
