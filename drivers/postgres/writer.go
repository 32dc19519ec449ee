package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqltext"
	"github.com/duo-orm/duo-orm/hclschema"
)

// The locks of PostgreSQL (manual, 13.3.1), as plans tell them.
const (
	accessExclusive = "ACCESS EXCLUSIVE"
	shareRowExcl    = "SHARE ROW EXCLUSIVE"
	share           = "SHARE"
	shareUpdateExcl = "SHARE UPDATE EXCLUSIVE"
)

// writer writes one statement of PostgreSQL.
type writer struct{ *sqltext.Writer }

func newWriter() *writer { return &writer{sqltext.NewWriter(quoting)} }

// statement writes a statement of one line as a step.
func statement(name, lock string, parts ...string) (drivers.Step, error) {
	w := newWriter()
	w.Line(parts...)
	return w.step(name, lock)
}

// step is the statement as a step of a plan.
func (w *writer) step(name, lock string) (drivers.Step, error) {
	sql, err := w.SQL()
	return drivers.Step{Name: name, SQL: strings.TrimRight(sql, "\n"), Lock: lock}, err
}

// object is the name of an object with its schema, which the default one hasn't.
func (w *writer) object(id hclschema.Identity) string { return w.qualified(id.Schema, id.Name) }

// parent is the name of what an object belongs to, with its schema.
func (w *writer) parent(id hclschema.Identity) string { return w.qualified(id.Schema, id.Parent) }

func (w *writer) qualified(schema, name string) string {
	if schema == "" {
		return w.Name(name)
	}
	return w.Name(schema) + "." + w.Name(name)
}

// names are the texts of a list of names.
func (w *writer) names(list hclschema.List) string {
	texts := make([]string, len(list))
	for i, value := range list {
		texts[i] = value.String()
	}
	return w.Names(texts)
}

// comment is COMMENT ON with the object's comment, or with NULL where it has none. what is what follows COMMENT ON: "TABLE users".
func (w *writer) comment(what string, o *hclschema.Object) {
	w.commentText(what, o.Properties.Text(hclschema.PropComment))
}

// commentText gives something a comment; an empty one takes it away.
func (w *writer) commentText(what, text string) {
	value := "NULL"
	if text != "" {
		value = w.Literal(text)
	}
	w.Line("COMMENT ON ", what, " IS ", value)
}

// withComment adds the step that comments an object where it has a comment.
func withComment(steps []drivers.Step, o *hclschema.Object, what func(*writer) string) ([]drivers.Step, error) {
	if o.Properties.Text(hclschema.PropComment) == "" {
		return steps, nil
	}
	step, err := commentStep(o, what)
	return append(steps, step), err
}

func commentStep(o *hclschema.Object, what func(*writer) string) (drivers.Step, error) {
	w := newWriter()
	w.comment(what(w), o)
	return w.step("comment on "+o.Identity.String(), shareUpdateExcl)
}

// one is a single step as a list.
func one(step drivers.Step, err error) ([]drivers.Step, error) {
	if err != nil {
		return nil, err
	}
	return []drivers.Step{step}, nil
}

// claimAll claims properties of an object.
func claimAll(id hclschema.Identity, properties ...string) []drivers.Claim {
	claims := make([]drivers.Claim, len(properties))
	for i, property := range properties {
		claims[i] = drivers.Claim{Identity: id, Property: property}
	}
	return claims
}
