package conformance

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Target is a dialect under test.
type Target struct {
	Driver drivers.Driver
	// Live makes an empty database. It is closed by the suite.
	Live func(t testing.TB) drivers.Connection
	// Managing is Live with owners and privileges as parts of states; nil where the engine has none.
	Managing func(t testing.TB) drivers.Connection
	// Version is the server's major version; 0 where it makes no difference.
	Version int
	// Every, above 1, runs one case of so many: where each costs several databases on a server.
	Every int
	// Plan plans the way from what a database holds to the desired state. Everything in the database counts as managed.
	Plan func(ctx context.Context, live drivers.Connection, desired *hclschema.State, renames []string) (*Plan, error)
}

// Plan is what the suite must know of a plan.
type Plan struct {
	Upgrade, Downgrade []drivers.Step
	ForeignKeysOff     bool
	// WithoutRows are tables for which the proof had no rows.
	WithoutRows []string
	// NotBack are tables at whose rows the way back stops.
	NotBack []string
	// Start and End are the fingerprints of the units that the plan rests on, as planner.Plan has them.
	Start, End map[string]string
}

// Case is a change of models and what must hold.
type Case struct {
	Name string
	// Dialects are the names of those whose SQL the case speaks; none for plain SQL.
	Dialects []string
	// Needs are kinds ("trigger") and attributes ("table.strict") that the dialect must accept.
	Needs []string
	// Since is the major version of the server that brought what the case is about.
	Since int
	// In is what the models before and after have in common; its line "…" stands for them. Empty for nothing.
	In string
	// Before and After are the models.
	Before, After string
	// Renames are asked for on the command line.
	Renames []string
	// Rows are statements that run on the models before.
	Rows []string
	// Holds are queries and what they return at the three points; besides, the suite compares by itself all columns that
	// live through the change.
	Holds []Query
	// InPlace says that the dialect must do it without rebuilding a table.
	InPlace bool
	// Refused is a part of the error with which the plan must be refused; empty where it must be made.
	Refused string
	// Nothing says that there is nothing to do.
	Nothing bool
	// Manages says that the project manages privileges.
	Manages bool
	// Unproven says that the proof can't have rows for a table here.
	Unproven bool
	// Stops are the tables at whose rows the way back may stop, as the plan has to tell them; those of the case don't.
	Stops []string
	// Moves says that partitions take rows from one table to another.
	Moves bool
}

// Query is asked before the upgrade, after it and after the downgrade. Rows are written as words with | between them.
type Query struct {
	// Before and After are the queries; After empty means the same one. Before as "-" means that none is asked then.
	Before, After string
	// Want is the result; Then that after the upgrade, where it is another.
	Want, Then string
}

// Run runs all cases that the target's dialect can express.
func Run(t *testing.T, target Target) {
	seen := map[string]bool{}
	number := 0
	for _, c := range Cases() {
		if seen[c.Name] {
			t.Errorf("two cases are called %q", c.Name)
		}
		seen[c.Name] = true
		if !c.concerns(target.Driver) || target.Version > 0 && target.Version < c.Since {
			continue
		}
		if number++; target.Every > 1 && number%target.Every != 0 {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			c.run(t, target)
		})
	}
}

// Cases are all cases of the suite.
func Cases() []Case {
	var all []Case
	for _, cases := range [][]Case{
		tableCases(), columnCases(), columnPropertyCases(), keyCases(), foreignKeyCases(), checkCases(), indexCases(),
		viewCases(), viewPostgresCases(), triggerCases(), virtualTableCases(), renameCases(), renameTakenCases(), renameTakenPostgresCases(), swapPostgresCases(), schemaMovePostgresCases(), nameCases(), refusedCases(),
		routinePostgresCases(), triggerPostgresCases(), typeCases(), typeUseCases(), permissionPostgresCases(), partitionCases(), partitionIndexPostgresCases(), partitionTriggerPostgresCases(), inheritancePostgresCases(),
		nestedPostgresCases(), stagedPostgresCases(), statisticsPostgresCases(), publicationPostgresCases(), textSearchPostgresCases(), foreignPostgresCases(),
		lossPostgresCases(), operatorClassPostgresCases(), counterPostgresCases(), computedPostgresCases(), restorePostgresCases(),
	} {
		all = append(all, cases...)
	}
	return all
}

// concerns says whether the dialect can express the case.
func (c Case) concerns(driver drivers.Driver) bool {
	speaks := len(c.Dialects) == 0
	for _, name := range c.Dialects {
		speaks = speaks || name == driver.Name()
	}
	for _, need := range c.Needs {
		kind, attribute, _ := strings.Cut(need, ".")
		speaks = speaks && driver.Accepts(kind, attribute)
	}
	return speaks
}

// sorted are the keys of a map in order.
func sorted(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Concerns says whether the dialect can express the case.
func (c Case) Concerns(driver drivers.Driver) bool { return c.concerns(driver) }

// Models are the case's models, with the common part around them.
func (c Case) Models(part string) string { return c.models(part) }

func (c Case) models(part string) string {
	if c.In == "" {
		return part
	}
	return strings.Replace(c.In, "…", part, 1)
}
