package moving

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// flywaySettings are the parameters of Flyway that count here, by their names in its configuration without "flyway." before them,
// lists with commas.
type flywaySettings map[string]string

// flywayNames are parameters that say what files are called, with the only values that are understood.
func flywayNames() [][2]string {
	return [][2]string{{"repeatableSqlMigrationPrefix", "R"}, {"sqlMigrationPrefix", "V"}, {"sqlMigrationSeparator", "__"}, {"sqlMigrationSuffixes", ".sql"}, {"undoSqlMigrationPrefix", "U"}}
}

func flywayTOML(content []byte, lookup Lookup) (saying, error) {
	var document struct {
		Flyway       map[string]any            `toml:"flyway"`
		Environments map[string]map[string]any `toml:"environments"`
	}
	if err := toml.Unmarshal(content, &document); err != nil {
		return saying{}, err
	}
	settings := flywaySettings{}
	settings.take("", document.Flyway)
	environment := settings["environment"]
	if environment == "" {
		environment = "default"
	}
	for _, name := range []string{"schemas", "defaultSchema"} {
		if value, ok := document.Environments[environment][name]; ok && settings[name] == "" {
			settings.take("", map[string]any{name: value})
		}
	}
	if own, ok := document.Environments[environment]["flyway"].(map[string]any); ok {
		settings.take("", own)
	}
	return settings.saying(lookup)
}

// take takes values over, those of tables with the table's name and a dot before theirs.
func (s flywaySettings) take(before string, values map[string]any) {
	for name, value := range values {
		switch value := value.(type) {
		case map[string]any:
			s.take(before+name+".", value)
		case []any:
			var texts []string
			for _, one := range value {
				texts = append(texts, fmt.Sprint(one))
			}
			s[before+name] = strings.Join(texts, ",")
		default:
			s[before+name] = fmt.Sprint(value)
		}
	}
}

func flywayConf(content []byte, lookup Lookup) (saying, error) {
	read := flywaySettings{}
	for name, value := range settings(strings.ReplaceAll(string(content), "\\\n", "")) {
		if name, ok := strings.CutPrefix(name, "flyway."); ok {
			read[name] = value
		}
	}
	return read.saying(lookup)
}

// saying is what the settings say, with the environment variables that go before them.
func (s flywaySettings) saying(lookup Lookup) (saying, error) {
	found := saying{told: true, variables: map[string]string{}}
	for _, name := range []string{"locations", "table", "schemas", "defaultSchema"} {
		variable := "FLYWAY_" + strings.ToUpper(capital.ReplaceAllString(name, "_$1"))
		if value, ok := lookup(variable); ok && value != "" {
			s[name] = value
			found.variables[value] = variable
		}
		s[name] = expand(s[name], lookup)
	}
	for _, fixed := range flywayNames() {
		if value := s[fixed[0]]; value != "" && value != fixed[1] {
			return found, &FolderError{Reason: fmt.Sprintf("%s is %q, and only files with Flyway's own names can be kept (%s)", fixed[0], value, fixed[1]),
				WayOut: "Rename the files to those names, which Flyway's table doesn't mind as long as versions and descriptions stay, and take that line out."}
		}
	}
	words := func(text string) []string {
		return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	}
	found.folders = flywayFolders(words(s["locations"]))
	table := Table{Schema: s["defaultSchema"], Name: s["table"]}
	if schemas := words(s["schemas"]); table.Schema == "" && len(schemas) > 0 {
		table.Schema = schemas[0]
	}
	if table != (Table{}) {
		if table.Name == "" {
			table.Name = flywayTable
		}
		found.tables = []string{table.String()}
		if variable, ok := found.variables[s["table"]]; ok {
			found.variables[table.String()] = variable
		}
	}
	found.values = s.values(lookup)
	if table.Schema != "" {
		found.values.Texts["flyway:defaultSchema"] = Value{Text: table.Schema}
	}
	found.values.Texts["flyway:table"] = Value{Text: table.Name}
	if table.Name == "" {
		found.values.Texts["flyway:table"] = Value{Text: flywayTable}
	}
	return found, nil
}

// values are what the placeholders stand for.
func (s flywaySettings) values(lookup Lookup) Values {
	values := Values{Prefix: s["placeholderPrefix"], Suffix: s["placeholderSuffix"], Off: s["placeholderReplacement"] == "false", Alone: s["executeInTransaction"] == "false", Texts: map[string]Value{}}
	for name, value := range s {
		if name, ok := strings.CutPrefix(name, "placeholders."); ok {
			values.Texts[name] = fromEnvironment(value, lookup)
		}
	}
	values.lookup = lookup
	return values
}

var (
	// variable is a value of the environment in a configuration.
	variable = regexp.MustCompile(`\$\{(?:env\.)?([A-Za-z_][A-Za-z0-9_]*)\}`)
	// capital begins a word of a parameter's name.
	capital = regexp.MustCompile(`([A-Z])`)
)

// fromEnvironment is a value that stands in the file, or is an environment variable's.
func fromEnvironment(value string, lookup Lookup) Value {
	if found := variable.FindStringSubmatch(value); found != nil && found[0] == value {
		if text, ok := lookup(found[1]); ok {
			return Value{Text: text, Variable: found[1]}
		}
	}
	return Value{Text: expand(value, lookup)}
}

// expand puts the values of environment variables in place of their names, nothing for those that aren't set, as Flyway does.
func expand(text string, lookup Lookup) string {
	return variable.ReplaceAllStringFunc(text, func(found string) string {
		value, _ := lookup(variable.FindStringSubmatch(found)[1])
		return value
	})
}

// flywayFolders are those of locations: in the file system, or in the resources of a Java project.
func flywayFolders(locations []string) []string {
	var folders []string
	for _, location := range locations {
		folder, onDisk := strings.CutPrefix(location, "filesystem:")
		if !onDisk {
			folder = "src/main/resources/" + strings.TrimPrefix(location, "classpath:")
		}
		folders = append(folders, path.Clean(folder))
	}
	return folders
}

func sorted[V any](values map[string]V) []string {
	var names []string
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
