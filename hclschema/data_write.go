package hclschema

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
)

// WriteRows writes a table's rows as a data block, a row a line, each with values for the columns. key are the columns that find a
// row where they aren't the primary key's.
func WriteRows(table Identity, key, columns []string, rows [][]Evaluated) ([]byte, error) {
	var b strings.Builder
	b.WriteString("data {\ntable = " + objectPath(table) + "\n")
	if key != nil {
		words := make([]string, len(key))
		for i, name := range key {
			words[i] = quoteHCL(name)
		}
		b.WriteString("key = [" + strings.Join(words, ", ") + "]\n")
	}
	b.WriteString("rows = [\n")
	for _, row := range rows {
		words := make([]string, len(row))
		for i, v := range row {
			text, err := rowValueText(v)
			if err != nil {
				return nil, fmt.Errorf("column %s of %s: %w", columns[i], table, err)
			}
			name := columns[i]
			if !isPlainWord(name) {
				name = quoteHCL(name)
			}
			words[i] = name + " = " + text
		}
		b.WriteString("{ " + strings.Join(words, ", ") + " },\n")
	}
	b.WriteString("]\n}\n")
	return hclwrite.Format([]byte(b.String())), nil
}

func rowValueText(v Evaluated) (string, error) {
	switch v := v.(type) {
	case Null:
		return "null", nil
	case Boolean:
		return fmt.Sprint(bool(v)), nil
	case Number:
		return string(v), nil
	case String:
		return quoteHCL(string(v)), nil
	case RawSQL:
		return "sql(" + quoteHCL(string(v)) + ")", nil
	}
	return "", fmt.Errorf("%s can't stand in a row", describe(v))
}

// RowsFileName is the name of a model file for a table's rows.
func RowsFileName(table Identity, taken []string) string {
	table.Kind = KindData
	return newFileNames(taken).of(table)
}
