package hclschema

import (
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// languageFunction is a function that models can call: pure, and bounded by the evaluation's budget.
type languageFunction struct {
	signature string
	// least and most are the numbers of arguments; most is -1 where there is no bound.
	least, most int
	run         func(*call) Evaluated
}

// Functions are the names of all functions that models can call, sorted.
func Functions() []string { return sortedKeys(languageFunctions()) }

// Signatures are all functions as documents show them, sorted: "join(separator, list)".
func Signatures() []string {
	table := languageFunctions()
	list := make([]string, 0, len(table))
	for _, name := range sortedKeys(table) {
		list = append(list, table[name].signature)
	}
	return list
}

// impureFunctions are those that people know from configuration languages and that models, being data, don't have.
var impureFunctions = map[string]string{
	"env":          "env() works in database.hcl and migrations.hcl alone. Declare a variable, write var.name, and give --var name=value.",
	"getenv":       "they read no environment. Declare a variable, write var.name, and give --var name=value.",
	"file":         "they read no other files. Write the text here as a heredoc, or give it with --var name=value.",
	"fileset":      "they read no other files. List the values here.",
	"fileexists":   "they read no other files. Declare a variable and give --var name=value.",
	"filebase64":   "they read no other files. Write the text here.",
	"templatefile": "they read no other files. Write the text here as a template.",
	"pathexpand":   "they know nothing of the machine. Give --var name=value.",
	"abspath":      "they know nothing of the machine. Give --var name=value.",
}

// languageFunctions is the one list of functions.
func languageFunctions() map[string]languageFunction {
	table := map[string]languageFunction{
		rawFunction: {"sql(text)", 1, 1, runSQL},

		"tostring": {"tostring(value)", 1, 1, runToString},
		"tonumber": {"tonumber(value)", 1, 1, runToNumber},
		"tobool":   {"tobool(value)", 1, 1, runToBool},
		"tolist":   {"tolist(value)", 1, 1, runToList},
		"toset":    {"toset(value)", 1, 1, runToSet},
		"tomap":    {"tomap(value)", 1, 1, runToMap},

		"length":          {"length(value)", 1, 1, runLength},
		"concat":          {"concat(list, …)", 1, -1, runConcat},
		"flatten":         {"flatten(list)", 1, 1, runFlatten},
		"distinct":        {"distinct(list)", 1, 1, runDistinct},
		"compact":         {"compact(list)", 1, 1, runCompact},
		"contains":        {"contains(list, value)", 2, 2, runContains},
		"index":           {"index(list, value)", 2, 2, runIndex},
		"element":         {"element(list, index)", 2, 2, runElement},
		"slice":           {"slice(list, start, end)", 2, 3, runSlice},
		"reverse":         {"reverse(list)", 1, 1, runReverse},
		"sort":            {"sort(list)", 1, 1, runSort},
		"one":             {"one(list)", 1, 1, runOne},
		"chunklist":       {"chunklist(list, size)", 2, 2, runChunk},
		"range":           {"range(start, end, step)", 1, 3, runRange},
		"setproduct":      {"setproduct(list, …)", 1, -1, runSetProduct},
		"setunion":        {"setunion(list, …)", 1, -1, runSetUnion},
		"setintersection": {"setintersection(list, …)", 1, -1, runSetIntersection},
		"setsubtract":     {"setsubtract(list, list)", 2, 2, runSetSubtract},
		"coalesce":        {"coalesce(value, …)", 1, -1, runCoalesce},
		"coalescelist":    {"coalescelist(list, …)", 1, -1, runCoalesceList},
		"alltrue":         {"alltrue(list)", 1, 1, runAllTrue},
		"anytrue":         {"anytrue(list)", 1, 1, runAnyTrue},
		"sum":             {"sum(list)", 1, 1, runSum},

		"keys":   {"keys(map)", 1, 1, runKeys},
		"values": {"values(map)", 1, 1, runValues},
		"lookup": {"lookup(map, key, default)", 2, 3, runLookup},
		"merge":  {"merge(map, …)", 0, -1, runMerge},
		"zipmap": {"zipmap(keys, values)", 2, 2, runZipMap},

		"join":         {"join(separator, list)", 2, -1, runJoin},
		"split":        {"split(separator, text)", 2, 2, runSplit},
		"replace":      {"replace(text, old, new)", 3, 3, runReplace},
		"startswith":   {"startswith(text, prefix)", 2, 2, runStartsWith},
		"endswith":     {"endswith(text, suffix)", 2, 2, runEndsWith},
		"strcontains":  {"strcontains(text, part)", 2, 2, runContainsText},
		"format":       {"format(format, value, …)", 1, -1, runFormat},
		"formatlist":   {"formatlist(format, value, …)", 1, -1, runFormatList},
		"indent":       {"indent(spaces, text)", 2, 2, runIndent},
		"jsonencode":   {"jsonencode(value)", 1, 1, runJSONEncode},
		"jsondecode":   {"jsondecode(text)", 1, 1, runJSONDecode},
		"csvdecode":    {"csvdecode(text)", 1, 1, runCSVDecode},
		"regexall":     {"regexall(pattern, text)", 2, 2, runRegexAll},
		"parseint":     {"parseint(text, base)", 2, 2, runParseInt},
		"regexreplace": {"regexreplace(text, pattern, new)", 3, 3, runRegexReplace},
	}
	for name, f := range ctyFunctions() {
		table[name] = f
	}
	return table
}

// ctyFunctions are those whose result is about as large as their arguments; they run as cty has them.
func ctyFunctions() map[string]languageFunction {
	table := map[string]languageFunction{}
	add := func(signature, name string, f function.Function) {
		most := len(f.Params())
		least := most
		if f.VarParam() != nil {
			most = -1
		}
		table[name] = languageFunction{signature, least, most, func(c *call) Evaluated { return c.throughCty(f) }}
	}
	add("lower(text)", "lower", stdlib.LowerFunc)
	add("upper(text)", "upper", stdlib.UpperFunc)
	add("title(text)", "title", stdlib.TitleFunc)
	add("trim(text, characters)", "trim", stdlib.TrimFunc)
	add("trimprefix(text, prefix)", "trimprefix", stdlib.TrimPrefixFunc)
	add("trimsuffix(text, suffix)", "trimsuffix", stdlib.TrimSuffixFunc)
	add("trimspace(text)", "trimspace", stdlib.TrimSpaceFunc)
	add("chomp(text)", "chomp", stdlib.ChompFunc)
	add("substr(text, offset, length)", "substr", stdlib.SubstrFunc)
	add("strlen(text)", "strlen", stdlib.StrlenFunc)
	add("strrev(text)", "strrev", stdlib.ReverseFunc)
	add("regex(pattern, text)", "regex", stdlib.RegexFunc)
	add("abs(number)", "abs", stdlib.AbsoluteFunc)
	add("ceil(number)", "ceil", stdlib.CeilFunc)
	add("floor(number)", "floor", stdlib.FloorFunc)
	add("min(number, …)", "min", stdlib.MinFunc)
	add("max(number, …)", "max", stdlib.MaxFunc)
	add("log(number, base)", "log", stdlib.LogFunc)
	add("pow(number, power)", "pow", stdlib.PowFunc)
	add("signum(number)", "signum", stdlib.SignumFunc)
	return table
}
