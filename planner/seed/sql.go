package seed

import (
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

func (c *content) insertRows(table string, b batch[row]) (string, error) {
	tuples := make([][]string, len(b.rows))
	for i, r := range b.rows {
		for _, name := range b.columns {
			literal, err := c.literal(name, r[name])
			if err != nil {
				return "", err
			}
			tuples[i] = append(tuples[i], literal)
		}
	}
	return c.insertion(table, b.columns, tuples), nil
}

// insertion is one INSERT, a row a line.
func (c *content) insertion(table string, columns []string, tuples [][]string) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + table + " (" + c.quotedNames(columns) + ")\n")
	objects := make([]*hclschema.Object, len(columns))
	for i, name := range columns {
		objects[i] = c.byName[name]
	}
	if word := c.seeder.Overriding(objects); word != "" {
		b.WriteString(word + "\n")
	}
	b.WriteString("VALUES\n")
	writeTuples(&b, tuples, "  ")
	return b.String()
}

func writeTuples(b *strings.Builder, tuples [][]string, indent string) {
	for i, tuple := range tuples {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString(indent + "(" + strings.Join(tuple, ", ") + ")")
	}
}

func (c *content) quotedNames(columns []string) string {
	names := make([]string, len(columns))
	for i, name := range columns {
		names[i] = c.driver.QuoteName(name)
	}
	return strings.Join(names, ", ")
}

func (c *content) literal(column string, v value) (string, error) {
	if v == nil {
		return "NULL", nil
	}
	return c.seeder.Literal(c.byName[column], *v)
}

// updateOne is UPDATE of one row, a column a line.
func (c *content) updateOne(u update, to row) (string, error) {
	var b strings.Builder
	b.WriteString("UPDATE " + c.quoted(c.id()) + "\nSET\n")
	for i, name := range u.columns {
		literal, err := c.literal(name, to[name])
		if err != nil {
			return "", err
		}
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString("  " + c.driver.QuoteName(name) + " = " + literal)
	}
	condition, err := c.condition(c.declared[u.at])
	b.WriteString("\nWHERE " + condition)
	return b.String(), err
}

// updateMany is UPDATE of many rows from a list of their keys and new values.
func (c *content) updateMany(set batch[update], to func(update) row) (string, error) {
	names := append(slices.Clone(c.Set.Key), set.columns...)
	tuples := make([][]string, len(set.rows))
	for i, u := range set.rows {
		for n, name := range names {
			from := to(u)
			if n < len(c.Set.Key) {
				from = c.declared[u.at]
			}
			literal, err := c.literal(name, from[name])
			if err != nil {
				return "", err
			}
			if i == 0 {
				literal = c.seeder.Typed(c.byName[name], literal)
			}
			tuples[i] = append(tuples[i], literal)
		}
	}
	var b strings.Builder
	b.WriteString("WITH changed (" + c.quotedNames(names) + ") AS (\n  VALUES\n")
	writeTuples(&b, tuples, "    ")
	b.WriteString("\n)\nUPDATE " + c.quoted(c.id()) + " AS kept\nSET\n")
	for i, name := range set.columns {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString("  " + c.driver.QuoteName(name) + " = changed." + c.driver.QuoteName(name))
	}
	b.WriteString("\nFROM changed\nWHERE ")
	for i, name := range c.Set.Key {
		if i > 0 {
			b.WriteString("\n  AND ")
		}
		b.WriteString("kept." + c.driver.QuoteName(name) + " = changed." + c.driver.QuoteName(name))
	}
	return b.String(), nil
}

// condition finds a row by its key.
func (c *content) condition(r row) (string, error) {
	words := make([]string, len(c.Set.Key))
	for i, name := range c.Set.Key {
		literal, err := c.literal(name, r[name])
		if err != nil {
			return "", err
		}
		words[i] = c.driver.QuoteName(name) + " = " + literal
		if r[name] == nil {
			words[i] = c.driver.QuoteName(name) + " IS NULL"
		}
	}
	return strings.Join(words, " AND "), nil
}

func (c *content) deletion(rows []row) (string, error) {
	head := "DELETE FROM " + c.quoted(c.id()) + "\nWHERE "
	if len(c.Set.Key) == 1 && len(rows) > 1 && !slices.ContainsFunc(rows, func(r row) bool { return r[c.Set.Key[0]] == nil }) {
		literals := make([]string, len(rows))
		for i, r := range rows {
			literal, err := c.literal(c.Set.Key[0], r[c.Set.Key[0]])
			if err != nil {
				return "", err
			}
			literals[i] = "  " + literal
		}
		return head + c.driver.QuoteName(c.Set.Key[0]) + " IN (\n" + strings.Join(literals, ",\n") + "\n)", nil
	}
	conditions := make([]string, len(rows))
	for i, r := range rows {
		condition, err := c.condition(r)
		if err != nil {
			return "", err
		}
		if len(rows) > 1 && len(c.Set.Key) > 1 {
			condition = "(" + condition + ")"
		}
		conditions[i] = condition
	}
	return head + strings.Join(conditions, "\n  OR "), nil
}

// rowCount is "1 row", "12 rows".
func rowCount(n int) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}
