package revision

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/duo-orm/duo-orm/hclschema"
)

var (
	stepAttributes = []string{"makes", "drops", "changes", "destroys", "because", "transaction", "again", "when", "unless", "sql", "sql_file", "exec"}
	eachAttributes = []string{"table", "as", "key", "batch", "pause", "repeat"}
)

// defaultBatch is how many rows a batch has where the file doesn't say.
const defaultBatch = 1000

func (r *reader) step(block *hclschema.Block) Step {
	step := Step{Transaction: true, Range: block.Range}
	if len(block.Labels) == 1 {
		step.Name = block.Labels[0].Text
	} else {
		r.fail(block.Range, "Step without a name", `Write step "what it does" { … }.`)
	}
	r.known(block, stepAttributes)
	faults, told := len(r.diags), false
	for _, a := range block.Attributes {
		if told = told || a.Value == nil; a.Value == nil {
			continue
		}
		switch a.Name {
		case "makes":
			step.Makes = r.units(a)
		case "drops":
			step.Drops = r.units(a)
		case "changes":
			step.Changes = r.units(a)
		case "destroys":
			step.Destroys = r.text(a)
		case "because":
			step.Because = r.text(a)
		case "transaction":
			step.Transaction = r.boolean(a)
		case "again":
			step.Again = r.boolean(a)
		case "when":
			step.When = r.environments(a)
		case "unless":
			step.Unless = r.environments(a)
		case "sql":
			r.sql(a, &step)
		case "sql_file":
			r.sqlFile(a, &step)
		case "exec":
			step.Exec = r.program(a)
		}
	}
	for _, b := range block.Blocks {
		switch {
		case b.Type != "each":
			r.fail(b.Range, "Unknown block", fmt.Sprintf("Step holds attributes and an each block, and no block %q.", b.Type))
		case step.Each != nil:
			r.fail(b.Range, "Second block", "A step has one each block. Take one out.")
		default:
			step.Each = r.each(b)
		}
	}
	if !told && len(r.diags) == faults {
		r.together(block, &step)
	}
	if len(step.Exec) > 0 || step.Each != nil {
		step.Transaction = false
	}
	return step
}

// sql reads a statement with its placeholders.
func (r *reader) sql(a *hclschema.Attribute, step *Step) {
	if t, ok := a.Value.(template); ok {
		step.SQL, step.Placeholders = string(t.String), t.holes
	} else {
		step.SQL = r.text(a)
	}
	if at := a.ValueRange; at.End.Line > at.Start.Line {
		step.SQL = strings.TrimSuffix(step.SQL, "\n") // a heredoc ends with a line break
	}
}

var sqlFileName = regexp.MustCompile(`^[A-Za-z0-9_.-]+\.sql$`)

// sqlFile reads the statement of a file beside the revision file.
func (r *reader) sqlFile(a *hclschema.Attribute, step *Step) {
	name := r.text(a)
	switch {
	case name == "":
		return
	case !sqlFileName.MatchString(name) || strings.HasPrefix(name, "."):
		r.fail(a.ValueRange, "Not a file's name", fmt.Sprintf("sql_file is the name of a file beside this one that ends with .sql, such as \"backfill.sql\"; %q is none.", name))
		return
	case r.beside == nil:
		r.fail(a.ValueRange, "Missing file", fmt.Sprintf("%s can't be read from here.", name))
		return
	}
	step.SQLFile = name
	content, err := r.beside(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.fail(a.ValueRange, "Missing file", fmt.Sprintf("There is no %s beside this file. Bring it back, or correct its name.", name))
		return
	case err != nil:
		r.fail(a.ValueRange, "Unreadable file", fmt.Sprintf("%s can't be read: %s.", name, err))
		return
	}
	if diags := hclschema.CheckText(name, content); diags.HasErrors() {
		r.fail(a.ValueRange, "Unreadable file", fmt.Sprintf("%s can't be read: %s", name, diags[0].Detail))
		return
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(content), "\uFEFF"), "\r\n", "\n")
	if step.SQL = strings.TrimRight(text, "\n"); strings.TrimSpace(step.SQL) == "" {
		r.fail(a.ValueRange, "Step without SQL", fmt.Sprintf("%s is empty. Write its statement.", name))
	}
}

// sqlFiles are the files beside a revision, as the revision has them.
func (f *File) sqlFiles() Beside {
	return func(name string) ([]byte, error) {
		for _, step := range append(slices.Clip(f.Upgrade), f.Downgrade...) {
			if step.SQLFile == name {
				return []byte(step.SQL), nil
			}
		}
		return nil, fs.ErrNotExist
	}
}

func (r *reader) program(a *hclschema.Attribute) []string {
	words := r.texts(a)
	if sequence, ok := a.Value.(hclschema.Sequence); ok && (len(sequence.Elements) == 0 || len(words) > 0 && strings.TrimSpace(words[0]) == "") {
		r.fail(a.ValueRange, "No program", `exec is a program of the project with its arguments: ["./scripts/backfill", "--all"].`)
	}
	return words
}

func (r *reader) environments(a *hclschema.Attribute) []string {
	names := r.texts(a)
	if sequence, ok := a.Value.(hclschema.Sequence); ok && len(sequence.Elements) == 0 || slices.Contains(names, "") {
		r.fail(a.ValueRange, "No environment", fmt.Sprintf(`%s names environments of database.hcl: ["production"].`, capital(a.Name)))
	}
	return names
}

func (r *reader) each(block *hclschema.Block) *Each {
	if len(block.Labels) > 0 {
		r.fail(block.Range, "Label not expected", "Write each { … } without a name.")
	}
	r.noBlocks(block)
	r.known(block, eachAttributes)
	each := &Each{Batch: defaultBatch}
	for _, a := range block.Attributes {
		if a.Value == nil {
			continue // told already
		}
		switch a.Name {
		case "table":
			each.Table = r.text(a)
		case "as":
			each.As = r.text(a)
		case "key":
			each.Key = r.texts(a)
		case "batch":
			number, ok := a.Value.(hclschema.Number)
			n, err := strconv.Atoi(string(number))
			if each.Batch = n; !ok || err != nil || n < 1 {
				r.fail(a.ValueRange, "Not a number of rows", "batch is a whole number of rows, at least 1.")
			}
		case "pause":
			text := r.text(a)
			pause, err := time.ParseDuration(text)
			if each.Pause = pause; text != "" && (err != nil || pause < 0) {
				r.fail(a.ValueRange, "Not a time", `pause is a time such as "100ms" or "2s".`)
			}
		case "repeat":
			each.Repeat = r.boolean(a)
		}
	}
	if each.Table == "" && (block.Attribute("table") == nil || block.Attribute("table").Value != nil) {
		r.fail(block.Range, "No table", `Say which table's rows the batches are of: table = "users".`)
	}
	return each
}

// together says what of a step doesn't go together.
func (r *reader) together(block *hclschema.Block, step *Step) {
	place := func(name string) hcl.Range {
		if a := block.Attribute(name); a != nil {
			return a.NameRange
		}
		return block.Range
	}
	var forms []string
	for _, name := range []string{"sql", "sql_file", "exec"} {
		if block.Attribute(name) != nil {
			forms = append(forms, name)
		}
	}
	ranged := slices.ContainsFunc(step.Placeholders, func(h Placeholder) bool { return h.Name == EachRange })
	program := len(step.Exec) > 0
	switch {
	case len(forms) == 0 || len(forms) == 1 && !program && strings.TrimSpace(step.SQL) == "":
		r.fail(block.Range, "Step without SQL", "A step is one statement: sql = <<-SQL … SQL, or a file or program with it: sql_file, exec.")
		return
	case len(forms) > 1:
		r.fail(place(forms[1]), "Two in one step", fmt.Sprintf("A step is %s or %s, not both. Make two steps.", forms[0], forms[1]))
		return
	case len(step.When) > 0 && len(step.Unless) > 0:
		r.fail(place("unless"), "Two conditions", "A step has when or unless, not both. Name in one of them which environments it is for.")
	}
	if len(step.Makes)+len(step.Drops) > 0 {
		name := "makes"
		if len(step.Makes) == 0 {
			name = "drops"
		}
		switch {
		case program, step.Each != nil:
			r.fail(place(name), "No change of the schema", fmt.Sprintf("A program, or a statement for each row, can't have %s: nobody could prove what it does to the schema. Make the object in a step of its own.", name))
		case step.Condition() != "":
			r.fail(place(name), "No change of the schema", fmt.Sprintf("A step that isn't for every environment can't have %s: the models are the same in all of them.", name))
		}
	}
	alone := block.Attribute("transaction")
	switch {
	case program && len(step.Changes) > 0:
		r.fail(place("changes"), "Nothing to prove", "A program isn't run in proofs, so that changes says nothing. Take it out.")
	case program && alone != nil && step.Transaction:
		r.fail(alone.NameRange, "Outside of transactions", "A program runs on a connection of its own, outside of the revision's transaction. Take transaction = true out.")
	case step.Each != nil && alone != nil && step.Transaction:
		r.fail(alone.NameRange, "Outside of transactions", "Each batch is a transaction of its own. Take transaction = true out.")
	case step.Each != nil && !ranged:
		r.fail(block.Range, "No range", "The statement of an each step says where the rows of a batch are picked: … WHERE ${each.range}. Write it into its sql.")
	case step.Each == nil && ranged:
		r.fail(place("sql"), "No each block", `${each.range} stands for the rows of a batch. Say of which table: each { table = "users" }.`)
	case step.Again && (step.Each != nil || step.Transaction && !program):
		r.fail(place("again"), "Nothing to run twice", "again is for what stands alone: a program, or a statement with transaction = false. Anything else is there whole or not at all. Take it out.")
	}
}
