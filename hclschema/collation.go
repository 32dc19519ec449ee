package hclschema

import "strings"

// collationKind is collation "german" { provider = icu, locale = "de-DE" }.
type collationKind struct{}

// Reference implements Kind.
func (collationKind) Reference() KindReference {
	return KindReference{
		Name: KindCollation, Text: "A collation: how texts are ordered and compared.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "locale", Text: `The locale: "de-DE".`},
			NameReference{Name: "lc_collate", Text: "The locale that orders, where it isn't the one of characters."},
			NameReference{Name: "lc_ctype", Text: "The locale of characters."},
			NameReference{Name: "provider", Text: "Where the locale comes from: icu, libc or builtin."},
			NameReference{Name: "deterministic", Text: "Whether texts are equal only where their bytes are; true unless said."},
			NameReference{Name: "rules", Text: "Rules of ICU in addition to those of the locale."},
			NameReference{Name: "from", Text: `A collation to copy: "de_DE".`},
		),
	}
}

func (collationKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	for _, property := range collationTexts() {
		l.setText(b, property, o, property)
	}
	if a := given(b, "provider"); a != nil {
		if word, ok := l.word(a, []string{"LIBC", "ICU", "BUILTIN"}); ok {
			o.Properties[PropProvider] = Text(strings.ToLower(word))
		}
	}
	l.setUnlessTrue(b, "deterministic", o, PropDeterministic)
	l.setSQLName(b, "from", o, PropFrom, KindCollation)
	if given(b, "from") == nil && given(b, "locale") == nil && given(b, "lc_collate") == nil && !b.Incomplete {
		l.fail(failure(b.Range, "Attribute missing", `A collation needs a locale or one to copy: write locale = "de-DE", or from = "de_DE".`))
	}
	l.add(o)
}

// collationTexts are the properties that are texts.
func collationTexts() []string { return []string{PropLocale, PropLcCollate, PropLcCtype, PropRules} }

// setUnlessTrue sets a property that is false or absent.
func (l *loading) setUnlessTrue(b *Block, name string, o *Object, property string) {
	a := given(b, name)
	if a == nil {
		return
	}
	value, ok := a.Value.(Boolean)
	if !ok {
		l.wants(a.ValueRange, name, "true or false", a.Value)
	} else if !bool(value) {
		o.Properties[property] = Bool(false)
	}
}

func (collationKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	if provider := o.Properties.Text(PropProvider); provider != "" {
		w.attribute("provider", wordOrQuoted(provider))
	}
	for _, property := range collationTexts() {
		w.text(o, property)
	}
	if o.Properties[PropDeterministic] != nil {
		w.attribute("deterministic", "false")
	}
	w.setSQLName(o, "from", PropFrom, KindCollation)
	w.common(o)
	w.close()
}
