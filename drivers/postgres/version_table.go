package postgres

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// splitName takes the schema off a name: meta.duo_orm_revisions.
func splitName(name string) (schema, table string) {
	if schema, table, found := strings.Cut(name, "."); found {
		return schema, table
	}
	return "", name
}

// split is splitName with the default schema where the name has none.
func (c *connection) split(name string) (schema, table string) {
	if schema, table = splitName(name); schema == "" {
		schema = c.defaultSchema
	}
	return schema, table
}

// TableName implements drivers.TableNamer.
func (d Driver) TableName(name string) string {
	schema, table := splitName(name)
	if schema == "" {
		return d.QuoteName(table)
	}
	return d.QuoteName(schema) + "." + d.QuoteName(table)
}

// VersionTable implements drivers.Connector: the table and its log. A schema that the name has before it is made where it isn't there.
func (Driver) VersionTable(name string) []string {
	schema, table := splitName(name)
	var statements []string
	prefix := ""
	if schema != "" {
		prefix = quoted(schema) + "."
		// CREATE SCHEMA IF NOT EXISTS wants the right to make one even where it is there.
		statements = append(statements, "DO "+literal(`BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = `+literal(schema)+`) THEN
    CREATE SCHEMA `+quoted(schema)+`;
  END IF;
END`))
	}
	return append(statements,
		"CREATE TABLE IF NOT EXISTS "+prefix+quoted(table)+" (\n"+drivers.VersionColumns+")",
		"CREATE TABLE IF NOT EXISTS "+prefix+quoted(table+drivers.LogSuffix)+" (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"+drivers.LogColumns+")")
}

// Internal implements drivers.Connector: the version table, its log, what belongs to them, and the schema that their name
// has before it, which is theirs alone.
func (Driver) Internal(id hclschema.Identity, versionTable string) bool {
	if versionTable == "" {
		return false
	}
	schema, table := splitName(versionTable)
	if id.Kind == "schema" {
		return schema != "" && id.Name == schema
	}
	if id.Schema != schema {
		return false
	}
	names := []string{table, table + drivers.LogSuffix}
	for _, name := range names {
		switch {
		case id.Parent == name, id.Name == name,
			id.Parent == "" && (id.Name == name+"_pkey" || id.Name == name+"_id_seq"):
			return true
		}
	}
	return false
}

// literal writes a text as an SQL string.
func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
