package hclschema

import "strings"

// MethodName is the name in the identity of an operator class or family: its own with its access method.
func MethodName(name, method string) string { return name + " USING " + method }

// SplitMethod takes such a name apart.
func SplitMethod(name string) (bare, method string) {
	if at := strings.LastIndex(name, " USING "); at >= 0 {
		return name[:at], name[at+len(" USING "):]
	}
	return name, ""
}

// hasMethod says that the names of a kind's objects hold an access method.
func hasMethod(kind string) bool { return kind == KindOperatorClass || kind == KindOperatorFamily }

func methodAttribute() NameReference {
	return NameReference{Name: "method", Text: "The access method: BTREE, HASH, GIN, GIST, or the name of another one."}
}

// identifyMethod is the identity of a block whose object's name holds an access method.
func (l *loading) identifyMethod(b *Block) (Identity, bool) {
	name, ok := l.quietName(b)
	if !ok {
		return Identity{}, false
	}
	said := l.diags
	defer func() { l.diags = said }()
	method := ""
	if a := given(b, "method"); a != nil {
		method, ok = l.bareWord(a, "an access method")
	}
	return Identity{Kind: b.Type, Schema: l.quietSchema(b), Name: MethodName(name, method)}, ok
}

// classItems reads what a class or family consists of.
func (l *loading) classItems(b *Block, o *Object) {
	a := given(b, "as")
	if a == nil {
		return
	}
	var list List
	for _, e := range l.elements(a) {
		if text, ok := l.sql(l.elementOf(a, e.value, e.place)); ok {
			list = append(list, Text(strings.TrimSpace(text)))
		}
	}
	if list != nil {
		o.Properties[PropItems] = list
	}
}

// operatorFamilyKind is operator_family "numbers" { method = BTREE }.
type operatorFamilyKind struct{}

// Reference implements Kind.
func (operatorFamilyKind) Reference() KindReference {
	return KindReference{
		Name: KindOperatorFamily, Text: "A family of operator classes that work together in one index. One with a single class of its name needs no block.", Labels: 2,
		Names: append(commonNames(), methodAttribute(),
			NameReference{Name: "as", Text: `What belongs to the family and to none of its classes: ["OPERATOR 1 <(integer, bigint)"].`}),
	}
}

// identify implements identifying.
func (operatorFamilyKind) identify(l *loading, b *Block) (Identity, bool) { return l.identifyMethod(b) }

func (operatorFamilyKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	l.methodOf(b, o)
	l.classItems(b, o)
	l.add(o)
}

// methodOf reads the access method, and completes with it the name that the object had.
func (l *loading) methodOf(b *Block, o *Object) {
	l.require(b, "method", "method = BTREE")
	_, method := SplitMethod(o.Identity.Name)
	if o.RenamedFrom != "" {
		o.RenamedFrom = MethodName(o.RenamedFrom, method)
	}
}

func (operatorFamilyKind) write(w *writer, o *Object) {
	w.openMethod(o)
	w.classItems(o)
	w.common(o)
	w.close()
}

// openMethod begins the block of an object whose name holds an access method.
func (w *writer) openMethod(o *Object) {
	name, method := SplitMethod(o.Identity.Name)
	w.openNamed(o, name)
	w.schema(o)
	w.attribute("method", quoteHCL(method))
}

func (w *writer) classItems(o *Object) {
	list := o.Properties.List(PropItems)
	if list == nil {
		return
	}
	w.line("as = [")
	w.depth++
	for _, item := range list {
		w.line(quoteHCL(item.String()) + ",")
	}
	w.depth--
	w.line("]")
}

// operatorClassKind is operator_class "reverse" { method = BTREE, type = int, as = ["OPERATOR 1 >", …] }.
type operatorClassKind struct{}

// Reference implements Kind.
func (operatorClassKind) Reference() KindReference {
	return KindReference{
		Name: KindOperatorClass, Text: "An operator class: how an index works with a type.", Labels: 2,
		Names: append(commonNames(), methodAttribute(),
			NameReference{Name: "type", Text: "The type."},
			NameReference{Name: "default", Text: "Whether indexes on the type have it without saying so."},
			NameReference{Name: "family", Text: "The family, where it isn't one of its own: operator_family.numbers."},
			NameReference{Name: "storage", Text: "The type that is stored, where it isn't the same."},
			NameReference{Name: "as", Text: `Its operators and functions: ["OPERATOR 1 <", "FUNCTION 1 compare(integer, integer)"].`}),
	}
}

// identify implements identifying.
func (operatorClassKind) identify(l *loading, b *Block) (Identity, bool) { return l.identifyMethod(b) }

func (operatorClassKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, id)
	l.methodOf(b, o)
	if t, ok := l.typeIn(b, PropType, o); ok {
		o.Properties[PropType] = t
	}
	l.setBool(b, "default", o, PropDefault)
	if a := given(b, "family"); a != nil {
		l.family(a, o)
	}
	if given(b, "storage") != nil {
		if t, ok := l.typeIn(b, "storage", o); ok {
			o.Properties[PropStorageType] = t
		}
	}
	l.classItems(b, o)
	l.add(o)
}

// family reads the name of a family, which has the access method of the class.
func (l *loading) family(a *Attribute, o *Object) {
	if reference, ok := a.Value.(Reference); ok {
		id, ok := l.referred(reference, a.ValueRange, a.Name, KindOperatorFamily)
		if !ok {
			return
		}
		bare, _ := SplitMethod(id.Name)
		text := l.qualified(id.Schema, bare)
		o.Properties[PropFamily] = Spelled{Text: text, Canonical: text}
		o.DependsOn = append(o.DependsOn, id)
		return
	}
	if text, ok := l.sqlName(a, o); ok {
		o.Properties[PropFamily] = text
	}
}

func (operatorClassKind) write(w *writer, o *Object) {
	w.openMethod(o)
	w.attribute("type", w.typeOutside(o.Properties[PropType]))
	w.boolean(o, PropDefault)
	if family := o.Properties.Text(PropFamily); family != "" {
		w.attribute("family", w.sqlName(family))
	}
	if t, ok := o.Properties[PropStorageType]; ok {
		w.attribute("storage", w.typeOutside(t))
	}
	w.classItems(o)
	w.common(o)
	w.close()
}
