package hclschema

import "strings"

func (partitionKind) write(w *writer, o *Object) { (tableKind{}).write(w, o) }

// ancestry writes what a table has of others: its parents, or the table that it is a partition of with the bounds.
func (w *writer) ancestry(o *Object) {
	if list := o.Properties.List(PropInherits); list != nil {
		words := make([]string, len(list))
		for i, name := range list {
			words[i] = w.tableNamed(name.String())
		}
		w.attribute("inherits", "["+strings.Join(words, ", ")+"]")
	}
	of := o.Properties.Text(PropPartitionOf)
	if of == "" {
		return
	}
	w.attribute("of", w.tableNamed(of))
	w.bounds(o.Properties.Text(PropBounds))
	names, ok := o.Properties[PropIndexNames].(Record)
	if !ok {
		return
	}
	w.line("index_names = {")
	w.depth++
	for _, parent := range names.Names() {
		w.line(quoteHCL(parent) + " = " + quoteHCL(names[parent].String()))
	}
	w.depth--
	w.line("}")
}

// tableNamed is a reference to the table that has a text for its name.
func (w *writer) tableNamed(text string) string {
	if w.tables == nil {
		w.tables = map[string]*Object{}
		for _, o := range w.state.Objects() {
			if o.Identity.Kind == KindTable {
				name := w.dialect.QuoteName(o.Identity.Name)
				if o.Identity.Schema != "" {
					name = w.dialect.QuoteName(o.Identity.Schema) + "." + name
				}
				w.tables[name] = o
			}
		}
	}
	if o := w.tables[text]; o != nil {
		return objectPath(o.Identity)
	}
	return quoteHCL(text)
}

// bounds writes the bounds of a partition as values where these read back as the same, else as SQL.
func (w *writer) bounds(text string) {
	rest, ok := strings.CutPrefix(text, "FOR VALUES ")
	if !ok {
		if text == "DEFAULT" {
			w.attribute("default", "true")
		} else {
			w.sql("bounds", text)
		}
		return
	}
	first, more := groups(rest)
	var in, from, to string
	switch {
	case len(more) == 1 && strings.HasPrefix(rest, "IN ("):
		if in, ok = boundList(more[0]); ok {
			w.attribute("in", "["+in+"]")
			return
		}
	case len(more) == 2 && first == "FROM () TO ()":
		var good bool
		from, ok = boundList(more[0])
		if to, good = boundList(more[1]); ok && good {
			w.attribute("from", oneOrList(from, more[0]))
			w.attribute("to", oneOrList(to, more[1]))
			return
		}
	case len(more) == 1 && strings.HasPrefix(rest, "WITH (modulus "):
		modulus, remainder, found := strings.Cut(strings.TrimPrefix(more[0], "modulus "), ", remainder ")
		if found && plainNumber.MatchString(modulus) && plainNumber.MatchString(remainder) {
			w.attribute("modulus", modulus)
			w.attribute("remainder", remainder)
			return
		}
	}
	w.sql("bounds", text)
}

// groups takes the contents of the outermost parentheses out of a text.
func groups(text string) (rest string, contents []string) {
	var outside, inside strings.Builder
	depth := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\'' {
			end := i + 1
			for end < len(text) && text[end] != '\'' {
				end++
			}
			if depth > 0 {
				inside.WriteString(text[i:min(end+1, len(text))])
			}
			i = end
			continue
		}
		switch {
		case c == '(':
			if depth++; depth == 1 {
				outside.WriteByte(c)
				inside.Reset()
				continue
			}
		case c == ')':
			if depth--; depth == 0 {
				contents = append(contents, inside.String())
			}
		}
		if depth > 0 {
			inside.WriteByte(c)
		} else {
			outside.WriteByte(c)
		}
	}
	return outside.String(), contents
}

// splitValues takes a list of SQL values apart.
func splitValues(text string) []string {
	var values []string
	start, depth := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\'':
			for i++; i < len(text) && text[i] != '\''; i++ {
			}
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				values = append(values, strings.TrimSpace(text[start:i]))
				start = i + 1
			}
		}
	}
	return append(values, strings.TrimSpace(text[start:]))
}

func oneOrList(list, text string) string {
	if len(splitValues(text)) == 1 {
		return list
	}
	return "[" + list + "]"
}

// boundList is a list of SQL values as models write it; false where it wouldn't read back as the same.
func boundList(text string) (string, bool) {
	values := splitValues(text)
	if strings.Join(values, ", ") != text {
		return "", false
	}
	words := make([]string, len(values))
	for i, value := range values {
		switch {
		case value == "MINVALUE" || value == "MAXVALUE" || value == "true" || value == "false":
			words[i] = value
		case value == "NULL":
			words[i] = "null"
		case plainNumber.MatchString(value) && value != "-0":
			words[i] = value
		case len(value) > 1 && value[0] == '\'' && quoteSQL(strings.ReplaceAll(value[1:len(value)-1], "''", "'")) == value:
			words[i] = quoteHCL(strings.ReplaceAll(value[1:len(value)-1], "''", "'"))
		default:
			words[i] = "sql(" + quoteHCL(value) + ")"
		}
	}
	return strings.Join(words, ", "), true
}

// partitionKey writes how a table is partitioned.
func (w *writer) partitionKey(o *Object) {
	key, ok := o.Properties[PropPartition].(Record)
	if !ok {
		return
	}
	own := w.relation(o.Identity.Schema, o.Identity.Name)
	w.line("partition {")
	w.depth++
	w.attribute("type", key["type"].String())
	list, _ := key["by"].(List)
	plain := true
	seen := map[string]bool{}
	for _, value := range list {
		record, ok := value.(Record)
		if plain = plain && ok && len(record) == 1 && record["column"] != nil; plain {
			column := record["column"].Key()
			plain, seen[column] = !seen[column], true
		}
	}
	if plain {
		w.attribute("columns", w.columns(list, own, "column"))
	} else {
		for _, value := range list {
			if record, ok := value.(Record); ok {
				w.keyPart(record, own)
			}
		}
	}
	w.depth--
	w.line("}")
}

// keyPart writes a column or expression of a partition key.
func (w *writer) keyPart(record Record, own *relation) {
	w.line("by {")
	w.depth++
	if expr, ok := record["expr"]; ok {
		w.sql("expr", expr.String())
	} else {
		w.attribute("column", w.column(record, own, "column"))
	}
	for _, name := range []string{"collate", "ops"} {
		if value, ok := record[name]; ok {
			w.attribute(name, "sql("+quoteHCL(value.String())+")")
		}
	}
	w.depth--
	w.line("}")
}
