package revision

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Format is the version of the file format that this package writes, and the newest that it reads.
const Format = 1

// Write is the revision file as text: the summary as a comment, the revision's facts, one step a statement. The same file
// gives the same bytes.
func Write(f *File) []byte {
	w := &writer{}
	if summary := strings.TrimRight(f.Summary, "\n"); summary != "" {
		for _, line := range strings.Split(summary, "\n") {
			w.line(strings.TrimRight("# "+harmless(line), " \t"))
		}
		w.line("")
	}
	w.line("revision " + hclschema.Quoted(f.ID) + " {")
	w.line("format = " + itoa(Format))
	w.text("message", f.Message)
	w.line("parents = " + list(f.Parents))
	if len(f.DependsOn) > 0 {
		w.line("depends_on = " + list(f.DependsOn))
	}
	if len(f.Replaces) > 0 {
		w.line("replaces = " + list(f.Replaces))
	}
	w.stoodFor(f.StoodFor)
	if f.Branch != "" {
		w.text("branch", f.Branch)
	}
	w.text("created", f.Created.UTC().Format(time.RFC3339))
	w.text("dialect", f.Dialect)
	w.prints("start", f.Start)
	w.prints("end", f.End)
	w.prints("renames", f.Renames)
	if f.Proved != "" {
		w.text("proved", f.Proved)
	}
	if f.PlannedRows != "" {
		w.text("planned_rows", f.PlannedRows)
	}
	if f.ForeignKeysOff {
		w.line("foreign_keys = false")
	}
	w.line("}")
	w.steps("upgrade", f.Upgrade)
	if f.Irreversible != "" {
		w.line("")
		w.line("downgrade {")
		w.text("irreversible", f.Irreversible)
		w.line("}")
	} else {
		w.steps("downgrade", f.Downgrade)
	}
	return hclwrite.Format([]byte(w.b.String()))
}

// Checked is Write, read back: an error says why the text would not be the file again, and nothing should be written then.
func Checked(f *File) ([]byte, error) {
	text := Write(f)
	read, diags := ReadBeside(f.Path, text, f.sqlFiles())
	if diags.HasErrors() {
		return nil, fmt.Errorf("revision %s can't be written so that it reads back: %w", f.ID, diags)
	}
	if Checksum(read) != Checksum(f) {
		return nil, fmt.Errorf("revision %s can't be written so that it reads back: some of its texts would become others (is all of it UTF-8?)", f.ID)
	}
	return text, nil
}

type writer struct{ b strings.Builder }

func (w *writer) line(text string) {
	w.b.WriteString(text)
	w.b.WriteByte('\n')
}

func (w *writer) text(name, value string) { w.line(name + " = " + hclschema.Quoted(value)) }

func (w *writer) prints(name string, prints map[string]string) {
	if len(prints) == 0 {
		return
	}
	keys := make([]string, 0, len(prints))
	for key := range prints {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	w.line(name + " = {")
	for _, key := range keys {
		w.line(hclschema.Quoted(key) + " = " + hclschema.Quoted(prints[key]))
	}
	w.line("}")
}

func (w *writer) stoodFor(stood map[string][]string) {
	if len(stood) == 0 {
		return
	}
	w.line("stood_for = {")
	for _, id := range slices.Sorted(maps.Keys(stood)) {
		w.line(hclschema.Quoted(id) + " = " + list(stood[id]))
	}
	w.line("}")
}

func (w *writer) steps(direction string, steps []Step) {
	w.line("")
	if len(steps) == 0 {
		w.line(direction + " {\n}")
		return
	}
	w.line(direction + " {")
	for i, step := range steps {
		if i > 0 {
			w.line("")
		}
		w.step(step)
	}
	w.line("}")
}

func (w *writer) step(step Step) {
	w.line("step " + hclschema.Quoted(step.Name) + " {")
	if len(step.Makes) > 0 {
		w.line("makes = " + list(step.Makes))
	}
	if len(step.Drops) > 0 {
		w.line("drops = " + list(step.Drops))
	}
	if len(step.Changes) > 0 {
		w.line("changes = " + list(step.Changes))
	}
	if step.Destroys != "" {
		w.text("destroys", step.Destroys)
	}
	if step.Because != "" {
		w.text("because", step.Because)
	}
	w.conditions(step)
	switch {
	case len(step.Exec) > 0:
		w.line("exec = " + list(step.Exec))
	case step.SQLFile != "":
		w.text("sql_file", step.SQLFile)
	default:
		w.line("sql = " + withPlaceholders(step.SQL, step.Placeholders, 2))
	}
	if step.Each != nil {
		w.each(step.Each)
	}
	w.line("}")
}

// conditions say where and how a step runs.
func (w *writer) conditions(step Step) {
	if !step.Transaction && len(step.Exec) == 0 && step.Each == nil {
		w.line("transaction = false")
	}
	if step.Again {
		w.line("again = true")
	}
	if len(step.When) > 0 {
		w.line("when = " + list(step.When))
	}
	if len(step.Unless) > 0 {
		w.line("unless = " + list(step.Unless))
	}
}

func (w *writer) each(each *Each) {
	w.line("each {")
	w.text("table", each.Table)
	if each.As != "" {
		w.text("as", each.As)
	}
	if len(each.Key) > 0 {
		w.line("key = " + list(each.Key))
	}
	if each.Batch != defaultBatch {
		w.line("batch = " + itoa(each.Batch))
	}
	if each.Pause > 0 {
		w.text("pause", each.Pause.String())
	}
	if each.Repeat {
		w.line("repeat = true")
	}
	w.line("}")
}

func list(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = hclschema.Quoted(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// harmless is a line of a comment without what could end it or change how it is shown.
func harmless(line string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || unicode.IsPrint(r) {
			return r
		}
		return '\uFFFD'
	}, line)
}
