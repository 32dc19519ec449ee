package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// domainKind is a domain. Its conditions, default and NOT NULL change in place; another type or collation makes another domain,
// whose columns have another type meanwhile (detach.go).
func domainKind() kind {
	return kind{
		name: hclschema.KindDomain,
		properties: map[string][]string{hclschema.KindDomain: {
			hclschema.PropType, hclschema.PropNull, hclschema.PropDefault, hclschema.PropCollate, hclschema.PropChecks, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindDomain: {hclschema.PropComment}},
		create:  createDomain,
		drop:    dropType,
		alter:   alterDomain,
		rename:  renameType,
		link:    linkDomain,
	}
}

func createDomain(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	collate := ""
	if name := o.Properties.Text(hclschema.PropCollate); name != "" {
		collate = " COLLATE " + name
	}
	w.Line("CREATE ", typeName(o)(w), " AS ", o.Properties.Text(hclschema.PropType), collate)
	checks, _ := o.Properties[hclschema.PropChecks].(hclschema.Record)
	var later []string
	w.Indented(func() {
		if value := o.Properties.Text(hclschema.PropDefault); value != "" {
			w.Line("DEFAULT ", value)
		}
		if !o.Properties.Bool(hclschema.PropNull) {
			w.Line("NOT NULL")
		}
		for _, name := range checks.Names() {
			if check, _ := checks[name].(hclschema.Record); check["not_valid"] == nil {
				w.Line("CONSTRAINT ", w.Name(name), " CHECK (", check["expr"].String(), ")")
			} else {
				later = append(later, name) // CREATE DOMAIN has no NOT VALID
			}
		}
	})
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	if steps, err = withComment(steps, o, typeName(o)); err != nil {
		return nil, err
	}
	c := &typeChange{before: o, after: o}
	for _, name := range later {
		check, _ := checks[name].(hclschema.Record)
		c.addCheck(name, check, false)
	}
	for _, name := range checks.Names() {
		check, _ := checks[name].(hclschema.Record)
		c.checkComment(name, nil, check)
	}
	return append(steps, c.alteration.Steps...), c.err
}

func linkDomain(l *linker, o *hclschema.Object) {
	l.needsType(o, o.Properties.Text(hclschema.PropType))
	texts := []string{o.Properties.Text(hclschema.PropDefault), o.Properties.Text(hclschema.PropCollate)}
	checks, _ := o.Properties[hclschema.PropChecks].(hclschema.Record)
	for _, name := range checks.Names() {
		if check, ok := checks[name].(hclschema.Record); ok {
			texts = append(texts, check["expr"].String())
		}
	}
	l.mention(o, texts...)
}

func alterDomain(change drivers.UnitChange) (drivers.Alteration, error) {
	c := &typeChange{before: change.Before[0], after: change.After[0]}
	if c.changed(hclschema.PropType) || c.changed(hclschema.PropCollate) {
		return drivers.Alteration{Replaced: domainColumns(change).replaced(change)}, nil
	}
	users := domainColumns(change)
	c.checks(change, users)
	if c.changed(hclschema.PropDefault) {
		c.alter("default of "+c.after.Identity.String(), func(*writer) []string {
			if value := c.after.Properties.Text(hclschema.PropDefault); value != "" {
				return []string{"SET DEFAULT ", value}
			}
			return []string{"DROP DEFAULT"}
		})
		c.claim(hclschema.PropDefault)
	}
	if c.changed(hclschema.PropNull) {
		verb := "SET"
		if c.after.Properties.Bool(hclschema.PropNull) {
			verb = "DROP"
		} else {
			for _, column := range users {
				c.alteration.Hazards = append(c.alteration.Hazards, users.violates(change, column, "takes no NULL any longer", func(value string) string { return value + " IS NULL" }))
			}
		}
		c.alter(strings.ToLower(verb)+" not null of "+c.after.Identity.String(), func(*writer) []string { return []string{verb, " NOT NULL"} })
		c.claim(hclschema.PropNull)
	}
	if c.tightens() {
		// PostgreSQL holds no values within arrays and composite types to new conditions.
		c.alteration.Disturbs = func(o *hclschema.Object) bool {
			switch o.Identity.Kind {
			case hclschema.KindColumn:
				return strings.TrimRight(o.Properties.Text(hclschema.PropType), "[]") == typeOf(c.before.Identity) && o.Properties.Text(hclschema.PropType) != typeOf(c.before.Identity)
			case hclschema.KindComposite, hclschema.KindRange:
				return true
			}
			return false
		}
	}
	return c.comment()
}

// tightens says that values must satisfy more than they had to.
func (c *typeChange) tightens() bool {
	if c.changed(hclschema.PropNull) && !c.after.Properties.Bool(hclschema.PropNull) {
		return true
	}
	before, _ := c.before.Properties[hclschema.PropChecks].(hclschema.Record)
	after, _ := c.after.Properties[hclschema.PropChecks].(hclschema.Record)
	for _, name := range after.Names() {
		old, _ := before[name].(hclschema.Record)
		if now, _ := after[name].(hclschema.Record); now["not_valid"] == nil && (old == nil || !hclschema.Equal(old["expr"], now["expr"]) || old["not_valid"] != nil) {
			return true
		}
	}
	return false
}

// domainUsers are the columns of a domain, or of arrays of it.
type domainUsers []*hclschema.Object

func domainColumns(change drivers.UnitChange) domainUsers {
	var list domainUsers
	for _, o := range change.Dependents {
		if o.Identity.Kind == hclschema.KindColumn && strings.TrimRight(o.Properties.Text(hclschema.PropType), "[]") == typeOf(change.Before.Identity()) {
			list = append(list, o)
		}
	}
	return list
}

// violates counts the rows of a column's table that have a value which meets a condition.
func (domainUsers) violates(change drivers.UnitChange, column *hclschema.Object, text string, condition func(value string) string) drivers.Hazard {
	w := newWriter()
	where := condition(w.Name(column.Live().Name))
	if column.Properties.Text(hclschema.PropType) != typeOf(change.Before.Identity()) {
		where = within(w.Name(column.Live().Name), condition(listElement))
	}
	table := Driver{}.Unit(column.Live())
	if change.Start != nil {
		if o := change.Start(Driver{}.Unit(column.Identity)); o != nil {
			table = o.Live()
		}
	}
	from := "SELECT count(*) FROM " + w.object(table)
	return drivers.Hazard{
		Kind: drivers.Violates, Object: column.Identity, Text: text + " (" + change.After.Identity().String() + ")",
		CountSQL: from + " WHERE " + where, TotalSQL: from,
		WaysOut: []string{"Change these rows first."},
	}
}

// replaced are the values that don't become those of a domain that is made again of another type.
func (u domainUsers) replaced(change drivers.UnitChange) []drivers.Hazard {
	before, after := change.Before[0].Properties.Text(hclschema.PropType), change.After[0].Properties.Text(hclschema.PropType)
	var list []drivers.Hazard
	for _, column := range u {
		fits := newFitting(change, column, typeOf(change.Before.Identity()))
		if fits.ok && before != after {
			if misfit := fits.hazard(fits.value, before, after); misfit.Text != "" {
				list = append(list, misfit)
			}
		}
	}
	return list
}
