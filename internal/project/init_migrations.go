package project

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// Variable is a value of a variable of migrations.hcl, or the environment variable that has it.
type Variable struct{ Value, Environment string }

// LeaveAlone has the new migrations.hcl exclude what the patterns match, with those of calls before. One that is kept stays as it is.
func (s *Setup) LeaveAlone(patterns []string) {
	line := func() string {
		if len(s.leftAlone) == 0 {
			return `  # exclude = ["legacy_*"]`
		}
		return "  exclude = [" + strings.Join(s.leftAlone, ", ") + "]"
	}
	before := line()
	for _, pattern := range patterns {
		s.leftAlone = append(s.leftAlone, literal(pattern))
	}
	s.editMigrations(before, line())
}

// Variables has the new migrations.hcl give these values to variables. One that is kept stays as it is.
func (s *Setup) Variables(variables map[string]Variable) {
	text := "  variables = {\n"
	width := 0
	for name := range variables {
		width = max(width, len(name))
	}
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		value := literal(variables[name].Value)
		if variable := variables[name].Environment; variable != "" {
			value = "env(" + literal(variable) + ")"
		}
		text += "    " + name + strings.Repeat(" ", width-len(name)) + " = " + value + "\n"
	}
	s.editMigrations(`  # variables = { reader = "app_reader" }`, text+"  }")
}

// editMigrations puts a text where the template of migrations.hcl has an example.
func (s *Setup) editMigrations(example, text string) {
	for i, change := range s.changes {
		if change.Path == s.Project.MigrationsFile() && change.New {
			s.changes[i].Content = bytes.Replace(change.Content, []byte(example), []byte(text), 1)
		}
	}
}
