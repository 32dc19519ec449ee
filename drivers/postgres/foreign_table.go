package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// foreignTableKind is a foreign table. It has no rows of its own, so that it is made again for whatever doesn't change in
// place: its options and its comment do.
func foreignTableKind() kind {
	return kind{
		name: hclschema.KindForeignTable,
		properties: map[string][]string{hclschema.KindForeignTable: {
			hclschema.PropServer, hclschema.PropOptions, hclschema.PropFields, hclschema.PropChecks, hclschema.PropInherits, hclschema.PropPartitionOf,
			hclschema.PropBounds, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindForeignTable: {hclschema.PropComment}},
		create:  createForeignTable,
		drop: func(unit drivers.Unit) ([]drivers.Step, error) {
			return one(statement("drop "+unit.Identity().String(), accessExclusive, "DROP ", newWriter().described(unit[0])))
		},
		alter:  alterStanding(optionsInPlace()),
		rename: renameStanding,
		link:   linkForeignTable,
	}
}

func createForeignTable(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	p := o.Properties
	head := "CREATE " + w.described(o)
	parent := p.Text(hclschema.PropPartitionOf)
	if parent != "" {
		head += " PARTITION OF " + parent
	}
	w.Line(head)
	if items := foreignItems(w, o); len(items) > 0 || parent == "" {
		w.Line("(")
		w.List(items)
		w.Line(")")
	}
	if parent != "" {
		w.Line(p.Text(hclschema.PropBounds))
	} else if parents := parentsOf(o); parents != nil {
		w.Line("INHERITS (", strings.Join(parents, ", "), ")")
	}
	w.Line("SERVER ", w.Name(p.Text(hclschema.PropServer)), w.foreignOptions(record(o, hclschema.PropOptions)))
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	if actions := foreignActions(o); actions != nil {
		w := newWriter()
		w.Line("ALTER ", w.described(o))
		w.List(actions)
		step, err := w.step("columns of "+o.Identity.String(), accessExclusive)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return foreignComments(steps, o)
}

// foreignItems are the columns and checks of CREATE FOREIGN TABLE.
func foreignItems(w *writer, o *hclschema.Object) []string {
	var items []string
	for _, field := range fieldsOf(o) {
		if field[hclschema.PropInherited] != nil {
			continue
		}
		options, _ := field[hclschema.PropOptions].(hclschema.Record)
		text := w.Name(field["name"].String()) + " " + field[hclschema.PropType].String() + w.foreignOptions(options)
		if collate := field[hclschema.PropCollate]; collate != nil {
			text += " COLLATE " + collate.String()
		}
		if value := field[hclschema.PropDefault]; value != nil {
			text += " DEFAULT " + defaultExpression(value.String())
		}
		if expr := field[hclschema.PropGenerated]; expr != nil {
			text += " GENERATED ALWAYS AS " + wrapped(expr.String()) + " STORED"
		}
		if field[hclschema.PropNull] == nil {
			text += " NOT NULL"
		}
		items = append(items, text)
	}
	checks := record(o, hclschema.PropChecks)
	for _, name := range checks.Names() {
		if check, _ := checks[name].(hclschema.Record); check[hclschema.PropNotValid] == nil {
			items = append(items, foreignCheck(w, name, check))
		}
	}
	return items
}

func foreignCheck(w *writer, name string, check hclschema.Record) string {
	text := "CONSTRAINT " + w.Name(name) + " CHECK " + wrapped(check[hclschema.PropExpr].String())
	if check[hclschema.PropNoInherit] != nil {
		text += " NO INHERIT"
	}
	if check[hclschema.PropNotValid] != nil {
		text += " NOT VALID"
	}
	return text
}

// foreignActions say what CREATE FOREIGN TABLE can't.
func foreignActions(o *hclschema.Object) []string {
	w := newWriter()
	var actions []string
	for _, field := range fieldsOf(o) {
		alter := "ALTER COLUMN " + w.Name(field["name"].String()) + " "
		options, _ := field[hclschema.PropOptions].(hclschema.Record)
		if field[hclschema.PropInherited] != nil && len(options) > 0 {
			actions = append(actions, alter+w.changedOptions(nil, options))
		}
		if target := field[hclschema.PropStatistics]; target != nil {
			actions = append(actions, alter+"SET STATISTICS "+target.String())
		}
	}
	checks := record(o, hclschema.PropChecks)
	for _, name := range checks.Names() {
		if check, _ := checks[name].(hclschema.Record); check[hclschema.PropNotValid] != nil {
			actions = append(actions, "ADD "+foreignCheck(w, name, check))
		}
	}
	return actions
}

func foreignComments(steps []drivers.Step, o *hclschema.Object) ([]drivers.Step, error) {
	steps, err := withComment(steps, o, describedAs(o))
	if err != nil {
		return nil, err
	}
	comment := func(what string, value hclschema.Value) error {
		if value == nil {
			return nil
		}
		w := newWriter()
		w.Line("COMMENT ON ", what, " ON ", w.object(o.Identity), " IS ", w.Literal(value.String()))
		step, err := w.step("comment on "+what, shareUpdateExcl)
		steps = append(steps, step)
		return err
	}
	for _, field := range fieldsOf(o) {
		if field["comment"] == nil {
			continue
		}
		w := newWriter()
		w.Line("COMMENT ON COLUMN ", w.object(o.Identity), ".", w.Name(field["name"].String()), " IS ", w.Literal(field["comment"].String()))
		step, err := w.step("comment on column "+field["name"].String()+" of "+o.Identity.String(), shareUpdateExcl)
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	checks := record(o, hclschema.PropChecks)
	for _, name := range checks.Names() {
		check, _ := checks[name].(hclschema.Record)
		if err := comment("CONSTRAINT "+newWriter().Name(name), check["comment"]); err != nil {
			return nil, err
		}
	}
	return steps, nil
}

// linkForeignTable adds the server, the tables that it has columns of, and what its columns and checks speak of.
func linkForeignTable(l *linker, o *hclschema.Object) {
	l.needsOne(o, o.Properties.Text(hclschema.PropServer), hclschema.KindServer)
	for _, parent := range parentsOf(o) {
		if table := l.state.Get(tableIdentity(parent)); table != nil {
			l.needs(o, table)
		}
	}
	for _, field := range fieldsOf(o) {
		if t := field[hclschema.PropType]; t != nil {
			l.needsType(o, t.String())
		}
		for _, name := range []string{hclschema.PropDefault, hclschema.PropGenerated, hclschema.PropCollate} {
			if field[name] != nil {
				l.mention(o, field[name].String())
			}
		}
	}
	for _, check := range record(o, hclschema.PropChecks) {
		l.mention(o, check.String())
	}
}
