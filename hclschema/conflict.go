package hclschema

import (
	"bytes"

	"github.com/hashicorp/hcl/v2"
)

// conflict is the summary of the fault of a file with an unsolved conflict.
const conflict = "Merge conflict"

// MergeConflict is the one fault to tell of a file that doesn't parse because a merge left its marks in it, nil where there
// are none: what a parser says of the marks, and of both sides standing below each other, only misleads.
func MergeConflict(name string, text []byte) hcl.Diagnostics {
	marks := []string{"<<<<<<<", "=======", ">>>>>>>"}
	var begin hcl.Pos
	found := 0
	for at, line := 0, 1; at < len(text) && found < len(marks); line++ {
		end := at + bytes.IndexByte(text[at:], '\n')
		if end < at {
			end = len(text)
		}
		if bytes.HasPrefix(text[at:end], []byte(marks[found])) {
			if found == 0 {
				begin = hcl.Pos{Line: line, Column: 1, Byte: at}
			}
			found++
		}
		at = end + 1
	}
	if found < len(marks) {
		return nil
	}
	last := begin
	last.Column, last.Byte = begin.Column+len(marks[0]), begin.Byte+len(marks[0])
	return hcl.Diagnostics{{Severity: hcl.DiagError, Summary: conflict, Subject: &hcl.Range{Filename: name, Start: begin, End: last},
		Detail: "A merge left both sides in the file. Keep what is right, and take the lines that begin with <<<<<<<, ======= and >>>>>>> away."}}
}

// conflictsAlone leaves only the faults of unsolved conflicts where there are some: what else is wrong can't be told before
// they are solved.
func conflictsAlone(diags hcl.Diagnostics) hcl.Diagnostics {
	var conflicts hcl.Diagnostics
	for _, d := range diags {
		if d.Summary == conflict {
			conflicts = append(conflicts, d)
		}
	}
	if len(conflicts) > 0 {
		return conflicts
	}
	return diags
}
