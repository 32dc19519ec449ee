package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner"
)

// planPermitted plans what makes a state's models in an empty database. What the role may not make, an extension or an event trigger of
// an administrator, and nothing else needs, is left alone from now on, and told. The plan is nil where nothing is left.
func (s *session) planPermitted(ctx context.Context, setup *project.Setup, state *hclschema.State) (plan *planner.Plan, sources []hclschema.Source, notes []string, err error) {
	var left []string
	defer func() {
		if len(left) > 0 {
			notes = []string{fmt.Sprintf("Left alone from now on, in every database, since this role may not make it (exclude in %s): %s.", setup.Project.MigrationsFile(), strings.Join(left, ", "))}
		}
	}()
	for {
		if state = s.withoutExcluded(state); state.Len() == 0 {
			return nil, nil, nil, nil
		}
		if sources, err = s.modelsOf(setup, state); err != nil {
			return nil, nil, nil, err
		}
		plan, err = s.planFromNothing(ctx, sources)
		var rejected *planner.RejectedError
		if !errors.As(err, &rejected) || !drivers.Forbidden(err) || needed(state, rejected.Object.Identity) || setup.Action(setup.Project.MigrationsFile()) == project.Kept {
			return plan, sources, nil, err
		}
		id := rejected.Object.Identity
		pattern := planner.ExactPattern(id.Name)
		if slices.Contains(s.migrations.Exclude, pattern) {
			return plan, sources, nil, err
		}
		s.migrations.Exclude = append(s.migrations.Exclude, pattern)
		setup.LeaveAlone([]string{pattern})
		left = append(left, id.String())
	}
}

// needed says that another unit of the state needs the one of that identity.
func needed(state *hclschema.State, id hclschema.Identity) bool {
	key := state.Key(id)
	return slices.ContainsFunc(state.Objects(), func(o *hclschema.Object) bool {
		return slices.ContainsFunc(o.DependsOn, func(on hclschema.Identity) bool { return state.Key(on) == key })
	})
}
