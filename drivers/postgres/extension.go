package postgres

import (
	"fmt"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// extensionKind is an extension. It is made in the version that models ask for, else in the server's own; which version there is
// is no property, so that a server with a newer one makes no difference (see Judge).
func extensionKind() kind {
	return kind{
		name: hclschema.KindExtension,
		properties: map[string][]string{hclschema.KindExtension: {
			hclschema.PropExtensionSchema, hclschema.PropVersion, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindExtension: {hclschema.PropComment}},
		create:  createExtension,
		drop:    dropExtension,
		alter:   alterExtension,
		link:    linkExtension,
	}
}

func extensionName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "EXTENSION " + w.Name(o.Identity.Name) }
}

func createExtension(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	// An administrator may have brought it in already, which then asks for no right of a superuser.
	parts := []string{"CREATE EXTENSION IF NOT EXISTS ", w.Name(o.Identity.Name)}
	if schema := o.Properties.Text(hclschema.PropExtensionSchema); schema != "" {
		parts = append(parts, " SCHEMA ", w.Name(schema))
	}
	if version := o.Properties.Text(hclschema.PropVersion); version != "" {
		parts = append(parts, " VERSION ", w.Literal(version))
	}
	w.Line(parts...)
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	return withComment(steps, o, extensionName(o))
}

func dropExtension(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("DROP ", extensionName(unit[0])(w))
	return one(w.step("drop "+unit.Identity().String(), accessExclusive))
}

func linkExtension(l *linker, o *hclschema.Object) {
	if schema := l.state.Get(hclschema.Identity{Kind: hclschema.KindSchema, Name: o.Properties.Text(hclschema.PropExtensionSchema)}); schema != nil {
		l.needs(o, schema)
	}
}

// alterExtension moves what an extension made into another schema, where the extension allows it.
func alterExtension(change drivers.UnitChange) (drivers.Alteration, error) {
	before, after := change.Before[0], change.After[0]
	alteration := drivers.Alteration{}
	for _, property := range before.Properties.Changed(after.Properties) {
		var step drivers.Step
		var err error
		switch property {
		case hclschema.PropExtensionSchema:
			w := newWriter()
			schema := after.Properties.Text(hclschema.PropExtensionSchema)
			if schema == "" {
				schema = Driver{}.DefaultSchema()
			}
			w.Line("ALTER ", extensionName(after)(w), " SET SCHEMA ", w.Name(schema))
			step, err = w.step("move "+after.Identity.String()+" to schema "+schema, accessExclusive)
		case hclschema.PropComment:
			step, err = commentStep(after, extensionName(after))
			if after.Properties.Text(property) == "" {
				step, err = usualExtensionComment(after)
			}
		default:
			continue
		}
		if err != nil {
			return alteration, err
		}
		alteration.Steps = append(alteration.Steps, step)
		alteration.Claims = append(alteration.Claims, claimAll(after.Identity, property)...)
	}
	return alteration, nil
}

// usualExtensionComment is the statement that gives an extension back what it says of itself.
func usualExtensionComment(o *hclschema.Object) (drivers.Step, error) {
	w := newWriter()
	name := w.Literal(o.Identity.Name)
	if err := w.execute("comment", "'COMMENT ON EXTENSION %I IS %L', "+name+", (SELECT comment FROM pg_available_extensions WHERE name = "+name+")"); err != nil {
		return drivers.Step{}, err
	}
	return w.step("comment on "+o.Identity.String(), shareUpdateExcl)
}

// Provides implements drivers.Provider: extensions.
func (Driver) Provides(kind string) bool { return kind == hclschema.KindExtension }

// Judge implements drivers.Judge: an extension that is there in another version than the models ask for is told, since a state
// doesn't tell versions apart and few extensions know a way back. So is an invalid index that no model has.
func (Driver) Judge(current, models *hclschema.State) error {
	for _, o := range models.Objects() {
		wanted := o.Properties.Text(hclschema.PropVersion)
		live := current.Get(o.Identity)
		if o.Identity.Kind != hclschema.KindExtension || wanted == "" || live == nil || live.Derived[derivedVersion] == wanted {
			continue
		}
		return &VersionError{Extension: o.Identity.Name, Wanted: wanted, Installed: live.Derived[derivedVersion]}
	}
	return judgeIndexes(current, models)
}

// VersionError is returned where models ask for another version of an extension than the database has.
type VersionError struct{ Extension, Wanted, Installed string }

// Error implements error.
func (e *VersionError) Error() string {
	return fmt.Sprintf("extension %s is there in version %s, and the models ask for %s; update it in a migration of its own (ALTER EXTENSION %s UPDATE TO '%s'), or take version out of the models",
		e.Extension, e.Installed, e.Wanted, quoting.QuoteName(e.Extension), e.Wanted)
}
