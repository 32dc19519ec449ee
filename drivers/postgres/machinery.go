package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Kinds that schemas of applications seldom have, and that change by being made again.

func accessMethodKind() kind {
	return kind{
		name:       hclschema.KindAccessMethod,
		properties: map[string][]string{hclschema.KindAccessMethod: {hclschema.PropMethodType, hclschema.PropHandler, hclschema.PropComment}},
		accepts:    map[string][]string{hclschema.KindAccessMethod: {hclschema.PropComment}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) {
			o := unit[0]
			w := newWriter()
			w.Line("CREATE ", w.described(o), " TYPE ", o.Properties.Text(hclschema.PropMethodType), " HANDLER ", o.Properties.Text(hclschema.PropHandler))
			return commented(w, o)
		},
		drop:  dropStanding,
		alter: alterStanding(),
		link:  func(l *linker, o *hclschema.Object) { l.mention(o, o.Properties.Text(hclschema.PropHandler)) },
	}
}

func conversionKind() kind {
	return kind{
		name: hclschema.KindConversion,
		properties: map[string][]string{hclschema.KindConversion: {
			hclschema.PropForEncoding, hclschema.PropToEncoding, hclschema.PropProcedure, hclschema.PropDefault, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindConversion: {hclschema.PropComment}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) {
			o := unit[0]
			p := o.Properties
			w := newWriter()
			verb := "CREATE "
			if p.Bool(hclschema.PropDefault) {
				verb = "CREATE DEFAULT "
			}
			w.Line(verb, w.described(o), " FOR ", w.Literal(p.Text(hclschema.PropForEncoding)), " TO ", w.Literal(p.Text(hclschema.PropToEncoding)), " FROM ", p.Text(hclschema.PropProcedure))
			return commented(w, o)
		},
		drop:   dropStanding,
		alter:  alterStanding(),
		rename: renameStanding,
		link:   func(l *linker, o *hclschema.Object) { l.mention(o, o.Properties.Text(hclschema.PropProcedure)) },
	}
}

func languageKind() kind {
	functions := []struct{ property, word string }{{hclschema.PropHandler, "HANDLER"}, {hclschema.PropInlineHandle, "INLINE"}, {hclschema.PropValidator, "VALIDATOR"}}
	return kind{
		name: hclschema.KindLanguage,
		properties: map[string][]string{hclschema.KindLanguage: {
			hclschema.PropTrusted, hclschema.PropHandler, hclschema.PropInlineHandle, hclschema.PropValidator, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindLanguage: {hclschema.PropComment}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) {
			o := unit[0]
			w := newWriter()
			verb := "CREATE "
			if o.Properties.Bool(hclschema.PropTrusted) {
				verb = "CREATE TRUSTED "
			}
			head := verb + w.described(o)
			for _, function := range functions {
				if name := o.Properties.Text(function.property); name != "" {
					head += " " + function.word + " " + name
				}
			}
			w.Line(head)
			return commented(w, o)
		},
		drop:   dropStanding,
		alter:  alterStanding(),
		rename: renameStanding,
		link: func(l *linker, o *hclschema.Object) {
			for _, function := range functions {
				l.mention(o, o.Properties.Text(function.property))
			}
		},
	}
}

func transformKind() kind {
	return kind{
		name: hclschema.KindTransform,
		properties: map[string][]string{hclschema.KindTransform: {
			hclschema.PropType, hclschema.PropLang, hclschema.PropFromSQL, hclschema.PropToSQL, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindTransform: {hclschema.PropComment}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) {
			o := unit[0]
			w := newWriter()
			var items []string
			for _, function := range []struct{ property, word string }{{hclschema.PropFromSQL, "FROM SQL"}, {hclschema.PropToSQL, "TO SQL"}} {
				if name := o.Properties.Text(function.property); name != "" {
					items = append(items, function.word+" WITH FUNCTION "+name)
				}
			}
			w.Line("CREATE ", transformName(o)(w), " (", strings.Join(items, ", "), ")")
			steps, err := one(w.step("create "+o.Identity.String(), ""))
			if err != nil {
				return nil, err
			}
			return withComment(steps, o, transformName(o))
		},
		drop: func(unit drivers.Unit) ([]drivers.Step, error) {
			w := newWriter()
			w.Line("DROP ", transformName(unit[0])(w))
			return one(w.step("drop "+unit.Identity().String(), ""))
		},
		alter: func(change drivers.UnitChange) (drivers.Alteration, error) {
			before, after := change.Before[0], change.After[0]
			if !slices.Equal(before.Properties.Changed(after.Properties), []string{hclschema.PropComment}) {
				return drivers.Alteration{}, nil
			}
			step, err := commentStep(after, transformName(after))
			return drivers.Alteration{Steps: []drivers.Step{step}, Claims: claimAll(after.Identity, hclschema.PropComment)}, err
		},
		link: func(l *linker, o *hclschema.Object) {
			p := o.Properties
			l.needsType(o, p.Text(hclschema.PropType))
			l.needsOne(o, p.Text(hclschema.PropLang), hclschema.KindLanguage, hclschema.KindExtension)
			l.mention(o, p.Text(hclschema.PropFromSQL), p.Text(hclschema.PropToSQL))
		},
	}
}

func transformName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string {
		return "TRANSFORM FOR " + o.Properties.Text(hclschema.PropType) + " LANGUAGE " + w.Name(o.Properties.Text(hclschema.PropLang))
	}
}
