package postgres

import (
	_ "embed"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// schemaKind is a schema beside the default one.
func schemaKind() kind {
	return kind{
		name:       hclschema.KindSchema,
		properties: map[string][]string{hclschema.KindSchema: {hclschema.PropComment, hclschema.PropBeside}},
		accepts:    map[string][]string{hclschema.KindSchema: {"several", hclschema.PropComment, hclschema.PropDefault}},
		create:     createSchema,
		drop:       dropSchema,
		alter:      alterSchema,
		rename:     renameSchema,
	}
}

func schemaName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "SCHEMA " + w.Name(o.Identity.Name) }
}

func createSchema(unit drivers.Unit) ([]drivers.Step, error) {
	switch {
	case isDefaultSchema(unit[0]):
		return one(defaultComment(unit[0].Identity, unit[0].Properties.Text(hclschema.PropComment)))
	case isBeside(unit[0]):
		return one(commentStep(unit[0], schemaName(unit[0])))
	}
	w := newWriter()
	w.Line("CREATE ", schemaName(unit[0])(w))
	steps, err := one(w.step("create "+unit.Identity().String(), ""))
	if err != nil {
		return nil, err
	}
	return withComment(steps, unit[0], schemaName(unit[0]))
}

func dropSchema(unit drivers.Unit) ([]drivers.Step, error) {
	switch {
	case isDefaultSchema(unit[0]):
		return one(defaultComment(unit[0].Identity, ""))
	case isBeside(unit[0]):
		usual := &hclschema.Object{Identity: unit[0].Identity, Properties: hclschema.Properties{hclschema.PropComment: hclschema.Text(usualComment)}}
		return one(commentStep(usual, schemaName(usual)))
	}
	w := newWriter()
	w.Line("DROP ", schemaName(unit[0])(w))
	return one(w.step("drop "+unit.Identity().String(), accessExclusive))
}

func alterSchema(change drivers.UnitChange) (drivers.Alteration, error) {
	step, err := commentStep(change.After[0], schemaName(change.After[0]))
	if isDefaultSchema(change.After[0]) {
		step, err = defaultComment(change.After.Identity(), change.After[0].Properties.Text(hclschema.PropComment))
	}
	return drivers.Alteration{Steps: []drivers.Step{step}, Claims: claimAll(change.After.Identity(), hclschema.PropComment)}, err
}

func renameSchema(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER SCHEMA ", w.Name(rename.From.Name), " RENAME TO ", w.Name(rename.To.Name))
	return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, accessExclusive))
}

//go:embed inspect_schemas.sql
var schemasSQL string

// readSchema takes one schema.
func readSchema(r *reader, scan func(...any) error) error {
	var oid uint32
	var name, comment string
	if err := scan(&oid, &name, &comment); err != nil {
		return err
	}
	r.schemas[oid] = name
	switch name {
	case r.conn.defaultSchema:
		r.defaultComment = comment
		return nil
	case Driver{}.DefaultSchema():
		r.publicComment = comment
		return nil
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindSchema, Name: name}, comment)
	return r.add(address{"pg_namespace", oid, 0}, o)
}

// usualComment is what PostgreSQL says of the schema public of a new database.
const usualComment = "standard public schema"

// isDefaultSchema says that a schema is the default one. It is where everything else lies, and an object for its comment alone.
func isDefaultSchema(o *hclschema.Object) bool {
	return o.Identity.Name == (Driver{}).DefaultSchema() && !isBeside(o) || o.Identity.Name == hclschema.CurrentSchema
}

// isBeside says that a schema is public beside another default one. Each database has it, so that it is an object for its comment
// alone too.
func isBeside(o *hclschema.Object) bool { return o.Properties.Bool(hclschema.PropBeside) }

// defaultComment is the statement that comments on the default schema, whatever it is called. Without a comment it gets back the one
// that it has in a new database.
func defaultComment(id hclschema.Identity, comment string) (drivers.Step, error) {
	w := newWriter()
	value := w.Literal(comment)
	if comment == "" {
		value = "CASE current_schema() WHEN 'public' THEN " + w.Literal(usualComment) + " END"
	}
	if err := w.execute("comment", "'COMMENT ON SCHEMA %I IS %L', current_schema(), "+value); err != nil {
		return drivers.Step{}, err
	}
	return w.step("comment on "+id.String(), shareUpdateExcl)
}

// execute writes a block that runs a statement with something in it that only the server knows, such as the name of the default schema.
// format is what the function of that name takes.
func (w *writer) execute(tag, format string) error {
	body := newWriter()
	body.Line("BEGIN")
	body.Line("  EXECUTE format(", format, ");")
	body.Line("END")
	text, err := body.SQL()
	if err != nil {
		return err
	}
	tag = bodyQuote(tag, text)
	w.Line("DO ", tag)
	w.Line(strings.TrimRight(text, "\n"))
	w.Line(tag)
	return nil
}
