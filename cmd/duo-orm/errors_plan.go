package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/dburl"
	"github.com/duo-orm/duo-orm/drivers/dialects"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/proof"
	"github.com/duo-orm/duo-orm/planner/seed"
)

// explainPlan explains why there is no plan.
func explainPlan(a *app, err error) (views.Failure, bool) {
	var (
		unmanaged  *planner.UnmanagedError
		unread     *planner.UnreadError
		broken     *planner.BrokenError
		rows       *planner.RowsError
		unplanned  *planner.UnplannableError
		rename     *planner.RenameError
		unwritable *planner.UnwritableError
		rejected   *planner.RejectedError
		strange    *planner.IrreproducibleError
		roles      *drivers.MissingRolesError
		uncounted  *planner.CountError
	)
	switch {
	case errors.As(err, &roles):
		return explainRoles(roles), true
	case errors.As(err, &uncounted):
		return views.Failure{Code: exitFailed, Kind: "uncounted", Message: "what the plan does to rows can't be told, since they can't be counted; nothing was written",
			Details: []string{uncounted.Object.String() + ": " + uncounted.Cause.Error()},
			Next: append(circumstances(err), "Correct the rows first for which the engine can't compute it.",
				"Make the plan as a role that reads all rows of the tables it changes, or on a copy of the database.")}, true
	case errors.As(err, &unmanaged):
		return explainUnmanaged(a, unmanaged), true
	case errors.As(err, &unread):
		return explainUnread(a, unread), true
	case errors.As(err, &broken):
		return explainBroken(a, broken), true
	case errors.As(err, &rows):
		return explainRows(rows), true
	case errors.As(err, &unplanned):
		return views.Failure{Code: exitRefused, Kind: "unplannable", Message: placed(unplanned.Object) + err.Error(),
			Next: []string{"Take the change back, or write the steps by hand: duo-orm migration create \"…\" --empty"}}, true
	case errors.As(err, &rename):
		return explainRename(rename), true
	case errors.As(err, &unwritable):
		return views.Failure{Code: exitFailed, Kind: "unwritable", Message: err.Error(), Next: []string{"Change it in the models."}}, true
	case errors.As(err, &rejected):
		return explainRejected(a, rejected, err), true
	case errors.As(err, &strange):
		return views.Failure{Code: exitFailed, Kind: "irreproducible", Message: "an object of the database can't be made again on scratch, so that nothing can be proved about it",
			Details: append(causes(strange.Cause), strange.Differences...),
			Next:    []string{`Leave it alone: exclude = ["name"] in ` + a.file("migrations/migrations.hcl") + ", or repair it in the database."}}, true
	}
	if failure, ok := explainSeed(err); ok {
		return failure, true
	}
	return explainProof(err)
}

// explainRejected explains what the engine doesn't take of the models.
func explainRejected(a *app, rejected *planner.RejectedError, err error) views.Failure {
	failure := views.Failure{Code: exitFailed, Kind: "rejected", Message: err.Error(), SQL: rejected.Step.SQL,
		Next: []string{"Change it in the models; the engine says what is wrong with it."}}
	if drivers.Forbidden(err) {
		failure.Next = []string{
			fmt.Sprintf("Where no model needs it, leave it to a role that may make it: exclude = [%q] in %s.", planner.ExactPattern(rejected.Object.Identity.Name), a.file("migrations/migrations.hcl")),
			"Where models need it, prove on a server on which the role may: scratch in " + a.file("database.hcl") + ", or init --scratch URL.",
		}
	}
	return failure
}

// explainSeed explains what stands against declared rows.
func explainSeed(err error) (views.Failure, bool) {
	var refused *seed.RowError
	var ambiguous *seed.AmbiguousError
	var many *seed.TooManyError
	switch {
	case errors.As(err, &refused):
		failure := views.Failure{Code: exitFailed, Kind: "row", Message: fmt.Sprintf("%s: the database takes no such row of %s", position(refused.Row), refused.Table),
			Details: causes(refused.Cause), Next: []string{"Correct the row in the models; the engine says what is wrong with it."}}
		var missing *seed.MissingError
		if errors.As(err, &missing) {
			failure.Next = []string{fmt.Sprintf("Correct the row, or declare the one of %s that it refers to.", missing.To)}
		}
		return failure, true
	case errors.As(err, &ambiguous):
		key := strings.Join(ambiguous.Key, ", ")
		return views.Failure{Code: exitRefused, Kind: "row_key", Message: fmt.Sprintf("%s: several rows of %s have the key (%s) of this row", position(ambiguous.Row), ambiguous.Table, key),
			Next: []string{"Take the duplicates away in the database first: the key is to tell rows apart."}}, true
	}
	if errors.As(err, &many) {
		return views.Failure{Code: exitRefused, Kind: "row_count", Message: fmt.Sprintf("the mode SYNC would delete %s of %s that no data block has", planner.RowCount(many.Rows), many.Table),
			Next: []string{"Take mode = SYNC away where these rows are to stay, or delete them yourself first: a plan deletes 10,000 rows at most."}}, true
	}
	return views.Failure{}, false
}

// position is a place in a file as people type it.
func position(at hcl.Range) string {
	return fmt.Sprintf("%s:%d,%d", at.Filename, at.Start.Line, at.Start.Column)
}

func explainProof(err error) (views.Failure, bool) {
	var failed *proof.Failure
	if !errors.As(err, &failed) {
		return views.Failure{}, false
	}
	failure := views.Failure{Code: exitFailed, Kind: "unproved",
		Message: "the plan does not hold: its proof failed at the " + failed.Stage + "; nothing was written"}
	if failed.Step != nil {
		failure.Details = append(failure.Details, "step: "+failed.Step.Name)
		failure.SQL = failed.Step.SQL
	}
	failure.Details = append(failure.Details, causes(failed.Cause)...)
	failure.Details = append(failure.Details, failed.Differences...)
	failure.Next = []string{
		"Change the models so that the engine keeps what they say,",
		"or write the plan all the same with --unproven, and mend its steps by hand; \"duo-orm migration prove\" proves them.",
	}
	return failure, true
}

func causes(err error) []string {
	if err == nil {
		return nil
	}
	return []string{err.Error()}
}

func explainUnmanaged(a *app, e *planner.UnmanagedError) views.Failure {
	failure := views.Failure{Code: exitUnmanaged, Kind: "unmanaged"}
	failure.Message = fmt.Sprintf("%d objects of the database are in no model, and no revision made them", len(e.Units))
	if len(e.Units) == 1 {
		failure.Message = "an object of the database is in no model, and no revision made it"
	}
	for _, id := range e.Units {
		failure.Details = append(failure.Details, id.String())
	}
	failure.Next = []string{
		"Take the database into the models with: duo-orm schema inspect --write (it leaves in the models only what the database has)",
		fmt.Sprintf("or leave objects alone, in %s: %s", a.file("migrations/migrations.hcl"), exclusion(e.Units...)),
		"or drop them in this plan: --drop-unmanaged",
	}
	return failure
}

func explainUnread(a *app, e *planner.UnreadError) views.Failure {
	failure := views.Failure{Code: exitFailed, Kind: "unread", Message: "the database holds what can't be carried; nothing is left out in silence"}
	for _, o := range e.Objects {
		failure.Details = append(failure.Details, o.Identity.String()+": "+o.Reason)
	}
	unit := e.Objects[0].Identity
	if unit.Parent != "" {
		unit.Name = unit.Parent
	}
	failure.Next = []string{fmt.Sprintf("Leave it alone, in %s: %s, or change it in the database.", a.file("migrations/migrations.hcl"), exclusion(unit))}
	return failure
}

// explainRoles names roles that are missing, each with the place that speaks of it.
func explainRoles(e *drivers.MissingRolesError) views.Failure {
	failure := views.Failure{Code: exitFailed, Kind: "roles", Message: "roles are referred to and never made, and the server of the " + e.Where + " lacks some"}
	for _, use := range e.Roles {
		place := use.Object.String()
		if use.Range.Filename != "" {
			place = fmt.Sprintf("%s:%d", use.Range.Filename, use.Range.Start.Line)
		}
		failure.Details = append(failure.Details, place+": there is no role "+strconv.Quote(use.Name))
	}
	failure.Next = []string{"Make them there with CREATE ROLE, or correct the names in the models."}
	return failure
}

func explainBroken(a *app, e *planner.BrokenError) views.Failure {
	failure := views.Failure{Code: exitFailed, Kind: "broken"}
	if e.InModels {
		failure.Message = "the engine can't compile what the models declare"
		failure.Next = []string{"Change it in the models: it names something that is not there."}
	} else {
		failure.Message = "the database holds views or triggers that the engine can't compile; changes of other tables would fail because of them"
		failure.Next = []string{"Drop or repair them in the database first,",
			fmt.Sprintf("or leave them alone, in %s: %s", a.file("migrations/migrations.hcl"), exclusion(e.Objects[0].Identity))}
	}
	for _, o := range e.Objects {
		line := o.Identity.String() + ": " + o.Message
		if e.State != nil {
			line = placed(e.State.Get(o.Identity)) + line
		}
		failure.Details = append(failure.Details, line)
	}
	return failure
}

func explainRows(e *planner.RowsError) views.Failure {
	failure := views.Failure{Code: exitRefused, Kind: "rows", Message: "rows of the database stand against the plan; nothing was written"}
	for _, h := range e.Hazards {
		failure.Details = append(failure.Details, fmt.Sprintf("%s: %s (%s)", h.Object, h.Text, planner.Against(h)))
	}
	failure.Next = waysOut(e.Hazards)
	for _, rename := range e.LooksRenamed {
		failure.Next = append([]string{fmt.Sprintf("If %s is to become %s: write renamed_from = %q in it, or add --rename %s",
			rename.From.Path(), rename.To.Path(), rename.Former, views.RenameFlag(rename))}, failure.Next...)
	}
	if len(failure.Next) == 0 {
		failure.Next = []string{"Change these rows, or the models."}
	}
	return failure
}

// waysOut are the ways out of all hazards: what holds for one object only names it where there are several, and what holds
// for all comes once, at the end.
func waysOut(hazards []drivers.Hazard) (next []string) {
	if len(hazards) == 1 {
		return hazards[0].WaysOut
	}
	count := map[string]int{}
	for _, h := range hazards {
		for _, way := range h.WaysOut {
			count[way]++
		}
	}
	var common []string
	for _, h := range hazards {
		for _, way := range h.WaysOut {
			switch {
			case count[way] < len(hazards):
				next = append(next, h.Object.String()+": "+way)
			case !slices.Contains(common, way):
				common = append(common, way)
			}
		}
	}
	return append(next, common...)
}

func explainRename(e *planner.RenameError) views.Failure {
	failure := views.Failure{Code: exitFailed, Kind: "rename", Message: e.Error()}
	if near := hclschema.Nearest(e.Given, e.Candidates); near != "" {
		failure.Next = append(failure.Next, "Did you mean "+quoted(near)+"?")
	}
	if len(e.Candidates) > 0 && len(e.Candidates) <= 20 {
		failure.Next = append(failure.Next, "There is: "+quotedList(e.Candidates))
	}
	if len(failure.Next) == 0 {
		failure.Next = []string{"A rename is written as --rename users=people, --rename users.mail=email or --rename sales.orders=archive.orders, or as renamed_from = \"mail\" in the model."}
	}
	return failure
}

// placed is "file:line: " for an object that was declared in a file.
func placed(o *hclschema.Object) string {
	if o == nil || o.Range.Filename == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d: ", o.Range.Filename, o.Range.Start.Line)
}

// explainDatabase explains what a driver or a URL says.
func explainDatabase(a *app, err error) (views.Failure, bool) {
	var (
		unreachable *drivers.UnreachableError
		readOnly    *drivers.NotWritableError
		locked      *drivers.LockedError
		references  *drivers.ForeignKeyError
		missing     *missingDatabaseError
		malformed   *dburl.MalformedError
		unknown     *dialects.UnknownError
		part        *dialects.DriverPartError
		refused     *refusedError
	)
	failure := views.Failure{Code: exitFailed, Message: err.Error()}
	switch {
	case errors.As(err, &unreachable):
		failure.Kind, failure.Next = "unreachable", []string{unreachable.Check}
	case errors.As(err, &readOnly):
		failure.Kind, failure.Message, failure.Next = "not_writable", readOnly.Error(), []string{readOnly.Check}
	case errors.As(err, &locked):
		failure.Kind, failure.Code = "locked", exitLocked
		failure.Next = []string{"Wait until it is done and run the command again, or raise lock_wait in " + a.file("migrations/migrations.hcl") + "."}
	case errors.As(err, &missing):
		failure.Kind, failure.Next = "missing_database", []string{"Check the URL; a new database is made by: duo-orm migration upgrade"}
	case errors.As(err, &refused):
		failure.Kind, failure.Code = "refused", exitRefused
		failure.Next = []string{"To go on without being asked: --yes"}
	case errors.As(err, &malformed):
		failure.Kind, failure.Next = "url", []string{malformed.Write}
		failure.Message = fmt.Sprintf("%q is no database URL: %s", malformed.Shown, malformed.Reason)
		failure.Code = a.urlCode()
	case errors.As(err, &part):
		failure.Kind, failure.Code, failure.Next = "url", a.urlCode(), []string{"Write: " + part.Write}
		failure.Message = fmt.Sprintf("the URL names the driver %q, but duo-orm brings its own", part.Part)
	case errors.As(err, &unknown):
		failure.Kind, failure.Code = "url", a.urlCode()
		failure.Next = []string{"A URL looks like sqlite:///app.db."}
	case errors.As(err, &references):
		failure.Kind, failure.Details = "foreign_keys", references.Violations
		failure.Message = "rows would refer to rows that are not there; nothing of the revision was kept"
		failure.Next = []string{"Delete these rows, or give them what they refer to, and run the command again."}
	case circumstances(err) != nil:
		failure.Kind, failure.Next = "circumstance", circumstances(err)
	default:
		return views.Failure{}, false
	}
	return failure, true
}

// circumstances is the way out of an error that no model and no file is to blame for; nil for any other.
func circumstances(err error) []string {
	var around drivers.Circumstance
	if errors.As(err, &around) && around.Circumstance() {
		return []string{"Mend that, and run the command again."}
	}
	return nil
}

// urlCode is wrong usage for a URL that was typed, and a failure for one of a file.
func (a *app) urlCode() int {
	if a.urlGiven {
		return exitUsage
	}
	return exitFailed
}
