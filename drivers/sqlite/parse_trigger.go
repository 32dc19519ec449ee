package sqlite

import (
	"github.com/duo-orm/duo-orm/hclschema"
)

// triggerText reads CREATE TRIGGER.
type triggerText struct {
	*reader
	name, table string
	properties  hclschema.Properties
}

// parseTrigger reads the text of a trigger.
func parseTrigger(sql string) (*triggerText, error) {
	r, err := newReader(sql)
	if err != nil {
		return nil, err
	}
	t := &triggerText{reader: r, properties: hclschema.Properties{}}
	if t.name, err = r.head("TRIGGER"); err != nil {
		return nil, err
	}
	if err := t.event(); err != nil {
		return nil, err
	}
	if err := r.want("ON"); err != nil {
		return nil, err
	}
	if t.table, err = r.objectName(); err != nil {
		return nil, err
	}
	if r.accept("FOR") {
		if err := r.want("EACH", "ROW"); err != nil {
			return nil, err
		}
	}
	if err := t.when(); err != nil {
		return nil, err
	}
	return t, t.body()
}

// event reads when the trigger fires.
func (t *triggerText) event() error {
	timing := "BEFORE"
	switch {
	case t.accept("AFTER"):
		timing = "AFTER"
	case t.accept("INSTEAD", "OF"):
		timing = "INSTEAD_OF"
	default:
		t.accept("BEFORE")
	}
	t.properties[hclschema.PropTiming] = hclschema.Text(timing)
	event := upper(t.ahead(0).text)
	switch {
	case t.accept("DELETE"), t.accept("INSERT"), t.accept("UPDATE"):
		t.properties[hclschema.PropEvent] = hclschema.Text(event)
	default:
		return t.unexpected("INSERT, UPDATE or DELETE")
	}
	if event != "UPDATE" || !t.accept("OF") {
		return nil
	}
	var columns hclschema.List
	for {
		column, err := t.reader.name()
		if err != nil {
			return err
		}
		columns = append(columns, identifier(column))
		if !t.symbol(",") {
			t.properties[hclschema.PropUpdateOf] = columns
			return nil
		}
	}
}

// when reads the condition, which ends where the body begins: at a BEGIN that stands where an operator would.
func (t *triggerText) when() error {
	if !t.accept("WHEN") {
		return nil
	}
	start, depth, operand := t.at, 0, false
	for ; !t.done(); t.at++ {
		next := t.ahead(0)
		if depth == 0 && operand && next.is("BEGIN") && startsStatement(t.ahead(1)) {
			break
		}
		switch {
		case next.symbol("("):
			depth++
		case next.symbol(")"):
			depth--
		}
		operand = endsOperand(next, operand)
	}
	if t.done() || t.at == start {
		return t.unexpected("BEGIN")
	}
	text := t.text(start, t.at)
	if inner, ok := t.unwrapped(start, t.at); ok {
		text = inner
	}
	t.properties[hclschema.PropWhen] = spelledExpression(text)
	return nil
}

// unwrapped is the text between the parentheses that enclose the tokens; ok is false where none do, or where they belong to a
// subquery.
func (r *reader) unwrapped(start, end int) (text string, ok bool) {
	if end-start < 3 || !r.tokens[start].symbol("(") || r.tokens[start+1].is("SELECT") || r.tokens[start+1].is("WITH") ||
		r.tokens[start+1].is("VALUES") {
		return "", false
	}
	closes, ok := matchParentheses(r.tokens[start:end])
	if !ok || closes[0] != end-start-1 {
		return "", false
	}
	return r.text(start+1, end-1), true
}

// body reads BEGIN … END.
func (t *triggerText) body() error {
	start := t.at
	if !t.see("BEGIN") {
		return t.unexpected("BEGIN")
	}
	if err := t.rest("BEGIN"); err != nil {
		return err
	}
	if !t.tokens[t.at-1].is("END") {
		return t.unexpected("END")
	}
	t.properties[hclschema.PropAs] = spelledExpression(t.text(start, t.at))
	return nil
}
