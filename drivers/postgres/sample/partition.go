package sample

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

func partitionsOf(state *hclschema.State, table *hclschema.Object) []*hclschema.Object {
	var partitions []*hclschema.Object
	for _, o := range state.Objects() {
		if o.Identity.Kind == hclschema.KindTable && o.Properties[hclschema.PropPartitionOf] != nil && find(state, o, hclschema.PropPartitionOf) == table {
			partitions = append(partitions, o)
		}
	}
	return partitions
}

// hasForeignParts says that a table has partitions, at any depth, that are foreign tables.
func hasForeignParts(state *hclschema.State, table *hclschema.Object, depth int) bool {
	if table.Properties[hclschema.PropPartition] == nil {
		return false
	}
	for _, o := range state.Objects() {
		if o.Identity.Kind == hclschema.KindForeignTable && o.Properties[hclschema.PropPartitionOf] != nil && find(state, o, hclschema.PropPartitionOf) == table {
			return true
		}
	}
	if depth > 0 {
		for _, partition := range partitionsOf(state, table) {
			if hasForeignParts(state, partition, depth-1) {
				return true
			}
		}
	}
	return false
}

// fitsSome is the condition that a row of a partitioned table fits one of its partitions; empty where each row does, or where
// it isn't known.
func fitsSome(state *hclschema.State, table *hclschema.Object, depth int) string {
	if table.Properties[hclschema.PropPartition] == nil || depth == 0 {
		return ""
	}
	var places []string
	for _, partition := range partitionsOf(state, table) {
		conditions := bounds(state, table, partition)
		if deeper := fitsSome(state, partition, depth-1); deeper != "" {
			conditions = append(conditions, deeper)
		}
		if len(conditions) == 0 {
			return ""
		}
		places = append(places, "("+strings.Join(conditions, " AND ")+")")
	}
	return strings.Join(places, " OR ")
}

// bounds are the conditions of a partition: none for a default one, or one of a hash.
func bounds(_ *hclschema.State, parent, partition *hclschema.Object) []string {
	keys := partitionKeys(parent)
	text := strings.TrimSpace(strings.TrimPrefix(partition.Properties.Text(hclschema.PropBounds), "FOR VALUES"))
	if len(keys) == 0 {
		return nil
	}
	if list, ok := strings.CutPrefix(text, "IN "); ok {
		return []string{oneOf(keys[0], split(list))}
	}
	from, to, ok := strings.Cut(strings.TrimPrefix(text, "FROM "), ") TO (")
	if !ok || !strings.HasPrefix(text, "FROM ") {
		return nil
	}
	var conditions []string
	for _, key := range keys {
		conditions = append(conditions, key+" IS NOT NULL")
	}
	if low := limit(keys, split(from+")"), ">=", ">"); low != "" {
		conditions = append(conditions, low)
	}
	if high := limit(keys, split("("+to), "<", "<="); high != "" {
		conditions = append(conditions, high)
	}
	return conditions
}

// oneOf is membership in a list; = takes NULL for nothing.
func oneOf(key string, values []string) string {
	var listed []string
	null := false
	for _, value := range values {
		if strings.EqualFold(value, "NULL") {
			null = true
		} else {
			listed = append(listed, value)
		}
	}
	var parts []string
	if len(listed) > 0 {
		parts = append(parts, key+" IS NOT NULL AND "+key+" IN ("+strings.Join(listed, ", ")+")")
	}
	if null {
		parts = append(parts, key+" IS NULL")
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// limit compares the keys with a bound. Behind MINVALUE or MAXVALUE nothing counts; with MAXVALUE the keys before it may be
// equal at an upper bound, and must be greater at a lower one.
func limit(keys, values []string, operator, atMax string) string {
	n := 0
	for n < len(values) && n < len(keys) && values[n] != "MINVALUE" && values[n] != "MAXVALUE" {
		n++
	}
	if n == 0 {
		return ""
	}
	if n < len(values) && values[n] == "MAXVALUE" {
		operator = atMax
	}
	return "(" + strings.Join(keys[:n], ", ") + ") " + operator + " (" + strings.Join(values[:n], ", ") + ")"
}

// partitionKeys are the parts of a partition key as expressions.
func partitionKeys(table *hclschema.Object) []string {
	record, ok := table.Properties[hclschema.PropPartition].(hclschema.Record)
	if !ok {
		return nil
	}
	parts, _ := record["by"].(hclschema.List)
	var keys []string
	for _, part := range parts {
		of, ok := part.(hclschema.Record)
		switch {
		case !ok:
			keys = append(keys, quoteName(part.String()))
		case of["column"] != nil:
			keys = append(keys, quoteName(of["column"].String()))
		case of["expr"] != nil:
			keys = append(keys, "("+of["expr"].String()+")")
		}
	}
	return keys
}

// split takes a list in parentheses apart.
func split(list string) []string {
	list = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(list), "("), ")")
	var parts []string
	from, depth, within := 0, 0, false
	for i := range len(list) {
		switch c := list[i]; {
		case c == '\'':
			within = !within
		case within:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			parts = append(parts, strings.TrimSpace(list[from:i]))
			from = i + 1
		}
	}
	return append(parts, strings.TrimSpace(list[from:]))
}
