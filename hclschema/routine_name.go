package hclschema

import "strings"

// RoutineName is the name of a function, procedure, aggregate or operator in an Identity, which is told apart from others of its
// name by the types of its arguments: "add(integer, integer)". A name that holds a parenthesis or a quote stands in double quotes.
func RoutineName(name string, types []string) string {
	if strings.ContainsAny(name, `("`) {
		name = `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
	}
	return name + "(" + strings.Join(types, ", ") + ")"
}

// SplitRoutine is the inverse of RoutineName: the bare name, and the types with the parentheses around them. A name without
// types comes back whole.
func SplitRoutine(name string) (bare, types string) {
	if strings.HasPrefix(name, `"`) {
		for i := 1; i < len(name); i++ {
			if name[i] != '"' {
				continue
			}
			if i+1 < len(name) && name[i+1] == '"' {
				i++
				continue
			}
			return strings.ReplaceAll(name[1:i], `""`, `"`), name[i+1:]
		}
		return name, ""
	}
	if i := strings.IndexByte(name, '('); i >= 0 {
		return name[:i], name[i:]
	}
	return name, ""
}

// isRoutine says whether identities of a kind have names with types.
func isRoutine(kind string) bool {
	return kind == KindFunction || kind == KindProcedure || kind == KindAggregate || kind == KindOperator
}

// Bare is the name without what tells an object apart from others of that name: the types of a routine's arguments, the access
// method of an operator class.
func (id Identity) Bare() string {
	if isRoutine(id.Kind) {
		name, _ := SplitRoutine(id.Name)
		return name
	}
	if hasMethod(id.Kind) {
		name, _ := SplitMethod(id.Name)
		return name
	}
	return id.Name
}

// Called is the identity with another bare name.
func (id Identity) Called(bare string) Identity {
	switch {
	case isRoutine(id.Kind):
		_, types := SplitRoutine(id.Name)
		id.Name = strings.TrimSuffix(RoutineName(bare, nil), "()") + types
	case hasMethod(id.Kind):
		_, method := SplitMethod(id.Name)
		id.Name = MethodName(bare, method)
	default:
		id.Name = bare
	}
	return id
}

// Retyped says that two identities are those of one object that is called after types, which have got other names.
func (id Identity) Retyped(other Identity) bool {
	if id.Kind != KindCast && (!isRoutine(id.Kind) || id.Bare() != other.Bare()) {
		return false
	}
	named := id
	named.Name = other.Name
	return named == other && id != other
}
