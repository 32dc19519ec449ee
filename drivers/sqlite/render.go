package sqlite

import (
	"fmt"
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqltext"
	"github.com/duo-orm/duo-orm/hclschema"
)

// quoting is how SQLite's names and strings are written. TRUE and FALSE are no keywords, but mean something else in an expression.
var quoting = sqltext.Quoting{Quote: `"`, Keyword: func(word string) bool {
	keyword, _ := isKeyword(word)
	return keyword || word == "true" || word == "false"
}}

// QuoteName implements drivers.Renderer.
func (Driver) QuoteName(name string) string { return quoting.QuoteName(name) }

// renderedUnit is how a kind of unit is written.
type renderedUnit struct {
	// noun is what CREATE and DROP call it.
	noun   string
	create func(drivers.Unit) ([]drivers.Step, error)
}

// renderedUnits lists the kinds of units.
func renderedUnits() map[string]renderedUnit {
	return map[string]renderedUnit{
		hclschema.KindTable:        {"TABLE", createTable},
		hclschema.KindVirtualTable: {"TABLE", createVirtualTable},
		hclschema.KindView:         {"VIEW", createView},
		hclschema.KindTrigger:      {"TRIGGER", createTrigger},
	}
}

// rendered lists the properties that this package writes, by kind. A property that isn't here is an error where an object is
// made and is not claimed where it changes, so that nothing gets lost on the way into SQL.
func rendered(kind string) []string {
	switch kind {
	case hclschema.KindTable:
		return []string{hclschema.PropStrict, hclschema.PropWithoutRowid}
	case hclschema.KindColumn:
		return []string{
			hclschema.PropType, hclschema.PropNull, hclschema.PropNullName, hclschema.PropNullOnConflict,
			hclschema.PropDefault, hclschema.PropDefaultName, hclschema.PropGenerated, hclschema.PropGeneratedType,
			hclschema.PropGeneratedName, hclschema.PropCollate, hclschema.PropCollateName, hclschema.PropAutoIncrement,
		}
	case hclschema.KindPrimaryKey:
		return []string{hclschema.PropColumns, hclschema.PropOnConflict, hclschema.PropName, hclschema.PropInline}
	case hclschema.KindUnique:
		return []string{hclschema.PropColumns, hclschema.PropOnConflict}
	case hclschema.KindForeignKey:
		return []string{
			hclschema.PropColumns, hclschema.PropRefTable, hclschema.PropRefColumns, hclschema.PropOnUpdate,
			hclschema.PropOnDelete, hclschema.PropMatch, hclschema.PropDeferrable,
		}
	case hclschema.KindCheck:
		return []string{hclschema.PropExpr, hclschema.PropOnConflict}
	case hclschema.KindIndex:
		return []string{hclschema.PropColumns, hclschema.PropUnique, hclschema.PropWhere}
	case hclschema.KindView:
		return []string{hclschema.PropAs, hclschema.PropViewColumns}
	case hclschema.KindTrigger:
		return []string{
			hclschema.PropTiming, hclschema.PropEvent, hclschema.PropUpdateOf, hclschema.PropWhen, hclschema.PropAs,
		}
	case hclschema.KindVirtualTable:
		return []string{hclschema.PropModule, hclschema.PropArguments}
	}
	return nil
}

// isRendered says that this package writes that property of that kind.
func isRendered(kind, property string) bool { return slices.Contains(rendered(kind), property) }

// Create implements drivers.Renderer. A table comes with its indexes, each in a step of its own.
func (Driver) Create(unit drivers.Unit) ([]drivers.Step, error) {
	id := unit.Identity()
	kind, ok := renderedUnits()[id.Kind]
	if !ok {
		return nil, fmt.Errorf("%s can't be made: SQLite has no objects of the kind %s", id, id.Kind)
	}
	for _, o := range unit {
		if err := checkRendered(o); err != nil {
			return nil, err
		}
	}
	steps, err := kind.create(unit)
	if err != nil {
		return nil, err
	}
	steps[0].Makes = []hclschema.Identity{id}
	return steps, nil
}

// Drop implements drivers.Renderer.
func (Driver) Drop(unit drivers.Unit) ([]drivers.Step, error) {
	id := unit.Identity()
	kind, ok := renderedUnits()[id.Kind]
	if !ok {
		return nil, fmt.Errorf("%s can't be dropped: SQLite has no objects of the kind %s", id, id.Kind)
	}
	w := newSQLWriter()
	w.Line("DROP ", kind.noun, " ", w.object(id))
	step, err := w.step("drop " + id.String())
	if err != nil {
		return nil, err
	}
	step.Drops = []hclschema.Identity{id}
	if (Driver{}).HoldsRows(id) {
		step.Destroys = "the rows of " + unit[0].Known()
	}
	// With foreign keys enforced, DROP TABLE first deletes all rows, and ON DELETE CASCADE takes those of other tables with
	// them (sqlite.org/foreignkeys.html, section 5). Unenforced, nothing but the table goes, and a row of another table
	// that refers to nothing then is found before the commit.
	step.ForeignKeysOff = id.Kind == hclschema.KindTable
	return []drivers.Step{step}, nil
}

func checkRendered(o *hclschema.Object) error {
	if rendered(o.Identity.Kind) == nil {
		return fmt.Errorf("%s can't be made: SQLite has no objects of the kind %s", o.Identity, o.Identity.Kind)
	}
	for _, name := range o.Properties.Names() {
		if !isRendered(o.Identity.Kind, name) {
			return fmt.Errorf("%s can't be made: SQLite has no property %s for it; take it away", o.Identity, name)
		}
	}
	return nil
}
