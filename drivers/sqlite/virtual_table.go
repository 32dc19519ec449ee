package sqlite

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// createVirtualTable makes a virtual table. Its module makes the shadow tables, which are no objects of their own.
func createVirtualTable(unit drivers.Unit) ([]drivers.Step, error) {
	table := unit[0]
	w := newSQLWriter()
	head := []string{"CREATE VIRTUAL TABLE ", w.object(table.Identity), " USING ", w.Name(table.Properties.Text(hclschema.PropModule))}
	if table.Properties.Text(hclschema.PropModule) == "" {
		w.failOn(table, "it has no module")
	}
	arguments := table.Properties.List(hclschema.PropArguments)
	if arguments == nil {
		w.Line(head...)
		return oneStep(w.step("create " + table.Identity.String()))
	}
	items := make([]string, len(arguments))
	for i, argument := range arguments {
		items[i] = w.checked(table, "argument", argument.String(), checkExpression)
	}
	w.Line(append(head, "(")...)
	w.List(items)
	w.Line(")")
	return oneStep(w.step("create " + table.Identity.String()))
}
