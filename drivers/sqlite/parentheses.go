package sqlite

// maxDepth is the nesting that texts are read to. SQLite refuses expressions deeper than 1000 (SQLITE_MAX_EXPR_DEPTH).
const maxDepth = 1000

// group is what stands between two parentheses, or a whole expression.
type group struct {
	items []item
	// grouping says that the parentheses only group: they belong to no call, no IN list and no subquery.
	grouping bool
	commas   bool
	// bare says that there are no parentheses: the group is CASE … END, or what stands between two of its words.
	bare bool
}

// item is a token, or a group in its parentheses if it has them.
type item struct {
	token token
	group *group
}

// dropParentheses takes out the parentheses that change nothing: those around a whole expression or argument, around other
// parentheses, around one literal, name or call, and around what binds more tightly than its neighbours. ok is false where the
// parentheses don't match or nest too deep.
func dropParentheses(tokens []token) (rest []token, ok bool) {
	some := false
	for _, t := range tokens {
		some = some || t.symbol("(") || t.symbol(")")
	}
	if !some {
		return tokens, true
	}
	whole, end := readGroup(tokens, 0, 0)
	if end != len(tokens) {
		return nil, false
	}
	whole.simplify(true)
	return whole.flatten(make([]token, 0, len(tokens))), true
}

// readGroup reads items up to the closing parenthesis, or to the end where depth is 0. end is -1 where that fails.
func readGroup(tokens []token, at, depth int) (g *group, end int) {
	g, end = readItems(tokens, at, depth, func(token, bool) bool { return false })
	if end < 0 || (end < len(tokens)) != (depth > 0) {
		return g, -1
	}
	return g, end
}

// readItems reads up to a closing parenthesis, a token that stops it, or the end. stop is told whether an operand is complete
// before the token. end is -1 where what is inside can't be read.
func readItems(tokens []token, at, depth int, stop func(t token, operand bool) bool) (g *group, end int) {
	g = &group{}
	if depth > maxDepth {
		return g, -1
	}
	operand := false
	for at < len(tokens) && !tokens[at].symbol(")") && !stop(tokens[at], operand) {
		t := tokens[at]
		var inner *group
		switch {
		case t.symbol("("):
			if inner, end = readGroup(tokens, at+1, depth+1); end >= 0 {
				inner.grouping = at == 0 || groupsBehind(tokens[at-1], operand)
			}
		case t.is("CASE"):
			inner, end = readCase(tokens, at, depth+1)
		default:
			g.commas = g.commas || t.symbol(",")
			operand = endsOperand(t, operand)
			g.items = append(g.items, item{token: t})
			at++
			continue
		}
		if end < 0 {
			return g, -1
		}
		g.items = append(g.items, item{token: t, group: inner})
		at, operand = end+1, true
	}
	return g, at
}

// readCase reads from CASE to its END, whose place is end. What is between its words stands by itself, like an argument.
func readCase(tokens []token, at, depth int) (g *group, end int) {
	g = &group{bare: true, items: []item{{token: tokens[at]}}}
	for {
		part, end := readItems(tokens, at+1, depth, endsCasePart)
		if end < 0 || end == len(tokens) || tokens[end].symbol(")") {
			return g, -1
		}
		part.bare = true
		g.items = append(g.items, item{group: part}, item{token: tokens[end]})
		if tokens[end].is("END") {
			return g, end
		}
		at = end
	}
}

// endsCasePart says whether a token of a CASE is one of its own words. END can be a name as well, where an operand is due.
func endsCasePart(t token, operand bool) bool {
	return t.is("WHEN") || t.is("THEN") || t.is("ELSE") || operand && t.is("END")
}

// groupsBehind says whether a parenthesis behind the token can only group. operand says that one ended with the token.
func groupsBehind(t token, operand bool) bool {
	if t.kind == tokenSymbol {
		return t.text != ")" && t.text != "."
	}
	if t.kind != tokenWord {
		return false
	}
	switch upper(t.text) {
	case "AND", "OR", "NOT", "WHEN", "THEN", "ELSE", "CASE", "BETWEEN", "IS", "ESCAPE":
		return true
	case "LIKE", "GLOB", "REGEXP", "MATCH":
		return !operand
	}
	return false
}

// endsOperand says whether an operand is complete behind the token. LIKE and the like are operators behind an operand
// and functions elsewhere.
func endsOperand(t token, operand bool) bool {
	if t.kind == tokenSymbol {
		return t.text == ")"
	}
	if t.kind != tokenWord {
		return true
	}
	switch upper(t.text) {
	case "NOT":
		return operand
	case "NULL", "ISNULL", "NOTNULL":
		return true
	case "LIKE", "GLOB", "REGEXP", "MATCH":
		return !operand
	}
	return !reserved(t.text)
}

// simplify drops what is redundant within the group. list says that its commas separate arguments, or that it is the whole
// expression.
func (g *group) simplify(list bool) {
	for i := range g.items {
		if inner := g.items[i].group; inner != nil {
			inner.simplify(!inner.grouping || inner.commas)
		}
	}
	items := make([]item, 0, len(g.items))
	binds, plain := g.operators()
	for i, it := range g.items {
		inner := it.group
		for inner != nil && inner.grouping && inner.single() {
			inner = inner.items[0].group
			it.group, g.items[i].group = inner, inner
		}
		if inner == nil || !inner.grouping || inner.commas {
			items = append(items, it)
			continue
		}
		first := i == 0 || g.items[i-1].token.symbol(",")
		last := i+1 == len(g.items) || g.items[i+1].group == nil && g.items[i+1].token.symbol(",")
		if inner.primary() || list && first && last && len(inner.items) > 0 || plain && g.needless(i, binds) {
			items = append(items, inner.items...)
			continue
		}
		items = append(items, it)
	}
	g.items = items
}

// single says whether all that the group holds is another pair of parentheses.
func (g *group) single() bool {
	return len(g.items) == 1 && g.items[0].group != nil && !g.items[0].group.bare
}

// primary says whether the group holds one literal, one name, possibly with its table's, one call, or one CASE.
func (g *group) primary() bool {
	items := g.items
	for len(items) > 2 && items[0].group == nil && nameToken(items[0].token) && items[1].token.symbol(".") {
		items = items[2:]
	}
	if len(items) == 0 || items[0].group != nil {
		return len(items) == 1 && items[0].group.bare
	}
	first := items[0].token
	switch len(items) {
	case 1:
		return first.kind != tokenSymbol && !(first.kind == tokenWord && reserved(first.text) && !first.is("NULL"))
	case 2:
		return nameToken(first) && items[1].group != nil && !items[1].group.grouping && !items[1].group.bare
	}
	return false
}

func nameToken(t token) bool {
	return t.kind == tokenQuoted || t.kind == tokenWord && !reserved(t.text)
}

func (g *group) flatten(tokens []token) []token {
	for _, it := range g.items {
		if it.group == nil {
			tokens = append(tokens, it.token)
			continue
		}
		if it.group.bare {
			tokens = it.group.flatten(tokens)
			continue
		}
		tokens = append(tokens, token{kind: tokenSymbol, text: "("})
		tokens = it.group.flatten(tokens)
		tokens = append(tokens, token{kind: tokenSymbol, text: ")"})
	}
	return tokens
}
