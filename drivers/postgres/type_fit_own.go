package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// ownFit counts the values of a column that have no place in an enum or a domain that becomes its type, and says whether it did. The
// type may be one that the plan only makes, so that the live database can't be asked to convert them.
func (h *hazardList) ownFit(o *hclschema.Object, live, before, after string) bool {
	if element(before) == element(after) || partsOfType(before).array != partsOfType(after).array || h.End == nil {
		return false
	}
	id := tableIdentity(element(after))
	id.Kind = hclschema.KindEnum
	v := ownValue{hazardList: h, column: o, value: live, typeText: before, of: element(after)}
	if partsOfType(before).array {
		v.list, v.value, v.typeText = live, listElement, element(before)
	}
	if enum := h.End(id); enum != nil {
		v.mustBe(valuesOf(enum))
		return true
	}
	id.Kind = hclschema.KindDomain
	if h.End(id) != nil {
		v.mustFit(h.domainsFrom(id))
		return true
	}
	for kind, form := range writtenForms {
		if id.Kind = kind; h.End(id) != nil && families[partsOfType(v.typeText).base] != "" {
			v.mustRead(form)
			return true
		}
	}
	return false
}

// writtenForm is what tells a value of a kind of types from other texts: nothing else can become one.
type writtenForm struct{ noun, pattern string }

var writtenForms = map[string]writtenForm{
	hclschema.KindComposite: {"isn't a row in parentheses", `^\s*\(.*\)\s*$`},
	hclschema.KindRange:     {"isn't a range", `^\s*([[(].*[])]|empty)\s*$`},
}

// mustRead is for a type whose values are written in a form of their own.
func (v ownValue) mustRead(form writtenForm) {
	condition := v.value + " IS NOT NULL"
	if families[partsOfType(v.typeText).base] == "text" {
		condition = v.value + "::text !~* " + literal(form.pattern)
	}
	v.against("has no place for a value that "+form.noun+" ("+v.of+")", condition)
}

// loses says that an enum loses values.
func (h *hazardList) loses(enum hclschema.Identity) bool {
	is := valuesOf(h.End(enum))
	return slices.ContainsFunc(valuesOf(h.Start(enum)), func(value string) bool { return !slices.Contains(is, value) })
}

// domainsFrom are a domain and those that it is made of, the domain first.
func (h *hazardList) domainsFrom(id hclschema.Identity) []*hclschema.Object {
	var list []*hclschema.Object
	for o := h.End(id); o != nil && len(list) < 100; {
		list = append(list, o)
		id = tableIdentity(o.Properties.Text(hclschema.PropType))
		id.Kind = hclschema.KindDomain
		o = h.End(id)
	}
	return list
}

// ownValue is a value of a column, or of the lists in it, that becomes one of a type of people's own.
type ownValue struct {
	*hazardList
	column                    *hclschema.Object
	value, typeText, list, of string
}

// against adds what stands against the change where a condition holds for a value.
func (v ownValue) against(text, condition string) {
	if v.list != "" {
		condition = within(v.list, condition)
	}
	v.add(drivers.Violates, v.column, text, v.where(condition), "Correct these values first.", "Choose a type that holds them.", handWritten)
}

// mustBe is for an enum.
func (v ownValue) mustBe(labels []string) {
	condition := v.value + " IS NOT NULL"
	if len(labels) > 0 {
		quoted := make([]string, len(labels))
		for i, label := range labels {
			quoted[i] = literal(label)
		}
		condition = v.value + "::text NOT IN (" + strings.Join(quoted, ", ") + ")"
	}
	v.against("has no place for a value that "+v.of+" doesn't have", condition)
}

// mustFit is for a domain: its values are such of what it is made of, and satisfy its conditions and those of the domains in between.
func (v ownValue) mustFit(domains []*hclschema.Object) {
	base := domains[len(domains)-1].Properties.Text(hclschema.PropType)
	converted, misfits := v.value, ""
	id := tableIdentity(base)
	id.Kind = hclschema.KindEnum
	if is := v.End(id); is != nil && (v.Start == nil || v.typeText != base || v.Start(id) == nil || v.loses(id)) {
		v.mustBe(valuesOf(is))
	}
	if v.typeText != base {
		converted = v.value + "::text::" + base
		text := ""
		switch misfits, text = misfit(v.value+"::text", "text", base); {
		case misfits != "":
			v.against("has no place for a value that "+text+" ("+v.of+")", misfits)
		case v.own(base):
			return
		case !always("text", base):
			v.add(drivers.Violates, v.column, "needs values that can be converted to "+base+" ("+v.of+")", "", "Correct these values first.", "Choose a type that holds them.", handWritten)
			from := v.source
			if v.list != "" {
				from += ", unnest(" + v.list + ") AS " + listElement
			}
			v.hazardList.list[len(v.hazardList.list)-1].TrySQL = "SELECT count(" + converted + ") FROM " + from
			return
		}
		if condition := loss(v.value+"::text", "text", base); condition != "" {
			if v.list != "" {
				condition = within(v.list, condition)
			}
			v.add(drivers.Loses, v.column, lostPart(v.column.Identity, v.of), v.where(condition))
		}
	}
	for _, domain := range domains {
		if !domain.Properties.Bool(hclschema.PropNull) {
			v.against("takes no NULL any longer ("+domain.Identity.String()+")", v.value+" IS NULL")
		}
		checks, _ := domain.Properties[hclschema.PropChecks].(hclschema.Record)
		for _, name := range checks.Names() {
			check, _ := checks[name].(hclschema.Record)
			expr := v.labelsAsText(check["expr"].String())
			value := "(" + converted + ")"
			if expr != check["expr"].String() { // the live database lacks a value that it names
				value = "(" + v.value + ")::text"
			}
			broken := "NOT (" + withValue(expr, value) + ")"
			if misfits != "" {
				broken = "CASE WHEN " + misfits + " THEN false ELSE " + broken + " END"
			}
			v.against("must satisfy check "+name+" ("+domain.Identity.String()+")", broken)
		}
	}
}
