package main

import (
	"context"
	"slices"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// several is a session of an environment with several databases, nil where the environment has one. A project whose files are at
// fault is left to the command itself.
func (a *app) several(o *tenantOptions) (*session, error) {
	s, err := a.session()
	if err != nil {
		if len(o.only) > 0 {
			return nil, err
		}
		return nil, nil
	}
	if err := o.check(s); err != nil || s.database.Tenants == nil {
		return nil, err
	}
	return s, nil
}

// lookAtTenants asks all databases where they are.
func (s *session) lookAtTenants(ctx context.Context, o tenantOptions) (*revision.Graph, []views.Tenant, error) {
	graph, err := s.graph()
	if err != nil {
		return nil, nil, err
	}
	list, err := s.chosen(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	f := &fleet{session: s, tenants: list, options: o, quiet: true, do: func(ctx context.Context, s *session, t *views.Tenant) (err error) {
		defer s.close(&err)
		if err := s.open(ctx, drivers.OpenOptions{ReadOnly: true}); err != nil {
			return err
		}
		t.Where = s.conn.Where()
		records, err := s.records(ctx)
		if err != nil {
			return err
		}
		standing := execute.Stand(graph, records)
		t.From, t.To, t.Revisions = standing.Current, standing.Current, ids(standing.Pending)
		if t.Status = views.TenantAtHead; len(t.Revisions) > 0 {
			t.Status = views.TenantPending
		}
		if problem := standing.Problem(graph); problem != nil {
			t.Status, t.Note = views.TenantPending, s.app.inWords(problem)
		}
		return nil
	}}
	return graph, f.run(ctx), nil
}

// currentOfTenants tells where each of several databases is.
func (s *session) currentOfTenants(ctx context.Context, o tenantOptions, heads bool) error {
	_, results, err := s.lookAtTenants(ctx, o)
	if err != nil {
		return err
	}
	result := views.Tenants{Command: "current", Environment: s.database.Environment, Databases: results}
	behind := func(t views.Tenant) bool { return t.Status == views.TenantPending }
	if heads {
		at := !slices.ContainsFunc(results, behind)
		result.AtHeads = &at
	}
	if err := s.showFleet(ctx, result); err != nil {
		return err
	}
	if heads && !*result.AtHeads {
		var names []string
		for _, t := range slices.DeleteFunc(slices.Clone(results), func(t views.Tenant) bool { return !behind(t) }) {
			names = append(names, t.Name)
		}
		return &differError{what: counted(len(names), "database") + " not at every head: " + views.Names(names, shownNames),
			next: []string{"Apply what is pending: duo-orm migration upgrade heads"}, quiet: s.app.json}
	}
	return nil
}

// historyOfTenants lists the revisions, and how many of several databases are where.
func (s *session) historyOfTenants(ctx context.Context, o tenantOptions, span string, verbose bool) error {
	graph, results, err := s.lookAtTenants(ctx, o)
	if err != nil {
		return err
	}
	k := &known{graph: graph, failed: &usageError{Message: "each database of the environment is somewhere else", Next: []string{"Name a revision."}}}
	k.describe(nil)
	revisions, err := k.within(span)
	if err != nil {
		return err
	}
	return s.showFleet(ctx, views.Tenants{Command: "history", Environment: s.database.Environment, Databases: results, Revisions: revisions, Verbose: verbose})
}

// checkTenants asks the questions about models and history once, and those about a database of each.
func (s *session) checkTenants(ctx context.Context, o tenantOptions, values map[string]string) error {
	common := &checker{session: s}
	if err := common.models(values); err != nil {
		return err
	}
	if err := common.history(); err != nil {
		return err
	}
	list, err := s.chosen(ctx, o)
	if err != nil {
		return err
	}
	var sources []hclschema.Source
	if common.desired != nil {
		s.tellExcluded(common.desired)
		if sources, err = s.modelSources(); err != nil {
			return err
		}
	}
	memory := &planner.Memory{}
	f := &fleet{session: s, tenants: list, options: o, do: func(ctx context.Context, s *session, t *views.Tenant) (err error) {
		defer s.close(&err)
		if err := s.open(ctx, drivers.OpenOptions{ReadOnly: true}); err != nil {
			return err
		}
		if s.tenant.schema != "" {
			s.memory = memory
		}
		c := &checker{session: s, graph: common.graph}
		if common.desired != nil { // a plan works on the state that it is given, so that each has its own
			if c.desired, err = s.load(sources, values); err != nil {
				return err
			}
		}
		t.Where = s.conn.Where()
		if err := c.head(ctx); err != nil {
			return err
		}
		if err := c.equal(ctx); err != nil {
			return err
		}
		t.Check, t.Status = c.result.Items, views.TenantHolds
		if !c.result.OK() {
			t.Status = views.TenantFails
		}
		return nil
	}}
	begun := s.app.clock()
	result := views.Tenants{Command: "check", Environment: s.database.Environment, Common: common.result, Databases: f.run(ctx)}
	result.Elapsed = s.app.clock().Sub(begun)
	if err := s.showFleet(ctx, result); err != nil {
		return err
	}
	if !result.OK() {
		return &differError{what: "the check does not hold", quiet: true}
	}
	return nil
}

// stampTenants records where all databases are.
func (s *session) stampTenants(ctx context.Context, graph *revision.Graph, o stampOptions) error {
	return s.recordTenants(ctx, "stamp", o.tenants, func(ctx context.Context, s *session, t *views.Tenant) error {
		stamped, err := s.stamp(ctx, graph, o)
		t.Where, t.Made, t.From, t.To = stamped.Where, stamped.Made, stamped.From, stamped.To
		t.Status = views.TenantDone
		if !o.accept && !o.purge && slices.Equal(stamped.From, stamped.To) {
			t.Status = views.TenantNothing
		}
		return err
	})
}

// ensureVersionOfTenants makes the version table in all databases.
func (s *session) ensureVersionOfTenants(ctx context.Context, o tenantOptions) error {
	return s.recordTenants(ctx, "ensure-version", o, func(ctx context.Context, s *session, t *views.Tenant) error {
		table, err := s.ensureVersion(ctx)
		t.Where, t.Made = table.Where, table.MadeDatabase
		if t.Status = views.TenantNothing; table.Made {
			t.Status = views.TenantDone
		}
		return err
	})
}

// recordTenants does something to the records of all databases.
func (s *session) recordTenants(ctx context.Context, command string, o tenantOptions, do func(context.Context, *session, *views.Tenant) error) error {
	list, err := s.chosen(ctx, o)
	if err != nil {
		return err
	}
	f := &fleet{session: s, tenants: list, options: o, do: func(ctx context.Context, s *session, t *views.Tenant) (err error) {
		defer s.close(&err)
		return do(ctx, s, t)
	}}
	begun := s.app.clock()
	result := views.Tenants{Command: command, Environment: s.database.Environment, Databases: f.run(ctx)}
	result.Elapsed = s.app.clock().Sub(begun)
	return s.showFleet(ctx, result)
}
