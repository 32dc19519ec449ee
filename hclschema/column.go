package hclschema

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// columnKind is column "email" { type = text } in a table.
type columnKind struct{}

// Reference implements Kind.
func (columnKind) Reference() KindReference {
	return KindReference{
		Name: KindColumn, Text: "A column of a table.", Within: KindTable, Labels: 1,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), commentAttribute(),
			{Name: "type", Text: `The type: int, varchar(255), or sql("…") for the engine's own text.`},
			{Name: "null", Text: "Whether NULL is allowed; false unless said."},
			{Name: "default", Text: `The default: a literal, or sql("…") for an expression. As a block, default "name" { as = … }, it has a name.`, Both: true,
				Nested: []NameReference{{Name: "as", Text: "The default itself."}}},
			{Name: "as", Text: `Makes the column generated: as = "price * 1.2", or a block.`, Both: true,
				Nested: []NameReference{
					{Name: "expr", Text: "The expression."},
					{Name: "type", Text: "STORED or VIRTUAL."},
				}},
			{Name: "auto_increment", Text: "Numbers rows by a counter that never goes back.", Engines: "SQLite, PostgreSQL, MySQL, MariaDB"},
			{Name: "collate", Text: "The collation.", Engines: "SQLite, PostgreSQL, MySQL, MariaDB"},
			{Name: "null_on_conflict", Text: "What happens to a row with a NULL: ABORT, FAIL, IGNORE, REPLACE or ROLLBACK.", Engines: "SQLite"},
			{Name: "null_name", Text: "The name of the NOT NULL constraint.", Engines: "SQLite, PostgreSQL"},
			{Name: "default_name", Text: "The name of the DEFAULT.", Engines: "SQLite"},
			{Name: "collate_name", Text: "The name of the COLLATE.", Engines: "SQLite"},
			{Name: "generated_name", Text: "The name of the GENERATED.", Engines: "SQLite"},
			identityBlock(),
			{Name: "storage", Text: "How large values are stored: PLAIN, MAIN, EXTERNAL or EXTENDED, where it isn't as the type has it.", Engines: "PostgreSQL"},
			{Name: "compression", Text: "How large values are compressed: pglz or lz4, or default where a parent's column has one of these.", Engines: "PostgreSQL"},
			{Name: "statistics", Text: "The statistics target.", Engines: "PostgreSQL"},
			{Name: "options", Text: "Options such as n_distinct.", Block: true, Both: true, Open: true, Engines: "PostgreSQL"},
			{Name: "inherited", Text: "true for a column of a parent that differs here in its default, null, storage, statistics or comment; it has no type.", Engines: "PostgreSQL"},
			{Name: "unsigned", Text: "Whether the type has no sign.", Engines: "MySQL, MariaDB"},
			{Name: "charset", Text: "The character set.", Engines: "MySQL, MariaDB"},
			{Name: "on_update", Text: "What the column becomes when its row is updated.", Engines: "MySQL, MariaDB"},
		},
	}
}

func (columnKind) read(l *loading, b *Block, in *relation) {
	name, ok := l.name(b)
	if !ok {
		return
	}
	o := l.object(b, in.part(KindColumn, name))
	l.setBool(b, "null", o, PropNull)
	l.setBool(b, "inherited", o, PropInherited)
	l.setBool(b, "auto_increment", o, PropAutoIncrement)
	use := in.useOf(l.identifier(name), o.Properties.Bool(PropAutoIncrement))
	l.columnType(b, o, use)
	l.autoIncrement(b, o, in, use)
	l.neverNull(b, o, use)
	l.columnDefault(b, o)
	l.generated(b, o)
	if a := given(b, "collate"); a != nil {
		if collation, ok := l.collationOf(a, o); ok {
			o.Properties[PropCollate] = collation
		}
	}
	l.setWord(b, "null_on_conflict", o, PropNullOnConflict, conflictWords()...)
	for _, property := range columnNames() {
		l.setText(b, property, o, property)
	}
	l.identity(b, o)
	l.columnStorage(b, o)
	l.add(o)
}

// columnNames are the properties that name a constraint of a column.
func columnNames() []string {
	return []string{PropNullName, PropDefaultName, PropCollateName, PropGeneratedName}
}

// part is the identity of something that belongs to the relation.
func (r *relation) part(kind, name string) Identity {
	if kind == KindIndex && r.identity.Kind == KindMaterialized {
		kind = KindMaterializedIndex
	}
	return Identity{Kind: kind, Schema: r.identity.Schema, Parent: r.identity.Name, Name: name, Unnamed: name == "" && kind != KindPrimaryKey}
}

func (l *loading) columnType(b *Block, o *Object, use TypeUse) {
	a := b.Attribute("type")
	if a == nil {
		if !l.accepts(KindColumn, "type_optional") && !o.Properties.Bool(PropInherited) {
			l.require(b, "type", "type = text")
		}
		return
	}
	if spelled, ok := l.typeText(a, o, use); ok {
		o.Properties[PropType] = spelled
	}
}

// typeText is the type that a value spells, as the engine is told it. The object depends on the one that a reference leads to.
func (l *loading) typeText(a *Attribute, o *Object, use TypeUse) (Spelled, bool) {
	return l.typeValue(a.Value, a.ValueRange, a.Name, o, use)
}

func (l *loading) typeValue(v Evaluated, place hcl.Range, name string, o *Object, use TypeUse) (Spelled, bool) {
	t, ok := l.typeOf(v, place, name)
	if !ok {
		return Spelled{}, false
	}
	spelled, err := l.dialect.ParseType(t, use)
	if err != nil {
		l.fail(failure(place, "Wrong type", "%s", sentence(err.Error())))
		return Spelled{}, false
	}
	if t.Reference != nil && *t.Reference != o.Identity && !slices.Contains(o.DependsOn, *t.Reference) {
		o.DependsOn = append(o.DependsOn, *t.Reference)
	}
	return spelled, true
}

// isTypeKind says whether objects of the kind can be the type of a column. A relation is the type of its rows.
func isTypeKind(kind string) bool {
	switch kind {
	case KindEnum, KindDomain, KindComposite, KindRange, KindTable, KindView, KindMaterialized, KindForeignTable:
		return true
	}
	return false
}

// typeOf is the type that a value spells.
func (l *loading) typeOf(v Evaluated, place hcl.Range, name string) (Type, bool) {
	switch v := v.(type) {
	case Word:
		return Type{Word: v.Name, Args: v.Args}, true
	case RawSQL:
		if strings.TrimSpace(string(v)) == "" || strings.ContainsRune(string(v), 0) {
			l.fail(failure(place, "Wrong type", `sql("…") must hold the type's text.`))
			return Type{}, false
		}
		return Type{SQL: string(v)}, true
	case Reference:
		return l.typeReference(v, place)
	case String:
		l.fail(failure(place, "Wrong type", `A type stands without quotes: %s = text. For the engine's own text write %s = sql("…").`, name, name))
	default:
		l.wants(place, name, `a word such as text, or sql("…")`, v)
	}
	return Type{}, false
}

// typeReference is the type that is an object of the models: enum.status. Where the engine has no such types the dialect says so.
func (l *loading) typeReference(v Reference, place hcl.Range) (Type, bool) {
	p, ok := parsePath(v.Path)
	if !ok || p.column != "" || !isTypeKind(p.kind) {
		l.fail(failure(place, "Wrong type", "%s is no type. Write a word such as text, enum.name for a declared type, or sql(\"…\").", strings.Join(v.Path, ".")))
		return Type{}, false
	}
	id := Identity{Kind: p.kind, Schema: l.foldSchema(p.qualifier), Name: p.name}
	if _, carried := l.references[p.kind]; carried && l.accepts(p.kind, "") {
		if id, ok = l.resolveObject(p, place); !ok {
			return Type{}, false
		}
	}
	return Type{Reference: &id}, true
}

// sentence makes an error's text a sentence.
func sentence(text string) string {
	if text == "" {
		return text
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if !strings.ContainsAny(text[len(text)-1:], ".?!") {
		text += "."
	}
	return text
}

// autoIncrement reports a counter on a column that can't have one, where all of the table is known.
func (l *loading) autoIncrement(b *Block, o *Object, in *relation, use TypeUse) {
	if !use.AutoIncrement || in.open || l.accepts(KindColumn, "auto_increment_elsewhere") {
		return
	}
	place, name := b.Attribute("auto_increment").Range, o.Identity.Name
	rowid := TypeUse{Key: true, OnlyKey: true, AutoIncrement: true}
	switch {
	case !use.OnlyKey:
		l.fail(failure(place, "Wrong auto_increment", "Column %q must be the only column of the primary key: write primary_key { columns = [column.%s] }, or take auto_increment away.", name, name))
	case use.WithoutRowid:
		l.fail(failure(place, "Wrong auto_increment", "A table without rowid has no counter. Take auto_increment or without_rowid away."))
	case o.Properties[PropType] != nil && !l.dialect.NeverNull(o.Properties.Text(PropType), rowid):
		l.fail(failure(place, "Wrong auto_increment", "Column %q must be an integer to count. Write type = int, or take auto_increment away.", name))
	}
}

// neverNull drops null where it means nothing (see Dialect.NeverNull).
func (l *loading) neverNull(b *Block, o *Object, use TypeUse) {
	if l.dialect.NeverNull(o.Properties.Text(PropType), use) {
		delete(o.Properties, PropNull)
	}
	if a := given(b, "null_on_conflict"); a != nil && o.Properties.Bool(PropNull) {
		l.fail(failure(a.NameRange, "Nothing to conflict with", "null_on_conflict says what happens to a NULL, and null = true allows it. Take one of them away."))
	}
}

func (l *loading) columnDefault(b *Block, o *Object) {
	a := b.Attribute("default")
	for _, nested := range b.Blocks {
		if nested.Type != "default" || nested.Incomplete {
			continue
		}
		if a != nil {
			l.fail(failure(nested.Range, "Two defaults", "Column %q has a default already. Take one away.", o.Identity.Name))
			return
		}
		if a = nested.Attribute("as"); a == nil {
			l.fail(failure(nested.Range, "Attribute missing", `A default block needs as = "…".`))
			return
		}
		if len(nested.Labels) == 1 && l.checkName(nested.Labels[0].Text, nested.Labels[0].Range) {
			o.Properties[PropDefaultName] = Text(nested.Labels[0].Text)
		}
	}
	if a == nil {
		return
	}
	if text, ok := l.defaultText(a); ok {
		o.Properties[PropDefault] = l.dialect.Expression(text)
	}
}

// defaultText is a default as SQL writes it; false where there is none.
func (l *loading) defaultText(a *Attribute) (string, bool) {
	switch v := a.Value.(type) {
	case Null:
		return "", false
	case Boolean:
		return strings.ToUpper(strconv.FormatBool(bool(v))), true
	case Number:
		return string(v), true
	case String:
		if strings.ContainsRune(string(v), 0) {
			l.fail(failure(a.ValueRange, "Wrong character in a default", "The default holds a NUL character, which no database takes in a text. Take it out."))
			return "", false
		}
		return quoteSQL(string(v)), true
	case RawSQL:
		if strings.TrimSpace(string(v)) == "" || strings.ContainsRune(string(v), 0) {
			l.fail(failure(a.ValueRange, "SQL missing", `sql("…") must hold the default's SQL text.`))
			return "", false
		}
		return string(v), true
	case Word:
		l.fail(failure(a.ValueRange, "Wrong value", "The word %s is no default. Write %q in quotes for a text, or sql(%q) for SQL.", v.Name, v.Name, v.Name))
	default:
		l.wants(a.ValueRange, "default", `a literal or sql("…")`, a.Value)
	}
	return "", false
}

func (l *loading) generated(b *Block, o *Object) {
	as := given(b, "as")
	stored := "VIRTUAL"
	if l.accepts(KindColumn, "stored_by_default") {
		stored = "STORED"
	}
	for _, nested := range b.Blocks {
		if nested.Type != "as" || nested.Incomplete {
			continue
		}
		if as != nil {
			l.fail(failure(nested.Range, "Generated twice", "Column %q has an expression already. Take one away.", o.Identity.Name))
			return
		}
		if as = given(nested, "expr"); as == nil && nested.Attribute("expr") == nil {
			l.fail(failure(nested.Range, "Attribute missing", `An as block needs expr = "…".`))
		}
		if a := given(nested, "type"); a != nil {
			if word, ok := l.word(a, []string{"VIRTUAL", "STORED", "PERSISTENT"}); ok {
				stored = strings.ReplaceAll(word, "PERSISTENT", "STORED")
			}
		}
	}
	if as == nil {
		return
	}
	if a := given(b, "default"); a != nil {
		l.fail(failure(a.NameRange, "Default of a generated column", "Column %q gets its value from an expression and can't have a default as well. Take one away.", o.Identity.Name))
	}
	if text, ok := l.sql(as); ok {
		o.Properties[PropGenerated] = l.dialect.Expression(text)
		o.Properties[PropGeneratedType] = Text(stored)
	}
}

func (columnKind) write(w *writer, o *Object) {
	w.open(o)
	if t, ok := o.Properties[PropType]; ok {
		w.attribute("type", w.typeText(o, t))
	}
	w.boolean(o, PropNull)
	w.boolean(o, PropInherited)
	w.word(o, PropNullOnConflict)
	if value, ok := o.Properties[PropDefault]; ok {
		w.attribute("default", w.defaultText(value))
	}
	w.boolean(o, PropAutoIncrement)
	w.collation(o)
	for _, property := range columnNames() {
		w.text(o, property)
	}
	w.columnStorage(o)
	w.common(o)
	w.identity(o)
	if expr, ok := o.Properties[PropGenerated]; ok {
		w.line("as {")
		w.depth++
		w.sql("expr", expr.String())
		w.attribute("type", o.Properties.Text(PropGeneratedType))
		w.depth--
		w.line("}")
	}
	w.close()
}

// plainNumber are numbers that HCL gives back as they are.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,17})(\.[0-9]{0,17}[1-9])?$`)

// defaultText is a default as models write it: a literal where that reads back as the same, else sql("…").
func (w *writer) defaultText(value Value) string {
	text := value.String()
	same := func(sql string) bool { return w.dialect.Expression(sql) == value }
	switch upper := strings.ToUpper(text); {
	case upper == "TRUE" || upper == "FALSE":
		if w.dialect.Expression(upper).Key() == value.Key() {
			return strings.ToLower(text)
		}
	case plainNumber.MatchString(text) && text != "-0":
		if same(text) {
			return text
		}
	case len(text) > 1 && text[0] == '\'' && text[len(text)-1] == '\'':
		plain := strings.ReplaceAll(text[1:len(text)-1], "''", "'")
		if quoteSQL(plain) == text && same(text) {
			return quoteHCL(plain)
		}
	}
	return "sql(" + quoteHCL(text) + ")"
}
