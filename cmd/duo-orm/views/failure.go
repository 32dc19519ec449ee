package views

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Failure is an error as it is shown.
type Failure struct {
	// Code is the exit code, Kind a word for programs: "usage", "locked".
	Code int
	Kind string
	// Message is one sentence without a full stop. Details are more lines, SQL the statement that failed.
	Message string
	Details []string
	SQL     string
	// Diagnostics are faults of files; their texts are in Files. Message may be empty with them.
	Diagnostics hcl.Diagnostics
	Files       map[string]*hcl.File
	// Next is what to type or change, each a sentence.
	Next []string
}

type failureJSON struct {
	FormatVersion string    `json:"format_version"`
	Error         errorJSON `json:"error"`
}

type errorJSON struct {
	Kind        string           `json:"kind"`
	ExitCode    int              `json:"exit_code"`
	Message     string           `json:"message"`
	Details     []string         `json:"details"`
	SQL         string           `json:"sql,omitempty"`
	Diagnostics []diagnosticJSON `json:"diagnostics"`
	Next        []string         `json:"next"`
}

type diagnosticJSON struct {
	Severity string `json:"severity"`
	Summary  string `json:"summary"`
	Detail   string `json:"detail"`
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
}

// JSON implements Result.
func (f Failure) JSON() any { return failureJSON{FormatVersion: FormatVersion, Error: f.errorJSON()} }

func (f Failure) errorJSON() errorJSON {
	return errorJSON{Kind: f.Kind, ExitCode: f.Code, Message: f.Message,
		Details: list(f.Details), SQL: f.SQL, Diagnostics: diagnosticsJSON(f.Diagnostics), Next: list(f.Next)}
}

func diagnosticsJSON(diagnostics hcl.Diagnostics) []diagnosticJSON {
	out := make([]diagnosticJSON, 0, len(diagnostics))
	for _, d := range diagnostics {
		item := diagnosticJSON{Severity: "error", Summary: d.Summary, Detail: d.Detail}
		if d.Severity == hcl.DiagWarning {
			item.Severity = "warning"
		}
		if d.Subject != nil {
			item.File, item.Line, item.Column = d.Subject.Filename, d.Subject.Start.Line, d.Subject.Start.Column
		}
		out = append(out, item)
	}
	return out
}

// Human implements Result.
func (f Failure) Human(p *Printer) {
	Diagnostics(p, f.Diagnostics, f.Files)
	if f.Message != "" {
		lead := "Error: "
		if len(f.Diagnostics) > 0 {
			lead = ""
		}
		p.Line(S(Failed, lead), S(Strong, f.Message))
	}
	for _, detail := range f.Details {
		p.Block("  ", detail, Plain)
	}
	if f.SQL != "" {
		p.Line()
		p.Block("    ", f.SQL, Faint)
	}
	if len(f.Next) > 0 && (f.Message != "" || len(f.Details) > 0) {
		p.Line()
	}
	for _, next := range f.Next {
		p.Line(T("  → "), T(next))
	}
}

// Diagnostics prints the faults of files, each with its place and source line.
func Diagnostics(p *Printer, diagnostics hcl.Diagnostics, files map[string]*hcl.File) {
	for _, d := range diagnostics {
		var b bytes.Buffer
		if err := hcl.NewDiagnosticTextWriter(&b, files, 0, false).WriteDiagnostic(d); err != nil {
			p.Line(S(Failed, "Error: "), T(d.Error()))
			continue
		}
		text := bytes.TrimRight(b.Bytes(), "\n")
		lead := []byte("Error: ")
		if rest, ok := bytes.CutPrefix(text, lead); ok {
			headline, body, _ := bytes.Cut(rest, []byte("\n"))
			p.Line(S(Failed, string(lead)), S(Strong, string(headline)))
			text = body
		}
		column := 0
		if d.Subject != nil {
			column = d.Subject.Start.Column
		}
		configuration := d.Subject != nil && slices.Contains([]string{"database.hcl", "duo-orm.hcl", "migrations.hcl"}, path.Base(d.Subject.Filename))
		for line := range strings.Lines(string(text)) {
			line = strings.TrimRight(line, "\r\n")
			if parts := sourceLine.FindStringSubmatch(line); parts != nil && configuration {
				line = parts[1] + withoutURL(parts[2])
			}
			p.Line(T(shortened(line, column)))
		}
		p.Line()
	}
}

const (
	// maxSource is how much of a source line is shown, maxBefore how much of that before the place that is meant.
	maxSource = 160
	maxBefore = 60
)

var sourceLine = regexp.MustCompile(`^( *[0-9]+: )(.*)$`)

// withoutURL is a source line of a file that holds URLs, which can't be evaluated yet or is faulty, so that nobody knows what
// of it is a password: from where one could begin on, the line is hidden.
func withoutURL(line string) string {
	secret := strings.ContainsAny(line, "@?")
	if i := strings.Index(line, "://"); i >= 0 {
		if !secret && strings.HasSuffix(strings.ToLower(line[:i]), "sqlite") {
			return line
		}
		return line[:i+3] + Hidden
	}
	if i := strings.IndexByte(line, '"'); i >= 0 && secret {
		return line[:i+1] + Hidden
	}
	return line
}

// shortened cuts a source line that would fill screens, around the column that is meant; other lines stay.
func shortened(line string, column int) string {
	parts := sourceLine.FindStringSubmatch(line)
	if parts == nil {
		return line
	}
	text := []rune(parts[2])
	if len(text) <= maxSource {
		return line
	}
	from := max(0, min(column-maxBefore, len(text)-maxSource))
	shown := string(text[from : from+maxSource])
	if from > 0 {
		shown = "…" + shown
	}
	if from+maxSource < len(text) {
		shown += "…"
	}
	return parts[1] + shown
}
