package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

// fleetError says that not all databases of an environment are as they were to be. What became of each was shown.
type fleetError struct {
	results []views.Tenant
	// interrupted says that the command was ended.
	interrupted error
}

// Error implements error.
func (e *fleetError) Error() string {
	failed := len(e.names(views.TenantFailed))
	switch {
	case failed > 0:
		return fmt.Sprintf("%d of %s failed", failed, counted(len(e.results), "database"))
	default:
		return "not all databases were begun"
	}
}

// Unwrap is that the command was ended, if it was.
func (e *fleetError) Unwrap() error { return e.interrupted }

// names are those of the databases with a status.
func (e *fleetError) names(status views.TenantStatus) []string {
	var names []string
	for _, r := range e.results {
		if r.Status == status {
			names = append(names, r.Name)
		}
	}
	return names
}

// fleetErrorOf is nil where all went well.
func fleetErrorOf(ctx context.Context, results []views.Tenant) error {
	e := &fleetError{results: results}
	if len(e.names(views.TenantFailed))+len(e.names(views.TenantInterrupted))+len(e.names(views.TenantNotBegun)) == 0 {
		return nil
	}
	e.interrupted = ctx.Err()
	return e
}

// shownNames is how many names an error lists before it counts the rest.
const shownNames = 20

// explainFleet explains what became of several databases.
func explainFleet(_ *app, err error) (views.Failure, bool) {
	var fleet *fleetError
	if errors.As(err, &fleet) {
		failure := views.Failure{Code: exitFailed, Kind: "databases", Message: fleet.Error()}
		for _, part := range []struct {
			what   string
			status views.TenantStatus
		}{{"Failed: ", views.TenantFailed}, {"Interrupted: ", views.TenantInterrupted}, {"Not begun: ", views.TenantNotBegun}} {
			if names := fleet.names(part.status); len(names) > 0 {
				failure.Details = append(failure.Details, part.what+views.Names(names, shownNames)+".")
			}
		}
		failure.Next = []string{"Correct what stands against it, and run the command again: it does what is left."}
		return failure, true
	}
	return views.Failure{}, false
}

// explainTenants explains why the databases of an environment can't be told. A reason with an explanation of its own comes first.
func explainTenants(_ *app, err error) (views.Failure, bool) {
	var tenants *tenantsError
	if !errors.As(err, &tenants) {
		return views.Failure{}, false
	}
	return views.Failure{Code: exitFailed, Kind: "tenants", Message: tenants.Error(), Next: []string{"Correct it in " + tenants.place + "."}}, true
}
