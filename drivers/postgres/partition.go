package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// partitionBy is PARTITION BY … of a partitioned table; empty for another one.
func partitionBy(w *writer, table *hclschema.Object) string {
	key := record(table, hclschema.PropPartition)
	if key == nil {
		return ""
	}
	list, _ := key["by"].(hclschema.List)
	words := make([]string, len(list))
	for i, value := range list {
		part, _ := value.(hclschema.Record)
		words[i] = onePart(w, part)
	}
	return "PARTITION BY " + key["type"].String() + " (" + strings.Join(words, ", ") + ")"
}

// partitionKey takes a partition key as pg_get_partkeydef writes it apart: RANGE (a, lower(b) COLLATE "C" text_pattern_ops).
func partitionKey(definition string) hclschema.Record {
	strategy, rest, _ := strings.Cut(definition, " ")
	var by hclschema.List
	for _, item := range splitList(unwrap(rest)) {
		by = append(by, keyPart(item))
	}
	return hclschema.Record{"type": hclschema.Text(strategy), "by": by}
}

// keyPart is one part of a partition key: a column, or an expression in parentheses or the call of a function, and behind it
// a collation and an operator class.
func keyPart(item string) hclschema.Record {
	end, call := 0, false
	for end < len(item) && item[end] != ' ' {
		if item[end] == '(' {
			call = true
			end += lastOf(item[end:]) + 1
			break
		}
		end += token(item[end:])
	}
	head, rest := item[:end], strings.TrimSpace(item[end:])
	part := hclschema.Record{}
	if call {
		part["expr"] = text(unwrap(head))
	} else {
		part["column"] = identifier(nameParts(head)[0])
	}
	if after, ok := strings.CutPrefix(rest, "COLLATE "); ok {
		end := 0
		for end < len(after) && after[end] != ' ' {
			end += token(after[end:])
		}
		part["collate"] = text(after[:end])
		rest = strings.TrimSpace(after[end:])
	}
	if rest != "" {
		part["ops"] = text(rest)
	}
	return part
}

// splitList takes a list of SQL texts apart.
func splitList(list string) []string {
	var items []string
	start, depth := 0, 0
	for i := 0; i < len(list); {
		switch list[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth == 0 {
				items = append(items, strings.TrimSpace(list[start:i]))
				start = i + 1
			}
		}
		i += token(list[i:])
	}
	return append(items, strings.TrimSpace(list[start:]))
}

// Displaced implements drivers.Placer: an identity whose sequence has the name that another sequence gets gives it up.
func (Driver) Displaced(before, after *hclschema.Object, end func(hclschema.Identity) *hclschema.Object) *hclschema.Object {
	identity := record(before, hclschema.PropIdentity)
	if identity == nil || before.Identity.Kind != hclschema.KindColumn {
		return nil
	}
	name := sequenceNameOf(before)
	if end(hclschema.Identity{Kind: hclschema.KindSequence, Schema: before.Identity.Schema, Name: name}) == nil {
		return nil
	}
	rest := before.Clone()
	for property, value := range after.Properties { // what the column gets besides it gets meanwhile
		if rest.Properties[property] == nil {
			rest.Properties[property] = value
		}
	}
	elsewhere := hclschema.Record{}
	for key, value := range identity {
		elsewhere[key] = value
	}
	elsewhere[hclschema.PropSequenceName] = hclschema.Text(makeObjectName(clip(name, 50), "", "old"))
	rest.Properties[hclschema.PropIdentity] = elsewhere
	return rest
}

// detachPartition makes a partition a table of its own, which keeps its rows, indexes and constraints.
func detachPartition(partition hclschema.Identity, of string) (drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER TABLE ", of)
	w.Indented(func() { w.Line("DETACH PARTITION ", w.object(partition)) })
	return w.step("detach "+partition.String()+" from "+of, accessExclusive)
}

// attachPartition makes a table a partition; PostgreSQL reads its rows to see that they lie within the bounds.
func attachPartition(partition hclschema.Identity, of, bounds string) (drivers.Step, error) {
	w := newWriter()
	w.Line("ALTER TABLE ", of)
	w.Indented(func() { w.Line("ATTACH PARTITION ", w.object(partition), " ", bounds) })
	return w.step("attach "+partition.String()+" to "+of, accessExclusive)
}
