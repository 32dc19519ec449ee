package postgres

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// materializedKind is a materialized view with its indexes. It has no CREATE OR REPLACE: another query makes it anew.
func materializedKind() kind {
	return kind{
		name: hclschema.KindMaterialized,
		properties: map[string][]string{
			hclschema.KindMaterialized: {
				hclschema.PropAs, hclschema.PropViewColumns, hclschema.PropStorageParams, hclschema.PropTablespace, hclschema.PropAccessMethod,
				hclschema.PropNoData, hclschema.PropClusterOn, hclschema.PropColumnComments, hclschema.PropColumnSettings, hclschema.PropComment,
			},
			hclschema.KindMaterializedIndex: indexProperties(),
		},
		accepts: map[string][]string{hclschema.KindMaterialized: {
			hclschema.KindColumn, hclschema.PropDefault, hclschema.PropStorage, hclschema.PropCompression, hclschema.PropStatistics, hclschema.PropOptions,
			hclschema.PropStorageParams, hclschema.PropTablespace, hclschema.PropAccessMethod,
			hclschema.PropNoData, hclschema.PropClusterOn, hclschema.PropComment,
		}},
		create: createMaterialized,
		drop:   dropMaterialized,
		alter:  alterMaterialized,
		rename: renameMaterialized,
		link:   linkMaterialized,
	}
}

func materializedName(o *hclschema.Object) func(*writer) string {
	return func(w *writer) string { return "MATERIALIZED VIEW " + w.object(o.Identity) }
}

func createMaterialized(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	steps, err := one(writeMaterialized(o))
	if err != nil {
		return nil, err
	}
	settings, err := resultSettings(o, nil, o.Properties[hclschema.PropColumnSettings])
	if err != nil {
		return nil, err
	}
	steps = append(steps, settings...)
	for _, index := range unit[1:] {
		more, err := indexSteps(index)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	if cluster := o.Properties.Text(hclschema.PropClusterOn); cluster != "" {
		step, err := alterOneMaterialized(o, "cluster_on", func(w *writer) string { return "CLUSTER ON " + w.Name(cluster) })
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	if steps, err = withComment(steps, o, materializedName(o)); err != nil {
		return nil, err
	}
	more, err := resultComments(o, nil, o.Properties[hclschema.PropColumnComments])
	return append(steps, more...), err
}

func writeMaterialized(o *hclschema.Object) (drivers.Step, error) {
	w, p := newWriter(), o.Properties
	columns := ""
	if names := p.List(hclschema.PropViewColumns); names != nil {
		columns = " (" + w.names(names) + ")"
	}
	w.Line("CREATE ", materializedName(o)(w), columns)
	if method := p.Text(hclschema.PropAccessMethod); method != "" {
		w.Line("USING ", w.Name(method))
	}
	if params := record(o, hclschema.PropStorageParams); len(params) > 0 {
		w.Line("WITH (", w.options(params), ")")
	}
	if space := p.Text(hclschema.PropTablespace); space != "" {
		w.Line("TABLESPACE ", w.Name(space))
	}
	w.Line("AS")
	w.query(o)
	if p.Bool(hclschema.PropNoData) {
		w.Line("WITH NO DATA")
	}
	return w.step("create "+o.Identity.String(), "")
}

func dropMaterialized(unit drivers.Unit) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("DROP ", materializedName(unit[0])(w))
	return one(w.step("drop "+unit.Identity().String(), accessExclusive))
}

func renameMaterialized(rename drivers.Rename, _ *hclschema.State) ([]drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER ", sqlWords(rename.To.Kind), " ", w.object(rename.From), " RENAME TO ", w.Name(rename.To.Name))
	return one(w.step("rename "+rename.From.String()+" to "+rename.To.Name, accessExclusive))
}

func linkMaterialized(l *linker, o *hclschema.Object) {
	if o.Identity.Kind == hclschema.KindMaterialized {
		l.mention(o, o.Properties.Text(hclschema.PropAs))
		return
	}
	linkIndex(l, o)
}

func alterOneMaterialized(o *hclschema.Object, what string, action func(*writer) string) (drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER ", materializedName(o)(w), " ", action(w))
	return w.step("alter "+o.Identity.String()+": "+what, accessExclusive)
}

// alterMaterialized alters all but the query.
func alterMaterialized(change drivers.UnitChange) (drivers.Alteration, error) {
	var dropped, made []drivers.Step
	var alteration drivers.Alteration
	own := drivers.Change{}
	for _, c := range change.Changes {
		if c.Identity().Kind == hclschema.KindMaterialized {
			own = c
			continue
		}
		before, after, err := alterIndex(c)
		if err != nil {
			return drivers.Alteration{}, err
		}
		dropped, made = append(dropped, before...), append(made, after...)
		alteration.Claims = append(alteration.Claims, claimChange(c)...)
	}
	alteration.Steps = append(dropped, made...)
	for _, property := range own.Properties {
		steps, ok, err := alterMaterializedProperty(own.Before, own.After, property)
		if err != nil || !ok {
			return drivers.Alteration{}, err
		}
		alteration.Steps = append(alteration.Steps, steps...)
		alteration.Claims = append(alteration.Claims, claimAll(own.After.Identity, property)...)
	}
	return alteration, nil
}

// claimChange claims all of an object's change.
func claimChange(c drivers.Change) []drivers.Claim {
	if len(c.Properties) == 0 {
		return claimAll(c.Identity(), "")
	}
	return claimAll(c.Identity(), c.Properties...)
}

func alterMaterializedProperty(before, after *hclschema.Object, property string) (steps []drivers.Step, ok bool, err error) {
	value := after.Properties.Text(property)
	alter := func(action func(*writer) string) ([]drivers.Step, bool, error) {
		steps, err := one(alterOneMaterialized(after, property, action))
		return steps, true, err
	}
	switch property {
	case hclschema.PropComment:
		steps, err = one(commentStep(after, materializedName(after)))
		return steps, true, err
	case hclschema.PropColumnComments:
		steps, err = resultComments(after, before.Properties[property], after.Properties[property])
		return steps, true, err
	case hclschema.PropColumnSettings:
		steps, err = resultSettings(after, before.Properties[property], after.Properties[property])
		return steps, true, err
	case hclschema.PropClusterOn:
		return alter(func(w *writer) string {
			if value == "" {
				return "SET WITHOUT CLUSTER"
			}
			return "CLUSTER ON " + w.Name(value)
		})
	case hclschema.PropTablespace:
		return alter(func(w *writer) string {
			if value == "" {
				value = "pg_default"
			}
			return "SET TABLESPACE " + w.Name(value)
		})
	case hclschema.PropStorageParams:
		steps, err = paramSteps(after, materializedName(after), record(before, property), record(after, property))
		return steps, true, err
	case hclschema.PropNoData:
		w := newWriter()
		w.Line("REFRESH ", materializedName(after)(w))
		if after.Properties.Bool(property) {
			w.Line("WITH NO DATA")
		}
		steps, err = one(w.step("refresh "+after.Identity.String(), accessExclusive))
		return steps, true, err
	}
	return nil, false, nil
}
