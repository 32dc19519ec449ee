package sqlite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// compareTable checks what was read from a table's text against what SQLite reports. An error completes "table t can't be
// carried: …": a text that was misread must never become a plan.
func (c *catalogue) compareTable(t *tableText) error {
	key := fold(t.name)
	engine, ok := c.tables[key]
	if !ok {
		return misread("SQLite lists no table of that name")
	}
	switch {
	case engine.withoutRowid != t.properties.Bool(hclschema.PropWithoutRowid):
		return misread("WITHOUT ROWID differs")
	case engine.strict != t.properties.Bool(hclschema.PropStrict):
		return misread("STRICT differs")
	}
	if err := t.compareColumns(c.columns[key]); err != nil {
		return err
	}
	if err := t.comparePrimaryKey(c.columns[key]); err != nil {
		return err
	}
	if err := t.compareUniques(c.keys[key]); err != nil {
		return err
	}
	return t.compareReferences(c.references[key])
}

func misread(format string, args ...any) error {
	return fmt.Errorf("its text was read differently from SQLite: "+format, args...)
}

func (t *tableText) compareColumns(columns []engineColumn) error {
	if len(columns) != len(t.columns) {
		return misread("%d columns, not %d", len(columns), len(t.columns))
	}
	for i, c := range t.columns {
		engine := columns[i]
		generated := c.properties.Text(hclschema.PropGeneratedType)
		hidden := map[string]int{"": 0, "VIRTUAL": 2, "STORED": 3}[generated]
		value := Driver{}.Expression(engine.value).Canonical
		switch {
		case engine.name != c.name:
			return misread("column %q, not %q", engine.name, c.name)
		case !sameType(engine.typeText, c.properties.Text(hclschema.PropType)):
			return misread("column %s has the type %q, not %q", c.name, engine.typeText, c.properties.Text(hclschema.PropType))
		case engine.notNull != t.refusesNull(c):
			return misread("column %s differs in NOT NULL", c.name)
		case engine.hidden != hidden:
			return misread("column %s differs in being generated", c.name)
		case generated == "" && value != canonicalOf(c.properties[hclschema.PropDefault]):
			return misread("column %s has the default %s", c.name, engine.value)
		}
	}
	return nil
}

// refusesNull says whether SQLite marks the column as NOT NULL: it does so for the keys of some tables by itself.
func (t *tableText) refusesNull(c *columnText) bool {
	return c.notNull || !c.properties.Bool(hclschema.PropNull) && c != t.rowid
}

// sameType compares a type as SQLite reports it: without quotes, comments included.
func sameType(engine, read string) bool {
	if strings.EqualFold(engine, read) || canonicalType(engine) == canonicalType(read) {
		return true
	}
	tokens, err := lex(read)
	return err == nil && len(tokens) > 0 && (tokens[0].kind == tokenQuoted || tokens[0].kind == tokenString) &&
		tokens[0].content() == engine
}

func (t *tableText) comparePrimaryKey(columns []engineColumn) error {
	var engine []engineColumn
	for _, c := range columns {
		if c.key > 0 {
			engine = append(engine, c)
		}
	}
	slices.SortStableFunc(engine, func(a, b engineColumn) int { return a.key - b.key })
	var want, got []string
	for _, c := range engine {
		want = append(want, fold(c.name))
	}
	for _, part := range t.keyPartsFound() {
		if name := partColumn(part); !slices.Contains(got, name) {
			got = append(got, name)
		}
	}
	if !slices.Equal(want, got) {
		return misread("the primary key is (%s), not (%s)", strings.Join(want, ", "), strings.Join(got, ", "))
	}
	return nil
}

// compareUniques checks that each unique constraint is backed by an index, and each index of a constraint was read. SQLite
// makes one index for constraints on the same columns.
func (t *tableText) compareUniques(keys []*engineKey) error {
	backed := map[string]bool{}
	indexed := false
	read := map[string]bool{}
	for _, o := range t.uniques {
		read[t.partsText(o.Properties.List(hclschema.PropColumns))] = true
	}
	for _, k := range keys {
		if k.origin == "c" {
			continue
		}
		text := keyText(k)
		backed[text] = true
		if k.origin == "pk" {
			indexed = true
			backed[t.partsText(t.keyPartsFound())] = true
			if want := t.partsText(t.keyPartsOnce()); want != text {
				return misread("the primary key is (%s), not (%s)", text, want)
			}
		} else if !read[text] {
			return misread("there is a unique constraint (%s)", text)
		}
	}
	if indexed != (t.primaryKey != nil && t.rowid == nil) {
		return misread("the primary key is not what stands for the rowid")
	}
	for _, o := range t.uniques {
		if text := t.partsText(o.Properties.List(hclschema.PropColumns)); !backed[text] {
			return misread("there is no unique constraint (%s)", text)
		}
	}
	return nil
}

// keyPartsOnce are the parts of the primary key as SQLite keeps them: without repetitions in a table WITHOUT ROWID.
func (t *tableText) keyPartsOnce() hclschema.List {
	parts := t.keyPartsFound()
	if !t.properties.Bool(hclschema.PropWithoutRowid) || len(parts) == 0 {
		return parts
	}
	if c := t.byName[partColumn(parts[0])]; len(parts) == 1 && rowidType(c.properties.Text(hclschema.PropType)) {
		// SQLite takes it for the rowid at first, and forgets a collation of its own.
		return hclschema.List{hclschema.Record{"column": identifier(c.name)}}
	}
	var once hclschema.List
	seen := map[string]bool{}
	for _, part := range parts {
		if text := t.partsText(hclschema.List{part}); !seen[text] {
			seen[text] = true
			once = append(once, part)
		}
	}
	return once
}

// partsText writes the parts of a key with the collations that they end up with.
func (t *tableText) partsText(parts hclschema.List) string {
	var words []string
	for _, part := range parts {
		name := partColumn(part)
		collation := "binary"
		if c := t.byName[name]; c != nil && c.properties[hclschema.PropCollate] != nil {
			collation = canonicalOf(c.properties[hclschema.PropCollate])
		}
		if own, ok := part.(hclschema.Record)["collate"]; ok {
			collation = canonicalOf(own)
		}
		words = append(words, name+" "+collation)
	}
	return strings.Join(words, ", ")
}

func keyText(k *engineKey) string {
	var words []string
	for _, c := range k.columns {
		words = append(words, fold(c.name)+" "+fold(c.collation))
	}
	return strings.Join(words, ", ")
}

func (t *tableText) compareReferences(references []*engineReference) error {
	if len(references) != len(t.foreign) {
		return misread("%d foreign keys, not %d", len(references), len(t.foreign))
	}
	for i, o := range t.foreign {
		engine := references[i]
		if got, want := foreignText(o), engine.text(); got != want {
			return misread("the foreign key %s, not %s", want, got)
		}
	}
	return nil
}

func (r *engineReference) text() string {
	return fold(strings.Join(r.columns, ",") + ">" + r.table + "(" + strings.Join(r.referred, ",") + ")" + r.onUpdate + "/" +
		r.onDelete)
}

func foreignText(o *hclschema.Object) string {
	join := func(names hclschema.List) string {
		var words []string
		for _, name := range names {
			words = append(words, name.String())
		}
		return strings.Join(words, ",")
	}
	action := func(property string) string {
		if text := o.Properties.Text(property); text != "" {
			return strings.ReplaceAll(text, "_", " ")
		}
		return "NO ACTION"
	}
	return fold(join(o.Properties.List(hclschema.PropColumns)) + ">" + o.Properties.Text(hclschema.PropRefTable) + "(" +
		join(o.Properties.List(hclschema.PropRefColumns)) + ")" + action(hclschema.PropOnUpdate) + "/" +
		action(hclschema.PropOnDelete))
}

// compareIndex checks what was read from an index' text.
func (c *catalogue) compareIndex(x *indexText) error {
	engine := c.indexes[fold(x.name)]
	parts := x.properties.List(hclschema.PropColumns)
	switch {
	case engine == nil:
		return misread("SQLite lists no index of that name")
	case engine.unique != x.properties.Bool(hclschema.PropUnique):
		return misread("UNIQUE differs")
	case engine.partial != (x.properties[hclschema.PropWhere] != nil):
		return misread("its condition differs")
	case len(engine.columns) != len(parts):
		return misread("%d parts, not %d", len(engine.columns), len(parts))
	}
	for i, part := range parts {
		column := engine.columns[i]
		_, expression := part.(hclschema.Record)["expr"]
		if column.expression != expression || !expression && fold(column.name) != partColumn(part) {
			return misread("part %d is %q", i+1, column.name)
		}
		if column.desc != (part.(hclschema.Record)["desc"] == hclschema.Bool(true)) {
			return misread("part %d differs in its order", i+1)
		}
		if own, ok := part.(hclschema.Record)["collate"]; ok && canonicalOf(own) != fold(column.collation) {
			return misread("part %d has the collation %s", i+1, column.collation)
		}
	}
	return nil
}

// partColumn is the folded name of the column of a key's part; empty for an expression.
func partColumn(part hclschema.Value) string { return canonicalOf(part.(hclschema.Record)["column"]) }

// canonicalOf is the canonical form of a property; empty where it is absent.
func canonicalOf(value hclschema.Value) string {
	if spelled, ok := value.(hclschema.Spelled); ok {
		return spelled.Canonical
	}
	return ""
}
