package hclschema

import (
	"errors"
	"fmt"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"golang.org/x/text/unicode/norm"
)

// throughCty runs one of cty's functions on the arguments.
func (c *call) throughCty(f function.Function) Evaluated {
	values := make([]cty.Value, len(c.args))
	params := f.Params()
	for i, arg := range c.args {
		value, problem := toCty(arg)
		if problem != "" {
			return c.fail(c.places[i], "Wrong argument", "%s can't take this: %s%s", c.name, problem, c.e.wordHint(arg, nil))
		}
		param := f.VarParam()
		if i < len(params) {
			param = &params[i]
		}
		if value, problem = fitParameter(value, param); problem != "" {
			return c.fail(c.places[i], "Wrong argument", "%s needs %s here; this is %s.", c.name, problem, describe(arg))
		}
		values[i] = value
	}
	result, err := f.Call(values)
	if err != nil {
		at := c.at
		var argument function.ArgError
		if errors.As(err, &argument) && argument.Index >= 0 && argument.Index < len(c.places) {
			at = c.places[argument.Index]
		}
		return c.fail(at, "Function failed", "%s can't do this: %s. Change the arguments.", c.name, strings.TrimSuffix(err.Error(), "."))
	}
	v, problem := c.fromCty(result)
	if problem != "" {
		return c.fail(c.at, "Function failed", "%s gave a result that can't be used: %s.", c.name, problem)
	}
	return v
}

// fitParameter converts an argument to the type of its parameter, or says what the parameter needs.
func fitParameter(value cty.Value, param *function.Parameter) (cty.Value, string) {
	if value.IsNull() && !param.AllowNull {
		return value, "a value"
	}
	converted, err := convert.Convert(value, param.Type)
	if err != nil {
		return value, "a value of type " + param.Type.FriendlyName()
	}
	return converted, ""
}

// toCty is the value for cty's functions, or why it can't be handed to them.
func toCty(v Evaluated) (cty.Value, string) {
	switch v := v.(type) {
	case Null:
		return cty.NullVal(cty.DynamicPseudoType), ""
	case Boolean:
		return cty.BoolVal(bool(v)), ""
	case Number:
		return v.cty(), ""
	case String:
		if !survivesCty(string(v)) {
			return cty.NilVal, fmt.Sprintf("the text %q isn't in Unicode's form NFC, and would be changed on the way. Write it where it is needed, or in form NFC.", shorten(string(v)))
		}
		return cty.StringVal(string(v)), ""
	case Sequence:
		elements := make([]cty.Value, len(v.Elements))
		for i, element := range v.Elements {
			value, problem := toCty(element)
			if problem != "" {
				return cty.NilVal, problem
			}
			elements[i] = value
		}
		return cty.TupleVal(elements), ""
	case Mapping:
		values := make(map[string]cty.Value, len(v.Keys))
		for i, key := range v.Keys {
			value, problem := toCty(v.Values[i])
			if problem == "" && !survivesCty(key) {
				problem = fmt.Sprintf("the key %q isn't in Unicode's form NFC, and would be changed on the way. Write it in form NFC.", shorten(key))
			}
			if problem != "" {
				return cty.NilVal, problem
			}
			values[key] = value
		}
		return cty.ObjectVal(values), ""
	}
	return cty.NilVal, describe(v) + " is neither text nor number."
}

// survivesCty tells that cty, which normalises text, leaves this text alone, also when it joins it to another one.
func survivesCty(text string) bool {
	if !norm.NFC.IsNormalString(text) {
		return false
	}
	return text == "" || text[0] < 0x80 || norm.NFC.PropertiesString(text).BoundaryBefore()
}

// fromCty is a function's result as a value of the language, or why there is none.
func (c *call) fromCty(value cty.Value) (Evaluated, string) {
	switch {
	case !value.IsKnown():
		return nil, "it is unknown"
	case value.IsNull():
		return Null{}, ""
	case value.Type() == cty.Bool:
		return Boolean(value.True()), ""
	case value.Type() == cty.String:
		return String(value.AsString()), ""
	case value.Type() == cty.Number:
		n, ok := numberFrom(value.AsBigFloat())
		if !ok {
			return nil, "the number is too large or too small"
		}
		return n, ""
	case value.Type().IsMapType() || value.Type().IsObjectType():
		return c.mapFromCty(value)
	}
	var elements []Evaluated
	for it := value.ElementIterator(); it.Next(); {
		_, element := it.Element()
		v, problem := c.fromCty(element)
		if problem != "" {
			return nil, problem
		}
		elements = append(elements, v)
	}
	return c.sequence(elements), ""
}

func (c *call) mapFromCty(value cty.Value) (Evaluated, string) {
	values := map[string]Evaluated{}
	for it := value.ElementIterator(); it.Next(); {
		key, element := it.Element()
		v, problem := c.fromCty(element)
		if problem != "" {
			return nil, problem
		}
		values[key.AsString()] = v
	}
	return mappingOf(values), ""
}
