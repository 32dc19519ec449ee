package hclschema

import "strings"

// OptionInvoker is the option of a view, and the attribute, that says by another word what PropSecurity does.
const OptionInvoker = "security_invoker"

// derivedFirstOption is the derived fact that tells which of a view's options the engine is given first.
const derivedFirstOption = "first option"

// SetViewOption gives a view the property of an option that the engine has as a word: true, on, 0. The order of options is no difference
// by itself, but a view is made in it. It returns false for a word that the engine wouldn't take.
func SetViewOption(o *Object, property, word string) bool {
	on := false
	switch strings.ToLower(word) {
	case "true", "on", "yes", "1", "t", "y":
		on = true
	case "false", "off", "no", "0", "f", "n":
	default:
		return false
	}
	if on {
		o.Properties[property] = map[string]Value{PropSecurity: Text("INVOKER"), PropBarrier: Bool(true)}[property]
	}
	if o.Derived == nil {
		o.Derived = map[string]string{}
	}
	if o.Derived[derivedFirstOption] == "" {
		o.Derived[derivedFirstOption] = property
	}
	if word != "true" {
		words, _ := o.Properties[PropOptionWords].(Record)
		if words == nil {
			words = Record{}
		}
		words[property] = Text(word)
		o.Properties[PropOptionWords] = words
	}
	return true
}

// ViewOptionWord is the word that an option of a view has; empty where the view doesn't have it.
func ViewOptionWord(o *Object, property string) string {
	if words, _ := o.Properties[PropOptionWords].(Record); words[property] != nil {
		return words[property].String()
	}
	if value := o.Properties[property]; value != nil && value.String() != "DEFINER" {
		return "true"
	}
	return ""
}

// ViewOptions are the properties that options of a view give it, in the order in which the engine is to have them.
func ViewOptions(o *Object) []string {
	if o.Derived[derivedFirstOption] == PropSecurity {
		return []string{PropSecurity, PropBarrier, PropCheckOption}
	}
	return []string{PropBarrier, PropSecurity, PropCheckOption}
}

// viewOption reads an attribute that is an option of a view.
func (l *loading) viewOption(b *Block, name string, o *Object) {
	property := PropSecurity
	switch name {
	case PropSecurity:
		if o.Properties[PropSecurity] != nil && o.Properties[PropSecurity].String() == "INVOKER" {
			SetViewOption(o, PropSecurity, "true")
		}
		return
	case PropBarrier:
		property = PropBarrier
	case OptionInvoker:
	default:
		return
	}
	a := given(b, name)
	if property == PropSecurity && given(b, PropSecurity) != nil {
		l.fail(failure(a.NameRange, "Said twice", "security and security_invoker are the same option. Keep one of them."))
		return
	}
	word := ""
	switch value := a.Value.(type) {
	case Boolean:
		word = "false"
		if value {
			word = "true"
		}
	case String:
		word = string(value)
	}
	if !SetViewOption(o, property, word) {
		l.wants(a.ValueRange, name, `true or false, or a word that the engine has for one of them, such as "on"`, a.Value)
	}
}

// viewOption writes an option of a view as an attribute.
func (w *writer) viewOption(o *Object, property string) {
	name := property
	if property == PropSecurity {
		name = OptionInvoker
	}
	switch word := ViewOptionWord(o, property); {
	case word == "true" && property == PropSecurity:
		w.word(o, property)
	case word == "true", word == "false":
		w.attribute(name, word)
	case word != "":
		w.attribute(name, quoteHCL(word))
	}
}
