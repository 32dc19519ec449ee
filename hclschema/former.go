package hclschema

import (
	"strconv"
	"strings"
)

// Formers are the identities that an object's RenamedFrom may mean, in the order in which they are looked for: the name in its own
// schema and, where it has a dot, the name in another schema, "sales.orders". fold gives the name of a schema as identities have it.
func (o *Object) Formers(fold func(schema string) string) []Identity {
	if o.RenamedFrom == "" {
		return nil
	}
	own := o.Identity
	own.Name = o.RenamedFrom
	names, ok := SplitPath(own.Bare())
	if !ok || len(names) != 2 || own.Parent != "" || own.Kind == KindSchema {
		return []Identity{own}
	}
	other := own.Called(names[1])
	other.Schema = fold(names[0])
	return []Identity{own, other}
}

// SplitPath takes names apart that stand behind one another with dots between them, as Identity.Path writes them: one that is no
// plain word may stand in double quotes, as a Go string literal. It is not ok where a name is empty or a quote doesn't end.
func SplitPath(text string) (names []string, ok bool) {
	for {
		name, rest := text, ""
		if strings.HasPrefix(text, `"`) {
			prefix, err := strconv.QuotedPrefix(text)
			if err != nil {
				return nil, false
			}
			if name, err = strconv.Unquote(prefix); err != nil {
				return nil, false
			}
			rest = text[len(prefix):]
		} else if dot := strings.IndexByte(text, '.'); dot >= 0 {
			name, rest = text[:dot], text[dot:]
		}
		if name == "" || rest != "" && rest[0] != '.' {
			return nil, false
		}
		names = append(names, name)
		if rest == "" {
			return names, true
		}
		text = rest[1:]
	}
}

// JoinPath is the inverse of SplitPath.
func JoinPath(names ...string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quoteName(name)
	}
	return strings.Join(quoted, ".")
}
