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

// leaveBarred has the units left alone from now on that the role may not make and that nothing else needs: extensions that an
// administrator has brought in, such as those that watch the server. It tells of them.
func (s *session) leaveBarred(ctx context.Context, setup *project.Setup, state *hclschema.State) (notes []string, err error) {
	provider, ok := s.driver.(drivers.Provider)
	if !ok || !slices.ContainsFunc(state.Objects(), func(o *hclschema.Object) bool { return provider.Provides(o.Identity.Kind) }) ||
		setup.Action(setup.Project.MigrationsFile()) == project.Kept {
		return nil, nil
	}
	scratch, err := s.driver.Scratch(ctx, s.conn, s.database.Scratch)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, scratch.Close()) }()
	barrer, ok := scratch.(drivers.Barrer)
	if !ok {
		return nil, nil
	}
	barred, err := barrer.Barred(ctx, state)
	if err != nil {
		return nil, err
	}
	needed := map[hclschema.Identity]bool{}
	for _, o := range state.Objects() {
		for _, id := range o.DependsOn {
			needed[state.Key(id)] = true
		}
	}
	for _, id := range barred {
		if needed[state.Key(id)] {
			continue
		}
		pattern := planner.ExactPattern(id.Name)
		s.migrations.Exclude = append(s.migrations.Exclude, pattern)
		setup.LeaveAlone([]string{pattern})
		notes = append(notes, fmt.Sprintf("This role may not make %s, so that it is left alone, in every database: exclude in %s.", id, setup.Project.MigrationsFile()))
	}
	return notes, nil
}
