package hclschema

// CurrentSchema names the default schema as an object where public is another one: a word that PostgreSQL reserves, so that no schema
// of people's has it.
const CurrentSchema = "current_schema"

// aliased is a dialect whose default schema has a name that the models chose: schema "app" { default = true }. What is usually the
// default schema's name is then that of another schema beside it.
type aliased struct {
	Dialect
	name string
}

// alias is a dialect with another name for its default schema.
func alias(d Dialect, name string) Dialect {
	if name == "" || name == d.DefaultSchema() {
		return d
	}
	return aliased{Dialect: d, name: name}
}

// DefaultSchema implements Dialect.
func (d aliased) DefaultSchema() string { return d.name }

// ParseType implements Dialect.
func (d aliased) ParseType(t Type, use TypeUse) (Spelled, error) {
	use.Aliased = true
	return d.Dialect.ParseType(t, use)
}

// unaliased is the dialect without the name that models chose.
func unaliased(d Dialect) Dialect {
	if a, ok := d.(aliased); ok {
		return a.Dialect
	}
	return d
}

// defaultSchemaName is the name of the default schema as an object.
func defaultSchemaName(d Dialect) string {
	if _, ok := d.(aliased); ok {
		return CurrentSchema
	}
	return d.DefaultSchema()
}

// besideDefault says that a schema lies beside the default one and has the name that the default one has as a rule.
func besideDefault(d Dialect, name string) bool {
	a, ok := d.(aliased)
	return ok && name == a.Dialect.DefaultSchema()
}

// CallDefault says how models call the default schema where the engine's usual name for it is that of another schema.
func (s *State) CallDefault(name string) { s.defaultName = name }

// DefaultCalled is the name given by CallDefault; empty for the usual one.
func (s *State) DefaultCalled() string { return s.defaultName }

// findAlias looks for the schema block that says default = true.
func (l *loading) findAlias(blocks []*Block) {
	var first *Block
	for _, b := range blocks {
		if b.Type != KindSchema {
			continue
		}
		a := given(b, PropDefault)
		if a == nil {
			continue
		}
		if value, ok := a.Value.(Boolean); !ok || !bool(value) {
			l.wants(a.ValueRange, a.Name, "true, in the block that tells the name of the default schema", a.Value)
			continue
		}
		name, ok := l.quietName(b)
		switch {
		case !ok || !l.accepts(KindSchema, PropDefault):
		case first != nil:
			l.fail(failure(a.Range, "Two default schemas", "The schema at %s is said to be the default one too. Take default = true away from one of them.", placeOf(first.Range)))
		default:
			first = b
			l.dialect = alias(l.dialect, name)
		}
	}
}
