package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
)

// planPermitted plans what makes a state's models in an empty database. What the role may not make, an extension or an event trigger of
// an administrator, and nothing else needs, is left alone from now on, and told. The plan is nil where nothing is left.
func (s *session) planPermitted(ctx context.Context, setup *project.Setup, state *hclschema.State) (plan *planner.Plan, sources []hclschema.Source, notes []string, err error) {
	for {
		if state = s.withoutExcluded(state); state.Len() == 0 {
			return nil, nil, notes, nil
		}
		if sources, err = s.modelsOf(setup, state); err != nil {
			return nil, nil, nil, err
		}
		plan, err = s.planFromNothing(ctx, sources)
		var rejected *planner.RejectedError
		if !errors.As(err, &rejected) || !drivers.Forbidden(err) || needed(state, rejected.Object.Identity) || setup.Action(setup.Project.MigrationsFile()) == project.Kept {
			return plan, sources, notes, err
		}
		id := rejected.Object.Identity
		pattern := planner.ExactPattern(id.Name)
		if slices.Contains(s.migrations.Exclude, pattern) {
			return plan, sources, notes, err
		}
		s.migrations.Exclude = append(s.migrations.Exclude, pattern)
		setup.LeaveAlone([]string{pattern})
		notes = append(notes, fmt.Sprintf("This role may not make %s, so that it is left alone, in every database: exclude in %s.", id, setup.Project.MigrationsFile()))
	}
}

// needed says that another unit of the state needs the one of that identity.
func needed(state *hclschema.State, id hclschema.Identity) bool {
	key := state.Key(id)
	return slices.ContainsFunc(state.Objects(), func(o *hclschema.Object) bool {
		return slices.ContainsFunc(o.DependsOn, func(on hclschema.Identity) bool { return state.Key(on) == key })
	})
}
