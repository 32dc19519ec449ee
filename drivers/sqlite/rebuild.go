package sqlite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// A rebuild is the way to every change that ALTER TABLE hasn't (sqlite.org/lang_altertable.html, section 7). SQLite's own
// page makes the new table under another name and renames it. Here the old one gives way instead: the new table is then made by
// the very statement that Create writes, so that a check or a foreign key that names its own table reads the same, and
// so does sqlite_schema. The page warns of that order because a rename would rewrite the views, triggers and foreign keys of
// others; with legacy_alter_table on and foreign keys off it doesn't, and doesn't fail on a broken view either.

// asidePrefix begins the name of the old table while its rows are copied.
const asidePrefix = "_duo_orm_old_"

// asideRowid is the column that keeps rowids where the rows themselves are set aside.
const asideRowid = "_duo_orm_rowid"

// asideTruth begins the name of a column that is called true or false where the rows are set aside.
const asideTruth = "_duo_orm_"

// isTruth says that SQLite gives a column of a query's result no such name.
func isTruth(name string) bool { return fold(name) == "true" || fold(name) == "false" }

// rebuild makes the table again and copies its rows.
func (a *tableChange) rebuild() (drivers.Alteration, error) {
	r := &rebuilding{tableChange: a, aside: asidePrefix + a.before.name()}
	r.chooseColumns()
	if a.namesItself() {
		r.setRowsAside()
	} else {
		r.setTableAside()
	}
	r.copyBack()
	r.line("drop the old table", "DROP TABLE ", r.name(r.aside))
	r.nameLosses()
	for _, index := range a.after.indexes {
		r.add(createIndex(index))
	}
	if r.err != nil {
		return drivers.Alteration{}, r.err
	}
	for i := range r.steps {
		r.steps[i].ForeignKeysOff = true
	}
	rewrites := drivers.Hazard{
		Kind: drivers.Rewrites, Object: a.after.object.Identity, Text: "is made again and its rows are copied",
		TotalSQL: "SELECT count(*) FROM " + quotedObject(a.before.object.Live()), Rows: -1, Total: -1,
	}
	return drivers.Alteration{Steps: r.steps, Disturbs: a.disturbs, Hazards: []drivers.Hazard{rewrites}}, nil
}

// disturbs names the triggers of the table, which DROP TABLE takes with it.
func (a *tableChange) disturbs(dependent *hclschema.Object) bool {
	id := dependent.Identity
	table := a.after.object.Identity
	return id.Kind == hclschema.KindTrigger && fold(id.Parent) == fold(table.Name) && fold(id.Schema) == fold(table.Schema)
}

// namesItself says that a text of the old table has a column behind the table's own name. Such a table can't be renamed with
// legacy_alter_table on, since SQLite then leaves the text as it is and finds no such column.
func (a *tableChange) namesItself() bool {
	var texts []string
	for _, o := range a.before.constraints {
		texts = append(texts, o.Properties.Text(hclschema.PropExpr))
	}
	for _, o := range a.before.indexes {
		texts = append(texts, o.Properties.Text(hclschema.PropWhere))
	}
	for _, text := range texts {
		tokens, err := lex(text)
		if err != nil {
			return true
		}
		for i, t := range tokens {
			if t.symbol(".") && i > 0 && fold(tokens[i-1].content()) == fold(a.before.name()) {
				return true
			}
		}
	}
	return false
}

// rebuilding collects the steps of a rebuild.
type rebuilding struct {
	*tableChange
	aside string
	// columns are copied by name. rowidFrom and rowidTo are the names under which the rowid is read and written, empty where
	// it isn't kept.
	columns            []string
	rowidFrom, rowidTo string
	// renamesTruth says that columns named true and false have another name where the rows are set aside.
	renamesTruth bool
	steps        []drivers.Step
	err          error
}

func (r *rebuilding) add(step drivers.Step, err error) {
	if r.err == nil {
		r.steps, r.err = append(r.steps, step), err
	}
}

func (r *rebuilding) stepName(what string) string {
	return "rebuild " + r.after.object.Identity.String() + ": " + what
}

// line adds a step of one line.
func (r *rebuilding) line(what string, parts ...string) { r.lines(what, parts) }

// lines adds a step whose lines are given in parts.
func (r *rebuilding) lines(what string, lines ...[]string) {
	w := newSQLWriter()
	for _, parts := range lines {
		w.Line(parts...)
	}
	r.add(w.step(r.stepName(what)))
}

// name quotes a name; one that can't be is found when the table is written.
func (r *rebuilding) name(name string) string {
	if r.after.object.Identity.Schema != "" {
		return quoting.QuoteName(r.after.object.Identity.Schema) + "." + quoting.QuoteName(name)
	}
	return quoting.QuoteName(name)
}

// setTableAside renames the old table and makes the new one.
func (r *rebuilding) setTableAside() {
	r.line("leave the references of others alone", "PRAGMA legacy_alter_table = ON")
	r.lines("set the old table aside",
		[]string{"ALTER TABLE ", r.name(r.before.name())}, []string{"RENAME TO ", quoting.QuoteName(r.aside)})
	r.line("back to usual renames", "PRAGMA legacy_alter_table = OFF")
	r.add(createTableStep(r.after, r.stepName("make the new table")))
}

// setRowsAside copies the rows into a table without any rules, then makes the new table in the place of the old one.
func (r *rebuilding) setRowsAside() {
	var from []string
	for _, name := range r.columns {
		if isTruth(name) {
			from = append(from, quoting.QuoteName(name)+" AS "+quoting.QuoteName(asideTruth+name))
		} else {
			from = append(from, quoting.QuoteName(name))
		}
	}
	r.renamesTruth = true
	if r.rowidFrom != "" {
		from = append([]string{r.rowidFrom + " AS " + asideRowid}, from...)
		r.rowidFrom = asideRowid
	}
	if len(from) == 0 {
		from = []string{"NULL AS " + asideRowid}
	}
	r.lines("set the rows aside",
		[]string{"CREATE TABLE ", r.name(r.aside), " AS"},
		[]string{"SELECT ", strings.Join(from, ", ")},
		[]string{"FROM ", r.name(r.before.name())})
	if r.keepsCounter() {
		r.renameCounter("set the counter aside", r.before.name(), r.aside)
	}
	r.line("drop the old rules", "DROP TABLE ", r.name(r.before.name()))
	r.add(createTableStep(r.after, r.stepName("make the new table")))
}

// copyBack copies the rows and the counter of AUTOINCREMENT.
func (r *rebuilding) copyBack() {
	to, from := quotedNames(r.columns), quotedNames(r.columns)
	for i, name := range r.columns {
		if r.renamesTruth && isTruth(name) {
			from[i] = quoting.QuoteName(asideTruth + name)
		}
	}
	if r.rowidTo != "" {
		to, from = append([]string{r.rowidTo}, to...), append([]string{r.rowidFrom}, from...)
	}
	restored, values := r.restoredValues()
	to, from = append(to, quotedNames(restored)...), append(from, values...)
	if len(to) == 0 {
		// There must be as many rows as before, or an error: each gets a column that it would get in any case.
		to, from = r.anyDefault()
	}
	r.lines("copy the rows",
		[]string{"INSERT ", r.orAbort(), "INTO ", r.name(r.after.name()), " (", strings.Join(to, ", "), ")"},
		[]string{"SELECT ", strings.Join(from, ", ")},
		[]string{"FROM ", r.name(r.aside)})
	r.steps[len(r.steps)-1].Because = restoring(restored, values)
	if r.keepsCounter() {
		name, err := quoting.Literal(r.after.name())
		if err != nil {
			r.add(drivers.Step{}, err)
			return
		}
		r.lines("forget the counter of the copy",
			[]string{"DELETE FROM ", r.name("sqlite_sequence")}, []string{"WHERE name = ", name})
		r.renameCounter("keep the counter", r.aside, r.after.name())
	}
}

// anyDefault is a column of the new table with its default.
func (r *rebuilding) anyDefault() (to, from []string) {
	for _, c := range r.after.columns {
		if c == r.after.rowidColumn() {
			return quotedNames([]string{c.Identity.Name}), []string{"NULL"}
		}
		if !isGenerated(c) {
			return quotedNames([]string{c.Identity.Name}), []string{defaultOperand(c)}
		}
	}
	r.err = fmt.Errorf("%s has computed columns only; give it another", r.after.object.Identity)
	return nil, nil
}

// orAbort keeps ON CONFLICT clauses of the new table from leaving out or replacing rows that are copied.
func (r *rebuilding) orAbort() string {
	for _, objects := range [][]*hclschema.Object{r.after.columns, r.after.constraints, {r.after.key}} {
		for _, o := range objects {
			if o != nil && (o.Properties[hclschema.PropOnConflict] != nil || o.Properties[hclschema.PropNullOnConflict] != nil) {
				return "OR ABORT "
			}
		}
	}
	return ""
}

func (r *rebuilding) keepsCounter() bool { return r.before.autoIncrement() && r.after.autoIncrement() }

// renameCounter gives the counter of one table to another, which has none.
func (r *rebuilding) renameCounter(what, from, to string) {
	w := newSQLWriter()
	w.Line("UPDATE ", r.name("sqlite_sequence"))
	w.Line("SET name = ", w.Literal(to))
	w.Line("WHERE name = ", w.Literal(from))
	r.add(w.step(r.stepName(what)))
}

// chooseColumns finds what is copied: the columns that are there before and after and aren't computed afterwards, and the
// rowid where it isn't one of them.
func (r *rebuilding) chooseColumns() {
	r.columns = r.keptColumns()
	if r.before.withoutRowid() || r.after.withoutRowid() {
		return
	}
	for _, name := range r.columns {
		if alias := r.after.rowidColumn(); alias != nil && fold(alias.Identity.Name) == fold(name) {
			return
		}
	}
	from, to := rowidName(r.before), rowidName(r.after)
	if from != "" && to != "" {
		r.rowidFrom, r.rowidTo = from, to
	}
}

// keptColumns are the columns whose values live on.
func (a *tableChange) keptColumns() []string {
	var kept []string
	for _, c := range a.after.columns {
		if a.before.byName[fold(c.Identity.Name)] != nil && !isGenerated(c) {
			kept = append(kept, c.Identity.Name)
		}
	}
	return kept
}

// rowidName is a name of the rowid that no column has, empty where each is taken.
func rowidName(t *tableUnit) string {
	for _, name := range rowidNames() {
		if t.byName[name] == nil {
			return name
		}
	}
	return ""
}

// rowidNames are the names that the rowid has wherever no column is called so.
func rowidNames() []string { return []string{"rowid", "_rowid_", "oid"} }

// isRowidName says that ALTER TABLE adds and drops no column of the name.
func isRowidName(name string) bool { return slices.Contains(rowidNames(), fold(name)) }

// nameLosses says at the last step, which drops the old table, what goes with it.
func (r *rebuilding) nameLosses() {
	var lost []string
	for _, c := range r.before.columns {
		after := r.after.byName[fold(c.Identity.Name)]
		if !isGenerated(c) && (after == nil || isGenerated(after)) {
			lost = append(lost, c.Known())
		}
	}
	if lost != nil && r.err == nil {
		r.steps[len(r.steps)-1].Destroys = "the values of " + strings.Join(lost, ", ")
	}
}

func quotedNames(names []string) []string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = quoting.QuoteName(name)
	}
	return texts
}
