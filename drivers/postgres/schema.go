package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// schemaKind is a schema beside the default one.
func schemaKind() kind {
	return kind{
		name:       hclschema.KindSchema,
		properties: map[string][]string{hclschema.KindSchema: {hclschema.PropComment}},
		accepts:    map[string][]string{hclschema.KindSchema: {"several", hclschema.PropComment}},
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
	w := newWriter()
	w.Line("CREATE ", schemaName(unit[0])(w))
	steps, err := one(w.step("create "+unit.Identity().String(), ""))
	if err != nil {
		return nil, err
	}
	return withComment(steps, unit[0], schemaName(unit[0]))
}

func dropSchema(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("DROP ", schemaName(unit[0])(w))
	return one(w.step("drop "+unit.Identity().String(), accessExclusive))
}

func alterSchema(change drivers.UnitChange) (drivers.Alteration, error) {
	step, err := commentStep(change.After[0], schemaName(change.After[0]))
	return drivers.Alteration{Steps: []drivers.Step{step}, Claims: claimAll(change.After.Identity(), hclschema.PropComment)}, err
}

func renameSchema(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER SCHEMA ", w.Name(rename.From.Name), " RENAME TO ", w.Name(rename.To.Name))
	return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, accessExclusive))
}

//go:embed inspect_schemas.sql
var schemasSQL string

// readSchema takes one schema. The default one is no object: it is where everything else lies.
func readSchema(r *reader, scan func(...any) error) error {
	var oid uint32
	var name, comment string
	if err := scan(&oid, &name, &comment); err != nil {
		return err
	}
	r.schemas[oid] = name
	if name == r.conn.defaultSchema {
		return nil
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindSchema, Name: name}, comment)
	return r.add(address{"pg_namespace", oid, 0}, o)
}
