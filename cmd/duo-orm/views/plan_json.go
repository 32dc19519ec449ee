package views

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
)

type planJSON struct {
	FormatVersion string `json:"format_version"`
	Database      string `json:"database,omitempty"`
	// Empty: there is nothing to do. Written: a file was written.
	Empty    bool              `json:"empty"`
	Written  bool              `json:"written"`
	Revision *planRevisionJSON `json:"revision"`
	Summary  planSummaryJSON   `json:"summary"`
	Changes  []changeJSON      `json:"changes"`
	Hazards  hazardsJSON       `json:"hazards"`
	Renames  []renameJSON      `json:"renames"`
	// LooksRenamed are pairs that are dropped and added but look alike.
	LooksRenamed   []renameJSON `json:"looks_renamed"`
	Upgrade        []stepJSON   `json:"upgrade"`
	Downgrade      []stepJSON   `json:"downgrade"`
	ForeignKeysOff bool         `json:"foreign_keys_off"`
	Proof          *proofJSON   `json:"proof"`
	// Unrecorded are units that models and database have and no revision makes.
	Unrecorded []string `json:"unrecorded"`
}

type planRevisionJSON struct {
	ID      string   `json:"id"`
	Message string   `json:"message"`
	Parents []string `json:"parents"`
	Path    string   `json:"path,omitempty"`
}

type planSummaryJSON struct {
	Add    int `json:"add"`
	Change int `json:"change"`
	Drop   int `json:"drop"`
}

type changeJSON struct {
	Action     string         `json:"action"`
	Kind       string         `json:"kind"`
	Object     string         `json:"object"`
	From       string         `json:"from,omitempty"`
	File       string         `json:"file,omitempty"`
	Line       int            `json:"line,omitempty"`
	Properties []propertyJSON `json:"properties"`
	Parts      []changeJSON   `json:"parts,omitempty"`
	// Rows is what happens to the rows that models declare.
	Rows *rowsJSON `json:"rows,omitempty"`
}

type rowsJSON struct {
	Mode   string `json:"mode"`
	Insert int    `json:"insert"`
	Update int    `json:"update"`
	Delete int    `json:"delete"`
	// Restored: the way back brings back what was updated and deleted.
	Restored bool   `json:"restored"`
	File     string `json:"file"`
	Line     int    `json:"line"`
}

type propertyJSON struct {
	Name   string  `json:"name"`
	Before *string `json:"before"`
	After  *string `json:"after"`
}

type hazardsJSON struct {
	Upgrade   []hazardJSON `json:"upgrade"`
	Downgrade []hazardJSON `json:"downgrade"`
}

type hazardJSON struct {
	Kind   string `json:"kind"`
	Object string `json:"object"`
	Text   string `json:"text"`
	// Rows and Total are null where nothing was counted.
	Rows    *int64   `json:"rows"`
	Total   *int64   `json:"total"`
	WaysOut []string `json:"ways_out"`
}

type renameJSON struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type stepJSON struct {
	Name        string   `json:"name"`
	SQL         string   `json:"sql"`
	Makes       []string `json:"makes"`
	Drops       []string `json:"drops"`
	Changes     []string `json:"changes,omitempty"`
	Destroys    string   `json:"destroys,omitempty"`
	Because     string   `json:"because,omitempty"`
	Lock        string   `json:"lock,omitempty"`
	Transaction bool     `json:"transaction"`
}

type proofJSON struct {
	Server      string   `json:"server"`
	Rows        int      `json:"rows"`
	WithoutRows []string `json:"without_rows"`
	NotBack     []string `json:"not_back"`
}

// JSON implements Result.
func (v Plan) JSON() any {
	out := planOf(v.Plan)
	out.Database = v.Where
	out.Written, out.Unrecorded = v.Path != "", list(v.Unrecorded)
	if v.Revision != "" {
		out.Revision = &planRevisionJSON{ID: v.Revision, Message: v.Message, Parents: list(v.Parents), Path: v.Path}
	}
	return out
}

func planOf(plan *planner.Plan) planJSON {
	summary := planner.Summarize(plan)
	out := planJSON{FormatVersion: FormatVersion, Empty: plan.Empty(), Changes: []changeJSON{},
		Summary:        planSummaryJSON{Add: summary.Adds, Change: summary.Changes, Drop: summary.Drops},
		Hazards:        hazardsJSON{Upgrade: hazardsOf(plan.UpgradeHazards), Downgrade: hazardsOf(plan.DowngradeHazards)},
		Renames:        renamesOf(plan.Renames),
		LooksRenamed:   lookalikes(plan.LooksRenamed),
		Upgrade:        stepsOf(plan.Upgrade),
		Downgrade:      stepsOf(plan.Downgrade),
		ForeignKeysOff: plan.ForeignKeysOff(),
		Unrecorded:     []string{},
	}
	for _, unit := range plan.Units {
		change := changeOf(unit.Action, unit.Identity, unit.From, unit.Before, unit.After, unit.Properties)
		for _, part := range unit.Parts {
			change.Parts = append(change.Parts, changeOf(part.Action, part.Identity(), part.From, part.Before, part.After, part.Properties))
		}
		if rows := unit.Rows; rows != nil {
			change.Rows = &rowsJSON{Mode: string(rows.Set.Mode), Insert: rows.Insert, Update: rows.Update, Delete: rows.Delete,
				Restored: !rows.Unrestored, File: rows.Set.Range.Filename, Line: rows.Set.Range.Start.Line}
		}
		out.Changes = append(out.Changes, change)
	}
	if plan.Proof != nil {
		out.Proof = &proofJSON{Server: plan.Proof.Server, Rows: plan.Proof.Rows, WithoutRows: list(plan.Proof.WithoutRows), NotBack: list(plan.Proof.NotBack)}
	}
	return out
}

func changeOf(action planner.Action, id, from hclschema.Identity, before, after *hclschema.Object, properties []string) changeJSON {
	change := changeJSON{Action: string(action), Kind: id.Kind, Object: id.String(), Properties: []propertyJSON{}}
	if from != (hclschema.Identity{}) {
		change.From = from.String()
	}
	if after != nil && after.Range.Filename != "" {
		change.File, change.Line = after.Range.Filename, after.Range.Start.Line
	}
	for _, name := range properties {
		change.Properties = append(change.Properties, propertyJSON{Name: name, Before: property(before, name), After: property(after, name)})
	}
	return change
}

func property(o *hclschema.Object, name string) *string {
	if o == nil || o.Properties[name] == nil {
		return nil
	}
	text := o.Properties[name].String()
	return &text
}

func hazardsOf(hazards []drivers.Hazard) []hazardJSON {
	out := []hazardJSON{}
	for _, h := range hazards {
		out = append(out, hazardJSON{Kind: string(h.Kind), Object: h.Object.String(), Text: h.Text, Rows: counted(h.Rows), Total: counted(h.Total), WaysOut: list(h.WaysOut)})
	}
	return out
}

func counted(n int64) *int64 {
	if n < 0 {
		return nil
	}
	return &n
}

func renamesOf(renames []drivers.Rename) []renameJSON {
	out := []renameJSON{}
	for _, r := range renames {
		out = append(out, renameJSON{From: r.From.String(), To: r.To.String()})
	}
	return out
}

func stepsOf(steps []drivers.Step) []stepJSON {
	out := []stepJSON{}
	for _, s := range steps {
		out = append(out, stepJSON{Name: s.Name, SQL: s.SQL, Makes: identities(s.Makes), Drops: identities(s.Drops), Changes: names(s.Changes),
			Destroys: s.Destroys, Because: s.Because, Lock: s.Lock, Transaction: !s.OwnTransaction})
	}
	return out
}

// names are those of objects; nil for none.
func names(ids []hclschema.Identity) []string {
	if len(ids) == 0 {
		return nil
	}
	return identities(ids)
}

func identities(ids []hclschema.Identity) []string {
	out := []string{}
	for _, id := range ids {
		out = append(out, id.String())
	}
	return out
}

func lookalikes(pairs []planner.Lookalike) []renameJSON {
	list := make([]drivers.Rename, len(pairs))
	for i, pair := range pairs {
		list[i] = pair.Rename
	}
	return renamesOf(list)
}
