package views

import "slices"

type tenantsJSON struct {
	FormatVersion string         `json:"format_version"`
	Command       string         `json:"command"`
	Environment   string         `json:"environment"`
	DryRun        bool           `json:"dry_run"`
	OK            bool           `json:"ok"`
	Counts        map[string]int `json:"counts"`
	// AtHeads is for current --check-heads, Checks and Diagnostics are for check, Revisions for history.
	AtHeads      *bool            `json:"at_heads,omitempty"`
	Checks       []checkItemJSON  `json:"checks,omitempty"`
	Diagnostics  []diagnosticJSON `json:"diagnostics,omitempty"`
	Revisions    []revisionJSON   `json:"revisions,omitempty"`
	Databases    []tenantJSON     `json:"databases"`
	Milliseconds float64          `json:"milliseconds"`
}

type tenantJSON struct {
	Name         string          `json:"name"`
	Database     string          `json:"database,omitempty"`
	Status       TenantStatus    `json:"status"`
	Made         bool            `json:"made"`
	From         []string        `json:"from"`
	To           []string        `json:"to"`
	Revisions    []string        `json:"revisions"`
	Steps        int             `json:"steps"`
	Drift        []string        `json:"drift"`
	Note         string          `json:"note,omitempty"`
	Checks       []checkItemJSON `json:"checks,omitempty"`
	Error        *errorJSON      `json:"error,omitempty"`
	Run          any             `json:"run,omitempty"`
	Milliseconds float64         `json:"milliseconds"`
}

// JSON implements Result.
func (t Tenants) JSON() any {
	out := tenantsJSON{FormatVersion: FormatVersion, Command: t.Command, Environment: t.Environment, DryRun: t.DryRun, OK: t.OK(), Counts: map[string]int{}, AtHeads: t.AtHeads,
		Databases: []tenantJSON{}, Milliseconds: milliseconds(t.Elapsed)}
	if t.Command == "check" {
		out.Checks, out.Diagnostics = itemsJSON(t.Common.Items), diagnosticsJSON(t.Common.Diagnostics)
	}
	if t.Command == "history" {
		out.Revisions = revisionsOf(t.Revisions)
	}
	for _, d := range t.Databases {
		out.Counts[string(d.Status)]++
		item := tenantJSON{Name: d.Name, Database: d.Where, Status: d.Status, Made: d.Made, From: list(d.From), To: list(d.To), Revisions: list(d.Revisions), Steps: d.Steps,
			Drift: list(d.Drift), Note: d.Note, Milliseconds: milliseconds(d.Elapsed)}
		if d.Check != nil {
			item.Checks = itemsJSON(d.Check)
		}
		if d.Run != nil {
			item.Run = d.Run.JSON()
		}
		if d.Failure != nil {
			failure := d.Failure.errorJSON()
			item.Error = &failure
		}
		out.Databases = append(out.Databases, item)
	}
	return out
}

// OK says that nothing failed, doesn't hold, or was left.
func (t Tenants) OK() bool {
	if slices.ContainsFunc(t.Databases, func(d Tenant) bool { return d.Note != "" }) {
		return false
	}
	bad := len(t.of(TenantFails)) + len(t.of(TenantFailed)) + len(t.of(TenantInterrupted)) + len(t.of(TenantNotBegun))
	return bad == 0 && (t.Command != "check" || t.Common.OK()) && (t.AtHeads == nil || *t.AtHeads)
}
