package project

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"sort"

	"github.com/pelletier/go-toml/v2"
)

// pythonTable is the table of pyproject.toml under which the project's folder stands.
const pythonTable = "tool.duo-orm"

// byteOrderMark is what some editors begin a UTF-8 file with.
var byteOrderMark = []byte("\xef\xbb\xbf")

// readPyproject is duo_orm_dir of the folder's pyproject.toml, nil where there is no such file or table.
func readPyproject(folder string) (*string, error) {
	path := filepath.Join(folder, PyprojectFile)
	content, err := readOptional(path)
	if content == nil || err != nil {
		return nil, err
	}
	document, err := parsePyproject(path, content)
	if err != nil {
		return nil, err
	}
	table, err := duoTable(path, document)
	if table == nil || err != nil {
		return nil, err
	}
	dir := DefaultDir
	if value, ok := table["duo_orm_dir"]; ok {
		if dir, ok = value.(string); !ok {
			return nil, &ConfigError{Path: path, Reason: "duo_orm_dir of [" + pythonTable + "] must be a text in quotes", WayOut: `Write duo_orm_dir = "db".`}
		}
	}
	return &dir, nil
}

func parsePyproject(path string, content []byte) (map[string]any, error) {
	var document map[string]any
	err := toml.Unmarshal(bytes.TrimPrefix(content, byteOrderMark), &document)
	if err == nil {
		return document, nil
	}
	reason := err.Error()
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		row, column := decode.Position()
		reason = fmt.Sprintf("line %d, column %d is no valid TOML: %s", row, column, decode.Error())
	}
	return nil, &ConfigError{Path: path, Reason: reason, WayOut: "Mend that line."}
}

// duoTable is [tool.duo-orm], nil where it isn't there. Its version_table belongs to the Python library of the same name
// and is left alone; any other key is an error.
func duoTable(path string, document map[string]any) (map[string]any, error) {
	tool, ok := document["tool"].(map[string]any)
	if !ok {
		return nil, nil
	}
	value, ok := tool["duo-orm"]
	if !ok {
		return nil, nil
	}
	table, ok := value.(map[string]any)
	if !ok {
		return nil, &ConfigError{Path: path, Reason: "[" + pythonTable + "] must be a table", WayOut: `Write [tool.duo-orm] with a line duo_orm_dir = "db" below it.`}
	}
	var unknown []string
	for key := range table {
		if key != "duo_orm_dir" && key != "version_table" {
			unknown = append(unknown, key)
		}
	}
	if sort.Strings(unknown); len(unknown) > 0 {
		return nil, &ConfigError{Path: path, Reason: fmt.Sprintf("[%s] has an unknown key %q", pythonTable, unknown[0]),
			WayOut: "The table holds duo_orm_dir; everything else stands in the folder that it names."}
	}
	return table, nil
}
