package sqlite

import (
	"github.com/duo-orm/duo-orm/hclschema"
)

// Link implements drivers.Linker: a foreign key depends on its table, a view or trigger on the tables and views that it reads
// or writes, a virtual table on those that its options name. What a model has declared with depends_on stays, as long as the
// state has it.
func (d Driver) Link(state *hclschema.State) {
	relations := map[string]hclschema.Identity{}
	for _, o := range state.Objects() {
		switch o.Identity.Kind {
		case hclschema.KindTable, hclschema.KindView, hclschema.KindVirtualTable:
			relations[fold(o.Identity.Name)] = o.Identity
		}
	}
	for _, o := range state.Objects() {
		found := d.dependencies(o, relations)
		seen := map[hclschema.Identity]bool{d.Key(o.Identity): true}
		for _, id := range found {
			seen[d.Key(id)] = true
		}
		for _, id := range o.DependsOn {
			if declared := state.Get(id); declared != nil && !seen[d.Key(id)] {
				seen[d.Key(id)] = true
				found = append(found, declared.Identity)
			}
		}
		o.DependsOn = found
	}
}

// dependencies are the objects that one needs, in the order in which its texts name them, without itself and its parent.
func (d Driver) dependencies(o *hclschema.Object, relations map[string]hclschema.Identity) []hclschema.Identity {
	var found []hclschema.Identity
	seen := map[string]bool{fold(o.Identity.Parent): true}
	if o.Identity.Parent == "" {
		seen[fold(o.Identity.Name)] = true
	}
	add := func(name string) {
		key := fold(name)
		if id, ok := relations[key]; ok && !seen[key] {
			seen[key] = true
			found = append(found, id)
		}
	}
	switch o.Identity.Kind {
	case hclschema.KindForeignKey:
		add(o.Properties.Text(hclschema.PropRefTable))
	case hclschema.KindView:
		relationNames(o.Properties.Text(hclschema.PropAs), add)
	case hclschema.KindTrigger:
		relationNames(o.Properties.Text(hclschema.PropWhen), add)
		relationNames(o.Properties.Text(hclschema.PropAs), add)
	case hclschema.KindVirtualTable:
		for _, argument := range o.Properties.List(hclschema.PropArguments) {
			optionNames(argument.String(), add)
		}
	}
	return found
}

// relationNames calls add for each name that stands where a query or statement can have a table. A text that can't be read
// names nothing: the engine will refuse it.
func relationNames(text string, add func(name string)) {
	tokens, err := lex(text)
	if err != nil {
		return
	}
	// from says for each level of parentheses whether a FROM clause is being read.
	from := []bool{false}
	for i, t := range tokens {
		top := len(from) - 1
		switch {
		case t.symbol("("):
			from = append(from, from[top] && (i == 0 || opensJoin(tokens[i-1])))
		case t.symbol(")"):
			if top > 0 {
				from = from[:top]
			}
		case t.is("FROM") || t.is("JOIN"):
			from[top] = true
		case endsFrom(t):
			from[top] = false
		case t.named() && relationPlace(tokens, i, from[top]):
			add(t.content())
		}
	}
}

// opensJoin says whether a parenthesis behind the token, in a FROM clause, holds tables and not columns or arguments.
func opensJoin(before token) bool {
	return before.symbol("(") || before.symbol(",") || before.is("FROM") || before.is("JOIN")
}

// endsFrom says whether a FROM clause ends at the token.
func endsFrom(t token) bool {
	for _, word := range [...]string{"SELECT", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "SET", "VALUES"} {
		if t.is(word) {
			return true
		}
	}
	return t.symbol(";")
}

// relationPlace says whether the name at that place can be a table's.
func relationPlace(tokens []token, i int, from bool) bool {
	if i > 0 && tokens[i-1].symbol(".") && i > 1 {
		// main.t is judged by where main stands.
		i -= 2
	}
	if i == 0 {
		return false
	}
	before := tokens[i-1]
	switch {
	case before.is("FROM") || before.is("JOIN") || before.is("INTO") || before.is("IN") || before.is("UPDATE"):
		return true
	case before.symbol(",") || before.symbol("("):
		return from
	default:
		return i > 2 && tokens[i-2].is("OR") && tokens[i-3].is("UPDATE")
	}
}

// optionNames calls add for each name in what an argument such as content='posts' sets.
func optionNames(argument string, add func(name string)) {
	tokens, err := lex(argument)
	if err != nil {
		return
	}
	value := false
	for _, t := range tokens {
		switch {
		case t.symbol("="):
			value = true
		case value && t.named():
			add(t.content())
		}
	}
}
