package moving

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/pelletier/go-toml/v2"
	"github.com/zclconf/go-cty/cty"
)

// Configuration is what a tool's own configuration says of a project. What it leaves out is empty.
type Configuration struct {
	// Folder is that of the tool's files, and FolderFrom the file or variable that names it.
	Folder, FolderFrom string
	// Table is the version table where it isn't the usual one, and TableFrom what names it. Its Name is empty where only the schema
	// is another one.
	Table     Table
	TableFrom string
	// Values are what stands for placeholders in the tool's files.
	Values Values
}

// Lookup finds the value of an environment variable.
type Lookup func(name string) (string, bool)

// Configured reads the tool's own configuration in the project's folder, and its environment variables, which go before the file.
// *FolderError for several folders, and for a configuration that can't be read.
func (t Tool) Configured(root fs.FS, lookup Lookup) (Configuration, error) {
	for _, source := range t.sources() {
		content, err := fs.ReadFile(root, source.file)
		missing := errors.Is(err, fs.ErrNotExist)
		switch {
		case missing && !source.always:
			continue
		case err != nil && !missing:
			return Configuration{}, err
		}
		found, err := source.read(bytes.ReplaceAll(bytes.TrimPrefix(content, []byte("\uFEFF")), []byte("\r\n"), []byte("\n")), lookup)
		var told *FolderError
		if errors.As(err, &told) {
			return Configuration{}, told
		}
		if err != nil {
			return Configuration{}, &FolderError{Reason: source.file + " can't be read: " + err.Error(), WayOut: "Correct it, or move it away and name the folder: duo-orm init --from-" + t.Name + " PATH"}
		}
		folders, tables := distinct(found.folders), distinct(found.tables)
		switch {
		case len(folders) > 1:
			return Configuration{}, &FolderError{Reason: source.file + " names several folders: " + strings.Join(folders, ", "), WayOut: "Put their files into one, or name the one that is meant: duo-orm init --from-" + t.Name + " PATH"}
		case len(tables) > 1:
			return Configuration{}, &FolderError{Reason: source.file + " names several version tables: " + strings.Join(tables, ", "), WayOut: "Name the one that is meant: --from-table " + tables[0]}
		}
		c := Configuration{Values: found.values}
		if !missing {
			c.Values.From = source.file
		}
		if len(folders) == 1 {
			c.Folder, c.FolderFrom = folders[0], found.name(source.file, folders[0])
		}
		if len(tables) == 1 {
			c.Table, c.TableFrom = ParseTable(tables[0]), found.name(source.file, tables[0])
		}
		if c.Folder != "" || c.Table != (Table{}) || found.told {
			return c, nil
		}
	}
	return Configuration{}, nil
}

func distinct(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return slices.Compact(names)
}

// source is a file of a tool's configuration.
type source struct {
	file string
	// always has it read where there is no such file too: the same can stand in environment variables.
	always bool
	read   func(content []byte, lookup Lookup) (saying, error)
}

// saying is what one file says.
type saying struct {
	folders, tables []string
	values          Values
	// variables are the environment variables that say a folder or table in place of the file.
	variables map[string]string
	// told says that the file is the tool's, so that none of the others counts.
	told bool
}

// name is who says something: an environment variable, or the file.
func (s saying) name(file, value string) string {
	if variable, ok := s.variables[value]; ok {
		return variable
	}
	return file
}

func (t Tool) sources() []source {
	switch t.Name {
	case "alembic":
		return []source{{file: "alembic.ini", read: alembicINI}, {file: "pyproject.toml", read: alembicTOML}}
	case "atlas":
		return []source{{file: "atlas.hcl", read: atlasHCL}}
	case "flyway":
		return []source{{file: "flyway.toml", read: flywayTOML}, {file: "flyway.conf", read: flywayConf}, {file: "conf/flyway.conf", always: true, read: flywayConf}}
	case "goose":
		return []source{{file: ".env", always: true, read: environment("GOOSE_MIGRATION_DIR", "GOOSE_TABLE")}}
	case "dbmate":
		return []source{{file: ".env", always: true, read: environment("DBMATE_MIGRATIONS_DIR", "DBMATE_MIGRATIONS_TABLE")}}
	}
	return nil
}

// environment reads two variables of a file that the tool takes variables from. Those of the environment go before it.
func environment(folder, table string) func([]byte, Lookup) (saying, error) {
	return func(content []byte, lookup Lookup) (saying, error) {
		values := settings(strings.ReplaceAll(string(content), "export ", ""))
		s := saying{variables: map[string]string{}}
		value := func(name string) string {
			if value, ok := lookup(name); ok && value != "" {
				s.variables[value] = name
				return value
			}
			return dotenv(values[name])
		}
		if value := value(folder); value != "" {
			name, ok := s.variables[value]
			if value = path.Clean(value); ok {
				s.variables[value] = name
			}
			s.folders = []string{value}
		}
		if value := value(table); value != "" {
			s.tables = []string{value}
		}
		return s, nil
	}
}

// dotenv is a value of a .env file: without its quotes, or without the comment behind it.
func dotenv(value string) string {
	if value != "" && (value[0] == '"' || value[0] == '\'') {
		if end := strings.IndexByte(value[1:], value[0]); end >= 0 {
			return value[1 : end+1]
		}
	}
	value, _, _ = strings.Cut(value, " #")
	return strings.TrimSpace(value)
}

// alembicINI reads the section [alembic].
func alembicINI(content []byte, _ Lookup) (saying, error) {
	values := alembicSection(content)
	found := saying{folders: alembicFolders(values["script_location"], strings.FieldsFunc(values["version_locations"], func(r rune) bool { return strings.ContainsRune(" ,:;\n", r) }))}
	if table := values["version_table"]; table != "" { // env.py may read it from there
		found.tables = []string{Table{Schema: values["version_table_schema"], Name: table}.String()}
	}
	return found, nil
}

// alembicSection are the options of [alembic], those over several lines too.
func alembicSection(content []byte) map[string]string {
	values, in, last := map[string]string{}, false, ""
	for _, line := range strings.Split(string(content), "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || strings.HasPrefix(trimmed, "#") || strings.HasPrefix(trimmed, ";"):
		case strings.HasPrefix(trimmed, "["):
			in, last = trimmed == "[alembic]", ""
		case in && line[0] != ' ' && line[0] != '\t':
			key, value, _ := strings.Cut(trimmed, "=")
			last = strings.TrimSpace(key)
			values[last] = strings.TrimSpace(value)
		case in && last != "":
			values[last] += "\n" + trimmed
		}
	}
	return values
}

func alembicTOML(content []byte, _ Lookup) (saying, error) {
	var document struct {
		Tool struct {
			Alembic struct {
				ScriptLocation   string   `toml:"script_location"`
				VersionLocations []string `toml:"version_locations"`
			} `toml:"alembic"`
		} `toml:"tool"`
	}
	err := toml.Unmarshal(content, &document)
	return saying{folders: alembicFolders(document.Tool.Alembic.ScriptLocation, document.Tool.Alembic.VersionLocations)}, err
}

// alembicFolders are those of the revision files. A location within a Python package isn't known.
func alembicFolders(scripts string, versions []string) []string {
	if len(versions) == 0 && scripts != "" && !strings.Contains(scripts, ":") {
		versions = []string{scripts + "/versions"}
	}
	var folders []string
	for _, folder := range versions {
		folder = strings.NewReplacer("%(here)s", ".", "%%", "%").Replace(folder)
		folders = append(folders, path.Clean(folder))
	}
	return folders
}

// atlasHCL reads the dir and the revisions_schema of migration blocks, as far as they are texts.
func atlasHCL(content []byte, _ Lookup) (found saying, err error) {
	file, diagnostics := hclsyntax.ParseConfig(content, "atlas.hcl", hcl.InitialPos)
	if diagnostics.HasErrors() {
		return found, diagnostics
	}
	body, ok := file.Body.(*hclsyntax.Body)
	if !ok {
		return found, nil
	}
	for _, block := range body.Blocks {
		if block.Type != "env" {
			continue
		}
		for _, inner := range block.Body.Blocks {
			if inner.Type != "migration" {
				continue
			}
			if dir := literal(inner.Body, "dir"); dir != "" {
				folder, err := atlasFolder(dir)
				if err != nil {
					return found, err
				}
				found.folders = append(found.folders, folder)
			}
			if schema := literal(inner.Body, "revisions_schema"); schema != "" {
				found.tables = append(found.tables, Table{Schema: schema, Name: "atlas_schema_revisions"}.String())
			}
		}
	}
	return found, nil
}

// literal is an attribute's text, empty where it isn't there or isn't known without Atlas.
func literal(body *hclsyntax.Body, name string) string {
	attribute := body.Attributes[name]
	if attribute == nil {
		return ""
	}
	value, diagnostics := attribute.Expr.Value(nil)
	if diagnostics.HasErrors() || value.IsNull() || value.Type() != cty.String {
		return ""
	}
	return value.AsString()
}

// atlasFolder is the folder of a URL such as file://migrations?format=goose.
func atlasFolder(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil {
		return "", err
	}
	if u.Scheme != "file" {
		return "", fmt.Errorf("%s is no folder", text)
	}
	folder := path.Join(u.Host, u.Path)
	if format := u.Query().Get("format"); format != "" && format != "atlas" {
		return "", &FolderError{Reason: fmt.Sprintf("atlas.hcl says that the files in %s are in the format of %s, and only Atlas' own can be kept", folder, format),
			WayOut: "Take the database as it is: duo-orm init --from-database"}
	}
	return folder, nil
}
