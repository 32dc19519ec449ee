package hclschema

import (
	"strconv"
	"strings"
)

// storageParamsBlock is storage_params { fillfactor = 70 }. Which parameters there are the engine knows; those of the TOAST
// table that belongs to a table stand in a block of their own, toast { … }.
func storageParamsBlock() NameReference {
	return NameReference{Name: "storage_params", Text: "Storage parameters: fillfactor = 70, and those of a table's TOAST table in toast { … }.",
		Block: true, Engines: "PostgreSQL", Open: true}
}

// storageParams reads the storage_params blocks of a block.
func (l *loading) storageParams(b *Block, o *Object) {
	params := Record{}
	for _, nested := range b.Blocks {
		if nested.Type != "storage_params" || nested.Incomplete {
			continue
		}
		l.params(nested, "", params)
		for _, inner := range nested.Blocks {
			if inner.Type == "toast" && len(inner.Labels) == 0 && len(inner.Blocks) == 0 {
				l.params(inner, "toast.", params)
			} else {
				l.fail(failure(inner.Range, "Unknown block", "Storage parameters are attributes, name = value, but for those of the TOAST table in toast { … }."))
			}
		}
	}
	if len(params) > 0 {
		o.Properties[PropStorageParams] = params
	}
}

// params reads attributes whose names the engine knows, each with a value of one word.
func (l *loading) params(b *Block, prefix string, into Record) {
	for _, a := range b.Attributes {
		if a := given(b, a.Name); a != nil {
			if text, ok := l.paramText(a); ok {
				into[prefix+a.Name] = Text(text)
			}
		}
	}
}

func (l *loading) paramText(a *Attribute) (string, bool) {
	switch v := a.Value.(type) {
	case Number:
		return string(v), true
	case Boolean:
		return strconv.FormatBool(bool(v)), true
	case String:
		return string(v), l.checkName(string(v), a.ValueRange)
	case Word:
		if !v.Called {
			return v.Name, true
		}
	}
	l.wants(a.ValueRange, a.Name, "a number, true, false or a text in quotes", a.Value)
	return "", false
}

// storageParams writes the storage_params block of an object.
func (w *writer) storageParams(o *Object) {
	params, _ := o.Properties[PropStorageParams].(Record)
	if len(params) == 0 {
		return
	}
	own, toast := Record{}, Record{}
	for name, value := range params {
		if rest, ok := strings.CutPrefix(name, "toast."); ok {
			toast[rest] = value
		} else {
			own[name] = value
		}
	}
	w.line("storage_params {")
	w.depth++
	w.params(own)
	if len(toast) > 0 {
		w.line("toast {")
		w.depth++
		w.params(toast)
		w.depth--
		w.line("}")
	}
	w.depth--
	w.line("}")
}

func (w *writer) params(params Record) {
	for _, name := range params.Names() {
		value := params[name].String()
		if value != "true" && value != "false" && (!plainNumber.MatchString(value) || value == "-0") {
			value = quoteHCL(value)
		}
		w.attribute(name, value)
	}
}
