package hclschema

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
)

// runJSONDecode reads JSON. Text stays as it is, numbers exact.
func runJSONDecode(c *call) Evaluated {
	text, ok := c.text(0)
	if !ok {
		return Invalid{}
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	v, err := c.jsonValue(d, 0)
	if err == nil {
		if _, more := d.Token(); more != io.EOF {
			err = errors.New("there is more after the value")
		}
	}
	if err != nil {
		return c.fail(c.places[0], "Wrong JSON", "This isn't valid JSON: %s. Correct the text.", err)
	}
	return v
}

// jsonValue reads one value. When the budget is spent, it goes no further.
func (c *call) jsonValue(d *json.Decoder, depth int) (Evaluated, error) {
	if !c.e.spend(3, 0, c.at) {
		return Invalid{}, nil
	}
	token, err := d.Token()
	if err != nil {
		if err == io.EOF {
			err = errors.New("it ends too early")
		}
		return nil, err
	}
	switch token := token.(type) {
	case bool:
		return Boolean(token), nil
	case string:
		return String(token), nil
	case json.Number:
		return jsonNumber(token)
	case json.Delim:
		if depth >= maxValueDepth {
			return nil, fmt.Errorf("it nests more than %d levels deep", maxValueDepth)
		}
		if token == '[' {
			return c.jsonList(d, depth+1)
		}
		return c.jsonObject(d, depth+1)
	}
	return Null{}, nil
}

func jsonNumber(text json.Number) (Evaluated, error) {
	if len(text) > maxDigits {
		return nil, fmt.Errorf("a number has more than %d digits", maxDigits)
	}
	f, _, err := big.ParseFloat(string(text), 10, numberPrecision, big.ToNearestEven)
	if err == nil {
		if n, ok := numberFrom(f); ok {
			return n, nil
		}
	}
	return nil, fmt.Errorf("the number %s is too large or too small", text)
}

func (c *call) jsonList(d *json.Decoder, depth int) (Evaluated, error) {
	var elements []Evaluated
	for d.More() && !c.e.exhausted {
		v, err := c.jsonValue(d, depth)
		if err != nil {
			return nil, err
		}
		elements = append(elements, v)
	}
	return c.sequence(elements), c.jsonEnd(d)
}

func (c *call) jsonObject(d *json.Decoder, depth int) (Evaluated, error) {
	values := map[string]Evaluated{}
	for d.More() && !c.e.exhausted {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		v, err := c.jsonValue(d, depth)
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		values[name] = v
	}
	return mappingOf(values), c.jsonEnd(d)
}

// jsonEnd takes the closing bracket.
func (c *call) jsonEnd(d *json.Decoder) error {
	if c.e.exhausted {
		return nil
	}
	_, err := d.Token()
	if err == io.EOF {
		return errors.New("a bracket isn't closed")
	}
	return err
}

// runJSONEncode writes JSON, in one line and with the keys sorted.
func runJSONEncode(c *call) Evaluated {
	value, problem := jsonTree(c.args[0])
	if problem != "" {
		return c.fail(c.places[0], "Wrong argument", "jsonencode needs texts, numbers, booleans, lists and maps; this holds %s. Put text in quotes.", problem)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return c.fail(c.places[0], "Wrong argument", "This can't be written as JSON: %s. Change the value.", err)
	}
	return String(text)
}

// jsonTree is the value as the JSON package takes it, or what in it has no form in JSON.
func jsonTree(v Evaluated) (tree any, problem string) {
	switch v := v.(type) {
	case Null:
		return nil, ""
	case Boolean:
		return bool(v), ""
	case Number:
		return json.Number(v), ""
	case String:
		return string(v), ""
	case Sequence:
		list := make([]any, len(v.Elements))
		for i, element := range v.Elements {
			if list[i], problem = jsonTree(element); problem != "" {
				return nil, problem
			}
		}
		return list, ""
	case Mapping:
		object := make(map[string]any, len(v.Keys))
		for i, key := range v.Keys {
			if object[key], problem = jsonTree(v.Values[i]); problem != "" {
				return nil, problem
			}
		}
		return object, ""
	}
	return nil, describe(v)
}

// runCSVDecode reads CSV with a line of names first, as a list of maps.
func runCSVDecode(c *call) Evaluated {
	text, ok := c.text(0)
	if !ok {
		return Invalid{}
	}
	r := csv.NewReader(strings.NewReader(text))
	names, err := r.Read()
	if err != nil {
		return c.fail(c.places[0], "Wrong CSV", "The first line of CSV holds the names of the columns: %s. Correct the text.", err)
	}
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			return c.fail(c.places[0], "Wrong CSV", "Two columns have the name %q. Rename one of the two.", shorten(name))
		}
		seen[name] = true
	}
	var rows []Evaluated
	for {
		row, err := r.Read()
		if err == io.EOF {
			return c.sequence(rows)
		}
		if err != nil {
			return c.fail(c.places[0], "Wrong CSV", "This isn't valid CSV: %s. Correct the text.", err)
		}
		if !c.e.spend(3*len(names), 0, c.at) {
			return Invalid{}
		}
		values := make(map[string]Evaluated, len(names))
		for i, name := range names {
			values[name] = String(row[i])
		}
		rows = append(rows, mappingOf(values))
	}
}
