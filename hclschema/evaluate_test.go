package hclschema

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outline writes blocks as a short text to compare with.
func outline(blocks []*Block) string {
	var b strings.Builder
	writeOutline(&b, blocks, "")
	return b.String()
}

func writeOutline(b *strings.Builder, blocks []*Block, indent string) {
	for _, block := range blocks {
		b.WriteString(indent + block.Type)
		for _, label := range block.Labels {
			fmt.Fprintf(b, " %q", label.Text)
		}
		if block.Incomplete {
			b.WriteString(" incomplete")
		}
		b.WriteString("\n")
		for _, a := range block.Attributes {
			fmt.Fprintf(b, "%s  %s = %s\n", indent, a.Name, show(a.Value))
		}
		writeOutline(b, block.Blocks, indent+"  ")
	}
}

// show writes a value so that its sort can be told.
func show(v Evaluated) string {
	switch v := v.(type) {
	case String:
		return fmt.Sprintf("%q", string(v))
	case Number:
		return string(v)
	case Boolean:
		return fmt.Sprint(bool(v))
	case RawSQL:
		return fmt.Sprintf("sql(%q)", string(v))
	case Word:
		if v.Called {
			return fmt.Sprintf("word %s(%s)", v.Name, strings.Join(v.Args, ";"))
		}
		return "word " + v.Name
	case Reference:
		return fmt.Sprintf("ref %q", v.Path)
	case Sequence:
		if len(v.Elements) != len(v.Ranges) {
			return fmt.Sprintf("%d elements with %d ranges", len(v.Elements), len(v.Ranges))
		}
		texts := make([]string, len(v.Elements))
		for i, element := range v.Elements {
			texts[i] = show(element)
		}
		return "[" + strings.Join(texts, ", ") + "]"
	case Mapping:
		texts := make([]string, len(v.Keys))
		for i, key := range v.Keys {
			texts[i] = fmt.Sprintf("%q: %s", key, show(v.Values[i]))
		}
		return "{" + strings.Join(texts, ", ") + "}"
	case Null:
		return "null"
	case Invalid:
		return "invalid"
	}
	return fmt.Sprintf("%T", v)
}

// complain writes diagnostics as file:line,column: summary: detail.
func complain(sources []Source, variables map[string]string) string {
	_, diags := Evaluate(sources, variables)
	var b strings.Builder
	for _, d := range diags {
		if d.Subject != nil {
			b.WriteString(place(*d.Subject) + ": ")
		}
		b.WriteString(d.Summary + ": " + d.Detail + "\n")
	}
	return b.String()
}

func model(text string) []Source { return []Source{{Name: "m.hcl", Bytes: []byte(text)}} }

// values evaluates the attributes of a block named t.
func values(t *testing.T, text string) string {
	t.Helper()
	blocks, diags := Evaluate(model(text), nil)
	if diags.HasErrors() {
		t.Fatalf("%s\n%s", text, complain(model(text), nil))
	}
	var lines []string
	for _, block := range blocks {
		for _, a := range block.Attributes {
			lines = append(lines, a.Name+" = "+show(a.Value))
		}
	}
	return strings.Join(lines, "\n")
}

// TestFunctionsAreKnown holds that each function is tried in TestExpressions, and that none reaches out of the models.
func TestFunctionsAreKnown(t *testing.T) {
	for _, name := range Functions() {
		tried := false
		for _, c := range expressionCases {
			tried = tried || strings.Contains(c.expression, name+"(")
		}
		if !tried {
			t.Errorf("%s isn't tried", name)
		}
		if _, both := impureFunctions[name]; both {
			t.Errorf("%s is refused and known", name)
		}
	}
	for _, name := range []string{"timestamp", "uuid", "now", "random", "http", "exec", "template", "read"} {
		if strings.Contains(strings.Join(Functions(), " "), name) {
			t.Errorf("there is a function with %s in its name", name)
		}
	}
}

var expressionCases = []struct{ expression, want string }{
	{`"text"`, `"text"`},
	{`1`, `1`},
	{`-1.50`, `-1.5`},
	{`1e30`, `1e+30`},
	{`1e29`, `100000000000000000000000000000`},
	{`0.1 + 0.2`, `0.3`},
	{`true`, `true`},
	{`null`, `null`},
	{`CASCADE`, `word CASCADE`},
	{`varchar(255)`, `word varchar(255)`},
	{`decimal(10, 2)`, `word decimal(10;2)`},
	{`enum("a", "b")`, `word enum(a;b)`},
	{`now()`, `word now()`},
	{`geometry(Point, 4326)`, `word geometry(Point;4326)`},
	{`sql("now()")`, `sql("now()")`},
	{`sql("${upper("x")} $${y}")`, `sql("X ${y}")`},
	{`column.id`, `ref ["column" "id"]`},
	{`table.users.column.id`, `ref ["table" "users" "column" "id"]`},
	{`column["odd name"]`, `ref ["column" "odd name"]`},
	{`table["a b"].column["c"]`, `ref ["table" "a b" "column" "c"]`},
	{`[column.a, column.b]`, `[ref ["column" "a"], ref ["column" "b"]]`},
	{`true ? CASCADE : SET_NULL`, `word CASCADE`},
	{`[for c in ["x", "y z"] : column[c]]`, `[ref ["column" "x"], ref ["column" "y z"]]`},
	{`[for c in ["x"] : table.t.column[c]]`, `[ref ["table" "t" "column" "x"]]`},
	{`[for c in ["x"] : table[c].column.id]`, `[ref ["table" "x" "column" "id"]]`},
	{`{for i, c in ["x", "y"] : c => i}`, `{"x": 0, "y": 1}`},
	{`{for c in ["x", "y", "x"] : c => c...}`, `{"x": ["x", "x"], "y": ["y"]}`},
	{`[for k, v in {b = 1, a = 2} : "${k}${v}" if v > 0]`, `["a2", "b1"]`},
	{`[{a = 1}, {a = 2}][*].a`, `[1, 2]`},
	{`[{a = [5]}, {a = [6]}].*.a[0]`, `[5]`},
	{`[{a = [5]}, {a = [6]}][*].a[0]`, `[5, 6]`},
	{`{a = 1, "b c" = [x], (upper("d")) = null}`, `{"D": null, "a": 1, "b c": [word x]}`},
	{`"a${1 + 1}b${true}"`, `"a2btrue"`},
	{`"%{ if 1 > 2 }x%{ else }y%{ endif }"`, `"y"`},
	{`"%{ for x in ["a", "b"] }<${x}>%{ endfor }"`, `"<a><b>"`},
	{`1 == 1 && !(2 != 2) || nonsense`, `true`},
	{`"1" == 1`, `false`},
	{`7 % 4`, `3`},
	{`(1 + 2) * 3`, `9`},
	{`concat([column.a], [CASCADE, 1], ["x"])`, `[ref ["column" "a"], word CASCADE, 1, "x"]`},
	{`join(", ", ["a", 1])`, `"a, 1"`},
	{`format("%s-%03d", "a", 7)`, `"a-007"`},
	{`formatlist("%s!", ["a", "b"])`, `["a!", "b!"]`},
	{`range(3)`, `[0, 1, 2]`},
	{`range(5, 1, -2)`, `[5, 3]`},
	{`toset(["b", "a", "b"])`, `["a", "b"]`},
	{`setproduct(["a", "b"], [1, 2])`, `[["a", 1], ["a", 2], ["b", 1], ["b", 2]]`},
	{`merge({a = 1}, {b = CASCADE})`, `{"a": 1, "b": word CASCADE}`},
	{`lookup({a = 1}, "b", 5)`, `5`},
	{`keys({b = 1, a = 2})`, `["a", "b"]`},
	{`zipmap(["a"], [1])`, `{"a": 1}`},
	{`flatten([["a", ["b"]], "c"])`, `["a", "b", "c"]`},
	{`jsondecode("{\"a\":[1,null]}")`, `{"a": [1, null]}`},
	{`jsonencode({a = [1, "x"]})`, `"{\"a\":[1,\"x\"]}"`},
	{`csvdecode("a,b\n1,2\n")`, `[{"a": "1", "b": "2"}]`},
	{`regex("[a-z]+", "12abc")`, `"abc"`},
	{`replace("a.b", ".", "")`, `"ab"`},
	{`replace("a1b2", "/[0-9]/", "_")`, `"a_b_"`},
	{`split(",", "a,b")`, `["a", "b"]`},
	{`min(3, 1, 2)`, `1`},
	{`max([3, 1]...)`, `3`},
	{`length("äb")`, `2`},
	{`coalesce(null, "", "x")`, `"x"`},
	{`substr("hello", 1, 3)`, `"ell"`},
	{`title("ab cd")`, `"Ab Cd"`},
	{`one([])`, `null`},
	{`timestamp(6)`, `word timestamp(6)`},
	{`tostring(1)`, `"1"`},
	{`tonumber("1.0")`, `1`},
	{`tobool("true")`, `true`},
	{`tolist(["a"])`, `["a"]`},
	{`tomap({a = 1})`, `{"a": 1}`},
	{`distinct(["a", 1, "a", column.x, column.x])`, `["a", 1, ref ["column" "x"]]`},
	{`compact(["a", "", null])`, `["a"]`},
	{`contains([column.a], column.a)`, `true`},
	{`index(["a", "b"], "b")`, `1`},
	{`element(["a", "b"], 3)`, `"b"`},
	{`slice(["a", "b", "c"], 1, 2)`, `["b"]`},
	{`reverse(["a", "b"])`, `["b", "a"]`},
	{`sort(["b", "a"])`, `["a", "b"]`},
	{`chunklist(["a", "b", "c"], 2)`, `[["a", "b"], ["c"]]`},
	{`setunion(["b"], ["a", "b"])`, `["a", "b"]`},
	{`setintersection(["b", "c"], ["a", "b"])`, `["b"]`},
	{`setsubtract(["b", "c"], ["b"])`, `["c"]`},
	{`coalescelist([], ["a"])`, `["a"]`},
	{`alltrue([true, "true"])`, `true`},
	{`anytrue([false])`, `false`},
	{`sum([1, 2.5])`, `3.5`},
	{`values({b = 1, a = 2})`, `[2, 1]`},
	{`startswith("ab", "a")`, `true`},
	{`endswith("ab", "a")`, `false`},
	{`strcontains("abc", "b")`, `true`},
	{`indent(2, "a\nb")`, `"a\n  b"`},
	{`regexreplace("a1", "([a-z])", "<$1>")`, `"<a>1"`},
	{`regexall("[a-z]", "a1b")`, `["a", "b"]`},
	{`parseint("ff", 16)`, `255`},
	{`lower("AB")`, `"ab"`},
	{`trim("--a-", "-")`, `"a"`},
	{`trimprefix("ab", "a")`, `"b"`},
	{`trimsuffix("ab", "b")`, `"a"`},
	{`trimspace(" a ")`, `"a"`},
	{`chomp("a\n")`, `"a"`},
	{`strlen("äb")`, `2`},
	{`strrev("äb")`, `"bä"`},
	{`abs(-1)`, `1`},
	{`ceil(1.2)`, `2`},
	{`floor(1.8)`, `1`},
	{`log(8, 2)`, `3`},
	{`pow(2, 10)`, `1024`},
	{`signum(-5)`, `-1`},
	{`[for t in [table.a, table.b] : "${t.name}_audit"]`, `["a_audit", "b_audit"]`},
}

func TestExpressions(t *testing.T) {
	for _, c := range expressionCases {
		text := "t \"x\" {\n  v = " + c.expression + "\n}\n"
		blocks, diags := Evaluate(model(text), nil)
		if diags.HasErrors() {
			t.Errorf("%s\n%s", c.expression, complain(model(text), nil))
			continue
		}
		if diff := cmp.Diff(c.want, show(blocks[0].Attributes[0].Value)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.expression, diff)
		}
	}
}
