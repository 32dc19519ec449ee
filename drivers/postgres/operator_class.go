package postgres

import (
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// operatorFamilyKind is a family of operator classes. Members that belong to none of them come and go in place.
func operatorFamilyKind() kind {
	return kind{
		name:       hclschema.KindOperatorFamily,
		properties: map[string][]string{hclschema.KindOperatorFamily: {hclschema.PropItems, hclschema.PropComment}},
		accepts:    map[string][]string{hclschema.KindOperatorFamily: {hclschema.PropComment}},
		create: func(unit drivers.Unit) ([]drivers.Step, error) {
			o := unit[0]
			w := newWriter()
			w.Line("CREATE ", w.described(o))
			steps, err := one(w.step("create "+o.Identity.String(), ""))
			if err != nil {
				return nil, err
			}
			members, err := familyMembers(o, nil, itemsOf(o))
			if err != nil {
				return nil, err
			}
			return withComment(append(steps, members...), o, describedAs(o))
		},
		drop: dropStanding,
		alter: alterStanding(inPlaceChange{hclschema.PropItems, func(before, after *hclschema.Object) ([]drivers.Step, error) {
			return familyMembers(after, itemsOf(before), itemsOf(after))
		}}),
		rename: renameMethod,
		link:   linkItems,
	}
}

// itemsOf are the operators and functions of a class or family.
func itemsOf(o *hclschema.Object) []string {
	var items []string
	for _, item := range o.Properties.List(hclschema.PropItems) {
		items = append(items, item.String())
	}
	return items
}

// familyMembers are the steps that lead from some members of a family to others.
func familyMembers(o *hclschema.Object, was, is []string) ([]drivers.Step, error) {
	var steps []drivers.Step
	step := func(verb string, items []string) error {
		if len(items) == 0 {
			return nil
		}
		w := newWriter()
		w.Line("ALTER ", w.described(o), " ", verb)
		w.List(items)
		step, err := w.step("members of "+o.Identity.String(), "")
		steps = append(steps, step)
		return err
	}
	var gone, added []string
	for _, item := range was {
		if !slices.Contains(is, item) {
			gone = append(gone, memberKey(item))
		}
	}
	for _, item := range is {
		if !slices.Contains(was, item) {
			added = append(added, item)
		}
	}
	if err := step("DROP", gone); err != nil {
		return nil, err
	}
	return steps, step("ADD", added)
}

// memberKey is what DROP calls a member: its number and its types.
func memberKey(item string) string {
	words := strings.SplitN(item, " ", 3)
	if len(words) < 3 {
		return item
	}
	types := words[2]
	if at := strings.IndexByte(types, '('); at >= 0 {
		end := at + strings.IndexByte(types[at:], ')')
		types = types[at : end+1]
	}
	return words[0] + " " + words[1] + " " + types
}

// operatorClassKind is an operator class. All but its comment and its name takes a new one.
func operatorClassKind() kind {
	return kind{
		name: hclschema.KindOperatorClass,
		properties: map[string][]string{hclschema.KindOperatorClass: {
			hclschema.PropType, hclschema.PropDefault, hclschema.PropFamily, hclschema.PropStorageType, hclschema.PropItems, hclschema.PropComment,
		}},
		accepts: map[string][]string{hclschema.KindOperatorClass: {hclschema.PropComment}},
		create:  createOperatorClass,
		drop: func(unit drivers.Unit) ([]drivers.Step, error) {
			o := unit[0]
			if o.Properties[hclschema.PropFamily] != nil {
				return dropStanding(unit)
			}
			w := newWriter() // its family would stay without it, and takes it along
			w.Line("DROP OPERATOR FAMILY ", w.called(o.Identity))
			return one(w.step("drop "+o.Identity.String(), ""))
		},
		alter: alterStanding(),
		rename: func(rename drivers.Rename, state *hclschema.State) ([]drivers.Step, error) {
			steps, err := renameMethod(rename, state)
			if o := state.Get(rename.From); err != nil || o == nil || o.Properties[hclschema.PropFamily] != nil {
				return steps, err
			}
			rename.From.Kind, rename.To.Kind = hclschema.KindOperatorFamily, hclschema.KindOperatorFamily
			family, err := renameMethod(rename, state)
			return append(steps, family...), err
		},
		link: func(l *linker, o *hclschema.Object) {
			l.needsType(o, o.Properties.Text(hclschema.PropType))
			l.needsType(o, o.Properties.Text(hclschema.PropStorageType))
			_, method := hclschema.SplitMethod(o.Identity.Name)
			l.needsOne(o, method, hclschema.KindAccessMethod)
			linkItems(l, o)
		},
	}
}

func createOperatorClass(unit drivers.Unit) ([]drivers.Step, error) {
	o := unit[0]
	p := o.Properties
	w := newWriter()
	name, method := hclschema.SplitMethod(o.Identity.Name)
	head := "CREATE OPERATOR CLASS " + w.qualified(o.Identity.Schema, name)
	if p.Bool(hclschema.PropDefault) {
		head += " DEFAULT"
	}
	w.Line(head)
	w.Indented(func() {
		family := ""
		if text := p.Text(hclschema.PropFamily); text != "" {
			family = " FAMILY " + text
		}
		w.Line("FOR TYPE ", p.Text(hclschema.PropType), " USING ", w.Name(method), family, " AS")
		items := itemsOf(o)
		if storage := p.Text(hclschema.PropStorageType); storage != "" {
			items = append(items, "STORAGE "+storage)
		}
		if items == nil { // at least one thing has to be said, and this says nothing
			items = []string{"STORAGE " + p.Text(hclschema.PropType)}
		}
		w.List(items)
	})
	return commented(w, o)
}

// renameMethod is renameStanding for what is called by its name and an access method.
func renameMethod(rename drivers.Rename, state *hclschema.State) ([]drivers.Step, error) {
	rename.To.Name, _ = hclschema.SplitMethod(rename.To.Name)
	return renameStanding(rename, state)
}

// linkItems mentions the operators and functions of a class or family.
func linkItems(l *linker, o *hclschema.Object) {
	for _, item := range itemsOf(o) {
		l.mention(o, item)
		if words := strings.Fields(item); len(words) > 2 && strings.EqualFold(words[0], "OPERATOR") {
			sign, _, _ := strings.Cut(words[2], "(")
			l.mentionOperator(o, sign)
		}
	}
}
