package hclschema

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// given is the attribute, nil where it isn't set, is null, or failed and was reported.
func given(b *Block, name string) *Attribute {
	a := b.Attribute(name)
	if a == nil {
		return nil
	}
	switch a.Value.(type) {
	case Null, Invalid:
		return nil
	}
	return a
}

// object makes the block's object with what every kind may say of it.
func (l *loading) object(b *Block, id Identity) *Object {
	o := &Object{Identity: id, Properties: Properties{}, Range: b.Range}
	if a := given(b, "renamed_from"); a != nil {
		if name, ok := l.text(a); ok {
			o.RenamedFrom = name
			l.checkName(name, a.ValueRange)
			if name == id.Name {
				l.fail(failure(a.ValueRange, "Renamed from itself", "The %s is said to be renamed from its own name. Write the name that it had, or take renamed_from away.", called(id)))
			}
		}
	}
	l.setComment(b, PropComment, o)
	l.dependsOn(b, o)
	if id.Kind != KindSequence {
		l.owner(b, o)
	}
	return o
}

func (l *loading) dependsOn(b *Block, o *Object) {
	a := given(b, "depends_on")
	if a == nil {
		return
	}
	for _, e := range l.elements(a) {
		reference, ok := e.value.(Reference)
		if !ok {
			l.wants(e.place, "An element of depends_on", "a reference such as table.users", e.value)
			continue
		}
		p, ok := parsePath(reference.Path)
		switch {
		case !ok:
			l.fail(failure(e.place, "Wrong reference", "%s leads to no object. Write table.users, view.names or the like.", strings.Join(reference.Path, ".")))
		case p.isRelation():
			if r := l.resolve(path{kind: p.kind, qualifier: p.qualifier, name: p.name}, e.place); r != nil {
				o.DependsOn = append(o.DependsOn, r.identity)
			}
		case p.column == "" && l.isObjectKind(p.kind):
			if id, ok := l.resolveObject(p, e.place); ok {
				o.DependsOn = append(o.DependsOn, id)
			}
		default:
			l.wanted = append(l.wanted, dependency{o, Identity{Kind: p.kind, Name: p.name}, e.place})
		}
	}
}

// name is what the block calls its object: its last label, or the attribute name. An unnamed block gives "". False says
// that an error was reported.
func (l *loading) name(b *Block) (string, bool) {
	reference := l.references[b.Type]
	if len(b.Labels) > reference.Labels {
		extra := b.Labels[reference.Labels]
		l.fail(failure(extra.Range, "Too many labels", "%s block has %s.", upperFirst(article(b.Type)), labelCount(reference)))
		return "", false
	}
	place, name := b.Range, ""
	if n := len(b.Labels); n > 0 {
		place, name = b.Labels[n-1].Range, b.Labels[n-1].Text
		for _, label := range b.Labels {
			if !l.checkName(label.Text, label.Range) {
				return "", false
			}
		}
	}
	if a := b.Attribute("name"); a != nil {
		switch value := a.Value.(type) {
		case Null:
		case Invalid:
			return "", false
		case String:
			return string(value), l.checkName(string(value), a.ValueRange)
		default:
			l.wants(a.ValueRange, "name", "a quoted string", a.Value)
			return "", false
		}
	}
	if name == "" && !reference.Unlabelled {
		l.fail(failure(place, "Name missing", "This %s has no name. Write it behind the block's type: %s %q { … }.", strings.ReplaceAll(b.Type, "_", " "), b.Type, "name"))
		return "", false
	}
	return name, true
}

func labelCount(r KindReference) string {
	switch {
	case r.Labels == 0:
		return "no label"
	case r.Labels == 2:
		return "a label for its name, and before it at most one for a qualifier"
	case r.Unlabelled:
		return "at most one label, its name"
	default:
		return "one label, its name"
	}
}

// checkName reports names that no engine takes.
func (l *loading) checkName(name string, place hcl.Range) bool {
	switch {
	case name == "":
		l.fail(failure(place, "Empty name", "A name can't be empty. Write at least one character."))
	case strings.ContainsRune(name, 0):
		l.fail(failure(place, "Wrong character in a name", "The name %q holds a NUL character, which no database takes. Take it out.", name))
	default:
		return true
	}
	return false
}

// schemaOf is the schema of a block's object, checked.
func (l *loading) schemaOf(b *Block) string {
	a := given(b, "schema")
	if a == nil {
		return ""
	}
	name := ""
	switch v := a.Value.(type) {
	case Reference:
		if len(v.Path) != 2 || v.Path[0] != "schema" {
			l.wants(a.ValueRange, "schema", "a reference such as schema.main", a.Value)
			return ""
		}
		name = v.Path[1]
	case String:
		name = string(v)
	default:
		l.wants(a.ValueRange, "schema", "a reference such as schema.main", a.Value)
		return ""
	}
	if _, declared := l.schemas[l.identifier(name)]; !declared {
		l.fail(failure(a.ValueRange, "Unknown schema", "No block declares the schema %q.%s Write schema %q {}, or leave the attribute out for the default schema.",
			name, DidYouMean(name, sortedKeys(l.schemas)), name))
	}
	return l.foldSchema(name)
}

// element is one element of a list with its place.
type element struct {
	value Evaluated
	place hcl.Range
}

// elements are those of a list; an error is reported for another value. A failed element is left out.
func (l *loading) elements(a *Attribute) []element {
	list, ok := a.Value.(Sequence)
	if !ok {
		l.wants(a.ValueRange, a.Name, "a list, in [ ]", a.Value)
		return nil
	}
	all := make([]element, 0, len(list.Elements))
	for i, value := range list.Elements {
		place := a.ValueRange
		if i < len(list.Ranges) {
			place = list.Ranges[i]
		}
		if _, failed := value.(Invalid); !failed {
			all = append(all, element{value, place})
		}
	}
	return all
}

// text is a quoted string.
func (l *loading) text(a *Attribute) (string, bool) {
	s, ok := a.Value.(String)
	if !ok {
		l.wants(a.ValueRange, a.Name, "a quoted string", a.Value)
	}
	return string(s), ok
}

// setBool sets a property that is true or absent.
func (l *loading) setBool(b *Block, name string, o *Object, property string) {
	a := given(b, name)
	if a == nil {
		return
	}
	value, ok := a.Value.(Boolean)
	if !ok {
		l.wants(a.ValueRange, name, "true or false", a.Value)
	} else if bool(value) {
		o.Properties[property] = Bool(true)
	}
}

// setComment sets a comment, of which attribute and property have the same name; an empty one is none.
func (l *loading) setComment(b *Block, property string, o *Object) {
	if a := given(b, property); a != nil {
		if text, ok := l.text(a); ok && text != "" {
			o.Properties[property] = Text(text)
		}
	}
}

// setText sets a property to a quoted string.
func (l *loading) setText(b *Block, name string, o *Object, property string) {
	if a := given(b, name); a != nil {
		if text, ok := l.text(a); ok && l.checkName(text, a.ValueRange) {
			o.Properties[property] = Text(text)
		}
	}
}

// word is one of the words, given bare (SET_NULL) or quoted ("SET NULL").
func (l *loading) word(a *Attribute, words []string) (string, bool) {
	given := ""
	switch v := a.Value.(type) {
	case Word:
		if !v.Called {
			given = v.Name
		}
	case String:
		given = string(v)
	}
	upper := strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(given)), " ", "_")
	for _, word := range words {
		if word == upper {
			return word, true
		}
	}
	if given == "" {
		l.wants(a.ValueRange, a.Name, oneOf(words), a.Value)
	} else {
		l.fail(failure(a.ValueRange, "Unknown word", "%s can't be %q.%s It is %s.", a.Name, given, DidYouMean(upper, words), oneOf(words)))
	}
	return "", false
}

// setWord sets a property to one of the words; the first is the default and leaves the property absent.
func (l *loading) setWord(b *Block, name string, o *Object, property string, words ...string) {
	if a := given(b, name); a != nil {
		if word, ok := l.word(a, words); ok && word != words[0] {
			o.Properties[property] = Text(word)
		}
	}
}

// conflictWords are what can be done about a row that breaks a rule of SQLite, the default first.
func conflictWords() []string { return []string{"ABORT", "FAIL", "IGNORE", "REPLACE", "ROLLBACK"} }

// sql is an SQL text: a quoted string, a heredoc or sql("…"). One final line end, that of a heredoc, isn't part of it.
func (l *loading) sql(a *Attribute) (string, bool) {
	text := ""
	switch v := a.Value.(type) {
	case String:
		text = string(v)
	case RawSQL:
		text = string(v)
	default:
		l.wants(a.ValueRange, a.Name, "SQL in a quoted string or heredoc", a.Value)
		return "", false
	}
	text = strings.TrimSuffix(text, "\n")
	switch {
	case strings.TrimSpace(text) == "":
		l.fail(failure(a.ValueRange, "SQL missing", "%s is empty. Write the SQL, or take the attribute away.", a.Name))
	case strings.ContainsRune(text, 0):
		l.fail(failure(a.ValueRange, "Wrong character in SQL", "%s holds a NUL character, which no database takes. Take it out.", a.Name))
	default:
		return text, true
	}
	return "", false
}

// setSQL sets a property to an SQL text in its canonical form.
func (l *loading) setSQL(b *Block, name string, o *Object, property string) {
	if a := given(b, name); a != nil {
		if text, ok := l.sql(a); ok {
			o.Properties[property] = l.dialect.Expression(text)
		}
	}
}

// require reports an attribute that must be there and isn't.
func (l *loading) require(b *Block, name, example string) {
	if a := b.Attribute(name); a == nil || a.Value == Evaluated(Null{}) {
		l.fail(failure(b.Range, "Attribute missing", "%s needs %s: write %s.", upperFirst(article(b.Type)), name, example))
	}
}

// quoteSQL is a string as SQL writes it.
func quoteSQL(s string) string { return fmt.Sprintf("'%s'", strings.ReplaceAll(s, "'", "''")) }
