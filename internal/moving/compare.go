package moving

import "slices"

// Differences are what stands between a database and the versions of the folder.
type Differences struct {
	// Unsettled are versions that failed half-way, Pending those of the folder that aren't applied, Unknown those that were
	// applied and aren't in the folder, Passed those that aren't applied although later ones are.
	Unsettled, Pending, Unknown, Passed []string
}

// states are the last states of versions, with their order.
func states(rows []Row) (states map[string]string, order []string) {
	states = map[string]string{}
	for _, row := range rows {
		if _, seen := states[row.Version]; !seen {
			order = append(order, row.Version)
		}
		states[row.Version] = row.State
	}
	return states, order
}

// Compare says how the rows of the version table, in their order, differ from the versions.
func Compare(versions []string, rows []Row) Differences {
	var d Differences
	states, order := states(rows)
	for _, version := range order {
		switch {
		case states[version] == Unsettled:
			d.Unsettled = append(d.Unsettled, version)
		case states[version] == Applied && !slices.Contains(versions, version):
			d.Unknown = append(d.Unknown, version)
		}
	}
	for _, version := range versions {
		if states[version] != Applied {
			d.Pending = append(d.Pending, version)
		}
	}
	return d
}

// Placed puts what the tool runs again behind the versions that the rows say are applied, where the rows have it too: it ran before those
// that are still pending.
func (t Tool) Placed(list []Migration, rows []Row) []Migration {
	states, _ := states(rows)
	var versions, ran, left []Migration
	for _, m := range list {
		switch {
		case !m.Again:
			versions = append(versions, m)
		case states[m.Version] == Applied:
			ran = append(ran, m)
		default:
			left = append(left, m)
		}
	}
	applied, _ := t.Standing(versions, rows)
	return slices.Concat(versions[:applied], ran, versions[applied:], left)
}

// Standing says how many of the migrations, from the first on, the rows say are applied, and what differs from that.
func (t Tool) Standing(list []Migration, rows []Row) (applied int, d Differences) {
	var versions []string
	for _, m := range list {
		versions = append(versions, m.Version)
	}
	rows = slices.Clone(rows)
	for i := range rows {
		if key, err := t.format.key(rows[i].Version); err == nil && t.Name == "flyway" {
			rows[i].Version = key
		}
	}
	var before []Row
	for i, row := range rows {
		if row.State != Baseline && (!t.Last || row.State != Applied) {
			continue
		}
		rows[i].State = Applied
		for _, m := range list {
			if !m.Again && t.format.compare(m, Migration{Version: row.Version, File: row.Version + "_\uffff"}) <= 0 {
				before = append(before, Row{m.Version, Applied})
			}
		}
		if row.State == Baseline && !slices.Contains(versions, row.Version) {
			rows[i].State = Undone // it has no file
		}
	}
	rows = append(before, rows...)
	d = Compare(versions, rows)
	for len(versions) > applied && !slices.Contains(d.Pending, versions[applied]) {
		applied++
	}
	states, _ := states(rows)
	for i, version := range versions {
		if i >= applied && states[version] == Applied {
			for _, earlier := range versions[applied:i] {
				if slices.Contains(d.Pending, earlier) && !slices.Contains(d.Passed, earlier) {
					d.Passed = append(d.Passed, earlier)
				}
			}
		}
	}
	return applied, d
}
