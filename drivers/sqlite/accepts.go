package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// accepted are the attributes and nested blocks of each kind that SQLite has something for, as models spell them.
var accepted = acceptedTable(map[string]string{
	hclschema.KindTable: `schema name strict without_rowid use renamed_from depends_on
		column primary_key unique foreign_key check index`,
	hclschema.KindColumn: `name type type_optional null null_name null_on_conflict default default_name as generated generated_type
		generated_name collate collate_name auto_increment renamed_from`,
	hclschema.KindPrimaryKey: "name columns on column desc collate on_conflict inline",
	hclschema.KindUnique:     "name columns on column desc collate on_conflict repeats_name renamed_from",
	hclschema.KindForeignKey: "name columns ref_table ref_columns on_update on_delete match deferrable repeats_name renamed_from",
	hclschema.KindCheck:      "name expr on_conflict repeats_name renamed_from",
	hclschema.KindIndex:      "name unique columns on column expr desc collate where renamed_from",
	hclschema.KindView:       "schema name as columns view_columns renamed_from depends_on",
	hclschema.KindTrigger: `schema name on as before after instead_of timing event insert update delete update_of when for foreach
		renamed_from depends_on`,
	hclschema.KindVirtualTable: "schema name module arguments renamed_from depends_on",
	hclschema.KindData:         "table rows key mode",
	"schema":                   "name",
})

func acceptedTable(words map[string]string) map[string]map[string]bool {
	table := map[string]map[string]bool{}
	for kind, names := range words {
		table[kind] = map[string]bool{}
		for _, name := range strings.Fields(names) {
			table[kind][name] = true
		}
	}
	return table
}

// Accepts implements hclschema.Dialect.
func (Driver) Accepts(kind, attribute string) bool {
	attributes, ok := accepted[kind]
	return ok && (attribute == "" || attributes[attribute])
}
