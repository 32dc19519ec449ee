package project

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"

	"github.com/pelletier/go-toml/v2/unstable"
)

// editPyproject sets duo_orm_dir in [tool.duo-orm] and keeps every other byte. TOML has five ways to write such a table,
// so each possible insertion is tried and parsed, and the first that changes this one value and nothing else is taken.
func editPyproject(path string, content []byte, dir string) ([]byte, error) {
	want, err := parsePyproject(path, content)
	if err != nil {
		return nil, err
	}
	if err := setDir(want, dir); err == nil {
		for _, candidate := range insertions(content, dir) {
			if got, err := parsePyproject(path, candidate); err == nil && reflect.DeepEqual(got, want) {
				return candidate, nil
			}
		}
	}
	return nil, &ConfigError{Path: path, Reason: "[" + pythonTable + "] can't be added to it",
		WayOut: fmt.Sprintf("Add these lines yourself, then run init again: [tool.duo-orm] and below it duo_orm_dir = %q.", dir)}
}

func setDir(document map[string]any, dir string) error {
	inner := func(m map[string]any, key string) (map[string]any, error) {
		switch value := m[key].(type) {
		case nil:
			table := map[string]any{}
			m[key] = table
			return table, nil
		case map[string]any:
			return value, nil
		default:
			return nil, fmt.Errorf("%s is no table", key)
		}
	}
	tool, err := inner(document, "tool")
	if err != nil {
		return err
	}
	table, err := inner(tool, "duo-orm")
	if err != nil {
		return err
	}
	table["duo_orm_dir"] = dir
	return nil
}

// insertions are the file with the value in each place where it might belong, the likeliest first.
func insertions(content []byte, dir string) [][]byte {
	newline := "\n"
	if bytes.Contains(content, []byte("\r\n")) {
		newline = "\r\n"
	}
	line := fmt.Sprintf("duo_orm_dir = %q", dir)
	insert := func(at int, text string) []byte {
		return slices.Concat(content[:at], []byte(text), content[at:])
	}
	var inTable, inTool [][]byte
	for _, place := range tomlPlaces(content) {
		switch {
		case place.inline && place.key == pythonTable:
			inTable = append(inTable, insert(place.at, " "+line+place.comma))
		case place.header && place.key == pythonTable:
			inTable = append(inTable, insert(place.at, newline+line))
		case place.inline:
			inTool = append(inTool, insert(place.at, " duo-orm = { "+line+" }"+place.comma))
		case place.header:
			inTool = append(inTool, insert(place.at, newline+"duo-orm."+line))
		default:
			inTool = append(inTool, insert(place.at, "tool.duo-orm."+line+newline))
		}
	}
	return slices.Concat(inTable, [][]byte{appended(content, line, newline)}, inTool)
}

// appended is the file with the table at its end, after one blank line.
func appended(content []byte, line, newline string) []byte {
	edited := append([]byte{}, content...)
	if len(bytes.TrimPrefix(content, byteOrderMark)) > 0 {
		if !bytes.HasSuffix(content, []byte("\n")) {
			edited = append(edited, newline...)
		}
		if !bytes.HasSuffix(edited, []byte(newline+newline)) {
			edited = append(edited, newline...)
		}
	}
	return append(edited, "["+pythonTable+"]"+newline+line+newline...)
}

// tomlPlace is an offset at which a value can be put in.
type tomlPlace struct {
	at int
	// key is the dotted path of the table: "tool.duo-orm".
	key string
	// header: behind a line [key]; inline: behind the { of key = { … }.
	header, inline bool
	// comma is what an inline table needs behind a new first value.
	comma string
}

// tomlPlaces finds the headers and inline tables of tool and tool.duo-orm, and the top of the file.
func tomlPlaces(content []byte) []tomlPlace {
	mark := len(content) - len(bytes.TrimPrefix(content, byteOrderMark))
	body := content[mark:]
	var parser unstable.Parser
	parser.Reset(body)
	var places []tomlPlace
	table := ""
	for parser.NextExpression() {
		node := parser.Expression()
		key, end := dotted(&parser, node)
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = key
			if node.Kind == unstable.Table && (key == "tool" || key == pythonTable) {
				places = append(places, tomlPlace{at: mark + lineEnd(body, end), key: key, header: true})
			}
		case unstable.KeyValue:
			if table != "" {
				key = table + "." + key
			}
			if node.Value().Kind == unstable.InlineTable && (key == "tool" || key == pythonTable) {
				at := end + bytes.IndexByte(body[end:], '{') + 1
				comma := ","
				if bytes.HasPrefix(bytes.TrimLeft(body[at:], " \t"), []byte("}")) {
					comma = " "
				}
				places = append(places, tomlPlace{at: mark + at, key: key, inline: true, comma: comma})
			}
		}
	}
	return append(places, tomlPlace{at: mark})
}

// dotted is the node's key with its parts joined by dots, and the offset behind it. Parts that hold a dot themselves
// match no table that is looked for.
func dotted(parser *unstable.Parser, node *unstable.Node) (key string, end int) {
	for keys := node.Key(); keys.Next(); {
		part := keys.Node()
		if key != "" {
			key += "."
		}
		if bytes.ContainsRune(part.Data, '.') {
			key += "\x00"
		}
		key += string(part.Data)
		if raw := part.Raw; raw.Length > 0 {
			end = int(raw.Offset + raw.Length)
		} else {
			span := parser.Range(part.Data)
			end = int(span.Offset + span.Length)
		}
	}
	return key, end
}

func lineEnd(body []byte, from int) int {
	at := bytes.IndexByte(body[from:], '\n')
	if at < 0 {
		return len(body)
	}
	at += from
	if at > 0 && body[at-1] == '\r' {
		at--
	}
	return at
}
