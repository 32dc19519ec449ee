package revision

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/duo-orm/duo-orm/hclschema"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Beside reads a file that lies beside a revision file, by its name.
type Beside func(name string) ([]byte, error)

// Read is ReadBeside for a file that has nothing beside it.
func Read(name string, content []byte) (*File, hcl.Diagnostics) {
	return ReadBeside(name, content, nil)
}

// ReadBeside reads a revision file, with the SQL files that its steps name. It is as strict as the reading of models: whatever
// it doesn't know is an error with its place, and all errors are reported in one go.
func ReadBeside(name string, content []byte, beside Beside) (*File, hcl.Diagnostics) {
	blocks, diags := parse(name, content)
	if blocks == nil && diags.HasErrors() {
		return nil, diags
	}
	if newer := newerFormat(blocks); newer != nil {
		return nil, hcl.Diagnostics{newer}
	}
	r := &reader{diags: diags, beside: beside, file: &File{Path: name, Summary: summary(content), Range: hcl.Range{Filename: name, Start: hcl.InitialPos, End: hcl.InitialPos}}}
	seen := map[string]bool{}
	for _, block := range blocks {
		if seen[block.Type] && isKnown(block.Type) {
			r.fail(block.Range, "Second block", fmt.Sprintf("A revision file has one %q block. Join the two, or take one out.", block.Type))
			continue
		}
		seen[block.Type] = true
		switch block.Type {
		case "revision":
			r.revision(block)
		case "upgrade":
			r.file.Upgrade = r.steps(block, nil)
		case "downgrade":
			r.file.Downgrade = r.steps(block, downgradeAttributes)
			r.irreversible(block)
		default:
			r.fail(block.Range, "Unknown block", fmt.Sprintf("A revision file holds revision, upgrade and downgrade, and no %q.%s",
				block.Type, hclschema.DidYouMean(block.Type, []string{"revision", "upgrade", "downgrade"})))
		}
	}
	if !r.diags.HasErrors() {
		r.complete(seen)
	}
	if r.diags.HasErrors() {
		return nil, r.diags
	}
	return r.file, r.diags
}

// complete wants all three blocks: a file that ends too early must not be taken for a revision that can't be taken back.
func (r *reader) complete(seen map[string]bool) {
	if !seen["revision"] {
		r.fail(r.file.Range, "No revision", `The file has no revision block. Take it out of the folder, or give it one: revision "id" { … }.`)
		return
	}
	for _, direction := range []string{"upgrade", "downgrade"} {
		if !seen[direction] {
			r.fail(r.file.Range, "No "+direction, fmt.Sprintf("The file has no %s block. Where there is nothing to do, write: %s {}", direction, direction))
		}
	}
}

// newerFormat is the one message for a file of a newer format, whatever else is in it that this version doesn't know.
func newerFormat(blocks []*hclschema.Block) *hcl.Diagnostic {
	for _, block := range blocks {
		a := block.Attribute("format")
		if block.Type != "revision" || a == nil {
			continue
		}
		number, _ := a.Value.(hclschema.Number)
		if n, err := strconv.Atoi(string(number)); err == nil && n > Format {
			return &hcl.Diagnostic{Severity: hcl.DiagError, Summary: "Newer format", Subject: a.ValueRange.Ptr(),
				Detail: fmt.Sprintf("The file has format %d, and this duo-orm reads up to %d. It was made by a newer duo-orm: use that.", n, Format)}
		}
	}
	return nil
}

func isKnown(block string) bool {
	return block == "revision" || block == "upgrade" || block == "downgrade"
}

// summary is the comment at the head of a file.
func summary(content []byte) string {
	text := strings.ReplaceAll(strings.TrimPrefix(string(content), "\uFEFF"), "\r\n", "\n")
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "#") {
			break
		}
		lines = append(lines, strings.TrimPrefix(strings.TrimPrefix(line, "#"), " "))
	}
	return strings.Join(lines, "\n")
}

type reader struct {
	file   *File
	beside Beside
	diags  hcl.Diagnostics
}

func (r *reader) fail(place hcl.Range, summary, detail string) {
	r.diags = append(r.diags, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: place.Ptr()})
}

var revisionAttributes = []string{"format", "message", "parents", "depends_on", "replaces", "stood_for", "branch", "created", "dialect", "start", "end", "renames", "proved", "planned_rows", "foreign_keys"}

var idPattern = regexp.MustCompile(`^[a-z0-9_]{1,64}$`)

// CheckID says what is wrong with a revision's id, or nothing.
func CheckID(id string) error {
	switch id {
	case "head", "heads", "base", "current":
		return fmt.Errorf("%q means something else already; a revision needs another id", id)
	}
	if !idPattern.MatchString(id) {
		return fmt.Errorf("%q can't be a revision's id; use 1 to 64 of a–z, 0–9 and _", id)
	}
	return nil
}

var (
	labelPattern = regexp.MustCompile(`^[A-Za-z0-9_.]{1,64}$`)
	// anyID is what could be an id that duo-orm makes, or the beginning of one.
	anyID = regexp.MustCompile(`^[0-9a-f]{1,12}$`)
)

// CheckLabel says what is wrong with a branch's label, or nothing. A label must not be taken for the beginning of an id that
// somebody makes later.
func CheckLabel(label string) error {
	switch {
	case label == "head" || label == "heads" || label == "base" || label == "current":
		return fmt.Errorf("%q means something else already; a branch needs another label", label)
	case !labelPattern.MatchString(label):
		return fmt.Errorf("%q can't be a branch's label; use 1 to 64 letters, digits, _ and dots", label)
	case anyID.MatchString(label):
		return fmt.Errorf("%q looks like the beginning of a revision's id; a branch needs a label with another letter than a–f", label)
	}
	return nil
}

func (r *reader) revision(block *hclschema.Block) {
	f := r.file
	f.Range = block.Range
	if len(block.Labels) != 1 {
		r.fail(block.Range, "Revision without an id", `Write revision "id" { … }.`)
		return
	}
	f.ID = block.Labels[0].Text
	if err := CheckID(f.ID); err != nil {
		r.fail(block.Labels[0].Range, "Unusable id", capital(err.Error())+".")
	}
	r.noBlocks(block)
	r.known(block, revisionAttributes)
	f.Format = Format
	for _, a := range block.Attributes {
		if a.Value == nil {
			continue // told already
		}
		switch a.Name {
		case "format":
			f.Format = r.format(a)
		case "message":
			f.Message = r.text(a)
		case "parents":
			f.Parents = r.ids(a, "A parent is named by its full id.")
		case "depends_on":
			f.DependsOn = r.ids(a, "A revision is named by its full id.")
		case "replaces":
			f.Replaces = r.ids(a, "A revision is named by its full id.")
		case "stood_for":
			f.StoodFor = r.stoodFor(a)
		case "branch":
			f.Branch = r.label(a)
		case "created":
			f.Created = r.time(a)
		case "dialect":
			f.Dialect = r.text(a)
		case "start":
			f.Start = r.prints(a)
		case "end":
			f.End = r.prints(a)
		case "renames":
			f.Renames = r.renames(a)
		case "proved":
			f.Proved = r.text(a)
		case "planned_rows":
			f.PlannedRows = r.text(a)
		case "foreign_keys":
			f.ForeignKeysOff = !r.boolean(a)
		}
	}
	if a := block.Attribute("dialect"); f.Dialect == "" && (a == nil || a.Value != nil) {
		r.fail(block.Range, "No dialect", `Say for which engine the SQL is: dialect = "sqlite".`)
	}
}

func (r *reader) format(a *hclschema.Attribute) int {
	number, ok := a.Value.(hclschema.Number)
	n, err := strconv.Atoi(string(number))
	if !ok || err != nil || n < 1 {
		r.fail(a.ValueRange, "Not a format", "The format is a whole number; this version of duo-orm writes 1.")
	}
	return n
}

// downgradeAttributes are those of the downgrade block; the upgrade block has none.
var downgradeAttributes = []string{"irreversible"}

// irreversible reads why there is no way back.
func (r *reader) irreversible(block *hclschema.Block) {
	a := block.Attribute("irreversible")
	if a == nil || a.Value == nil {
		return
	}
	r.file.Irreversible = r.text(a)
	switch _, text := a.Value.(hclschema.String); {
	case text && strings.TrimSpace(r.file.Irreversible) == "":
		r.fail(a.ValueRange, "No reason", "Say why there is no way back, for whoever looks for one: irreversible = \"the old values are gone\".")
	case len(r.file.Downgrade) > 0:
		r.fail(a.NameRange, "Steps of no way back", "A downgrade has steps, or says why there are none, not both. Take one of the two out.")
	}
}

func (r *reader) steps(block *hclschema.Block, attributes []string) []Step {
	if len(block.Labels) > 0 {
		r.fail(block.Range, "Label not expected", fmt.Sprintf("Write %s { … } without a name.", block.Type))
	}
	for _, a := range block.Attributes {
		if !slices.Contains(attributes, a.Name) {
			r.fail(a.NameRange, "Unknown attribute", fmt.Sprintf(`%s holds step "name" { … } blocks and no attribute %q.`, capital(block.Type), a.Name))
		}
	}
	var steps []Step
	for _, b := range block.Blocks {
		if b.Type != "step" {
			r.fail(b.Range, "Unknown block", fmt.Sprintf("%s holds step blocks and no %q.%s", capital(block.Type), b.Type, hclschema.DidYouMean(b.Type, []string{"step"})))
			continue
		}
		steps = append(steps, r.step(b))
	}
	return steps
}

func (r *reader) noBlocks(block *hclschema.Block) {
	for _, b := range block.Blocks {
		r.fail(b.Range, "Unknown block", fmt.Sprintf("%s holds attributes only, and no block %q.", capital(block.Type), b.Type))
	}
}

func (r *reader) known(block *hclschema.Block, names []string) {
	for _, a := range block.Attributes {
		found := false
		for _, name := range names {
			found = found || a.Name == name
		}
		if !found {
			r.fail(a.NameRange, "Unknown attribute", fmt.Sprintf("%s has no attribute %q.%s", capital(block.Type), a.Name, hclschema.DidYouMean(a.Name, names)))
		}
	}
}

func (r *reader) text(a *hclschema.Attribute) string {
	text, ok := a.Value.(hclschema.String)
	if t, has := a.Value.(template); has {
		r.fail(t.holes[0].Range, "Placeholder not expected", fmt.Sprintf("Only a step's sql can have placeholders, and %s has one.", a.Name))
	} else if !ok {
		r.fail(a.ValueRange, "Not a text", fmt.Sprintf("%s is a text in quotes, or a heredoc.", capital(a.Name)))
	}
	return string(text)
}

func (r *reader) boolean(a *hclschema.Attribute) bool {
	value, ok := a.Value.(hclschema.Boolean)
	if !ok {
		r.fail(a.ValueRange, "Not true or false", fmt.Sprintf("%s is true or false.", capital(a.Name)))
	}
	return bool(value)
}

func (r *reader) texts(a *hclschema.Attribute) []string {
	sequence, ok := a.Value.(hclschema.Sequence)
	if !ok {
		r.fail(a.ValueRange, "Not a list", fmt.Sprintf(`%s is a list of texts: ["…"].`, capital(a.Name)))
		return nil
	}
	texts, ok := textsOf(sequence)
	if !ok {
		r.fail(a.ValueRange, "Not a text", fmt.Sprintf("Each element of %s is a text in quotes.", a.Name))
	}
	return texts
}

func textsOf(sequence hclschema.Sequence) ([]string, bool) {
	var texts []string
	for _, element := range sequence.Elements {
		text, ok := element.(hclschema.String)
		if !ok {
			return nil, false
		}
		texts = append(texts, string(text))
	}
	return texts, true
}

// ids reads parents, of which a merge has several, or what a revision depends on.
func (r *reader) ids(a *hclschema.Attribute, how string) []string {
	ids := r.texts(a)
	r.checkIDs(a, ids, how)
	return ids
}

func (r *reader) checkIDs(a *hclschema.Attribute, ids []string, how string) {
	for _, id := range ids {
		if err := CheckID(id); err != nil {
			r.fail(a.ValueRange, "Unusable id", capital(err.Error())+". "+how)
		}
	}
}

// stoodFor reads for which revisions others stood.
func (r *reader) stoodFor(a *hclschema.Attribute) map[string][]string {
	const how = `stood_for lists ids by the id of the revision that stood in their place: { "…" = ["…", "…"] }.`
	mapping, ok := a.Value.(hclschema.Mapping)
	if !ok {
		r.fail(a.ValueRange, "Not revisions", capital(how))
		return nil
	}
	stood := map[string][]string{}
	for i, key := range mapping.Keys {
		sequence, ok := mapping.Values[i].(hclschema.Sequence)
		ids, texts := textsOf(sequence)
		if !ok || !texts || len(ids) == 0 {
			r.fail(a.ValueRange, "Not revisions", fmt.Sprintf("What %s stood for is no list of ids. %s", key, capital(how)))
			continue
		}
		r.checkIDs(a, append([]string{key}, ids...), "A revision is named by its full id.")
		stood[key] = ids
	}
	return stood
}

// label reads the name of a branch.
func (r *reader) label(a *hclschema.Attribute) string {
	label := r.text(a)
	if _, text := a.Value.(hclschema.String); !text {
		return ""
	}
	if err := CheckLabel(label); err != nil {
		r.fail(a.ValueRange, "Unusable label", capital(err.Error())+".")
	}
	return label
}

// units reads what a step makes, drops or changes: kinds with names, as plans write them.
func (r *reader) units(a *hclschema.Attribute) []string {
	units := r.texts(a)
	kinds := make([]string, 0, 16)
	for _, kind := range hclschema.Language() {
		kinds = append(kinds, kind.Name)
	}
	for _, unit := range units {
		kind, name, _ := strings.Cut(unit, " ")
		if name == "" || !slices.Contains(kinds, kind) {
			r.fail(a.ValueRange, "Not an object", fmt.Sprintf("%s names objects by kind and name, such as \"table users\"; %q is none.%s",
				capital(a.Name), unit, hclschema.DidYouMean(kind, kinds)))
		}
	}
	return units
}

func (r *reader) prints(a *hclschema.Attribute) map[string]string {
	mapping, ok := a.Value.(hclschema.Mapping)
	if !ok {
		r.fail(a.ValueRange, "Not fingerprints", fmt.Sprintf(`%s has a fingerprint for each object: { "table users" = "…" }.`, capital(a.Name)))
		return nil
	}
	prints := map[string]string{}
	for i, key := range mapping.Keys {
		text, ok := mapping.Values[i].(hclschema.String)
		if !ok {
			r.fail(a.ValueRange, "Not a fingerprint", fmt.Sprintf("The fingerprint of %s is a text in quotes.", key))
		}
		prints[key] = string(text)
	}
	return prints
}

// renames reads what a plan has renamed.
func (r *reader) renames(a *hclschema.Attribute) map[string]string {
	const how = `renames has the new name for each old one, both with their kinds: { "column users.mail" = "column users.email" }.`
	mapping, ok := a.Value.(hclschema.Mapping)
	if !ok {
		r.fail(a.ValueRange, "Not renames", capital(how))
		return nil
	}
	renames := map[string]string{}
	for i, key := range mapping.Keys {
		text, ok := mapping.Values[i].(hclschema.String)
		was, _, isObject := strings.Cut(key, " ")
		is, _, _ := strings.Cut(string(text), " ")
		if !ok || !isObject || was != is {
			r.fail(a.ValueRange, "Not a rename", fmt.Sprintf("What %s has become is no object of its kind. %s", key, capital(how)))
			continue
		}
		renames[key] = string(text)
	}
	return renames
}

func (r *reader) time(a *hclschema.Attribute) time.Time {
	text := r.text(a)
	t, err := time.Parse(time.RFC3339, text)
	if err != nil && text != "" {
		r.fail(a.ValueRange, "Not a time", `Write the time as "2026-11-24T04:12:00Z".`)
	}
	return t.UTC()
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
