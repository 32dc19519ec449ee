package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

func createView(unit drivers.Unit) ([]drivers.Step, error) {
	view := unit[0]
	w := newSQLWriter()
	columns := ""
	if names := view.Properties.List(hclschema.PropViewColumns); names != nil {
		columns = " (" + w.names(names) + ")"
	}
	w.Line("CREATE VIEW ", w.object(view.Identity), columns, " AS")
	w.Line(w.checked(view, "query", withoutSemicolon(view.Properties.Text(hclschema.PropAs)), checkQuery))
	return oneStep(w.step("create " + view.Identity.String()))
}

// withoutSemicolon takes away the semicolon that people end a statement with. SQLite doesn't keep it either.
func withoutSemicolon(text string) string {
	tokens, err := lex(text)
	if err != nil || len(tokens) < 2 || !tokens[len(tokens)-1].symbol(";") {
		return text
	}
	last := tokens[len(tokens)-1]
	return strings.TrimSpace(text[:last.start] + text[last.end:])
}

func oneStep(step drivers.Step, err error) ([]drivers.Step, error) {
	if err != nil {
		return nil, err
	}
	return []drivers.Step{step}, nil
}
