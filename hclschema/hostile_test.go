package hclschema

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// measured evaluates in a goroutine of its own and tells how long it took and how far the heap grew.
func measured(text string) (diags string, took time.Duration, peak uint64) {
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan string)
	start := time.Now()
	go func() { done <- complain(model(text), nil) }()
	for {
		select {
		case diags = <-done:
			return diags, time.Since(start), peak
		case <-time.After(5 * time.Millisecond):
			runtime.ReadMemStats(&now)
			if now.HeapAlloc > before.HeapAlloc {
				peak = max(peak, now.HeapAlloc-before.HeapAlloc)
			}
		}
	}
}

// TestHostileText holds the parser off from what it would die of or hang in.
func TestHostileText(t *testing.T) {
	for _, size := range []int{100_000, 1 << 20} {
		refuseHostileText(t, size)
	}
}

func refuseHostileText(t *testing.T, size int) {
	fill := func(part string) string { return strings.Repeat(part, size/len(part)) }
	cases := map[string]string{
		"brackets":               fill("["),
		"value of brackets":      "a = " + fill("["),
		"balanced brackets":      "a = " + strings.Repeat("[", size/2) + strings.Repeat("]", size/2) + "\n",
		"parentheses":            "a = " + fill("("),
		"braces":                 "a = " + fill("{"),
		"blocks":                 fill("a {\n"),
		"blocks on a line":       fill("a {"),
		"objects":                "a = " + fill("{a="),
		"templates":              "a = " + fill(`"${`),
		"directives":             "a = \"" + fill("%{if true}") + "\"\n",
		"directives for":         "a = \"" + fill("%{for x in y}") + "\"\n",
		"opened directives":      "a = " + fill(`"%{if `),
		"balanced directives":    "a = \"" + strings.Repeat("%{if true}", 40000) + strings.Repeat("%{endif}", 40000) + "\"\n",
		"negations":              "a = " + fill("!") + "true\n",
		"minuses":                "a = " + fill("-") + "1\n",
		"minuses spaced":         "a = " + fill("- ") + "1\n",
		"minuses in parentheses": "a = (" + fill("-\n") + "1)\n",
		"conditionals":           "a = " + fill("true ? 1 : ") + "1\n",
		"inner conditionals":     "a = " + fill("true ? "),
		"conditional in list":    "a = [" + fill("a?") + "]\n",
		"additions":              "a = " + fill("1 + ") + "1\n",
		"comparisons":            "a = " + fill("1 == ") + "1\n",
		"and":                    "a = " + fill("true && ") + "true\n",
		"path":                   "a = b" + fill(".c") + "\n",
		"indexes":                "a = b" + fill("[0]") + "\n",
		"computed indexes":       "a = b" + fill("[c]") + "\n",
		"splats":                 "a = b" + fill("[*]") + "\n",
		"attribute splats":       "a = b" + fill(".*") + "\n",
		"calls":                  "a = " + fill("f(") + "\n",
		"namespaces":             "a = f" + fill("::f") + "()\n",
		"heredoc of short lines": "a = <<E\n" + fill("x\n") + "E\n",
		"heredoc of signs":       "a = <<E\n" + fill("$") + "\nE\n",
		"string of signs":        "a = \"" + fill("$") + "\"\n",
		"string of percents":     "a = \"" + fill("% ") + "\"\n",
		"heredocs opened":        "a = " + fill("<<E\n"),
		"heredocs in heredocs":   "a = " + fill("<<E\n${"),
		"names":                  fill("a\n"),
		"names in a line":        fill("a "),
		"one name":               fill("a"),
		"quotes":                 fill(`"`),
		"odd quotes":             "a = " + fill(`"a" `),
		"apostrophes":            fill("'"),
		"digits":                 "a = " + fill("1") + "\n",
		"attributes":             fill("a=1\n"),
		// Many elements or labels are no error of the language as long as they are few enough.
		"elements":        "a { \n b = [" + fill("1,") + "]\n}\n",
		"closers":         fill("}"),
		"wrong closers":   "a = " + fill("[)"),
		"equals":          fill("="),
		"comments opened": fill("/*"),
		"marks":           "a = \"" + fill("́") + "\"\n",
		"labels":          "a " + fill(`"b" `) + "{}\n",
		"for":             "a = " + fill("[for x in "),
		"large number":    "a {\n b = 1e999999999\n}\n",
		"larger number":   "a {\n b = 1e600000000\n}\n",
		"largest number":  "a {\n b = 1e600000000 % 3\n}\n",
	}
	for _, name := range sortedKeys(cases) {
		text := cases[name]
		diags, took, peak := measured(text)
		if diags == "" && name != "elements" && name != "labels" {
			t.Errorf("%s: no error", name)
		}
		t.Logf("%-24s %8v %4d MB %s", name, took.Round(time.Millisecond), peak>>20, shorten(strings.SplitN(diags, "\n", 2)[0]))
		if took > hostileTime || peak > 256<<20 {
			t.Errorf("%s took %v and %d MB", name, took, peak>>20)
		}
	}
}

// hostileTime leaves room for busy machines and the race detector; alone, each of them takes less than a second.
const hostileTime = 20 * time.Second

// TestHostileValues lets small models ask for very much.
func TestHostileValues(t *testing.T) {
	list := "[" + strings.Repeat(`"x", `, 40) + "]"
	double := func(value func(previous string) string, levels int) string {
		var b strings.Builder
		b.WriteString("locals {\n  l0 = \"0123456789\"\n")
		for i := 1; i <= levels; i++ {
			fmt.Fprintf(&b, "  l%d = %s\n", i, value(fmt.Sprintf("local.l%d", i-1)))
		}
		return b.String() + "}\n"
	}
	reverse := func(value func(next string) string, levels int) string {
		var b strings.Builder
		b.WriteString("locals {\n")
		for i := 1; i <= levels; i++ {
			fmt.Fprintf(&b, "  l%d = %s\n", i, value(fmt.Sprintf("local.l%d", i+1)))
		}
		fmt.Fprintf(&b, "  l%d = 1\n}\n", levels+1)
		return b.String()
	}
	mixins := func() string {
		var b strings.Builder
		for i := range 2000 {
			fmt.Fprintf(&b, "mixin \"m%d\" {\n  use = [mixin.m%d, mixin.m%d]\n  column \"c%d\" {}\n}\n", i, i+1, i+1, i)
		}
		return b.String() + "mixin \"m2000\" {}\ntable \"t\" {\n  use = [mixin.m0]\n}\n"
	}
	cases := map[string]string{
		"four nested for":    "t {\n v = [for a in " + list + " : [for b in " + list + " : [for c in " + list + " : [for d in " + list + " : d]]]]\n}\n",
		"for with templates": "t {\n v = \"%{for a in " + list + "}%{for b in " + list + "}%{for c in " + list + "}%{for d in " + list + "}x%{endfor}%{endfor}%{endfor}%{endfor}\"\n}\n",
		"for without result": "t {\n v = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : 1 if false] if false] if false]\n w = [for a in range(1000) : a if length([for b in range(1000) : b if length([for c in range(1000) : c]) > 5]) < 0]\n}\n",
		"long range":         "t {\n v = range(1000000000)\n}\n",
		"small steps":        "t {\n v = range(0, 1, 0.000000001)\n}\n",
		"texts doubled":      double(func(l string) string { return `"${` + l + `}${` + l + `}"` }, 40),
		"lists doubled":      double(func(l string) string { return "[" + l + ", " + l + "]" }, 40),
		"maps doubled":       double(func(l string) string { return "{a = " + l + ", b = " + l + "}" }, 40),
		"lists joined":       double(func(l string) string { return "concat([" + l + "], [" + l + ", 1])" }, 40),
		"text joined":        double(func(l string) string { return "join(" + l + ", [" + l + ", " + l + "])" }, 40),
		"text formatted":     double(func(l string) string { return `format("%s%s", ` + l + ", " + l + ")" }, 40),
		"text in JSON":       double(func(l string) string { return "jsonencode([" + l + ", " + l + "])" }, 40),
		"text replaced":      double(func(l string) string { return `replace(` + l + `, "", ` + l + ")" }, 40),
		"pattern replaced":   double(func(l string) string { return `regexreplace(` + l + `, "", ` + l + ")" }, 40),
		"groups replaced":    double(func(l string) string { return `regexreplace(` + l + `, "(.*)", "$1$1$1")` }, 40),
		"text used often":    double(func(l string) string { return `"${` + l + `}${` + l + `}"` }, 20) + "t {\n v = [for i in range(1000) : local.l20]\n}\n",
		"deep value":         double(func(l string) string { return "[" + l + "]" }, 900),
		"long chain":         reverse(func(l string) string { return l }, 50000),
		"product":            "t {\n v = setproduct(range(1000), range(1000), range(1000), range(1000))\n}\n",
		"product of nothing": "t {\n v = setproduct(" + strings.Repeat("range(100),", 100) + "[])\n}\n",
		"wide format":        "t {\n v = format(\"%1000000000d\", 1)\n}\n",
		"wide star":          "t {\n v = format(\"%*d\", 1000000000, 1)\n}\n",
		"precise format":     "t {\n v = format(\"%.1000000000f\", 1)\n}\n",
		"far indent":         "t {\n v = indent(1000000000, \"a\\nb\")\n}\n",
		"power":              "t {\n v = pow(10, 1000000000)\n}\n",
		"squares":            "locals {\n" + squares(60) + "}\n",
		"for_each":           "table \"t\" {\n  for_each = range(100000)\n" + strings.Repeat("  column \"c\" {\n    type = int\n  }\n", 50) + "}\n",
		"dynamic":            "table \"t\" {\n  dynamic \"column\" {\n    for_each = range(1000)\n    content {\n      dynamic \"x\" {\n        for_each = range(1000)\n        content {\n          dynamic \"y\" {\n            for_each = range(1000)\n            content {}\n          }\n        }\n      }\n    }\n  }\n}\n",
		"mixins":             mixins(),
		"distinct":           "t {\n v = distinct([for i in range(60000) : {a = i, b = \"x\"}])\n}\n",
		"contains":           "locals {\n  l = range(20000)\n}\nt {\n v = [for i in local.l : contains(local.l, i)]\n}\n",
		"pattern":            "t {\n v = regex(\"(((a{1,100}){1,100}){1,100}){1,100}\", \"aaaa\")\n}\n",
		"JSON":               "t {\n v = jsondecode(\"" + strings.Repeat("[", 100000) + "\")\n}\n",
		"JSON objects":       "t {\n v = jsondecode(\"" + strings.Repeat(`{\"a\":`, 9000) + "1" + strings.Repeat("}", 9000) + "\")\n}\n",
		"mixed JSON":         "t {\n v = jsondecode(jsonencode([for i in range(60000) : i % 2 == 0 ? i : \"x\"]))\n}\n",
		"wide CSV":           "t {\n v = csvdecode(join(\"\", [join(\",\", range(10000)), \"\\n\", join(\"\", [for i in range(10000) : \"1\\n\"])]))\n}\n",
		"CSV":                "t {\n v = csvdecode(join(\"\", [join(\",\", range(1000)), \"\\n\", join(\"\", [for i in range(1000) : join(\"\", [join(\",\", range(1000)), \"\\n\"])])]))\n}\n",
		"split":              "t {\n v = split(\"\", join(\"\", [for i in range(60000) : \"0123456789\"]))\n}\n",
		"regexall":           "t {\n v = regexall(\".\", join(\"\", [for i in range(60000) : \"0123456789\"]))\n}\n",
		"sum of fractions":   "t {\n v = sum([for i in range(1, 60000) : 1 / i])\n}\n",
		"parseint":           "t {\n v = parseint(join(\"\", [for i in range(60000) : \"zzzzzzzzzz\"]), 36)\n}\n",
	}
	for _, name := range sortedKeys(cases) {
		text := cases[name]
		diags, took, peak := measured(text)
		t.Logf("%-20s %8v %4d MB %s", name, took.Round(time.Millisecond), peak>>20, shorten(strings.SplitN(diags, "\n", 2)[0]))
		if took > hostileTime || peak > 256<<20 {
			t.Errorf("%s took %v and %d MB: %s", name, took, peak>>20, diags)
		}
	}
}

func squares(levels int) string {
	var b strings.Builder
	b.WriteString("  s0 = 12345.678\n")
	for i := 1; i <= levels; i++ {
		fmt.Fprintf(&b, "  s%d = local.s%d * local.s%d\n", i, i-1, i-1)
	}
	return b.String()
}
