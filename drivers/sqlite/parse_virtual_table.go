package sqlite

import (
	"github.com/duo-orm/duo-orm/hclschema"
)

// parseVirtualTable reads the text of a virtual table. What an argument means only its module knows, so each is compared
// to the letter.
func parseVirtualTable(sql string) (name string, properties hclschema.Properties, err error) {
	r, err := newReader(sql)
	if err != nil {
		return "", nil, err
	}
	if name, err = r.head("VIRTUAL", "TABLE"); err != nil {
		return "", nil, err
	}
	if err := r.want("USING"); err != nil {
		return "", nil, err
	}
	module, err := r.name()
	if err != nil {
		return "", nil, err
	}
	properties = hclschema.Properties{hclschema.PropModule: identifier(module)}
	if r.done() {
		return name, properties, nil
	}
	arguments, err := r.arguments()
	if err != nil {
		return "", nil, err
	}
	if arguments != nil {
		properties[hclschema.PropArguments] = arguments
	}
	if !r.done() {
		return "", nil, r.unexpected("the end")
	}
	return name, properties, nil
}

// arguments reads the arguments of a module. SQLite passes over empty ones.
func (r *reader) arguments() (hclschema.List, error) {
	if err := r.wantSymbol("("); err != nil {
		return nil, err
	}
	var arguments hclschema.List
	for {
		start := r.at
		if err := r.skipTo(",", ")"); err != nil {
			return nil, err
		}
		if text := r.text(start, r.at); text != "" {
			arguments = append(arguments, hclschema.Spelled{Text: text, Canonical: text})
		}
		if !r.symbol(",") {
			return arguments, r.wantSymbol(")")
		}
	}
}
