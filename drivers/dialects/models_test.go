package dialects

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/hclschema"
)

const modelsPage = "../../docs/models.md"

// docs/models.md holds every name of the language and what each dialect makes of it. DUO_ORM_UPDATE=1 go test writes
// these parts anew.
func TestModelsPage(t *testing.T) {
	page, err := os.ReadFile(modelsPage)
	if err != nil {
		t.Fatal(err)
	}
	got := string(page)
	for name, text := range map[string]string{"reference": reference(), "types": types(), "functions": functions()} {
		got = replacePart(t, got, name, text)
	}
	if os.Getenv("DUO_ORM_UPDATE") != "" {
		if err := os.WriteFile(modelsPage, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(page), got); diff != "" {
		t.Errorf("docs/models.md is not up to date: run make update\n%s", diff)
	}
}

func replacePart(t *testing.T, page, name, text string) string {
	t.Helper()
	begin, end := "<!-- "+name+": written by make update -->\n", "<!-- end of "+name+" -->"
	before, rest, ok := strings.Cut(page, begin)
	_, after, ended := strings.Cut(rest, end)
	if !ok || !ended {
		t.Fatalf("docs/models.md has no part %s", name)
	}
	return before + begin + text + end + after
}

// reference is a section for each kind, with a table of its names.
func reference() string {
	var b strings.Builder
	for _, kind := range hclschema.Language() {
		fmt.Fprintf(&b, "\n### %s\n\n%s%s\n\n", kind.Name, kind.Text, standing(kind))
		header(&b, "name")
		for _, name := range kind.Names {
			nameRow(&b, kind, name, hclschema.NameReference{}, func(d drivers.Driver) bool { return d.Accepts(kind.Name, "") })
		}
	}
	b.WriteString("\n### Blocks of the language\n\nThey are gone when models have been read: what they make is the same on every database.\n\n| block or attribute | what it is |\n|---|---|\n")
	for _, row := range [][2]string{
		{"`variable`", "A value from outside: `type`, `default`, `description`, and `validation` blocks with `condition` and `error_message`."},
		{"`locals`", "Values with names, used as `local.name`."},
		{"`mixin`", "Attributes and blocks for tables that `use` it."},
		{"`use`", "In tables and mixins: the mixins that are taken in."},
		{"`for_each`", "In blocks of their own: makes one for each element."},
		{"`dynamic`", "In any block: makes nested blocks, by `for_each`, `iterator`, `labels` and a `content` block."},
	} {
		fmt.Fprintf(&b, "| %s | %s |\n", row[0], row[1])
	}
	b.WriteString("\n### Blocks that no database has yet\n\nNames of the language that no database here has so far. In models they are errors with their place.\n\n| block | stands for |\n|---|---|\n")
	others := hclschema.OtherBlocks()
	names := make([]string, 0, len(others))
	for name := range others {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, others[name])
	}
	b.WriteString("\n")
	return b.String()
}

func standing(kind hclschema.KindReference) string {
	text := " Stands by itself"
	if kind.Within != "" {
		text = " Stands in a `" + kind.Within + "` block"
	}
	switch {
	case kind.Unlabelled:
		return text + ", with or without a label."
	case kind.Labels == 2:
		return text + ", with its name as label, and where wanted the name of its schema before it."
	}
	return text + ", with its name as label."
}

// header begins a table with a column for each dialect of this build.
func header(b *strings.Builder, first string) {
	b.WriteString("| " + first + " | what it is |")
	line := "|---|---|"
	for _, driver := range All() {
		b.WriteString(" " + driver.Title() + " |")
		line += "---|"
	}
	b.WriteString(" meant for |\n" + line + "---|\n")
}

// nameRow is the row of a name, and those of the names in it. A name in a block is nowhere where the block isn't, which around tells.
func nameRow(b *strings.Builder, kind hclschema.KindReference, name, within hclschema.NameReference, around func(drivers.Driver) bool) {
	shown := "`" + name.Name + "`"
	if within.Name != "" {
		shown = "`" + within.Name + "` → " + shown
	}
	switch {
	case name.Both:
		shown += ", also a block"
	case name.Block:
		shown += " block"
	}
	fmt.Fprintf(b, "| %s | %s |", shown, strings.ReplaceAll(name.Text, "|", "\\|"))
	own := name.Engines
	accepts := func(d drivers.Driver) bool { return around(d) && (own == "" || d.Accepts(kind.Name, name.Name)) }
	for _, driver := range All() {
		mark := "–"
		if accepts(driver) {
			mark = "✓"
		}
		b.WriteString(" " + mark + " |")
	}
	if name.Engines == "" {
		name.Engines = within.Engines
	}
	b.WriteString(" " + name.Engines + " |\n")
	for _, nested := range name.Nested {
		nameRow(b, kind, nested, name, accepts)
	}
}

// portable are the types that mean the same on every engine.
func portable() []hclschema.Type {
	var list []hclschema.Type
	for _, text := range strings.Fields("bool smallint int bigint float double decimal(10,2) varchar(255) text date time timestamp timestamptz json uuid bytes") {
		word, args, _ := strings.Cut(strings.TrimSuffix(text, ")"), "(")
		list = append(list, hclschema.Type{Word: word, Args: strings.FieldsFunc(args, func(r rune) bool { return r == ',' })})
	}
	return list
}

func types() string {
	var b strings.Builder
	b.WriteString("| portable word |")
	line := "|---|"
	for _, driver := range All() {
		fmt.Fprintf(&b, " %s |", driver.Title())
		line += "---|"
		if driver.Accepts(hclschema.KindTable, "strict") {
			b.WriteString(" in a STRICT table |")
			line += "---|"
		}
	}
	b.WriteString("\n" + line + "\n")
	for _, typ := range portable() {
		word := typ.Word
		if len(typ.Args) > 0 {
			word += "(" + strings.Join(typ.Args, ", ") + ")"
		}
		fmt.Fprintf(&b, "| `%s` |", word)
		for _, driver := range All() {
			uses := []hclschema.TypeUse{{}}
			if driver.Accepts(hclschema.KindTable, "strict") {
				uses = append(uses, hclschema.TypeUse{Strict: true})
			}
			for _, use := range uses {
				spelled, err := driver.ParseType(typ, use)
				if err != nil {
					spelled.Text = err.Error()
				}
				fmt.Fprintf(&b, " `%s` |", spelled.Text)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func functions() string {
	var quoted []string
	for _, signature := range hclschema.Signatures() {
		quoted = append(quoted, "`"+signature+"`")
	}
	return strings.Join(quoted, ", ") + "\n"
}

var fenced = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// Each example of the page loads, and SQLite takes what it declares.
func TestModelsPageExamples(t *testing.T) {
	page, err := os.ReadFile(modelsPage)
	if err != nil {
		t.Fatal(err)
	}
	examples := 0
	for _, block := range fenced.FindAllStringSubmatch(string(page), -1) {
		switch block[1] {
		case "hcl":
			examples++
			tryExample(t, block[2])
		case "types":
			for _, word := range strings.Fields(block[2]) {
				if _, err := (sqlite.Driver{}).ParseType(hclschema.Type{Word: word}, hclschema.TypeUse{}); err != nil {
					t.Error(err)
				}
			}
		}
	}
	if examples < 15 {
		t.Errorf("%d examples found, where the page has more", examples)
	}
}

func tryExample(t *testing.T, text string) {
	t.Helper()
	ctx, driver := context.Background(), sqlite.Driver{}
	state, diags := hclschema.Load([]hclschema.Source{{Name: "models.hcl", Bytes: []byte(text)}}, nil, driver)
	if diags.HasErrors() {
		t.Errorf("%v\n%s", diags, text)
		return
	}
	scratch, err := driver.Scratch(ctx, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := scratch.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, unit := range drivers.Units(driver, state) {
		steps, err := driver.Create(unit)
		if err != nil {
			t.Errorf("%v\n%s", err, text)
			return
		}
		for _, step := range steps {
			if _, err := scratch.Exec(ctx, step.SQL); err != nil {
				t.Errorf("%v\n%s", err, step.SQL)
			}
		}
	}
	inspection, err := scratch.Inspect(ctx)
	if err != nil {
		t.Fatal(err)
	}
	broken, err := scratch.Try(ctx, inspection.State)
	if err != nil || len(broken) > 0 {
		t.Errorf("%v, %v\n%s", broken, err, text)
	}
}
