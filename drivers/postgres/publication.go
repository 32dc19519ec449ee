package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// publicationKind is a publication. Its tables, schemas and options change in place; between all tables and some it is made
// again.
func publicationKind() kind {
	return kind{
		name: hclschema.KindPublication,
		properties: map[string][]string{hclschema.KindPublication: {
			hclschema.PropAllTables, hclschema.PropTables, hclschema.PropSchemas, hclschema.PropPublish, hclschema.PropPublishViaRoot,
			hclschema.PropPublishGenerated, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindPublication: {hclschema.PropComment}},
		create:  createPublication,
		drop:    dropStanding,
		alter:   alterPublication,
		rename:  renameStanding,
		link:    linkPublication,
	}
}

func createPublication(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	w.Line("CREATE ", w.described(o))
	w.Indented(func() {
		switch list := w.published(o.Properties.List(hclschema.PropTables), o.Properties.List(hclschema.PropSchemas), true); {
		case o.Properties.Bool(hclschema.PropAllTables):
			w.Line("FOR ALL TABLES")
		case list != nil:
			w.Line("FOR ", list[0], comma(list, 0))
			w.Indented(func() { w.rest(list) })
		}
		var options []string
		for _, name := range publicationOptions() {
			if o.Properties[name] != nil {
				options = append(options, publicationOption(o, name))
			}
		}
		if options != nil {
			w.Line("WITH (", strings.Join(options, ", "), ")")
		}
	})
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	return withComment(steps, o, describedAs(o))
}

// rest writes a list but for its first element.
func (w *writer) rest(list []string) {
	for i := 1; i < len(list); i++ {
		w.Line(list[i], comma(list, i))
	}
}

func comma(list []string, at int) string {
	if at < len(list)-1 {
		return ","
	}
	return ""
}

// published are tables and schemas as statements list them. Children of a table are members of their own (ONLY); what is
// dropped from a publication is named without columns and condition.
func (w *writer) published(tables, schemas hclschema.List, whole bool) []string {
	var list []string
	for _, value := range tables {
		part, _ := value.(hclschema.Record)
		text := "ONLY " + part["table"].String()
		if columns, ok := part["columns"].(hclschema.List); ok && whole {
			text += " (" + w.names(columns) + ")"
		}
		if where, ok := part["where"]; ok && whole {
			text += " WHERE (" + where.String() + ")"
		}
		if list == nil {
			text = "TABLE " + text
		}
		list = append(list, text)
	}
	for i, schema := range schemas {
		text := "CURRENT_SCHEMA"
		if name := schema.String(); name != "" {
			text = w.Name(name)
		}
		if i == 0 {
			text = "TABLES IN SCHEMA " + text
		}
		list = append(list, text)
	}
	return list
}

func publicationOptions() []string {
	return []string{hclschema.PropPublish, hclschema.PropPublishViaRoot, hclschema.PropPublishGenerated}
}

// publicationOption is an option with its value, the default where the publication doesn't say it.
func publicationOption(o *hclschema.Object, name string) string {
	switch name {
	case hclschema.PropPublish:
		list, ok := o.Properties[name].(hclschema.List)
		words := []string{"insert", "update", "delete", "truncate"}
		if ok {
			words = nil
			for _, word := range list {
				words = append(words, strings.ToLower(word.String()))
			}
		}
		return name + " = '" + strings.Join(words, ", ") + "'"
	case hclschema.PropPublishViaRoot:
		if o.Properties.Bool(name) {
			return name + " = true"
		}
		return name + " = false"
	}
	word := strings.ToLower(o.Properties.Text(name))
	if word == "" {
		word = "none"
	}
	return name + " = " + word
}

func alterPublication(change drivers.UnitChange) (drivers.Alteration, error) {
	before, after := change.Before[0], change.After[0]
	changed := before.Properties.Changed(after.Properties)
	if slices.Contains(changed, hclschema.PropAllTables) {
		return drivers.Alteration{}, nil
	}
	alteration := drivers.Alteration{Claims: claimAll(after.Identity, changed...)}
	add := func(step drivers.Step, err error) error {
		alteration.Steps = append(alteration.Steps, step)
		return err
	}
	for _, m := range members(before, after) {
		w := newWriter()
		list := w.published(m.tables, m.schemas, m.verb != "DROP")
		w.Line("ALTER ", w.described(after))
		w.Indented(func() {
			w.Line(m.verb, " ", list[0], comma(list, 0))
			w.Indented(func() { w.rest(list) })
		})
		if err := add(w.step("tables of "+after.Identity.String(), shareUpdateExcl)); err != nil {
			return alteration, err
		}
	}
	var options []string
	for _, name := range publicationOptions() {
		if slices.Contains(changed, name) {
			options = append(options, publicationOption(after, name))
		}
	}
	if options != nil {
		if err := add(statement("options of "+after.Identity.String(), "", "ALTER ", newWriter().described(after), " SET (", strings.Join(options, ", "), ")")); err != nil {
			return alteration, err
		}
	}
	if slices.Contains(changed, hclschema.PropComment) {
		return alteration, add(commentStep(after, describedAs(after)))
	}
	return alteration, nil
}

// membership is one statement that changes what a publication has.
type membership struct {
	verb            string
	tables, schemas hclschema.List
}

// members are the statements that lead from the tables and schemas of one publication to those of another: what goes and what
// comes, or all at once where a table's columns or condition change.
func members(before, after *hclschema.Object) []membership {
	add, drop := membership{verb: "ADD"}, membership{verb: "DROP"}
	was := map[string]hclschema.Value{}
	for _, value := range before.Properties.List(hclschema.PropTables) {
		was[tableOf(value)] = value
	}
	for _, value := range after.Properties.List(hclschema.PropTables) {
		switch old := was[tableOf(value)]; {
		case old == nil:
			add.tables = append(add.tables, value)
		case !hclschema.Equal(old, value):
			return []membership{{"SET", after.Properties.List(hclschema.PropTables), after.Properties.List(hclschema.PropSchemas)}}
		}
		delete(was, tableOf(value))
	}
	for _, value := range before.Properties.List(hclschema.PropTables) {
		if was[tableOf(value)] != nil {
			drop.tables = append(drop.tables, value)
		}
	}
	old, now := before.Properties.List(hclschema.PropSchemas), after.Properties.List(hclschema.PropSchemas)
	for _, schema := range now {
		if !slices.Contains(old, schema) {
			add.schemas = append(add.schemas, schema)
		}
	}
	for _, schema := range old {
		if !slices.Contains(now, schema) {
			drop.schemas = append(drop.schemas, schema)
		}
	}
	var list []membership
	for _, m := range []membership{drop, add} {
		if m.tables != nil || m.schemas != nil {
			list = append(list, m)
		}
	}
	return list
}

// tableOf is the table of a publication's member.
func tableOf(v hclschema.Value) string {
	part, _ := v.(hclschema.Record)
	return part["table"].String()
}

// linkPublication adds the tables, the columns where only some are published, and the schemas.
func linkPublication(l *linker, o *hclschema.Object) {
	for _, value := range o.Properties.List(hclschema.PropTables) {
		table := l.relation(tableOf(value))
		if table == nil {
			continue
		}
		l.needs(o, table)
		part, _ := value.(hclschema.Record)
		columns, _ := part["columns"].(hclschema.List)
		l.needsColumns(o, table, columns)
		if where, ok := part["where"]; ok {
			l.mention(o, where.String())
		}
	}
	for _, schema := range o.Properties.List(hclschema.PropSchemas) {
		if object := l.state.Get(hclschema.Identity{Kind: hclschema.KindSchema, Name: schema.String()}); object != nil {
			l.needs(o, object)
		}
	}
}

// needsColumns says that an object can't be without columns of a relation.
func (l *linker) needsColumns(o, on *hclschema.Object, columns hclschema.List) {
	for _, name := range columns {
		id := hclschema.Identity{Kind: hclschema.KindColumn, Schema: on.Identity.Schema, Parent: on.Identity.Name, Name: name.String()}
		if column := l.state.Get(id); column != nil {
			l.needs(o, column)
		}
	}
}
