package sqlite

// How tightly operators bind, loosest first (sqlite.org/lang_expr.html, section 2). 0 stands for what isn't an operator.
const (
	bindsOr = iota + 1
	bindsAnd
	bindsNot
	bindsEqual
	bindsCompare
	bindsBits
	bindsSum
	bindsProduct
	bindsJoin
	bindsUnary
)

var bindings = map[string]int{
	"OR": bindsOr, "AND": bindsAnd, "NOT": bindsNot,
	"=": bindsEqual, "==": bindsEqual, "<>": bindsEqual, "!=": bindsEqual, "IS": bindsEqual, "IN": bindsEqual, "LIKE": bindsEqual,
	"GLOB": bindsEqual, "BETWEEN": bindsEqual, "ISNULL": bindsEqual, "NOTNULL": bindsEqual,
	"<": bindsCompare, "<=": bindsCompare, ">": bindsCompare, ">=": bindsCompare,
	"&": bindsBits, "|": bindsBits, "<<": bindsBits, ">>": bindsBits,
	"+": bindsSum, "-": bindsSum, "*": bindsProduct, "/": bindsProduct, "%": bindsProduct, "||": bindsJoin, "~": bindsUnary,
}

// operators gives each item of a group how tightly it binds if it is an operator. ok is false where the group holds
// anything else than operands and these operators: CASE, CAST, COLLATE, ESCAPE and the like are left as they stand.
func (g *group) operators() (binds []int, ok bool) {
	binds = make([]int, len(g.items))
	operand, between := false, 0
	for i, it := range g.items {
		if it.group != nil {
			operand = true
			continue
		}
		t := it.token
		word := t.text
		if t.kind == tokenWord {
			word = upper(word)
		}
		bind := 0
		if t.kind == tokenWord || t.kind == tokenSymbol {
			bind = bindings[word]
		}
		switch {
		case bind == 0 && t.symbol("."):
			operand = false
			continue
		case t.is("NULL") && i > 0 && g.items[i-1].token.is("NOT"):
			continue
		case bind == 0:
			if t.kind == tokenSymbol || t.kind == tokenWord && reserved(t.text) && !t.is("NULL") || operand {
				return nil, false
			}
			operand = true
			continue
		case (word == "LIKE" || word == "GLOB") && !operand:
			operand = true // a function of that name
			continue
		case word == "BETWEEN":
			between++
		case word == "AND" && between > 0:
			between--
			bind = bindsEqual
		case word == "NOT" && (operand || i > 0 && g.items[i-1].token.is("IS")):
			bind = bindsEqual // NOT IN, IS NOT, NOT NULL
		case (word == "-" || word == "+") && !operand:
			bind = bindsUnary
		}
		binds[i] = bind
		operand = word == "ISNULL" || word == "NOTNULL" || word == "NOT" && operand
	}
	return binds, true
}

// loosest is how tightly the group's loosest operator binds; ok is false where that isn't known.
func (g *group) loosest() (bind int, ok bool) {
	binds, ok := g.operators()
	if !ok || len(g.items) == 0 {
		return 0, false
	}
	bind = bindsUnary + 1
	for _, b := range binds {
		if b > 0 {
			bind = min(bind, b)
		}
	}
	return bind, true
}

// needless says whether the group at a place could stand there without its parentheses: what is in it binds more tightly
// than what stands beside it, or both are a chain of AND or of OR.
func (g *group) needless(at int, binds []int) bool {
	inner := g.items[at].group
	bind, ok := inner.loosest()
	if !ok {
		return false
	}
	for _, side := range []int{at - 1, at + 1} {
		if side < 0 || side >= len(g.items) {
			continue
		}
		if g.items[side].group != nil || binds[side] == 0 {
			return false
		}
		if bind < binds[side] || bind == binds[side] && bind != bindsAnd && bind != bindsOr {
			return false
		}
	}
	return true
}
