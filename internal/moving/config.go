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

// Configured is the folder that the tool's own configuration in the project's folder names, with the file that says so; empty
// where none does. *FolderError for several folders, and for a configuration that can't be read.
func (t Tool) Configured(root fs.FS) (folder, file string, err error) {
	for _, source := range t.sources() {
		content, err := fs.ReadFile(root, source.file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", "", err
		}
		folders, err := source.read(bytes.ReplaceAll(bytes.TrimPrefix(content, []byte("\uFEFF")), []byte("\r\n"), []byte("\n")))
		var told *FolderError
		if errors.As(err, &told) {
			return "", "", told
		}
		if err != nil {
			return "", "", &FolderError{Reason: source.file + " can't be read: " + err.Error(), WayOut: "Name the folder: duo-orm init --from-" + t.Name + " PATH"}
		}
		slices.Sort(folders)
		switch folders = slices.Compact(folders); len(folders) {
		case 0:
		case 1:
			return folders[0], source.file, nil
		default:
			return "", "", &FolderError{Reason: source.file + " names several folders: " + strings.Join(folders, ", "), WayOut: "Put their files into one, or name the one that is meant: duo-orm init --from-" + t.Name + " PATH"}
		}
	}
	return "", "", nil
}

// source is a file of a tool's configuration.
type source struct {
	file string
	read func(content []byte) ([]string, error)
}

func (t Tool) sources() []source {
	switch t.Name {
	case "alembic":
		return []source{{"alembic.ini", alembicINI}, {"pyproject.toml", alembicTOML}}
	case "atlas":
		return []source{{"atlas.hcl", atlasHCL}}
	case "flyway":
		return []source{{"flyway.toml", flywayTOML}, {"flyway.conf", flywayConf}, {"conf/flyway.conf", flywayConf}}
	case "goose":
		return []source{{".env", environment("GOOSE_MIGRATION_DIR")}}
	case "dbmate":
		return []source{{".env", environment("DBMATE_MIGRATIONS_DIR")}}
	}
	return nil
}

// environment is a variable of a file that the tool takes variables from.
func environment(name string) func([]byte) ([]string, error) {
	return func(content []byte) ([]string, error) {
		values := settings(strings.ReplaceAll(string(content), "export ", ""))
		if value := strings.Trim(values[name], `"'`); value != "" {
			return []string{path.Clean(value)}, nil
		}
		return nil, nil
	}
}

// alembicINI reads the section [alembic].
func alembicINI(content []byte) ([]string, error) {
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
	return alembicFolders(values["script_location"], strings.FieldsFunc(values["version_locations"], func(r rune) bool { return strings.ContainsRune(" ,:;\n", r) })), nil
}

func alembicTOML(content []byte) ([]string, error) {
	var document struct {
		Tool struct {
			Alembic struct {
				ScriptLocation   string   `toml:"script_location"`
				VersionLocations []string `toml:"version_locations"`
			} `toml:"alembic"`
		} `toml:"tool"`
	}
	err := toml.Unmarshal(content, &document)
	return alembicFolders(document.Tool.Alembic.ScriptLocation, document.Tool.Alembic.VersionLocations), err
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

// atlasHCL reads the dir of migration blocks, as far as it is a text.
func atlasHCL(content []byte) ([]string, error) {
	file, diagnostics := hclsyntax.ParseConfig(content, "atlas.hcl", hcl.InitialPos)
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	body, ok := file.Body.(*hclsyntax.Body)
	if !ok {
		return nil, nil
	}
	var folders []string
	for _, block := range body.Blocks {
		if block.Type != "env" {
			continue
		}
		for _, inner := range block.Body.Blocks {
			attribute := inner.Body.Attributes["dir"]
			if inner.Type != "migration" || attribute == nil {
				continue
			}
			value, diagnostics := attribute.Expr.Value(nil)
			if diagnostics.HasErrors() || value.Type() != cty.String {
				continue
			}
			folder, err := atlasFolder(value.AsString())
			if err != nil {
				return nil, err
			}
			folders = append(folders, folder)
		}
	}
	return folders, nil
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

func flywayTOML(content []byte) ([]string, error) {
	var document struct {
		Flyway struct {
			Locations []string `toml:"locations"`
		} `toml:"flyway"`
	}
	err := toml.Unmarshal(content, &document)
	return flywayFolders(document.Flyway.Locations), err
}

func flywayConf(content []byte) ([]string, error) {
	locations := settings(string(content))["flyway.locations"]
	return flywayFolders(strings.FieldsFunc(locations, func(r rune) bool { return r == ',' || r == ' ' })), nil
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
