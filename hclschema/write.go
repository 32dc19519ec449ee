package hclschema

import (
	"fmt"
	"hash/fnv"
	"maps"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
)

// WrittenFile is a model file to be written. Name is relative to the folder of models, such as "users.hcl": one that every
// file system takes, and that no other file has in any case.
type WrittenFile struct {
	Name  string
	Bytes []byte
}

// Write gives the models of a state: a file for each table with its indexes, and one for each view, trigger and virtual
// table, in the order of the state. It is the inverse of Load, and checked to be: an error names an object that models
// can't hold.
func Write(state *State, dialect Dialect) ([]WrittenFile, error) {
	w := newWriter(state, dialect)
	names := newFileNames(nil)
	var files []WrittenFile
	if text := w.schemas(); text != nil {
		files = append(files, WrittenFile{names.take("schemas"), text})
	}
	for _, o := range state.Objects() {
		if isUnit(o.Identity) {
			text, err := w.unitWithPermissions(o)
			if err != nil {
				return nil, err
			}
			files = append(files, WrittenFile{names.of(o.Identity), text})
		}
	}
	sources := make([]Source, len(files))
	for i, file := range files {
		sources[i] = Source(file)
	}
	return files, w.check(sources, nil)
}

// WriteText gives all of a state's models as one file.
func WriteText(state *State, dialect Dialect) ([]byte, error) {
	w := newWriter(state, dialect)
	text := w.schemas()
	for _, o := range state.Objects() {
		if !isUnit(o.Identity) {
			continue
		}
		unit, err := w.unitWithPermissions(o)
		if err != nil {
			return nil, err
		}
		if text != nil {
			text = append(text, '\n')
		}
		text = append(text, unit...)
	}
	return text, w.check([]Source{{Name: "models.hcl", Bytes: text}}, nil)
}

// isUnit says whether an object has a top-level block of its own.
func isUnit(id Identity) bool { return id.Parent == "" || standsAlone(id.Kind) }

// standsAlone says that objects of the kind belong to a table or view and have a block of their own all the same.
func standsAlone(kind string) bool {
	return kind == KindTrigger || kind == KindPolicy || kind == KindRule
}

// unit is the block of one object with all its parts, formatted.
func (w *writer) unit(o *Object) ([]byte, error) {
	for _, kind := range Kinds() {
		if kind.Reference().Name == o.Identity.Kind {
			w.source.Reset()
			kind.write(w, o)
			return hclwrite.Format(w.source.Bytes()), nil
		}
	}
	return nil, fmt.Errorf("%s can't be written: models have no block for it; leave it out with exclude", o.Identity)
}

// schemas are the blocks that declare the schemas in use but for the default one and those that are objects; nil for none.
func (w *writer) schemas() []byte {
	used := map[string]bool{}
	for _, o := range w.state.Objects() {
		if o.Identity.Schema != "" && w.state.Get(Identity{Kind: KindSchema, Name: o.Identity.Schema}) == nil {
			used[o.Identity.Schema] = true
		}
	}
	var b strings.Builder
	if w.called != "" && w.state.Get(Identity{Kind: KindSchema, Name: CurrentSchema}) == nil {
		b.WriteString(aliasBlock(w.called))
	}
	for _, name := range sortedKeys(used) {
		b.WriteString("schema " + quoteHCL(name) + " {}\n")
	}
	if b.Len() == 0 {
		return nil
	}
	return []byte(b.String())
}

// aliasBlock declares how the models call the default schema.
func aliasBlock(called string) string {
	return "schema " + quoteHCL(called) + " { default = true }\n"
}

// check loads what was written and compares it with the state.
func (w *writer) check(sources []Source, variables map[string]string) error {
	back, diags := LoadWith(sources, LoadOptions{Variables: variables, ManagePrivileges: true}, unaliased(w.dialect))
	if diags.HasErrors() {
		return fmt.Errorf("the models can't be written so that they load again: %w", diags)
	}
	if difference := differs(w.state, back, true); difference != "" {
		return fmt.Errorf("the models can't be written so that they say the same: %s; leave the object out with exclude", difference)
	}
	return nil
}

// differs names the first difference between two states; empty where there is none.
func differs(want, got *State, renames bool) string {
	for _, o := range want.Objects() {
		is := got.Get(o.Identity)
		switch {
		case is == nil:
			return fmt.Sprintf("%s gets lost", o.Identity)
		case is.Identity.Name != o.Identity.Name && !o.Identity.Unnamed:
			return fmt.Sprintf("the name of %s changes", o.Identity)
		case renames && is.RenamedFrom != o.RenamedFrom:
			return fmt.Sprintf("renamed_from of %s changes", o.Identity)
		case renames && !maps.Equal(is.RenamedElements, o.RenamedElements):
			return fmt.Sprintf("renamed_from in %s changes", o.Identity)
		}
		if changed := o.Properties.Changed(is.Properties); len(changed) > 0 {
			return fmt.Sprintf("%s of %s changes", strings.Join(changed, ", "), o.Identity)
		}
	}
	for _, o := range got.Objects() {
		if want.Get(o.Identity) == nil {
			return fmt.Sprintf("%s is added", o.Identity)
		}
	}
	return ""
}

// fileNames gives out names of files, each once, whatever the case.
type fileNames struct{ taken map[string]bool }

func newFileNames(taken []string) *fileNames {
	names := &fileNames{map[string]bool{}}
	for _, name := range taken {
		names.taken[strings.ToLower(name)] = true
	}
	return names
}

// of is the file of an object: users.hcl for a table, adults.view.hcl for a view.
func (f *fileNames) of(id Identity) string {
	name := id.Name
	if isRoutine(id.Kind) {
		name, _ = SplitRoutine(name) // overloads are numbered
	}
	if grantsAlone(id.Kind) {
		name = strings.ReplaceAll(name, " ", "_")
	}
	if hasMethod(id.Kind) {
		name, _ = SplitMethod(name)
	}
	name = safeName(name)
	if id.Schema != "" {
		name = safeName(id.Schema) + "." + name
	}
	if id.Kind != KindTable {
		name += "." + id.Kind
	}
	return f.take(name)
}

func (f *fileNames) take(name string) string {
	file := name + ".hcl"
	for n := 2; f.taken[strings.ToLower(file)]; n++ {
		file = fmt.Sprintf("%s_%d.hcl", name, n)
	}
	f.taken[strings.ToLower(file)] = true
	return file
}

// longestFileName is how much of an object's name its file has.
const longestFileName = 80

// safeName is a name as a part of a file's name: what not every file system takes becomes _, and such a name, one that is
// too long and one that Windows keeps for devices gets a number made from its text, so that it stays the same always.
func safeName(name string) string {
	safe := []byte(name)
	for i, c := range safe {
		plain := c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !plain || c == '-' && i == 0 {
			safe[i] = '_'
		}
	}
	if len(safe) > longestFileName {
		safe = safe[:longestFileName]
	}
	if string(safe) == name && !isDevice(name) {
		return name
	}
	sum := fnv.New32a()
	sum.Write([]byte(name))
	return fmt.Sprintf("%s-%08x", safe, sum.Sum32())
}

// isDevice says whether Windows takes the name for a device, whatever ending it has.
func isDevice(name string) bool {
	switch upper := strings.ToUpper(name); upper {
	case "CON", "PRN", "AUX", "NUL":
		return true
	default:
		return len(upper) == 4 && (strings.HasPrefix(upper, "COM") || strings.HasPrefix(upper, "LPT")) && upper[3] >= '0' && upper[3] <= '9'
	}
}
