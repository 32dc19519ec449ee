package hclschema

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// Rewrite edits model files so that they say what the state says, and touches nothing else. A block that says the same
// already stays byte for byte, with its comments, its mixins and its for_each; in a table's block that differs, the blocks
// of parts that don't differ stay. Objects that the state lacks go, with the comments right above them; those that no file
// has get files of their own. A file in which nothing is left but spaces is returned as removed.
//
// The names of sources are relative to the folder of models, as those of the written files are. The files must load
// without errors (hcl.Diagnostics otherwise); that the result says what the state says is checked.
func Rewrite(existing []Source, options LoadOptions, state *State, dialect Dialect) (written []WrittenFile, removed []string, err error) {
	now, diags := LoadWith(existing, options, dialect)
	if diags.HasErrors() {
		return nil, nil, diags
	}
	if differs(state, now, false) == "" {
		return nil, nil, nil
	}
	for _, care := range []care{keepParts, keepBlocks, keepNothing} {
		r := newRewriting(existing, now, state, dialect, care)
		if written, removed, err = r.run(); err != nil {
			return nil, nil, err
		}
		if err = r.check(written, removed, options); err == nil {
			return written, removed, nil
		}
	}
	return nil, nil, err
}

// care is how much of what stands in the files is kept. Less is tried where more doesn't lead to the state.
type care int

const (
	keepParts   care = iota // what is equal stays, in tables too
	keepBlocks              // top-level blocks that are equal stay
	keepNothing             // all blocks that make objects are written anew
)

// line is a line of a file: a block begins there, and no other.
type line struct {
	file   string
	number int
}

// rewriting is one try.
type rewriting struct {
	*writer
	existing []Source
	now      *State
	care     care
	// made are the units that each top-level block makes now, and parts the parts that each nested block makes.
	made, partsAt map[line][]*Object
	schemaBlocks  map[string]bool
	// rowsOfNone are the data blocks of tables that go.
	rowsOfNone map[line]bool
	// granting are the objects that each permission block is for, regranted those whose permission blocks are written anew.
	granting  map[line][]Identity
	regranted map[Identity]bool
}

func newRewriting(existing []Source, now, state *State, dialect Dialect, care care) *rewriting {
	r := &rewriting{
		writer: newWriterCalling(state, dialect, cmp.Or(now.DefaultCalled(), state.DefaultCalled())), existing: existing, now: now, care: care,
		made: map[line][]*Object{}, partsAt: map[line][]*Object{}, schemaBlocks: map[string]bool{}, rowsOfNone: map[line]bool{},
	}
	for _, set := range now.RowSets() {
		for _, at := range set.Blocks {
			r.rowsOfNone[line{at.Filename, at.Start.Line}] = state.Get(set.Table) == nil
		}
	}
	for _, o := range now.Objects() {
		at := line{o.Range.Filename, o.Range.Start.Line}
		if grantsAlone(o.Identity.Kind) {
			continue
		}
		if isUnit(o.Identity) {
			r.made[at] = append(r.made[at], o)
		} else {
			r.partsAt[at] = append(r.partsAt[at], o)
		}
	}
	r.findRegranted()
	return r
}

func (r *rewriting) run() (written []WrittenFile, removed []string, err error) {
	var names []string
	for _, source := range r.existing {
		names = append(names, source.Name)
		text, err := r.file(source)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case bytes.Equal(text, source.Bytes):
		case len(bytes.TrimSpace(bytes.TrimPrefix(text, byteOrderMark))) == 0:
			removed = append(removed, source.Name)
		default:
			written = append(written, WrittenFile{source.Name, text})
		}
	}
	added, err := r.added(newFileNames(names))
	return append(written, added...), removed, err
}

// added are files for the units that no file has.
func (r *rewriting) added(names *fileNames) ([]WrittenFile, error) {
	var files []WrittenFile
	if text := r.missingSchemas(); text != nil {
		files = append(files, WrittenFile{names.take("schemas"), text})
	}
	for _, o := range r.state.Objects() {
		if !isUnit(o.Identity) || r.now.Get(o.Identity) != nil && !(grantsAlone(o.Identity.Kind) && r.regranted[r.state.Key(o.Identity)]) {
			continue
		}
		text, err := r.unitWithPermissions(o)
		if err != nil {
			return nil, err
		}
		files = append(files, WrittenFile{names.of(o.Identity), text})
	}
	return files, nil
}

func (r *rewriting) missingSchemas() []byte {
	var text []byte
	for _, b := range bytes.SplitAfter(r.schemas(), []byte("\n")) {
		if len(b) > 0 && !r.schemaBlocks[string(b)] && !(r.now.DefaultCalled() != "" && string(b) == aliasBlock(r.called)) {
			text = append(text, b...)
		}
	}
	return text
}

// file is a source with its blocks edited.
func (r *rewriting) file(source Source) ([]byte, error) {
	parsed, diags := parseSyntax(source.Bytes, source.Name)
	if diags.HasErrors() {
		return nil, diags
	}
	e := newEditing(source.Bytes)
	for _, b := range parsed.Blocks {
		if b.Type == "schema" && len(b.Labels) == 1 {
			r.schemaBlocks["schema "+quoteHCL(b.Labels[0])+" {}\n"] = true
		}
		at := line{source.Name, b.TypeRange.Start.Line}
		if r.rowsOfNone[at] {
			e.remove(b)
			continue
		}
		if r.regrant(e, b, at) {
			continue
		}
		units := r.made[at]
		r.permitBehind(e, b, units)
		if len(units) == 0 || r.equalUnits(units) {
			continue
		}
		if len(units) == 1 && r.editParts(e, b, units[0], source.Name) {
			continue
		}
		text, err := r.replacement(units)
		if err != nil {
			return nil, err
		}
		if text == nil {
			e.remove(b)
		} else {
			e.replace(b, text)
		}
	}
	return e.result(), nil
}

// replacement are the units as the state has them; nil where it has none.
func (r *rewriting) replacement(units []*Object) ([]byte, error) {
	var text []byte
	for _, unit := range units {
		o := r.state.Get(unit.Identity)
		if o == nil {
			continue
		}
		block, err := r.unit(o)
		if err != nil {
			return nil, err
		}
		if text != nil {
			text = append(text, '\n')
		}
		text = append(text, block...)
	}
	return bytes.TrimSuffix(text, []byte("\n")), nil
}

func (r *rewriting) equalUnits(units []*Object) bool {
	if r.care == keepNothing {
		return false
	}
	for _, unit := range units {
		if !r.equalObject(unit) {
			return false
		}
		parts := ownParts(r.now, unit)
		wanted := r.state.Get(unit.Identity)
		if len(parts) != len(ownParts(r.state, wanted)) {
			return false
		}
		for _, part := range parts {
			if !r.equalObject(part) {
				return false
			}
		}
	}
	return true
}

// equalObject says whether the state has the object as it is now.
func (r *rewriting) equalObject(o *Object) bool {
	wanted := r.state.Get(o.Identity)
	return wanted != nil && (wanted.Identity.Name == o.Identity.Name || o.Identity.Unnamed) && len(otherThanGrants(o.Properties.Changed(wanted.Properties))) == 0
}

// otherThanGrants are the properties that stand in an object's own block.
func otherThanGrants(names []string) []string {
	return slices.DeleteFunc(names, func(name string) bool {
		return name == PropPrivileges || name == PropColumnPrivileges || name == PropSequencePrivileges
	})
}

// ownParts are what stands in a unit's block.
func ownParts(state *State, unit *Object) []*Object {
	if standsAlone(unit.Identity.Kind) {
		return nil
	}
	var parts []*Object
	for _, part := range state.Children(unit.Identity.Schema, unit.Identity.Name) {
		if !isUnit(part.Identity) {
			parts = append(parts, part)
		}
	}
	return parts
}

// editParts edits the nested blocks of a table's block; false, with nothing done, where the difference isn't in them.
func (r *rewriting) editParts(e *editing, b *hclsyntax.Block, unit *Object, file string) bool {
	if r.care != keepParts || unit.Identity.Kind != KindTable || !r.equalObject(unit) || b.OpenBraceRange.Start.Line == b.CloseBraceRange.Start.Line {
		return false
	}
	blocks := map[*Object]*hclsyntax.Block{}
	last := map[string]*hclsyntax.Block{}
	for _, nested := range b.Body.Blocks {
		last[nested.Type] = nested
		if made := r.partsAt[line{file, nested.TypeRange.Start.Line}]; len(made) == 1 {
			blocks[made[0]] = nested
		}
	}
	var edits []func()
	for _, part := range ownParts(r.now, unit) {
		nested, wanted := blocks[part], r.state.Get(part.Identity)
		switch {
		case r.equalObject(part):
		case nested == nil:
			return false
		case wanted == nil:
			edits = append(edits, func() { e.remove(nested) })
		default:
			edits = append(edits, func() { e.replace(nested, bytes.TrimSpace(r.part(wanted))) })
		}
	}
	for _, part := range ownParts(r.state, r.state.Get(unit.Identity)) {
		if r.now.Get(part.Identity) == nil {
			edits = append(edits, func() { e.insert(b, last[part.Identity.Kind], r.part(part)) })
		}
	}
	for _, edit := range edits {
		edit()
	}
	return true
}

// part is a part's block as it stands in its table's, with its indentation and final line end.
func (r *rewriting) part(o *Object) []byte {
	r.source.Reset()
	r.depth = 1
	r.source.WriteString("_ {\n")
	for _, kind := range Kinds() {
		if kind.Reference().Name == o.Identity.Kind {
			kind.write(r.writer, o)
		}
	}
	r.depth = 0
	r.source.WriteString("}\n")
	text := hclwrite.Format(r.source.Bytes())
	return text[len("_ {\n") : len(text)-len("}\n")]
}

// check loads the files as they will be and compares.
func (r *rewriting) check(written []WrittenFile, removed []string, options LoadOptions) error {
	files := map[string]int{}
	var sources []Source
	gone := map[string]bool{}
	for _, name := range removed {
		gone[name] = true
	}
	for _, source := range r.existing {
		if !gone[source.Name] {
			files[source.Name] = len(sources)
			sources = append(sources, source)
		}
	}
	for _, file := range written {
		source := Source(file)
		if i, ok := files[file.Name]; ok {
			sources[i] = source
		} else {
			sources = append(sources, source)
		}
	}
	back, diags := LoadWith(sources, options, unaliased(r.dialect))
	if diags.HasErrors() {
		return fmt.Errorf("the models can't be rewritten so that they load again: %w", diags)
	}
	if difference := differs(r.state, back, false); difference != "" {
		return fmt.Errorf("the models can't be rewritten so that they say what is wanted: %s", difference)
	}
	return nil
}
