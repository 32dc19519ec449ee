package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// column plans the change of a column.
func (a *tableChange) column(c drivers.Change) {
	switch {
	case c.Before == nil:
		a.claim(c)
		a.addColumn(c.After)
	case c.After == nil:
		a.claim(c)
		a.dropColumn(c.Before)
	case a.again[c.After.Identity.Name]:
		a.claim(c)
		a.columnAgain(c.Before, c.After)
	default:
		a.changeColumn(c)
	}
}

func (a *tableChange) dropColumn(o *hclschema.Object) {
	w := newWriter()
	w.Line("ALTER TABLE ", w.object(a.after.id()))
	w.Indented(func() { w.Line("DROP COLUMN ", w.Name(o.Identity.Name)) })
	step, err := w.step("drop "+o.Identity.String(), accessExclusive)
	phase := phaseComputed
	if o.Properties[hclschema.PropGenerated] == nil {
		step.Destroys = "the values of " + o.Known()
		phase = phaseDrop
	}
	a.add(phase, step, err)
}

// columnAgain drops a column and adds it. Its privileges go with it, and come back.
func (a *tableChange) columnAgain(before, after *hclschema.Object) {
	a.dropColumn(before)
	a.addColumn(after)
	kept, err := Driver{}.Keep(drivers.Unit{before}, drivers.Unit{after})
	a.addSteps(phaseComment, kept, err)
}

// addColumn adds a column with all that its definition holds; what a definition can't hold follows. On the way back rows that
// need a value get one.
func (a *tableChange) addColumn(o *hclschema.Object) {
	if record(o, hclschema.PropIdentity) != nil && a.hasChildren() {
		a.addIdentity(o)
		return
	}
	filler, fills := a.filler(o)
	if !fills && ofSession(o.Properties.Text(hclschema.PropDefault)) {
		a.addWithout(o)
		return
	}
	if !fills {
		phase := phaseAdd
		if o.Properties[hclschema.PropGenerated] != nil {
			phase = phaseAddComputed
		}
		a.alter(phase, "add "+o.Identity.String(), accessExclusive, func(w *writer) string { return "ADD COLUMN " + columnDefinition(w, o) })
		a.columnDetails(o)
		return
	}
	a.fills[o.Identity.Name] = filler
	if slices.ContainsFunc(a.Dependents, func(o *hclschema.Object) bool { return o.Identity.Kind == hclschema.KindTable }) {
		a.addAndFill(o, filler)
		return
	}
	// A default gives the rows that are there their values, and no trigger fires.
	numbered := strings.Contains(filler, rowNumber)
	if numbered {
		a.add(phaseAdd, drivers.Step{Name: "number the rows of " + a.after.id().String(), SQL: "CREATE TEMPORARY SEQUENCE " + rowNumbers}, nil)
		filler = strings.ReplaceAll(filler, rowNumber, "nextval('pg_temp."+rowNumbers+"')")
	}
	filled := o.Clone()
	filled.Properties[hclschema.PropDefault] = text(filler)
	w := newWriter()
	w.Line("ALTER TABLE ", w.object(a.after.id()))
	w.Indented(func() { w.Line("ADD COLUMN ", columnDefinition(w, filled)) })
	step, err := w.step("add "+o.Identity.String(), accessExclusive)
	step.Because = "what the column held is lost, and its rows need a value"
	a.add(phaseAdd, step, err)
	a.columnAction(phaseAdd, o, "drop the default", verbatim("DROP DEFAULT"))
	if numbered {
		a.add(phaseAdd, drivers.Step{Name: "the rows of " + a.after.id().String() + " are numbered", SQL: "DROP SEQUENCE pg_temp." + rowNumbers}, nil)
	}
	if o.Properties[hclschema.PropDefault] != nil {
		a.setDefault(o)
	}
	a.columnDetails(o)
}

// addWithout adds a column whose default can't be computed now, and sets that afterwards.
func (a *tableChange) addWithout(o *hclschema.Object) {
	a.addNullable(o)
	a.restrict(o)
}

// addNullable adds a column without its default and NOT NULL.
func (a *tableChange) addNullable(o *hclschema.Object) {
	nullable := o.Clone()
	nullable.Properties[hclschema.PropNull] = hclschema.Bool(true)
	delete(nullable.Properties, hclschema.PropDefault)
	delete(nullable.Properties, hclschema.PropNullName)
	a.alter(phaseAdd, "add "+o.Identity.String(), accessExclusive, func(w *writer) string { return "ADD COLUMN " + columnDefinition(w, nullable) })
}

// addAndFill does the same where children had the column as their own before: they keep its values, and their defaults.
func (a *tableChange) addAndFill(o *hclschema.Object, filler string) {
	a.addNullable(o)
	w := newWriter()
	table, name := w.object(a.after.id()), w.Name(o.Identity.Name)
	w.Line("UPDATE ", table)
	w.Line("SET ", name, " = ", strings.ReplaceAll(filler, rowNumber, "numbered.number"))
	if strings.Contains(filler, rowNumber) {
		w.Line("FROM (SELECT tableoid AS part, ctid AS place, row_number() OVER () AS number FROM ", table, ") AS numbered")
		w.Line("WHERE numbered.part = ", table, ".tableoid AND numbered.place = ", table, ".ctid AND ", table, ".", name, " IS NULL")
	} else {
		w.Line("WHERE ", name, " IS NULL")
	}
	step, err := w.step("fill "+o.Identity.String(), "ROW EXCLUSIVE")
	step.Because = "what the column held is lost, and its rows need a value"
	a.add(phaseFill, step, err)
	a.restrict(o)
}

// restrict gives a column that was added nullable its default, NOT NULL and what else a definition says.
func (a *tableChange) restrict(o *hclschema.Object) {
	if o.Properties[hclschema.PropDefault] != nil {
		a.setDefault(o)
	}
	if !o.Properties.Bool(hclschema.PropNull) {
		a.setNull(o)
		a.nameNull(o, "")
	}
	a.columnDetails(o)
}

// columnDetails says what the definition of a new column can't say.
func (a *tableChange) columnDetails(o *hclschema.Object) {
	for _, name := range []string{hclschema.PropStorage, hclschema.PropStatistics, hclschema.PropOptions, hclschema.PropComment} {
		if o.Properties[name] != nil {
			a.columnProperty(name, drivers.Change{Before: &hclschema.Object{Identity: o.Identity}, After: o})
		}
	}
}

// columnAction adds ALTER TABLE … ALTER COLUMN ….
func (a *tableChange) columnAction(phase int, o *hclschema.Object, what string, action func(w *writer) string) {
	a.alter(phase, what+" of "+o.Identity.String(), accessExclusive, func(w *writer) string { return "ALTER COLUMN " + w.Name(o.Identity.Name) + " " + action(w) })
}

// verbatim writes a text as it is.
func verbatim(text string) func(*writer) string { return func(*writer) string { return text } }

// changeColumn alters a column as it stands, its values kept.
func (a *tableChange) changeColumn(c drivers.Change) {
	properties := c.Properties
	if a.retyped[c.After.Identity.Name] {
		if key := record(a.before.table, hclschema.PropPartition); key != nil && partitionedBy(key, c.After.Identity.Name) {
			return // PostgreSQL changes no type of a partition key, and so nothing is claimed
		}
		a.retype(c)
		a.claims = append(a.claims, claimAll(c.Identity(), hclschema.PropType, hclschema.PropCollate)...)
		properties = slices.DeleteFunc(slices.Clone(properties), func(name string) bool {
			return name == hclschema.PropType || name == hclschema.PropCollate || name == hclschema.PropDefault
		})
		if slices.Contains(c.Properties, hclschema.PropDefault) {
			a.claims = append(a.claims, drivers.Claim{Identity: c.Identity(), Property: hclschema.PropDefault})
		}
	}
	a.counter(c)
	a.keepCounter(c)
	for _, name := range properties {
		if a.columnProperty(name, c) {
			a.claims = append(a.claims, drivers.Claim{Identity: c.Identity(), Property: name})
		}
	}
}

// columnProperty plans the change of one property of a column.
func (a *tableChange) columnProperty(name string, c drivers.Change) bool {
	o := c.After
	switch name {
	case hclschema.PropNull:
		a.setNull(o)
	case hclschema.PropDefault:
		a.setDefault(o)
	case hclschema.PropGenerated:
		if o.Properties[name] != nil {
			return false
		}
		a.columnAction(phaseComputed, o, "drop the expression", verbatim("DROP EXPRESSION"))
	case hclschema.PropGeneratedType:
		return o.Properties[hclschema.PropGenerated] == nil
	case hclschema.PropIdentity:
		a.identity(c)
	case hclschema.PropStorage:
		storage := o.Properties.Text(name)
		if storage == "" && a.retyped[o.Identity.Name] {
			break // the change of the type goes back to the new type's own
		}
		if storage == "" {
			storage = usualStorage(c.Before, o.Properties.Text(hclschema.PropType))
		}
		a.columnAction(phaseColumn, o, "storage", verbatim("SET STORAGE "+storage))
	case hclschema.PropCompression:
		compression := o.Properties.Text(name)
		if compression == "" {
			compression = defaultCompression
		}
		a.columnAction(phaseColumn, o, "compression", verbatim("SET COMPRESSION "+compression))
	case hclschema.PropStatistics:
		target := o.Properties.Text(name)
		if target == "" {
			target = "-1"
		}
		a.columnAction(phaseColumn, o, "statistics target", verbatim("SET STATISTICS "+target))
	case hclschema.PropOptions:
		a.columnOptions(c)
	case hclschema.PropNullName:
		was := ""
		if !c.Before.Properties.Bool(hclschema.PropNull) {
			was = c.Before.Properties.Text(name)
		}
		a.nameNull(o, was)
	case hclschema.PropComment:
		step, err := commentStep(o, columnName(o))
		a.add(phaseComment, step, err)
	default:
		return a.inheritedColumn(name, c)
	}
	return true
}

// usualStorage is the storage that a column goes back to which has another one than its type.
func usualStorage(column *hclschema.Object, typeText string) string {
	if usual := column.Derived[derivedTypeStorage]; usual != "" {
		return usual
	}
	return typeStorage(typeText)
}

// typeStorage is the storage that a type has by itself, by which SET STORAGE goes back to it: only version 16 has
// SET STORAGE DEFAULT.
func typeStorage(t string) string {
	switch {
	case strings.HasSuffix(t, "[]"):
		return "EXTENDED"
	case strings.HasPrefix(t, "numeric"), t == "inet", t == "cidr":
		return "MAIN"
	}
	return "EXTENDED"
}

func (a *tableChange) setNull(o *hclschema.Object) {
	if o.Properties.Bool(hclschema.PropNull) {
		w := newWriter()
		w.Line("ALTER TABLE ", a.only(), w.object(a.after.id()))
		w.Indented(func() { w.Line("ALTER COLUMN ", w.Name(o.Identity.Name), " DROP NOT NULL") })
		step, err := w.step("allow NULL of "+o.Identity.String(), accessExclusive)
		a.add(phaseColumn, step, err)
		return
	}
	a.columnAction(phaseColumn, o, "forbid NULL", verbatim("SET NOT NULL"))
}

// only is the word that leaves children out when NULL is allowed: one may still forbid it, with a key of its own. What a child allows is
// planned in the next round. Partitions do as their parents.
func (a *tableChange) only() string {
	return either(a.after.table.Properties[hclschema.PropPartition] == nil && a.hasChildren(), "ONLY ", "")
}

// nameNull names the NOT NULL constraint of a column, which has another name or, with was empty, the engine's own. Servers
// before version 18 keep no such names, and so no state of theirs has one.
func (a *tableChange) nameNull(o *hclschema.Object, was string) {
	if was == "" {
		was = usualNullName(o.Identity)
	}
	if !o.Properties.Bool(hclschema.PropNull) {
		a.renameNull(o, was, nullName(o))
	}
}

// nullName is the name of a column's NOT NULL constraint.
func nullName(o *hclschema.Object) string {
	if name := o.Properties.Text(hclschema.PropNullName); name != "" {
		return name
	}
	return usualNullName(o.Identity)
}

// usualNullName is the name that the engine gives it.
func usualNullName(column hclschema.Identity) string {
	return makeObjectName(column.Parent, column.Name, "not_null")
}

func (a *tableChange) renameNull(o *hclschema.Object, was, is string) {
	if was == is {
		return
	}
	a.alter(phaseRename, "rename NOT NULL of "+o.Identity.String(), accessExclusive, func(w *writer) string {
		return "RENAME CONSTRAINT " + w.Name(was) + " TO " + w.Name(is)
	})
}

func (a *tableChange) setDefault(o *hclschema.Object) {
	value := o.Properties[hclschema.PropDefault]
	if value == nil {
		a.columnAction(phaseRelease, o, "drop the default", verbatim("DROP DEFAULT"))
		return
	}
	a.columnAction(phaseColumn, o, "default", verbatim("SET DEFAULT "+defaultExpression(value.String())))
}

func (a *tableChange) columnOptions(c drivers.Change) {
	was, _ := c.Before.Properties[hclschema.PropOptions].(hclschema.Record)
	is, _ := c.After.Properties[hclschema.PropOptions].(hclschema.Record)
	reset, set := changedSettings(was, is)
	if len(reset) > 0 {
		a.columnAction(phaseColumn, c.After, "options", verbatim("RESET ("+strings.Join(reset, ", ")+")"))
	}
	if len(set) > 0 {
		a.columnAction(phaseColumn, c.After, "options", func(w *writer) string { return "SET (" + w.options(set) + ")" })
	}
}

// retype changes the type of a column. Its default, which may not fit the new one, is dropped before and set after.
func (a *tableChange) retype(c drivers.Change) {
	o, was := c.After, c.Before
	// An identity has no default to drop; one that a sequence feeds is set again.
	if was.Properties[hclschema.PropDefault] != nil {
		a.columnAction(phaseRelease, o, "drop the default", verbatim("DROP DEFAULT"))
	}
	before, after := was.Properties.Text(hclschema.PropType), o.Properties.Text(hclschema.PropType)
	base := was.Derived[derivedBase] == after || o.Derived[derivedBase] == before
	lost := ""
	if loss("v", valueType(was), after) != "" && !base && !a.Back {
		lost = lostPart(o.Identity, after)
	}
	a.types = append(a.types, typeAction{column: o.Identity.Name, lost: lost, converts: before != after && !isFree(before, after) && !base, write: func(w *writer) string {
		text := "ALTER COLUMN " + w.Name(o.Identity.Name) + " TYPE " + after
		if collate := o.Properties[hclschema.PropCollate]; collate != nil {
			text += " COLLATE " + collate.String()
		}
		switch {
		case before == after || isFree(before, after):
		case base:
			text += " USING " + w.Name(o.Identity.Name) + "::" + after
		case after == "jsonb" && a.isComposite(before):
			text += " USING to_jsonb(" + w.Name(o.Identity.Name) + ")"
		case before == "jsonb" && a.isComposite(after):
			text += " USING jsonb_populate_record(NULL::" + after + ", " + w.Name(o.Identity.Name) + ")"
		case a.Back:
			text += " USING " + restoring(w.Name(o.Identity.Name), valueType(was), after)
		default:
			text += " USING " + conversion(w.Name(o.Identity.Name), valueType(was), after)
		}
		return text
	}})
	if o.Properties[hclschema.PropDefault] != nil {
		a.setDefault(o)
	}
}

// isComposite says that a type was a composite one at the start, or the type of a table's rows.
func (a *tableChange) isComposite(typeText string) bool {
	if a.Start == nil || strings.HasSuffix(typeText, "[]") {
		return false
	}
	id := tableIdentity(typeText)
	if a.Start(id) != nil {
		return true
	}
	id.Kind = hclschema.KindComposite
	return a.Start(id) != nil
}
