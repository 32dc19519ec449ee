package postgres

import (
	_ "embed"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// castKind is a cast. Only its comment can be changed in place.
func castKind() kind {
	return kind{
		name: hclschema.KindCast,
		properties: map[string][]string{hclschema.KindCast: {
			hclschema.PropSource, hclschema.PropTarget, hclschema.PropWith, hclschema.PropProcedure, hclschema.PropCastAs, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindCast: {hclschema.PropComment}},
		create:  createCast,
		drop: func(unit drivers.Unit) ([]drivers.Step, error) {
			w := newWriter()
			w.Line("DROP ", castName(unit[0])(w))
			return one(w.step("drop "+unit.Identity().String(), accessExclusive))
		},
		alter: func(change drivers.UnitChange) (drivers.Alteration, error) {
			step, err := commentStep(change.After[0], castName(change.After[0]))
			return drivers.Alteration{Steps: []drivers.Step{step}, Claims: claimAll(change.After.Identity(), hclschema.PropComment)}, err
		},
		link: func(l *linker, o *hclschema.Object) {
			l.needsType(o, o.Properties.Text(hclschema.PropSource))
			l.needsType(o, o.Properties.Text(hclschema.PropTarget))
			name, _ := hclschema.SplitRoutine(o.Properties.Text(hclschema.PropProcedure))
			l.mention(o, name)
		},
	}
}

func castName(o *hclschema.Object) func(*writer) string {
	return func(*writer) string {
		return "CAST (" + o.Properties.Text(hclschema.PropSource) + " AS " + o.Properties.Text(hclschema.PropTarget) + ")"
	}
}

func createCast(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	w := newWriter()
	w.Line("CREATE ", castName(o)(w))
	w.Indented(func() {
		switch o.Properties.Text(hclschema.PropWith) {
		case "INOUT":
			w.Line("WITH INOUT")
		case "BINARY":
			w.Line("WITHOUT FUNCTION")
		default:
			w.Line("WITH FUNCTION ", o.Properties.Text(hclschema.PropProcedure))
		}
		if as := o.Properties.Text(hclschema.PropCastAs); as != "" {
			w.Line("AS ", as)
		}
	})
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	return withComment(steps, o, castName(o))
}

//go:embed inspect_casts.sql
var castsSQL string

// readCast takes one cast.
func readCast(r *reader, scan func(...any) error) error {
	var oid uint32
	var comment, source, target, context, method, types string
	var function []string
	if err := scan(&oid, &comment, &source, &target, &context, &method, &function, &types); err != nil {
		return err
	}
	o := r.object(hclschema.Identity{Kind: hclschema.KindCast, Name: "(" + source + " AS " + target + ")"}, comment)
	p := o.Properties
	p[hclschema.PropSource], p[hclschema.PropTarget] = text(source), text(target)
	setText(p, hclschema.PropWith, map[string]string{"i": "INOUT", "b": "BINARY"}[method])
	if method == "f" {
		p[hclschema.PropProcedure] = text(r.called(function) + "(" + types + ")")
	}
	setText(p, hclschema.PropCastAs, map[string]string{"i": "IMPLICIT", "a": "ASSIGNMENT"}[context])
	r.casts = true
	return r.add(address{"pg_cast", oid, 0}, o)
}
