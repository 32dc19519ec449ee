package postgres

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// typeName is a type in statements about it: TYPE status, DOMAIN email.
func typeName(o *hclschema.Object) func(*writer) string {
	word := "TYPE "
	switch o.Identity.Kind {
	case hclschema.KindDomain:
		word = "DOMAIN "
	case hclschema.KindCollation:
		word = "COLLATION "
	}
	return func(w *writer) string { return word + w.object(o.Identity) }
}

func dropType(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("DROP ", typeName(unit[0])(w))
	return one(w.step("drop "+unit.Identity().String(), accessExclusive))
}

// renameType renames a type, a field of one or a value of one. The columns of typed tables are called as the fields are.
func renameType(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	switch rename.From.Kind {
	case hclschema.KindField:
		w.Line("ALTER TYPE ", w.parent(rename.From), " RENAME ATTRIBUTE ", w.Name(rename.From.Name), " TO ", w.Name(rename.To.Name), " CASCADE")
		return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, accessExclusive))
	case hclschema.KindValue:
		w.Line("ALTER TYPE ", w.parent(rename.From), " RENAME VALUE ", w.Literal(rename.From.Name), " TO ", w.Literal(rename.To.Name))
		return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, shareUpdateExcl))
	}
	w.Line("ALTER ", typeName(&hclschema.Object{Identity: rename.From})(w), " RENAME TO ", w.Name(rename.To.Name))
	return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, accessExclusive))
}

// alterComment changes the comment; a type that has to be another one is replaced.
func alterComment(change drivers.UnitChange) (drivers.Alteration, error) {
	return (&typeChange{before: change.Before[0], after: change.After[0]}).comment()
}

// typeChange collects the way from one state of a type to another.
type typeChange struct {
	before, after *hclschema.Object
	alteration    drivers.Alteration
	err           error
}

func (c *typeChange) changed(property string) bool {
	return !hclschema.Equal(c.before.Properties[property], c.after.Properties[property])
}

func (c *typeChange) claim(properties ...string) {
	c.alteration.Claims = append(c.alteration.Claims, claimAll(c.after.Identity, properties...)...)
}

// alter adds a statement ALTER … that ends with parts.
func (c *typeChange) alter(name string, parts func(w *writer) []string) {
	w := newWriter()
	head := "ALTER " + typeName(c.after)(w) + " "
	c.step(w, name, append([]string{head}, parts(w)...)...)
}

// step adds a statement of one line.
func (c *typeChange) step(w *writer, name string, parts ...string) {
	w.Line(parts...)
	step, err := w.step(name, accessExclusive)
	if err != nil && c.err == nil {
		c.err = err
	}
	c.alteration.Steps = append(c.alteration.Steps, step)
}

// comment ends the way with the comment, where that differs.
func (c *typeChange) comment() (drivers.Alteration, error) {
	if c.changed(hclschema.PropComment) && c.err == nil {
		step, err := commentStep(c.after, typeName(c.after))
		c.err = err
		c.alteration.Steps = append(c.alteration.Steps, step)
		c.claim(hclschema.PropComment)
	}
	return c.alteration, c.err
}
