package hclschema

import "github.com/hashicorp/hcl/v2/hclsyntax"

// scope is one name that a loop gives to its element; nil is the outermost scope, where nothing depends on a loop.
type scope struct {
	parent *scope
	name   string
	// value is the element of a for expression or splat.
	value Evaluated
	// key is set, with value, for each.key and each.value, and for the iterator of a dynamic block.
	key Evaluated
	// symbol stands for the element of a splat, which has no name.
	symbol *hclsyntax.AnonSymbolExpr
}

// find is the innermost scope that gives this name a meaning. An iterator has the attributes key and value alone: in
// dynamic "column", column.value is the iterator's and column.id stays a reference.
func (s *scope) find(name, attribute string) *scope {
	for ; s != nil; s = s.parent {
		if s.symbol != nil || s.name != name {
			continue
		}
		if s.key == nil || name == eachName || attribute == keyAttribute || attribute == valueAttribute {
			return s
		}
	}
	return nil
}

// element is what the splat that the symbol belongs to is looking at.
func (s *scope) element(symbol *hclsyntax.AnonSymbolExpr) Evaluated {
	for ; s != nil; s = s.parent {
		if s.symbol == symbol {
			return s.value
		}
	}
	return Invalid{}
}

// names are the names of variables of for expressions, for hints.
func (s *scope) names() []string {
	var names []string
	for ; s != nil; s = s.parent {
		if s.symbol == nil {
			names = append(names, s.name)
		}
	}
	return names
}

const (
	eachName       = "each"
	keyAttribute   = "key"
	valueAttribute = "value"
)
