package postgres

import (
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// names are the names that are taken, of relations and of constraints by schema.
type names struct{ relations, constraints map[[2]string]bool }

// takenNames are those that the objects of a state have.
func takenNames(state *hclschema.State) names {
	n := names{map[[2]string]bool{}, map[[2]string]bool{}}
	for _, o := range state.Objects() {
		if o.Identity.Unnamed {
			continue
		}
		key := [2]string{o.Identity.Schema, o.Identity.Name}
		switch o.Identity.Kind {
		case hclschema.KindPrimaryKey:
			key[1] = o.Properties.Text(hclschema.PropName)
			n.relations[key], n.constraints[key] = true, true
		case hclschema.KindUnique, hclschema.KindExclude:
			n.relations[key], n.constraints[key] = true, true
		case hclschema.KindCheck, hclschema.KindForeignKey:
			n.constraints[key] = true
		case hclschema.KindTable, hclschema.KindForeignTable, hclschema.KindView, hclschema.KindMaterialized, hclschema.KindSequence, hclschema.KindIndex,
			hclschema.KindMaterializedIndex, hclschema.KindComposite:
			n.relations[key] = true
		}
	}
	return n
}

// choose is the first free name that the engine makes of these (ChooseRelationName and ChooseConstraintName in the server's sources).
func choose(schema, first, second, label string, taken ...map[[2]string]bool) string {
	for pass := 0; ; pass++ {
		numbered := label
		if pass > 0 {
			numbered += strconv.Itoa(pass)
		}
		key := [2]string{schema, makeObjectName(first, second, numbered)}
		free := true
		for _, names := range taken {
			free = free && !names[key]
		}
		if free {
			for _, names := range taken {
				names[key] = true
			}
			return key[1]
		}
	}
}

func (n names) relation(schema, first, second, label string) string {
	return choose(schema, first, second, label, n.relations)
}

// index is the name of a constraint that has an index.
func (n names) index(schema, first, second, label string) string {
	return choose(schema, first, second, label, n.relations, n.constraints)
}

func (n names) constraint(schema, first, second, label string) string {
	return choose(schema, first, second, label, n.constraints)
}

// name gives a constraint of a model the name that the engine would give it.
func (s *settler) name(o *hclschema.Object, taken names) {
	schema, table := o.Identity.Schema, o.Identity.Parent
	switch o.Identity.Kind {
	case hclschema.KindUnique:
		o.Identity.Name = taken.index(schema, table, addition(indexColumnNames(o)), "key")
	case hclschema.KindExclude:
		o.Identity.Name = taken.index(schema, table, addition(indexColumnNames(o)), "excl")
	case hclschema.KindForeignKey:
		o.Identity.Name = taken.constraint(schema, table, addition(partNames(o)), "fkey")
	default:
		o.Identity.Name = taken.constraint(schema, table, s.onlyColumn(o), "check")
	}
	o.Identity.Unnamed, o.Identity.Ordinal = false, 0
}

// addition joins the names of columns as far as a name can be long (ChooseIndexNameAddition).
func addition(columns []string) string {
	var b strings.Builder
	for _, column := range columns {
		if b.Len() > 0 {
			b.WriteByte('_')
		}
		b.WriteString(clip(column, longestName))
		if b.Len() >= longestName+1 {
			break
		}
	}
	return b.String()
}

// indexColumnNames are the names that the columns of an index get, those of INCLUDE too: expressions are called by their
// function, and a name that is there already gets a number (ChooseIndexColumnNames).
func indexColumnNames(o *hclschema.Object) []string {
	var list []string
	taken := map[string]bool{}
	add := func(name string) {
		unique := name
		for i := 1; taken[unique]; i++ {
			number := strconv.Itoa(i)
			unique = clip(name, longestName-len(number)) + number
		}
		taken[unique] = true
		list = append(list, unique)
	}
	for _, value := range o.Properties.List(hclschema.PropColumns) {
		part, _ := value.(hclschema.Record)
		switch {
		case part["column"] != nil:
			add(part["column"].String())
		case part["expr"] != nil:
			add(expressionName(part["expr"].String()))
		default:
			add(value.String())
		}
	}
	for _, value := range o.Properties.List(hclschema.PropInclude) {
		add(value.String())
	}
	return list
}

// expressionName is what an index calls an expression: by its function where it is a call, else expr.
func expressionName(expr string) string {
	expr = unwrap(expr)
	n := 0
	for n < len(expr) && wordByte(expr[n]) {
		n++
	}
	if n > 0 && n < len(expr) && expr[n] == '(' && lastOf(expr[n:]) == len(expr)-n-1 {
		return lower(expr[:n])
	}
	return "expr"
}

// onlyColumn is the column that a check speaks of; empty where there are none or several.
func (s *settler) onlyColumn(o *hclschema.Object) string {
	found := ""
	for _, word := range identifiers(o.Properties.Text(hclschema.PropExpr)) {
		id := hclschema.Identity{Kind: hclschema.KindColumn, Schema: o.Identity.Schema, Parent: o.Identity.Parent, Name: word}
		switch {
		case s.state.Get(id) == nil || word == found:
		case found != "":
			return ""
		default:
			found = word
		}
	}
	return found
}

// identifiers are the names in an expression that can be columns: no functions, no types behind ::, nothing within strings.
func identifiers(expr string) []string {
	var list []string
	cast := false
	for i := 0; i < len(expr); {
		n := token(expr[i:])
		switch c := expr[i]; {
		case strings.HasPrefix(expr[i:], "::"):
			cast, n = true, 2
		case c == '"' && n > 1:
			for i+n < len(expr) && expr[i+n] == '"' { // a doubled quote goes on
				n += token(expr[i+n:])
			}
			if !cast {
				list = append(list, strings.ReplaceAll(expr[i+1:i+n-1], `""`, `"`))
			}
			cast = false
		case wordByte(c) && (c < '0' || c > '9'):
			rest := strings.TrimLeft(expr[i+n:], " ")
			if !cast && !strings.HasPrefix(rest, "(") && !strings.HasPrefix(rest, "'") {
				list = append(list, lower(expr[i:i+n]))
			}
			cast = false
		case c != ' ':
			cast = false
		}
		i += n
	}
	return list
}
