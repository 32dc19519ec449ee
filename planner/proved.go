package planner

import (
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/planner/revision"
)

// ProvedOn is what a revision file says of its proof: the engine, that there were rows, the tables that had none, the steps
// whose programs weren't run, and the checksum of the very steps. Of a merge InOrders must have held too.
func ProvedOn(p *Plan, file *revision.File) string {
	with := "with rows"
	if p.Proof.Rows == 0 {
		with = "without rows"
	}
	if len(p.Proof.WithoutRows) > 0 {
		with = "without rows in " + strings.Join(p.Proof.WithoutRows, "; ")
	}
	if len(p.Proof.NotBack) > 0 {
		with += ", down without rows in " + strings.Join(p.Proof.NotBack, "; ")
	}
	if programs := Programs(file); len(programs) > 0 {
		with += ", without running " + strings.Join(programs, "; ")
	}
	if len(file.Parents) > 1 {
		with += ", " + revision.InEveryOrder
	}
	with += ", "
	if file.Irreversible != "" {
		with += revision.OneWay
	}
	return fmt.Sprintf("%s, %s%s", p.Proof.Server, with, revision.StepsSum(file.Upgrade, file.Downgrade, file.ForeignKeysOff))
}

// Programs are the names of the steps that a proof leaves out: they run programs.
func Programs(file *revision.File) []string {
	var names []string
	for _, step := range slices.Concat(file.Upgrade, file.Downgrade) {
		if len(step.Exec) > 0 {
			names = append(names, step.Name)
		}
	}
	return names
}
