package project

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// Lookup is the value of an environment variable and whether it is set, like os.LookupEnv.
type Lookup func(name string) (string, bool)

// maxDepth is how deeply brackets may nest in a configuration file: the parser recurses, and a stack overflow can't be
// recovered from.
const maxDepth = 100

// hclFile is a configuration file while it is read; faults are collected.
type hclFile struct {
	file        *hcl.File
	name        string
	diagnostics hcl.Diagnostics
	context     *hcl.EvalContext
}

func parseConfig(name string, content []byte, lookup Lookup) *hclFile {
	f := &hclFile{name: name, file: &hcl.File{Bytes: content, Body: hcl.EmptyBody()}}
	f.context = &hcl.EvalContext{Functions: functions(lookup)}
	if place, deep := tooDeep(name, content); deep {
		f.diagnostics = append(f.diagnostics, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: "Nested too deeply",
			Detail: fmt.Sprintf("Brackets nest more than %d levels deep here. Take some away.", maxDepth), Subject: &place})
		return f
	}
	file, diagnostics := hclsyntax.ParseConfig(content, name, hcl.InitialPos)
	f.diagnostics = append(f.diagnostics, diagnostics...)
	if file != nil {
		f.file = file
	}
	return f
}

// tooDeep finds what the recursive parser would die of: brackets, runs of signs and chains of conditions.
func tooDeep(name string, content []byte) (hcl.Range, bool) {
	depth, signs, conditions := 0, 0, 0
	// The lexer's own faults come back from the parser, with better words.
	lexed, _ := hclsyntax.LexConfig(content, name, hcl.InitialPos)
	for _, token := range lexed {
		sign := false
		switch token.Type {
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenTemplateInterp,
			hclsyntax.TokenTemplateControl:
			depth++
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenTemplateSeqEnd:
			depth--
		case hclsyntax.TokenMinus, hclsyntax.TokenBang:
			sign = true
			signs++
		case hclsyntax.TokenQuestion:
			conditions++
		}
		if !sign {
			signs = 0
		}
		if depth > maxDepth || signs > maxDepth || conditions > maxDepth {
			return token.Range, true
		}
	}
	return hcl.Range{}, false
}

func (f *hclFile) body() hcl.Body { return f.file.Body }

func (f *hclFile) content(body hcl.Body, schema *hcl.BodySchema) *hcl.BodyContent {
	content, diagnostics := body.Content(schema)
	for _, d := range diagnostics {
		if (d.Summary == "Unsupported argument" || d.Summary == "Unsupported block type") && !strings.Contains(d.Detail, "Did you mean") {
			d.Detail = strings.TrimSpace(d.Detail + " " + holds(schema))
		}
	}
	f.diagnostics = append(f.diagnostics, diagnostics...)
	return content
}

// holds says what may stand in a block or a file.
func holds(schema *hcl.BodySchema) string {
	var names []string
	for _, a := range schema.Attributes {
		names = append(names, a.Name)
	}
	for _, b := range schema.Blocks {
		label := ""
		if len(b.LabelNames) > 0 {
			label = ` "…"`
		}
		names = append(names, b.Type+label+" { … }")
	}
	return "What may stand here: " + strings.Join(names, ", ") + "."
}

func (f *hclFile) fault(summary, detail string, place hcl.Range) {
	f.diagnostics = append(f.diagnostics, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: &place})
}

// value evaluates an attribute and converts it; an unusable value is a fault, and ok is false.
func (f *hclFile) value(attribute *hcl.Attribute, want cty.Type, wanted string) (value cty.Value, ok bool) {
	value, diagnostics := attribute.Expr.Value(f.context)
	if diagnostics.HasErrors() {
		for _, d := range diagnostics {
			d.Expression, d.EvalContext = nil, nil // the values of its names would be shown, and may be URLs
		}
		f.diagnostics = append(f.diagnostics, explain(diagnostics)...)
		return cty.NilVal, false
	}
	value, err := convert.Convert(value, want)
	if err != nil || value.IsNull() || !value.IsWhollyKnown() {
		f.fault("Wrong kind of value", fmt.Sprintf("%s must be %s.", attribute.Name, wanted), attribute.Expr.Range())
		return cty.NilVal, false
	}
	return value, true
}

func (f *hclFile) text(attribute *hcl.Attribute) string {
	value, ok := f.value(attribute, cty.String, "a text in quotes")
	if !ok {
		return ""
	}
	return value.AsString()
}

func (f *hclFile) boolean(attribute *hcl.Attribute) bool {
	value, ok := f.value(attribute, cty.Bool, "true or false")
	return ok && value.True()
}

func (f *hclFile) texts(attribute *hcl.Attribute) []string {
	value, ok := f.value(attribute, cty.List(cty.String), `a list of texts, such as ["legacy_*"]`)
	if !ok {
		return nil
	}
	var list []string
	for _, element := range value.AsValueSlice() {
		if element.IsNull() {
			f.fault("Wrong kind of value", attribute.Name+" must not hold null.", attribute.Expr.Range())
			continue
		}
		list = append(list, element.AsString())
	}
	return list
}

func (f *hclFile) err() error {
	if !f.diagnostics.HasErrors() {
		return nil
	}
	return &InvalidError{Diagnostics: f.diagnostics, Files: map[string]*hcl.File{f.name: f.file}}
}

// variableError is what env() fails with.
type variableError struct {
	name  string
	empty bool
}

func (e *variableError) Error() string {
	if e.empty {
		return fmt.Sprintf("The environment variable %s is set, but empty. Give it a value (export %s=…), or unset it and write a default: env(%q, \"…\").", e.name, e.name, e.name)
	}
	return fmt.Sprintf("The environment variable %s is not set. Set it (export %s=…), or write a default: env(%q, \"…\").", e.name, e.name, e.name)
}

// variableName is what env() takes. Another text may well be the URL itself, which must not be echoed.
var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// functions are those of configuration files: env, and what makes lists of texts.
func functions(lookup Lookup) map[string]function.Function {
	return map[string]function.Function{
		"env": envFunction(lookup), "split": stdlib.SplitFunc, "join": stdlib.JoinFunc, "concat": stdlib.ConcatFunc, "compact": stdlib.CompactFunc,
		"distinct": stdlib.DistinctFunc, "sort": stdlib.SortFunc, "trimspace": stdlib.TrimSpaceFunc, "lower": stdlib.LowerFunc, "keys": stdlib.KeysFunc,
		"values": stdlib.ValuesFunc, "jsondecode": stdlib.JSONDecodeFunc,
	}
}

func envFunction(lookup Lookup) function.Function {
	return function.New(&function.Spec{
		Params:   []function.Parameter{{Name: "name", Type: cty.String}},
		VarParam: &function.Parameter{Name: "default", Type: cty.String},
		Type:     function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			name := args[0].AsString()
			if !variableName.MatchString(name) {
				return cty.NilVal, function.NewArgErrorf(0, "the name of an environment variable holds letters, digits and _ only; to give the URL itself, leave env() out")
			}
			if len(args) > 2 {
				return cty.NilVal, function.NewArgErrorf(2, "env takes a name and at most one default")
			}
			value, set := lookup(name)
			switch {
			case set && value != "":
				return cty.StringVal(value), nil
			case len(args) == 2 && !set:
				return args[1], nil
			}
			return cty.NilVal, &variableError{name: name, empty: set}
		},
	})
}

// explain gives a fault of env() words of its own, and others what to write instead.
func explain(diagnostics hcl.Diagnostics) hcl.Diagnostics {
	for i, d := range diagnostics {
		switch d.Summary {
		case "Variables not allowed", "Unknown variable":
			d.Detail = `A name means nothing here. Write a text in quotes, or env("NAME") for an environment variable.`
		case "Call to unknown function":
			d.Detail += ` There are env("NAME"), env("NAME", "default"), split, join, concat, compact, distinct, sort, trimspace, lower, keys, values and jsondecode.`
		}
		extra, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallDiagExtra](d)
		if !ok {
			continue
		}
		var missing *variableError
		if errors.As(extra.FunctionCallError(), &missing) {
			diagnostics[i] = &hcl.Diagnostic{Severity: hcl.DiagError, Summary: "Missing environment variable",
				Detail: missing.Error(), Subject: d.Subject, Context: d.Context}
		}
	}
	return diagnostics
}

func tokens(value cty.Value) []byte { return hclwrite.TokensForValue(value).Bytes() }

func quote(text string) string { return fmt.Sprintf("%q", text) }
