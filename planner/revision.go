package planner

import (
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Meta is what a revision has besides its plan.
type Meta struct {
	ID, Message string
	Parents     []string
	// Branch is the label of a branch that begins with the revision, DependsOn are what must be applied besides its parents.
	Branch    string
	DependsOn []string
	Created   time.Time
}

// Revision turns a plan into the revision file that people review. Its Path is left empty.
func Revision(p *Plan, meta Meta) *revision.File {
	file := &revision.File{
		Summary: meta.Message + "\n\n" + Summarize(p).Text(),
		Format:  1, ID: meta.ID, Message: meta.Message, Parents: meta.Parents,
		Branch: meta.Branch, DependsOn: meta.DependsOn, Created: meta.Created.UTC().Truncate(time.Second),
		Dialect: p.Dialect, Start: p.Start, End: p.End, ForeignKeysOff: p.ForeignKeysOff(),
		Upgrade: fileSteps(p.Upgrade), Downgrade: fileSteps(p.Downgrade),
	}
	for _, rename := range p.Renames {
		if file.Renames == nil {
			file.Renames = map[string]string{}
		}
		file.Renames[rename.From.String()] = rename.To.String()
	}
	file.PlannedRows = rowsSum(file)
	if p.Proof != nil {
		file.Proved = ProvedOn(p, file)
	}
	return file
}

func fileSteps(steps []drivers.Step) []revision.Step {
	list := make([]revision.Step, 0, len(steps))
	for _, step := range steps {
		list = append(list, revision.Step{
			Name: step.Name, SQL: step.SQL, Makes: names(step.Makes), Drops: names(step.Drops),
			Changes: names(step.Changes), Destroys: step.Destroys, Because: step.Because, Transaction: !step.OwnTransaction,
		})
	}
	return list
}

func names(ids []hclschema.Identity) []string {
	var list []string
	for _, id := range ids {
		list = append(list, id.String())
	}
	return list
}
