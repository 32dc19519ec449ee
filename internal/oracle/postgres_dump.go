package oracle

import (
	"fmt"
	"slices"
	"strings"
)

// dumpFacts are the statements of a pg_dump script, each a fact: without comments, settings and the head, and with what
// they would do under the settings that they stand below.
func dumpFacts(script string) ([]string, error) {
	statements, err := dumpStatements(script)
	if err != nil {
		return nil, err
	}
	var facts []string
	settings := map[string]string{}
	for _, statement := range statements {
		if name, value, ok := dumpSetting(statement); ok {
			settings[name] = value
			continue
		}
		if strings.HasPrefix(statement, "SELECT pg_catalog.set_config(") {
			continue
		}
		facts = append(facts, dumpFact(statement)+under(settings, statement))
	}
	return facts, nil
}

// dumpSetting reads SET name = value.
func dumpSetting(statement string) (name, value string, ok bool) {
	rest, ok := strings.CutPrefix(statement, "SET ")
	if !ok {
		return "", "", false
	}
	return strings.Cut(strings.TrimSuffix(rest, ";"), " = ")
}

// under tells where a relation is made: pg_dump says it in settings ahead of the statement.
func under(settings map[string]string, statement string) string {
	made := strings.HasPrefix(statement, "CREATE ") && !strings.HasPrefix(statement, "CREATE FUNCTION") || strings.HasPrefix(statement, "ALTER TABLE ONLY")
	if !made {
		return ""
	}
	text := ""
	if space := settings["default_tablespace"]; space != "" && space != "''" {
		text += "\n-- in tablespace " + space
	}
	isTable := strings.HasPrefix(statement, "CREATE TABLE ") || strings.HasPrefix(statement, "CREATE UNLOGGED TABLE ") || strings.HasPrefix(statement, "CREATE MATERIALIZED VIEW ")
	if method := settings["default_table_access_method"]; isTable && method != "" && method != "heap" {
		text += "\n-- with access method " + method
	}
	return text
}

// dumpStatements cuts a script into its statements, without the comments between them. A statement ends with a semicolon
// outside of quotes, parentheses and the body of an SQL-standard function.
func dumpStatements(script string) ([]string, error) {
	var statements []string
	var current strings.Builder
	depth := 0
	for i := 0; i < len(script); {
		rest := script[i:]
		between := strings.TrimSpace(current.String()) == ""
		switch c := rest[0]; {
		case between && (strings.HasPrefix(rest, "--") || c == '\\'): // comments; \restrict and \unrestrict
			i += until(rest, "\n")
		case c == '\'' || c == '"' || c == '$':
			n, err := quotedLength(rest, script[:i])
			if err != nil {
				return nil, err
			}
			current.WriteString(rest[:n])
			i += n
		case between && c == '\n':
			i++
		case strings.HasPrefix(rest, "BEGIN ATOMIC\n"):
			// pg_get_function_sqlbody ends the body with a line of its own.
			n := strings.Index(rest, "\nEND;\n")
			if n < 0 {
				return nil, fmt.Errorf("a function's body doesn't end: %.200s", rest)
			}
			statements = append(statements, strings.TrimSpace(current.String()+rest[:n+len("\nEND;")]))
			current.Reset()
			i += n + len("\nEND;")
		default:
			switch c {
			case '(':
				depth++
			case ')':
				depth--
			}
			current.WriteByte(c)
			i++
			if c == ';' && depth == 0 {
				statements = append(statements, strings.TrimSpace(current.String()))
				current.Reset()
			}
		}
	}
	if rest := strings.TrimSpace(current.String()); rest != "" || depth != 0 {
		return nil, fmt.Errorf("the dump ends within a statement: %.200s", rest)
	}
	return statements, nil
}

// quotedLength is the length of the quoted text that begins here; 1 for a dollar that begins none.
func quotedLength(text, before string) (int, error) {
	switch text[0] {
	case '$':
		if before != "" && (isWord(before[len(before)-1])) {
			return 1, nil // within a name
		}
		end := strings.IndexByte(text[1:], '$')
		if end < 0 || strings.IndexFunc(text[1:end+1], func(r rune) bool { return r < 0x80 && !isWord(byte(r)) }) >= 0 || end > 0 && number(text[1:]) {
			return 1, nil
		}
		tag := text[:end+2]
		n := strings.Index(text[len(tag):], tag)
		if n < 0 {
			return 0, fmt.Errorf("a text quoted with %s doesn't end", tag)
		}
		return len(tag) + n + len(tag), nil
	case '\'':
		escapes := strings.HasSuffix(before, "E") && (len(before) < 2 || !isWord(before[len(before)-2]))
		for i := 1; i < len(text); i++ {
			if escapes && text[i] == '\\' {
				i++
			} else if text[i] == '\'' {
				return i + 1, nil
			}
		}
	default:
		if i := strings.IndexByte(text[1:], '"'); i >= 0 {
			return i + 2, nil
		}
	}
	return 0, fmt.Errorf("a quoted text doesn't end: %.200s", text)
}

// dumpFact is a statement with what has no order in one order: the columns of a table, and those of statistics and
// publications, which the engine keeps in the order of the table's.
func dumpFact(statement string) string {
	var start int
	switch {
	case strings.HasPrefix(statement, "CREATE TABLE ") || strings.HasPrefix(statement, "CREATE UNLOGGED TABLE ") || strings.HasPrefix(statement, "CREATE FOREIGN TABLE "):
		start = strings.Index(statement, " (\n")
		if start >= 0 {
			start++
		}
	case strings.HasPrefix(statement, "ALTER PUBLICATION ") && strings.Contains(statement, " ADD TABLE ONLY "):
		return sortPublication(statement)
	case strings.HasPrefix(statement, "CREATE STATISTICS "):
		return sortStatistics(statement)
	default:
		return statement
	}
	if start < 0 {
		return statement
	}
	end, items := listAt(statement, start)
	if end < 0 {
		return statement
	}
	slices.Sort(items)
	return statement[:start] + "(\n    " + strings.Join(items, ",\n    ") + "\n" + statement[end:]
}

// listAt are the items of the list in parentheses that opens at start, and where it closes; -1 where it doesn't.
func listAt(text string, start int) (end int, items []string) {
	depth, from := 0, start+1
	for i := start; i < len(text); i++ {
		switch text[i] {
		case '\'', '"', '$':
			n, err := quotedLength(text[i:], text[:i])
			if err != nil {
				return -1, nil
			}
			i += n - 1
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth == 0 {
				if last := strings.TrimSpace(text[from:i]); last != "" || len(items) > 0 {
					items = append(items, last)
				}
				return i, items
			}
		case ',':
			if depth == 1 {
				items = append(items, strings.TrimSpace(text[from:i]))
				from = i + 1
			}
		}
	}
	return -1, nil
}

// sortStatistics sorts the columns of CREATE STATISTICS name (kinds) ON columns FROM table.
func sortStatistics(statement string) string {
	on := strings.Index(statement, " ON ")
	from := strings.LastIndex(statement, " FROM ")
	if on < 0 || from < on {
		return statement
	}
	_, items := listAt("("+statement[on+len(" ON "):from]+")", 0)
	slices.Sort(items)
	return statement[:on] + " ON " + strings.Join(items, ", ") + statement[from:]
}

// sortPublication sorts the columns of ALTER PUBLICATION name ADD TABLE ONLY table (columns) WHERE (condition).
func sortPublication(statement string) string {
	start := strings.Index(statement, " (")
	if start < 0 || strings.Contains(statement[:start], " WHERE") {
		return statement
	}
	end, items := listAt(statement, start+1)
	if end < 0 {
		return statement
	}
	slices.Sort(items)
	return statement[:start] + " (" + strings.Join(items, ", ") + statement[end:]
}
