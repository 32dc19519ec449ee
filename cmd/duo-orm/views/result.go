package views

import (
	"bytes"
	"encoding/json"
)

// FormatVersion is that of every JSON document. The second number grows with new fields, the first one with changed ones.
const FormatVersion = "1.0"

// Result is what a command found or did.
type Result interface {
	// Human prints it for people.
	Human(p *Printer)
	// JSON is a struct that encoding/json takes.
	JSON() any
}

// Show prints a result in the chosen form on a printer: one document, or lines.
func Show(p *Printer, asJSON bool, result Result) error {
	if !asJSON {
		result.Human(p)
		return p.Err()
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(result.JSON()); err != nil {
		return err
	}
	p.Raw(b.Bytes())
	return p.Err()
}

// list is the slice, never nil, so that JSON has [] and not null.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
