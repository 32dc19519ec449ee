package hclschema

import "strings"

// openRoutine begins the block of a function or procedure.
func (w *writer) openRoutine(o *Object) {
	w.open(o)
	w.schema(o)
	w.attribute("lang", languageText(o.Properties.Text(PropLang)))
	w.word(o, PropSecurity)
	w.text(o, PropLibrary)
	if types := o.Properties.List(PropTransforms); types != nil {
		words := make([]string, len(types))
		for i, t := range types {
			words[i] = w.typeOutside(t)
		}
		w.attribute("transforms", "["+strings.Join(words, ", ")+"]")
	}
}

// closeRoutine writes the arguments, the settings and the body.
func (w *writer) closeRoutine(o *Object) {
	w.arguments("arg", o.Properties.List(PropArgs))
	w.settings("config_params", o.Properties[PropConfig])
	text := o.Properties.Text(PropAs)
	w.sql("as", text)
	standard := o.Properties.Text(PropBodyKind) == "SQL"
	if looksStandard := o.Properties.Text(PropLang) == "sql" && isStandardBody(text); standard != looksStandard {
		kind := "STRING"
		if standard {
			kind = "SQL"
		}
		w.attribute("body_kind", kind)
	}
	w.common(o)
}

// languageText is a language as models spell it.
func languageText(name string) string {
	switch name {
	case "sql":
		return "SQL"
	case "plpgsql":
		return "PLpgSQL"
	case "c":
		return "C"
	}
	if isTypeWord(name) && strings.ToLower(name) == name {
		return name
	}
	return quoteHCL(name)
}

func (w *writer) arguments(block string, args List) {
	for _, arg := range args {
		record := arg.(Record)
		head := block
		if name := record["name"]; name != nil {
			head += " " + quoteHCL(name.String())
		}
		w.line(head + " {")
		w.depth++
		w.attribute("type", w.typeOutside(record["type"]))
		if mode := record["mode"]; mode != nil {
			w.attribute("mode", mode.String())
		}
		if value := record["default"]; value != nil {
			w.attribute("default", w.defaultText(value))
		}
		w.depth--
		w.line("}")
	}
}

// settings writes a Record of Text as a block, or as a map where a name can't stand as an attribute.
func (w *writer) settings(name string, value Value) {
	record, ok := value.(Record)
	if !ok || len(record) == 0 {
		return
	}
	block := true
	for key := range record {
		block = block && isPlainWord(key)
	}
	if block {
		w.line(name + " {")
	} else {
		w.line(name + " = {")
	}
	w.depth++
	for _, key := range record.InOrder() {
		value := record[key].String()
		if !plainNumber.MatchString(value) && value != "true" && value != "false" {
			value = quoteHCL(value)
		}
		if !block {
			key = quoteHCL(key)
		}
		w.attribute(key, value)
	}
	w.depth--
	w.line("}")
}

// number writes a property that holds a number's text.
func (w *writer) number(o *Object, property string) {
	text := o.Properties.Text(property)
	switch {
	case text == "":
	case plainNumber.MatchString(text):
		w.attribute(property, text)
	default:
		w.attribute(property, "tonumber("+quoteHCL(text)+")")
	}
}

// typeOutside is the type of something that isn't a column: an argument, a result, an operand.
func (w *writer) typeOutside(value Value) string {
	spelled, ok := value.(Spelled)
	if !ok {
		return quoteHCL("")
	}
	if spelled.Text == "trigger" || spelled.Text == "event_trigger" { // names of kinds, which stand bare here
		return spelled.Text
	}
	return w.typeWith(spelled, TypeUse{Argument: true})
}
