package views

import (
	"slices"
	"strings"
)

// lanes draws a graph beside revisions that are listed newest first, as git log --graph does: a lane for each line that is
// under way, a star where a revision is, strokes where lines come together and part.
type lanes struct {
	// expected is the revision that each lane leads to, column the lane of the one that is being listed.
	expected []string
	column   int
}

// before are the lines above a revision, where the lanes that lead to it come together. It finds the revision's lane, or
// makes one for a head.
func (l *lanes) before(r Revision) []string {
	if l.column = slices.Index(l.expected, r.ID); l.column < 0 {
		l.column = len(l.expected)
		l.expected = append(l.expected, r.ID)
	}
	var rows []string
	for lane := len(l.expected) - 1; lane > l.column; lane-- {
		if l.expected[lane] == r.ID {
			rows = append(rows, l.join(lane))
			l.expected = slices.Delete(l.expected, lane, lane+1)
		}
	}
	return rows
}

// join is the line in which a lane goes over to the revision's, and those to its right move up.
func (l *lanes) join(lane int) string {
	row := l.row(lane)
	row[2*lane-1] = '/'
	for at := 2*l.column + 1; at < 2*lane-1; at++ {
		if row[at] == ' ' {
			row[at] = '_'
		}
	}
	l.moveLeft(row, lane+1)
	return text(row)
}

// at is what stands before the revision itself.
func (l *lanes) at() string { return l.beside('*') }

// beside is what stands before the other lines of a revision: its own lane goes on with this stroke.
func (l *lanes) beside(own byte) string {
	row := l.row(len(l.expected))
	row[2*l.column] = own
	return string(row)
}

// after are the lines below a revision, where a merge's lanes part, or a lane ends.
func (l *lanes) after(parents []string) []string {
	if len(parents) == 0 {
		last := l.column == len(l.expected)-1
		row := l.row(l.column)
		l.moveLeft(row, l.column+1)
		l.expected = slices.Delete(l.expected, l.column, l.column+1)
		if last {
			return nil
		}
		return []string{text(row)}
	}
	l.expected[l.column] = parents[0]
	var rows []string
	for i, parent := range parents[1:] {
		lane := l.column + i + 1
		row := append(l.row(lane), "  "...)
		row[2*lane-1] = '\\'
		for other := lane; other < len(l.expected); other++ {
			row[2*other+1] = '\\'
		}
		rows = append(rows, text(row))
		l.expected = slices.Insert(l.expected, lane, parent)
	}
	return rows
}

// row has strokes in the first lanes, and is as long as all of them.
func (l *lanes) row(lanes int) []byte {
	row := []byte(strings.Repeat(" ", 2*len(l.expected)))
	for lane := range lanes {
		row[2*lane] = '|'
	}
	return row
}

func (l *lanes) moveLeft(row []byte, from int) {
	for lane := from; lane < len(l.expected); lane++ {
		row[2*lane-1] = '/'
	}
}

func text(row []byte) string { return strings.TrimRight(string(row), " ") }
