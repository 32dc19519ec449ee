package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/internal/moving"
	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// values are what placeholders of the tool's files stand for: what migrations.hcl says where it is there already, then what the
// tool's configuration says.
func (s *session) values(from *origin) moving.Values {
	values := from.configuration.Values
	values.Texts = maps.Clone(values.Texts)
	if values.Texts == nil {
		values.Texts = map[string]moving.Value{}
	}
	for name, text := range s.migrations.Variables {
		values.Texts[name] = moving.Value{Text: text}
	}
	return values
}

// keepVariables has migrations.hcl say what the placeholders of the revisions stand for, and gives the revisions these values.
func (s *session) keepVariables(setup *project.Setup, list []moving.Migration, files []*revision.File) error {
	used := map[string]bool{}
	for _, file := range files {
		for _, step := range slices.Concat(file.Upgrade, file.Downgrade) {
			for _, placeholder := range step.Placeholders {
				used[strings.TrimPrefix(placeholder.Name, variablePrefix)] = true
			}
		}
	}
	texts, variables := maps.Clone(s.migrations.Variables), map[string]project.Variable{}
	if texts == nil {
		texts = map[string]string{}
	}
	for _, m := range list {
		for _, placeholder := range slices.Concat(m.Up.Placeholders, m.Down.Placeholders) {
			name := placeholder.Variable
			if _, there := s.migrations.Variables[name]; there || !used[name] {
				continue
			}
			texts[name] = placeholder.Value.Text
			variables[name] = project.Variable{Value: placeholder.Value.Text, Environment: placeholder.Value.Variable}
		}
	}
	for _, file := range files {
		file.Variables = texts
	}
	if len(variables) == 0 {
		return nil
	}
	if file := setup.Project.MigrationsFile(); setup.Action(file) == project.Kept {
		name := slices.Sorted(maps.Keys(variables))[0]
		return &adoptError{Reason: fmt.Sprintf("%s is there already, and has no variable %s, which the files use", file, name),
			WayOut: fmt.Sprintf("Write into it: variables = { %s = %q }", name, variables[name].Value)}
	}
	s.migrations.Variables = texts
	setup.Variables(variables)
	return nil
}

const variablePrefix = "var."

// splitPart cuts a text into statements. Marks of placeholders stay in them where the statements are the same with the values in
// their place; where a value is several statements, or a piece of one that is told otherwise then, the values stand there.
func splitPart(splitter drivers.Splitter, text string, placeholders []moving.Placeholder) ([]drivers.Statement, error) {
	if len(placeholders) == 0 {
		return splitter.Split(text)
	}
	filled := text
	for _, p := range placeholders {
		filled = strings.ReplaceAll(filled, p.Mark, p.Value.Text)
	}
	statements, err := splitter.Split(filled)
	if err != nil {
		return nil, err
	}
	marked, err := splitter.Split(text)
	if err != nil || !slices.EqualFunc(statements, marked, func(a, b drivers.Statement) bool { return a.Kind == b.Kind && a.Unenforced == b.Unenforced }) {
		return statements, nil // an error is of the marks alone
	}
	for i := range statements {
		statements[i].SQL = marked[i].SQL
	}
	return statements, nil
}

// withVariables is a statement with placeholders of its variables in place of the marks.
func withVariables(sql string, placeholders []moving.Placeholder) (string, []revision.Placeholder) {
	var b strings.Builder
	var found []revision.Placeholder
	for {
		first, which := -1, moving.Placeholder{}
		for _, p := range placeholders {
			if at := strings.Index(sql, p.Mark); at >= 0 && (first < 0 || at < first) {
				first, which = at, p
			}
		}
		if first < 0 {
			b.WriteString(sql)
			return b.String(), found
		}
		b.WriteString(sql[:first])
		found = append(found, revision.Placeholder{Name: variablePrefix + which.Variable, At: b.Len()})
		b.WriteString("${" + variablePrefix + which.Variable + "}")
		sql = sql[first+len(which.Mark):]
	}
}
