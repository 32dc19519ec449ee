package planner

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner/seed"
)

// Summary is a plan in words: a tree of what is added (+), changed (~), dropped (-), renamed (>) and made again (±).
type Summary struct {
	Adds, Changes, Drops int
	Lines                []SummaryLine
}

// SummaryLine is one line of the tree.
type SummaryLine struct {
	// Depth is 0 for a unit, 1 for a part or property of it.
	Depth int
	Sign  string
	// What is the object: "table posts", "column mail → email"; Detail what is to be said of it; Place where it is declared.
	What, Detail, Place string
	// Warning says that Detail tells of a loss or a risk.
	Warning bool
}

// Summarize puts a plan into words. The same plan gives the same words.
func Summarize(p *Plan) Summary {
	var s Summary
	for _, unit := range p.Units {
		switch unit.Action {
		case Add:
			s.Adds++
		case Drop:
			s.Drops++
		default:
			s.Changes++
		}
		s.unit(unit)
	}
	return s
}

// Headline is "Plan: 1 to add, 1 to change, 0 to drop".
func (s Summary) Headline() string {
	return fmt.Sprintf("Plan: %d to add, %d to change, %d to drop", s.Adds, s.Changes, s.Drops)
}

// Text is the headline and the tree, in columns, without colour and without a final line break.
func (s Summary) Text() string {
	text := s.Headline()
	for i, cells := range s.Columns() {
		if i == 0 {
			text += "\n"
		}
		text += "\n" + strings.TrimRight(strings.Join(cells[:], ""), " ")
	}
	return text
}

// The widest that a column of the plan gets: what is longer than that moves the rest of its own line only.
const (
	widestWhat   = 44
	widestDetail = 52
)

// Columns are the lines of the tree in three cells each: the object behind its sign, what is to be said of it, and its
// place. They are padded so that they stand below each other when they are joined. Files and commands show the same.
func (s Summary) Columns() [][3]string {
	what, detail := 0, 0
	for _, line := range s.Lines {
		if line.alone() {
			continue
		}
		what = max(what, min(widestWhat, line.Depth*4+2+utf8.RuneCountInString(line.What)))
		detail = max(detail, min(widestDetail, utf8.RuneCountInString(line.Detail)))
	}
	rows := make([][3]string, len(s.Lines))
	for i, line := range s.Lines {
		cells := &rows[i]
		cells[0] = "  " + strings.Repeat("    ", line.Depth) + line.Sign + " " + line.What
		if line.alone() {
			continue
		}
		cells[0] = pad(cells[0], what+2) + "  "
		cells[1], cells[2] = line.Detail, line.Place
		if line.Place != "" {
			over := max(0, utf8.RuneCountInString(cells[0])-what-4)
			cells[1] = pad(line.Detail, detail-over) + "  "
		}
	}
	return rows
}

// alone says that nothing stands behind What, so that it may be as long as it likes.
func (l SummaryLine) alone() bool { return l.Detail == "" && l.Place == "" }

func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
}

func (s *Summary) unit(unit UnitPlan) {
	line := SummaryLine{Sign: sign(unit.Action), What: unit.Identity.String(), Place: declaredAt(unit.After)}
	switch {
	case unit.From != (hclschema.Identity{}):
		line.Sign, line.What = sign(Renamed), fmt.Sprintf("%s → %s", unit.From, unit.Identity.Path())
		switch {
		case unit.From.Schema == unit.Identity.Schema || unit.Identity.Parent != "":
			line.Detail = "renamed"
		case unit.From.Name == unit.Identity.Name:
			line.Detail = "moved to another schema"
		default:
			line.Detail = "moved to another schema and renamed"
		}
	case unit.Action == Replace:
		line.Detail = "dropped and made again around the change"
	case unit.Action == Add:
		if line.Detail = counts(unit.Parts); line.Detail == "" {
			line.Detail = describeObject(unit.After)
		}
	}
	s.add(line, unit.Identity, unit.Hazards)
	for _, name := range unit.Properties {
		s.add(SummaryLine{Depth: 1, Sign: sign(Alter), What: name, Detail: fromTo(name, unit.Before, unit.After)}, unit.Identity, nil)
	}
	if unit.Action == Alter {
		for _, part := range unit.Parts {
			s.part(part)
		}
	}
	if unit.Rows != nil {
		s.rows(*unit.Rows)
	}
}

// rows tells what happens to declared rows, with the numbers.
func (s *Summary) rows(change seed.Change) {
	line := SummaryLine{Depth: 1, Sign: sign(Alter), What: "rows", Place: fmt.Sprintf("%s:%d", change.Set.Range.Filename, change.Set.Range.Start.Line)}
	var words []string
	for _, part := range []struct {
		n    int
		verb string
	}{{change.Insert, "insert"}, {change.Update, "update"}, {change.Delete, "delete"}} {
		if part.n > 0 {
			words = append(words, part.verb+" "+RowCount(int64(part.n)))
		}
	}
	line.Detail, line.Warning = strings.Join(words, ", "), change.Update+change.Delete > 0
	if change.Update+change.Delete == 0 {
		line.Sign = sign(Add)
	}
	s.Lines = append(s.Lines, line)
	tell := func(text string) {
		s.Lines = append(s.Lines, SummaryLine{Depth: 2, Sign: "!", What: text, Warning: true})
	}
	if change.Unrestored {
		tell("destroys data: the way back doesn't restore so many rows")
	}
	for _, table := range change.Cascades {
		tell("destroys data: the rows of " + table.Path() + " that refer to deleted ones go with them")
	}
}

func (s *Summary) part(part PartPlan) {
	line := SummaryLine{Depth: 1, Sign: sign(part.Action), What: partName(part.Identity()), Place: declaredAt(part.After)}
	if part.From != (hclschema.Identity{}) {
		line.Sign, line.What = sign(Renamed), fmt.Sprintf("%s → %s", partName(part.From), shortName(part.After.Identity))
		line.Detail = "renamed"
	}
	switch part.Action {
	case Add:
		line.Detail = describeObject(part.After)
	case Alter, Renamed:
		var words []string
		if line.Detail != "" {
			words = append(words, line.Detail)
		}
		for _, name := range part.Properties {
			words = append(words, name+" "+fromTo(name, part.Before, part.After))
		}
		line.Detail = strings.Join(words, ", ")
	}
	s.add(line, part.Identity(), part.Hazards)
}

// add puts a line about an object into the tree, with what its hazards say: on the line itself if it has nothing to say yet.
func (s *Summary) add(line SummaryLine, of hclschema.Identity, hazards []drivers.Hazard) {
	line.What = lineBreaks.Replace(line.What)
	at := len(s.Lines)
	s.Lines = append(s.Lines, line)
	for _, h := range hazards {
		text := hazardText(h)
		if text == "" {
			continue
		}
		if h.Object != of {
			text = partName(h.Object) + ": " + text
		}
		if s.Lines[at].Detail == "" {
			s.Lines[at].Detail, s.Lines[at].Warning = text, true
			continue
		}
		s.Lines = append(s.Lines, SummaryLine{Depth: line.Depth + 1, Sign: "!", What: text, Warning: true})
	}
}

// lineBreaks stand in the contents by which unnamed objects are known.
var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

// hazardText is a hazard in a few words; empty for one that the plan's steps tell already.
func hazardText(h drivers.Hazard) string {
	switch h.Kind {
	case drivers.Destroys:
		switch {
		case h.Rows < 0:
			return "destroys data"
		case h.Rows == 0:
			return "destroys data: none there now"
		case h.Total < 0 || h.Object.Parent == "":
			return "destroys data: " + RowCount(h.Rows)
		default:
			return fmt.Sprintf("destroys data: %s of %s held a value", Thousands(h.Rows), RowCount(h.Total))
		}
	case drivers.Loses:
		if h.Rows == 0 {
			return "no value loses a part by it now"
		}
		return "loses " + Loss(h) + "; the way back doesn't bring it again"
	case drivers.Rewrites:
		if h.Total > 0 {
			return fmt.Sprintf("%s, %s", h.Text, RowCount(h.Total))
		}
		return h.Text
	case drivers.Violates:
		if h.Rows > 0 {
			return fmt.Sprintf("%s: %s against it", h.Text, concerned(h))
		}
		if h.Rows < 0 {
			return h.Text + ": the upgrade fails if a row is against it"
		}
		return h.Text + ": no row against it now"
	default:
		if h.Rows == 0 {
			return ""
		}
		if h.Rows > 0 {
			return fmt.Sprintf("%s: %s", h.Text, RowCount(h.Rows))
		}
		return h.Text
	}
}

func sign(action Action) string {
	switch action {
	case Add:
		return "+"
	case Drop:
		return "-"
	case Renamed:
		return ">"
	case Replace:
		return "±"
	default:
		return "~"
	}
}

// partName is a part as the tree names it below its unit: "column email", "check (age > 0)".
func partName(id hclschema.Identity) string {
	if name := shortName(id); name != "" {
		return id.Kind + " " + name
	}
	return id.Kind
}

func shortName(id hclschema.Identity) string {
	return hclschema.Identity{Name: id.Name, Unnamed: id.Unnamed, Ordinal: id.Ordinal}.Path()
}

// counts says how many parts of each kind a unit has, in the order in which the kinds first appear.
func counts(parts []PartPlan) string {
	var kinds []string
	number := map[string]int{}
	for _, part := range parts {
		kind := part.Identity().Kind
		if number[kind]++; number[kind] == 1 {
			kinds = append(kinds, kind)
		}
	}
	for i, kind := range kinds {
		kinds[i] = plural(number[kind], strings.ReplaceAll(kind, "_", " "))
	}
	return strings.Join(kinds, ", ")
}

func plural(n int, word string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(word, "x"):
		word += "es"
	case strings.HasSuffix(word, "y") && !strings.HasSuffix(word, "ey"):
		word = strings.TrimSuffix(word, "y") + "ies"
	default:
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}

// first are the properties that are told first, and by their values alone; those of closely stand behind the one before
// without a comma.
var (
	first = []string{
		hclschema.PropType, hclschema.PropModule, hclschema.PropTiming, hclschema.PropEvent, hclschema.PropUnique, hclschema.PropExpr,
		hclschema.PropColumns, hclschema.PropRefTable, hclschema.PropRefColumns,
	}
	closely = []string{hclschema.PropEvent, hclschema.PropColumns, hclschema.PropRefTable, hclschema.PropRefColumns}
)

// describeObject tells an object's properties in one line.
func describeObject(o *hclschema.Object) string {
	var words []string
	tell := func(name string) {
		value := o.Properties[name]
		if value == nil {
			return
		}
		word := name + " " + oneLine(value.String())
		switch {
		case value == hclschema.Bool(true):
			word = name
		case name == hclschema.PropRefTable:
			word = "→ " + oneLine(value.String())
		case name == hclschema.PropColumns || name == hclschema.PropRefColumns:
			word = "(" + oneLine(columnsText(value)) + ")"
		case slices.Contains(first, name):
			word = oneLine(value.String())
		}
		if last := len(words) - 1; last >= 0 && slices.Contains(closely, name) {
			words[last] += " " + word
		} else {
			words = append(words, word)
		}
	}
	for _, name := range first {
		tell(name)
	}
	for _, name := range o.Properties.Names() {
		if !slices.Contains(first, name) {
			tell(name)
		}
	}
	return strings.Join(words, ", ")
}

// columnsText writes a list of columns without the word "column" that its records have for each.
func columnsText(value hclschema.Value) string {
	list, ok := value.(hclschema.List)
	if !ok {
		return value.String()
	}
	var words []string
	for _, part := range list {
		text := part.String()
		if record, ok := part.(hclschema.Record); ok {
			for _, name := range []string{"column", "expr"} {
				if record[name] != nil {
					text = record[name].String()
				}
			}
			if record["desc"] == hclschema.Bool(true) {
				text += " desc"
			}
			if record["collate"] != nil {
				text += " collate " + record["collate"].String()
			}
		}
		words = append(words, text)
	}
	return strings.Join(words, ", ")
}

// fromTo tells a property's old and new value.
func fromTo(name string, before, after *hclschema.Object) string {
	a, b := before.Properties[name], after.Properties[name]
	_, aBool := a.(hclschema.Bool)
	_, bBool := b.(hclschema.Bool)
	if aBool || bBool {
		return fmt.Sprintf("%t → %t", before.Properties.Bool(name), after.Properties.Bool(name))
	}
	text := func(v hclschema.Value) string {
		if v == nil {
			return "none"
		}
		return oneLine(v.String())
	}
	if utf8.RuneCountInString(text(a))+utf8.RuneCountInString(text(b)) > 80 {
		return "changed"
	}
	return text(a) + " → " + text(b)
}

// oneLine folds white space and cuts what is too long for a line.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:57]) + "…"
	}
	return text
}

func declaredAt(o *hclschema.Object) string {
	return strings.TrimSuffix(place(o), ": ")
}
