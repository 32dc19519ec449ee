package moving

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Values are what placeholders in a tool's files stand for, and how these are told.
type Values struct {
	// From is the file of the tool's configuration; empty where there is none.
	From string
	// Prefix and Suffix stand around a placeholder's name: "${" and "}" where they are empty. With Off nothing is one.
	Prefix, Suffix string
	Off            bool
	// Alone says that the tool runs its files outside of transactions.
	Alone bool
	// Texts are the values by their names.
	Texts  map[string]Value
	lookup Lookup
}

// Value is the text that stands for a placeholder; Variable is the environment variable that it comes from, if any.
type Value struct{ Text, Variable string }

// Placeholder is one of a tool's files. Mark stands in its place in the texts of a part: a word that is none of theirs.
type Placeholder struct {
	// Name is the one that the tool knows, Variable the same as a name of a variable of migrations.hcl.
	Mark, Name, Variable string
	Value                Value
}

// value finds what a placeholder stands for. Flyway doesn't tell capitals from small letters in its name.
func (v Values) value(name string) (Value, bool) {
	if v.lookup != nil {
		variable := "FLYWAY_PLACEHOLDERS_" + strings.ToUpper(name)
		if text, ok := v.lookup(variable); ok {
			return Value{Text: text, Variable: variable}, true
		}
	}
	if value, ok := v.Texts[name]; ok {
		return value, true
	}
	for _, known := range sorted(v.Texts) {
		if strings.EqualFold(known, name) || variableName(known) == variableName(name) {
			return v.Texts[known], true
		}
	}
	return Value{}, false
}

// variableName is a placeholder's name as one of a variable.
func variableName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
	if name == "" || name[0] >= '0' && name[0] <= '9' {
		return "v_" + name
	}
	return name
}

// unknownError is returned for placeholders without a value; places are "file:line has ${name}".
type unknownError struct{ places, names []string }

func (e *unknownError) Error() string { return strings.Join(e.places, ", ") }

// marked puts marks in place of the placeholders of a file's text. *unknownError for those that have no value.
func (v Values) marked(file, text string) (string, []Placeholder, error) {
	prefix, suffix := v.Prefix, v.Suffix
	if prefix == "" {
		prefix = "${"
	}
	if suffix == "" {
		suffix = "}"
	}
	mark := "duo_orm_placeholder"
	for strings.Contains(text, mark) {
		mark += "_"
	}
	var b strings.Builder
	var found []Placeholder
	unknown := &unknownError{}
	line := 1
	for {
		before, rest, begins := strings.Cut(text, prefix)
		name, behind, ends := strings.Cut(rest, suffix)
		if !begins || !ends {
			b.WriteString(text)
			break
		}
		b.WriteString(before)
		line += strings.Count(before, "\n")
		at := slices.IndexFunc(found, func(p Placeholder) bool { return p.Name == name })
		if at < 0 {
			value, ok := v.value(name)
			if name == "flyway:filename" {
				value, ok = Value{Text: file[strings.LastIndexByte(file, '/')+1:]}, true
			}
			if !ok {
				unknown.places = append(unknown.places, fmt.Sprintf("%s:%d has %s", file, line, prefix+name+suffix))
				unknown.names = append(unknown.names, name)
			}
			at = len(found)
			found = append(found, Placeholder{Mark: fmt.Sprintf("%s_%d_", mark, at), Name: name, Variable: variableName(name), Value: value})
		}
		b.WriteString(found[at].Mark)
		line += strings.Count(name, "\n")
		text = behind
	}
	if len(unknown.places) > 0 {
		return "", nil, unknown
	}
	return b.String(), found, nil
}

// refuseUnknown is the error for placeholders of all files that have no value.
func (v Values) refuseUnknown(unknown unknownError) error {
	names := distinct(unknown.names)
	reason := unknown.Error() + ", and nothing says what "
	if len(names) == 1 {
		reason += "it stands for"
	} else {
		reason += "they stand for"
	}
	if name := names[0]; strings.HasPrefix(name, "flyway:") {
		return &FolderError{Reason: reason, WayOut: "Flyway gives " + name + " a value of its own: write the value in its place, or take the database as it is: the same command with --baseline"}
	}
	way := "flyway.placeholders." + names[0] + "=value in flyway.conf"
	switch {
	case strings.HasSuffix(v.From, ".toml"):
		way = names[0] + ` = "value" below [flyway.placeholders] in ` + v.From
	case v.From != "":
		way = "flyway.placeholders." + names[0] + "=value in " + v.From
	}
	return &FolderError{Reason: reason, WayOut: "Give it a value: " + way + ", or FLYWAY_PLACEHOLDERS_" + strings.ToUpper(names[0]) + ". It becomes a variable of migrations.hcl"}
}

// gather adds what an error tells of placeholders; false for another error.
func (e *unknownError) gather(err error) bool {
	var one *unknownError
	if !errors.As(err, &one) {
		return false
	}
	e.places, e.names = append(e.places, one.places...), append(e.names, one.names...)
	return true
}
