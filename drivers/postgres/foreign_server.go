package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// foreignDataWrapperKind is a foreign data wrapper. All of it changes in place.
func foreignDataWrapperKind() kind {
	function := func(property, word string) inPlaceChange {
		return inPlaceChange{property, func(_, after *hclschema.Object) ([]drivers.Step, error) {
			w := newWriter()
			w.Line("ALTER ", w.described(after), wrapperFunction(after, property, word, true))
			return one(w.step(property+" of "+after.Identity.String(), ""))
		}}
	}
	return kind{
		name: hclschema.KindForeignDataWrapper,
		properties: map[string][]string{hclschema.KindForeignDataWrapper: {
			hclschema.PropHandler, hclschema.PropValidator, hclschema.PropOptions, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindForeignDataWrapper: {hclschema.PropComment}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) {
			o := unit[0]
			w := newWriter()
			w.Line("CREATE ", w.described(o), wrapperFunction(o, hclschema.PropHandler, "HANDLER", false), wrapperFunction(o, hclschema.PropValidator, "VALIDATOR", false),
				w.foreignOptions(record(o, hclschema.PropOptions)))
			return commented(w, o)
		},
		drop:   dropStanding,
		alter:  alterStanding(function(hclschema.PropHandler, "HANDLER"), function(hclschema.PropValidator, "VALIDATOR"), optionsInPlace()),
		rename: renameStanding,
		link: func(l *linker, o *hclschema.Object) {
			l.mention(o, o.Properties.Text(hclschema.PropHandler), o.Properties.Text(hclschema.PropValidator))
		},
	}
}

func wrapperFunction(o *hclschema.Object, property, word string, alter bool) string {
	switch function := o.Properties.Text(property); {
	case function != "":
		return " " + word + " " + function
	case alter:
		return " NO " + word
	}
	return ""
}

// commented is the statement that makes an object, with its comment behind it.
func commented(w *writer, o *hclschema.Object) ([]drivers.Step, error) {
	steps, err := one(w.step("create "+o.Identity.String(), ""))
	if err != nil {
		return nil, err
	}
	return withComment(steps, o, describedAs(o))
}

// serverKind is a foreign server. Its options and its version change in place, its wrapper and its type don't.
func serverKind() kind {
	return kind{
		name: hclschema.KindServer,
		properties: map[string][]string{hclschema.KindServer: {
			hclschema.PropWrapper, hclschema.PropServerType, hclschema.PropVersion, hclschema.PropOptions, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindServer: {hclschema.PropComment}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) {
			o := unit[0]
			w := newWriter()
			head := "CREATE " + w.described(o)
			if text := o.Properties.Text(hclschema.PropServerType); text != "" {
				head += " TYPE " + w.Literal(text)
			}
			if text := o.Properties.Text(hclschema.PropVersion); text != "" {
				head += " VERSION " + w.Literal(text)
			}
			w.Line(head)
			w.Indented(func() {
				w.Line("FOREIGN DATA WRAPPER ", w.Name(o.Properties.Text(hclschema.PropWrapper)), w.foreignOptions(record(o, hclschema.PropOptions)))
			})
			return commented(w, o)
		},
		drop: dropStanding,
		alter: alterStanding(optionsInPlace(), inPlaceChange{hclschema.PropVersion, func(_, after *hclschema.Object) ([]drivers.Step, error) {
			w := newWriter()
			version := "NULL"
			if text := after.Properties.Text(hclschema.PropVersion); text != "" {
				version = w.Literal(text)
			}
			w.Line("ALTER ", w.described(after), " VERSION ", version)
			return one(w.step("version of "+after.Identity.String(), ""))
		}}),
		rename: renameStanding,
		link: func(l *linker, o *hclschema.Object) {
			l.needsOne(o, o.Properties.Text(hclschema.PropWrapper), hclschema.KindForeignDataWrapper, hclschema.KindExtension)
		},
	}
}

// needsOne says that an object can't be without the one of that name and of one of the kinds, which lies in no schema.
func (l *linker) needsOne(o *hclschema.Object, name string, kinds ...string) {
	for _, kind := range kinds {
		if other := l.state.Get(hclschema.Identity{Kind: kind, Name: name}); other != nil {
			l.needs(o, other)
			return
		}
	}
}

// userMappingKind is a user mapping without secrets. Its options change in place, and there is nothing else.
func userMappingKind() kind {
	return kind{
		name:       hclschema.KindUserMapping,
		properties: map[string][]string{hclschema.KindUserMapping: {hclschema.PropUser, hclschema.PropServer, hclschema.PropOptions}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) {
			o := unit[0]
			w := newWriter()
			w.Line("CREATE ", mappingName(w, o), w.foreignOptions(record(o, hclschema.PropOptions)))
			return one(w.step("create "+o.Identity.String(), ""))
		},
		drop: func(unit drivers.Unit) ([]drivers.Step, error) {
			w := newWriter()
			w.Line("DROP ", mappingName(w, unit[0]))
			return one(w.step("drop "+unit.Identity().String(), ""))
		},
		alter: func(change drivers.UnitChange) (drivers.Alteration, error) {
			before, after := change.Before[0], change.After[0]
			if !slices.Equal(before.Properties.Changed(after.Properties), []string{hclschema.PropOptions}) {
				return drivers.Alteration{}, nil
			}
			w := newWriter()
			w.Line("ALTER ", mappingName(w, after))
			w.Indented(func() {
				w.Line(w.changedOptions(record(before, hclschema.PropOptions), record(after, hclschema.PropOptions)))
			})
			step, err := w.step("options of "+after.Identity.String(), "")
			return drivers.Alteration{Steps: []drivers.Step{step}, Claims: claimAll(after.Identity, hclschema.PropOptions)}, err
		},
		link: func(l *linker, o *hclschema.Object) {
			l.needsOne(o, o.Properties.Text(hclschema.PropServer), hclschema.KindServer)
		},
	}
}

func mappingName(w *writer, o *hclschema.Object) string {
	return "USER MAPPING FOR " + w.role(o.Properties.Text(hclschema.PropUser)) + " SERVER " + w.Name(o.Properties.Text(hclschema.PropServer))
}

// safeMappingOptions are the names in hclschema.MappingOptions as a list of SQL.
func safeMappingOptions() string { return "'" + strings.Join(hclschema.MappingOptions(), "', '") + "'" }
