package sqlite

import (
	"github.com/duo-orm/duo-orm/hclschema"
)

// indexText reads CREATE INDEX.
type indexText struct {
	*reader
	name, table string
	properties  hclschema.Properties
}

// parseIndex reads the text of an index. isColumn says whether its table has a column of that folded name.
func parseIndex(sql string, isColumn func(folded string) bool) (*indexText, error) {
	r, err := newReader(sql)
	if err != nil {
		return nil, err
	}
	x := &indexText{reader: r, properties: hclschema.Properties{}}
	head := []string{"INDEX"}
	if r.ahead(1).is("UNIQUE") {
		x.properties[hclschema.PropUnique] = hclschema.Bool(true)
		head = []string{"UNIQUE", "INDEX"}
	}
	if x.name, err = r.head(head...); err != nil {
		return nil, err
	}
	if err := r.want("ON"); err != nil {
		return nil, err
	}
	if x.table, err = r.name(); err != nil {
		return nil, err
	}
	if err := x.parts(isColumn); err != nil {
		return nil, err
	}
	return x, x.where()
}

func (x *indexText) parts(isColumn func(string) bool) error {
	if err := x.wantSymbol("("); err != nil {
		return err
	}
	var parts hclschema.List
	for {
		start := x.at
		if err := x.skipTo(",", ")"); err != nil {
			return err
		}
		end := x.at
		part, err := x.part(start, end, isColumn)
		if err != nil {
			return err
		}
		parts = append(parts, part)
		if x.symbol(",") {
			continue
		}
		x.properties[hclschema.PropColumns] = parts
		return x.wantSymbol(")")
	}
}

// part reads one part of the index from its tokens.
func (x *indexText) part(start, end int, isColumn func(string) bool) (hclschema.Record, error) {
	part := hclschema.Record{}
	if end-start > 1 {
		switch last := x.tokens[end-1]; {
		case last.is("DESC"):
			part["desc"] = hclschema.Bool(true)
			end--
		case last.is("ASC"):
			end--
		}
	}
	if end-start > 2 && x.tokens[end-2].is("COLLATE") && x.tokens[end-1].named() && x.operand(start, end-2) {
		part["collate"] = identifier(x.tokens[end-1].content())
		end -= 2
	}
	if start >= end {
		x.at = start
		return nil, x.unexpected("a column or an expression")
	}
	inner, ok := dropParentheses(x.tokens[start:end])
	if ok && len(inner) == 1 && inner[0].named() && isColumn(fold(inner[0].content())) {
		part["column"] = identifier(inner[0].content())
		return part, nil
	}
	part["expr"] = spelledExpression(x.text(start, end))
	return part, nil
}

// operand says whether a COLLATE behind the tokens applies to all of them.
func (x *indexText) operand(start, end int) bool {
	inner, ok := dropParentheses(x.tokens[start:end])
	if !ok {
		return false
	}
	whole, read := readGroup(inner, 0, 0)
	return read == len(inner) && whole.primary() || x.enclosed(start, end)
}

// enclosed says whether one pair of parentheses holds all the tokens.
func (x *indexText) enclosed(start, end int) bool {
	if !x.tokens[start].symbol("(") {
		return false
	}
	closes, ok := matchParentheses(x.tokens[start:end])
	return ok && closes[0] == end-start-1
}

// where reads the condition of a partial index, which goes to the end.
func (x *indexText) where() error {
	if x.done() {
		return nil
	}
	if err := x.want("WHERE"); err != nil {
		return err
	}
	start := x.at
	if err := x.rest("a condition"); err != nil {
		return err
	}
	x.properties[hclschema.PropWhere] = spelledExpression(x.text(start, x.at))
	return nil
}
