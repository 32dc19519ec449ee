package postgres

import (
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// ParseType implements hclschema.Dialect. What it gives is what format_type() prints for a column of the type where the default
// schema is the search_path. A word that PostgreSQL has means what PostgreSQL says; the portable words that it lacks are
// in portableTypes. serial words stay as they are for Settle.
func (d Driver) ParseType(t hclschema.Type, use hclschema.TypeUse) (hclschema.Spelled, error) {
	if use.Argument {
		use.Argument = false
		spelled, err := d.ParseType(t, use)
		return text(argumentType(spelled.Text)), err
	}
	switch {
	case t.Reference != nil:
		return text(typeOf(*t.Reference)), nil
	case t.Word == "":
		return text(canonicalType(bareDefault(t.SQL, use))), nil
	}
	read, ok := readType(wordType(lower(t.Word), t.Args))
	if !ok || !read.known() {
		return hclschema.Spelled{}, unknownType(t)
	}
	canonical, err := read.canonical()
	if err != nil {
		return hclschema.Spelled{}, fmt.Errorf("type %s: %w", t.Word, err)
	}
	return text(canonical), nil
}

// FormatType implements hclschema.Dialect: the word that models have for a type of PostgreSQL's own. Types of the models, arrays
// and what has no word are SQL.
func (Driver) FormatType(sql string, _ hclschema.TypeUse) hclschema.Type {
	read, ok := readType(sql)
	if !ok || !read.known() || read.dimensions > 0 {
		return hclschema.Type{SQL: sql}
	}
	word := strings.ReplaceAll(read.name, " ", "_")
	if other, ok := shortWords[read.name]; ok {
		word = other
	}
	args := read.args
	switch {
	case read.name == "numeric" && len(args) == 2 && args[1] == "0":
		args = args[:1]
	case read.name == "interval" && read.fields != "":
		word = strings.ReplaceAll(read.fields, " ", "_")
	}
	if back, ok := readType(wordType(word, args)); ok {
		if text, err := back.canonical(); err == nil && text == sql {
			return hclschema.Type{Word: word, Args: args}
		}
	}
	return hclschema.Type{SQL: sql}
}

// typeOf is the text of the type that an object is. A name that PostgreSQL has for a type of its own needs its schema.
func typeOf(id hclschema.Identity) string {
	if id.Schema == "" && catalogType(id.Name) {
		id.Schema = Driver{}.DefaultSchema()
	}
	return qualifiedType(id.Schema, id.Name)
}

func qualifiedType(schema, name string) string {
	if schema == "" {
		return quoting.QuoteName(name)
	}
	return quoting.QuoteName(schema) + "." + quoting.QuoteName(name)
}

// canonicalType is a type as format_type() writes it. A text that isn't understood stays as it is; the engine judges it.
func canonicalType(sql string) string {
	if read, ok := readType(sql); ok {
		if text, err := read.canonical(); err == nil {
			return text
		}
	}
	return strings.TrimSpace(sql)
}

// bareDefault is a type of the default schema without the name that models have for that.
func bareDefault(sql string, use hclschema.TypeUse) string {
	read, ok := readType(sql)
	if use.Aliased || !ok || read.schema != (Driver{}).DefaultSchema() || catalogType(read.name) {
		return sql
	}
	read.schema = ""
	if bare, err := read.canonical(); err == nil {
		return bare
	}
	return sql
}

// argumentType is a type as the engine writes that of a function's argument, which has no length: "character varying".
func argumentType(sql string) string {
	read, ok := readType(sql)
	if !ok {
		return strings.TrimSpace(sql)
	}
	read.args, read.fields, read.unbounded = nil, "", false
	text, err := read.canonical()
	switch {
	case err != nil:
		return strings.TrimSpace(sql)
	case read.schema == "" && read.name == "bit":
		return "bit" + strings.Repeat("[]", min(read.dimensions, 1))
	case read.schema == "" && read.name == "character":
		return "character" + strings.Repeat("[]", min(read.dimensions, 1))
	}
	return text
}

// needsType says that an object can't be without the type of a text, where that is an object of the state.
func (l *linker) needsType(o *hclschema.Object, sql string) {
	for _, other := range l.typeObjects(sql) {
		l.needs(o, other)
	}
}

// typeObjects are the objects that the type of a text may be.
func (l *linker) typeObjects(sql string) []*hclschema.Object {
	read, ok := readType(sql)
	if !ok || read.known() {
		return nil
	}
	schemas := []string{read.schema}
	if read.schema == (Driver{}).DefaultSchema() {
		schemas = append(schemas, "") // a name that PostgreSQL has for a type of its own needs a schema
	}
	for _, schema := range schemas {
		for _, kind := range []string{hclschema.KindEnum, hclschema.KindDomain, hclschema.KindComposite, hclschema.KindRange,
			hclschema.KindTable, hclschema.KindView, hclschema.KindMaterialized, hclschema.KindForeignTable} {
			if other := l.state.Get(hclschema.Identity{Kind: kind, Schema: schema, Name: read.name}); other != nil {
				return []*hclschema.Object{other}
			}
		}
	}
	return l.named[read.name] // the multirange of a range has a name of its own
}

// mentionDefaultClasses has a column come after the operator classes that its type is compared by where none is named: an index or a
// view that is made before them goes by others for good.
func (l *linker) mentionDefaultClasses(o *hclschema.Object, sql string) {
	for _, other := range l.typeObjects(sql) {
		for _, class := range l.defaultClasses[other.Identity] {
			if !slices.Contains(o.Mentions, class) {
				o.Mentions = append(o.Mentions, class)
			}
		}
		if base := other.Properties.Text(hclschema.PropType); other.Identity.Kind == hclschema.KindDomain && base != sql {
			l.mentionDefaultClasses(o, base)
		}
	}
}

// unknownType is the error for a word that is no type, with the one that may have been meant.
func unknownType(t hclschema.Type) error {
	near := otherWords[lower(t.Word)]
	if near == "" {
		near = hclschema.Nearest(lower(t.Word), typeWords())
	}
	if near != "" {
		return fmt.Errorf("unknown type %q: did you mean %s? Write sql(%q) for a type that the models don't declare", t.Word, near, t.Word)
	}
	return fmt.Errorf("unknown type %q: write enum.%s, domain.%s or the like for a type of the models, or sql(%q) for one that they don't declare",
		t.Word, t.Word, t.Word, t.Word)
}

// Expression implements hclschema.Dialect: the engine alone knows what two spellings have in common, but for
// parentheses around the whole and the case of true and false.
func (Driver) Expression(sql string) hclschema.Spelled {
	sql = strings.TrimSpace(sql)
	canonical := unwrap(sql)
	if strings.EqualFold(canonical, "true") || strings.EqualFold(canonical, "false") {
		canonical = lower(canonical)
	}
	return hclschema.Spelled{Text: sql, Canonical: canonical}
}

// NeverNull implements hclschema.Dialect.
func (Driver) NeverNull(string, hclschema.TypeUse) bool { return false }
