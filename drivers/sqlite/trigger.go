package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

func createTrigger(unit drivers.Unit) ([]drivers.Step, error) {
	trigger := unit[0]
	w := newSQLWriter()
	w.Line("CREATE TRIGGER ", w.object(trigger.Identity))
	w.Line(w.triggerEvent(trigger), " ON ", w.Name(trigger.Identity.Parent))
	if trigger.Properties[hclschema.PropWhen] != nil {
		w.Line("WHEN ", strings.TrimSuffix(w.expression(trigger, hclschema.PropWhen), "\n"))
	}
	w.Line(w.checked(trigger, "body", withoutSemicolon(trigger.Properties.Text(hclschema.PropAs)), checkBody))
	return oneStep(w.step("create " + trigger.Identity.String()))
}

// triggerEvent is when the trigger fires: AFTER UPDATE OF a, b. SQLite takes no timing for BEFORE.
func (w *sqlWriter) triggerEvent(trigger *hclschema.Object) string {
	event := w.word(trigger, hclschema.PropEvent, "INSERT", "UPDATE", "DELETE")
	if trigger.Properties.Text(hclschema.PropEvent) == "" {
		w.failOn(trigger, "it has no event; write INSERT, UPDATE or DELETE")
	}
	words := []string{w.word(trigger, hclschema.PropTiming, "BEFORE", "AFTER", "INSTEAD_OF"), event}
	if columns := trigger.Properties.List(hclschema.PropUpdateOf); columns != nil {
		words = append(words, "OF "+w.names(columns))
	}
	return strings.TrimSpace(joinWords(words))
}
