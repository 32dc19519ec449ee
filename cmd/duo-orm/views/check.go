package views

import "github.com/hashicorp/hcl/v2"

// Check is the answer to four questions.
type Check struct {
	Where string
	Items []CheckItem
	// Diagnostics are the faults of the models, shown after the answers.
	Diagnostics hcl.Diagnostics
	Files       map[string]*hcl.File
}

// CheckItem is one question.
type CheckItem struct {
	// Name is for programs: "models", "history", "head", "equal"; Question for people: "models are valid".
	Name, Question string
	Status         CheckStatus
	// Answer says more in one line; Details in several; Next is what to type or change.
	Answer  string
	Details []string
	Next    []string
}

// CheckStatus is how a check came out.
type CheckStatus string

// The outcomes. Skipped: it could not be told, because an earlier one doesn't hold.
const (
	Holds   CheckStatus = "holds"
	Fails   CheckStatus = "fails"
	Skipped CheckStatus = "skipped"
	// NotAsked: it was asked for without this question.
	NotAsked CheckStatus = "not asked"
)

// OK says that all hold.
func (c Check) OK() bool {
	for _, item := range c.Items {
		if item.Status != Holds && item.Status != NotAsked {
			return false
		}
	}
	return true
}

type checkJSON struct {
	FormatVersion string           `json:"format_version"`
	Database      string           `json:"database,omitempty"`
	OK            bool             `json:"ok"`
	Checks        []checkItemJSON  `json:"checks"`
	Diagnostics   []diagnosticJSON `json:"diagnostics"`
}

type checkItemJSON struct {
	Name    string   `json:"name"`
	Status  string   `json:"status"`
	Answer  string   `json:"answer"`
	Details []string `json:"details"`
	Next    []string `json:"next"`
}

// JSON implements Result.
func (c Check) JSON() any {
	out := checkJSON{FormatVersion: FormatVersion, Database: c.Where, OK: c.OK(), Checks: itemsJSON(c.Items), Diagnostics: diagnosticsJSON(c.Diagnostics)}
	return out
}

func itemsJSON(items []CheckItem) []checkItemJSON {
	out := []checkItemJSON{}
	for _, item := range items {
		out = append(out, checkItemJSON{Name: item.Name, Status: string(item.Status), Answer: item.Answer, Details: list(item.Details), Next: list(item.Next)})
	}
	return out
}

// Human implements Result.
func (c Check) Human(p *Printer) {
	var rows [][]Span
	for _, item := range c.Items {
		mark, style := "✓", Done
		switch item.Status {
		case Fails:
			mark, style = "✗", Failed
		case NotAsked:
			mark, style = "–", Plain
		case Skipped:
			mark, style = "?", Changed
		}
		rows = append(rows, []Span{S(style, mark+" "+item.Question), T(item.Answer)})
	}
	p.Columns("", rows)
	for _, item := range c.Items {
		if len(item.Details) == 0 && len(item.Next) == 0 {
			continue
		}
		p.Line()
		if len(item.Details) > 0 {
			p.Line(S(Strong, item.Question+":"))
		}
		for _, detail := range item.Details {
			p.Block("  ", detail, Plain)
		}
		for _, next := range item.Next {
			p.Line(T("  → "), T(next))
		}
	}
	if len(c.Diagnostics) > 0 {
		p.Line()
		Diagnostics(p, c.Diagnostics, c.Files)
	}
}
