package imports

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/duo-orm/duo-orm/"

// allowed says which parts of the module each part may reach, itself aside: a folder, or a folder and all below it with /….
var allowed = map[string]string{
	"hclschema":               "",
	"drivers":                 "hclschema",
	"drivers/dburl":           "",
	"drivers/sqltext":         "",
	"drivers/sqlite":          "hclschema drivers drivers/dburl drivers/sqltext",
	"drivers/postgres":        "hclschema drivers drivers/dburl drivers/sqltext drivers/postgres/sample",
	"drivers/postgres/sample": "hclschema drivers",
	"drivers/dialects":        "hclschema drivers/…",
	"drivers/conformance":     "hclschema drivers",
	"planner/revision":        "hclschema",
	"planner/proof":           "hclschema drivers",
	"planner/seed":            "hclschema drivers planner/proof",
	"planner/execute":         "hclschema drivers planner/revision",
	"planner":                 "hclschema drivers planner/revision planner/proof planner/seed planner/execute",
	"internal/project":        "",
	"internal/moving":         "",
	"duoorm":                  "hclschema drivers/… planner/revision planner/execute internal/project",
	"duoorm/duoormtest":       "hclschema drivers/… planner/revision planner/execute internal/project duoorm",
	"examples/library":        "hclschema drivers/… planner/revision planner/execute internal/project duoorm",
	"cmd/duo-orm/views":       "hclschema drivers drivers/dburl planner/…",
	"cmd/duo-orm":             "hclschema drivers/… planner/… internal/project internal/moving cmd/duo-orm/views",
}

// free are the parts that only the project itself runs: tests, the demo, the benchmark.
var free = []string{"internal/bench", "internal/demo", "internal/imports", "internal/corpus", "internal/pairs", "internal/faults", "internal/offline", "internal/oracle", "internal/examples", "internal/testserver"}

// unreachable is what a part may not import directly, beside the module's own.
var unreachable = map[string][]string{
	"hclschema":        {"os", "net/http", "database/sql", "path/filepath"},
	"planner":          {"os", "database/sql"},
	"planner/proof":    {"os", "database/sql"},
	"planner/seed":     {"os", "database/sql"},
	"planner/execute":  {"os", "database/sql"},
	"planner/revision": {"os", "database/sql"},
	"drivers":          {"os"},
	"internal/project": {"database/sql", "net/http"},
	"duoorm":           {"net/http"},
}

// Imports run one way: cmd → planner → drivers → hclschema.
func TestImportsRunOneWay(t *testing.T) {
	for _, p := range packages(t) {
		rule, known := allowed[p.name]
		if !known {
			if !covered(p.name, free) {
				t.Errorf("%s is a new package: say in imports_test.go what it may import", p.name)
			}
			continue
		}
		parts := strings.Fields(rule)
		for _, dependency := range p.reaches {
			if dependency != p.name && !covered(dependency, parts) {
				t.Errorf("%s reaches %s, and may reach only: %s", p.name, dependency, rule)
			}
		}
		for _, imported := range p.imports {
			for _, forbidden := range unreachable[p.name] {
				if imported == forbidden {
					t.Errorf("%s imports %s", p.name, imported)
				}
			}
		}
	}
}

// worldly are files of the library in which its defaults come from the world, since nobody gives them there.
var worldly = []string{"duoorm/world.go"}

// Below cmd everything that a function touches is given to it. Examples are programs, as cmd is.
func TestWorldIsGiven(t *testing.T) {
	forbidden := map[string]string{
		"os.Stdin": "", "os.Stdout": "", "os.Stderr": "", "os.Getenv": "", "os.LookupEnv": "", "os.Environ": "", "os.ExpandEnv": "",
		"os.Getwd": "", "os.Chdir": "", "os.Exit": "", "time.Now": "", "time.Since": "", "time.Until": "",
		"filepath.Abs": "it asks for the working folder", "fmt.Print": "", "fmt.Println": "", "fmt.Printf": "", "log.Print": "", "log.Printf": "", "log.Fatal": "",
	}
	eachFile(t, func(p goPackage, files *token.FileSet, file *ast.File) {
		name := p.name + "/" + filepath.Base(files.Position(file.Pos()).Filename)
		if strings.HasPrefix(p.name, "cmd/") || strings.HasPrefix(p.name, "examples/") || covered(p.name, free) || slices.Contains(worldly, name) {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if of, ok := s.X.(*ast.Ident); ok && of.Obj == nil {
					if _, bad := forbidden[of.Name+"."+s.Sel.Name]; bad {
						t.Errorf("%s: %s.%s below cmd: have it given", files.Position(s.Pos()), of.Name, s.Sel.Name)
					}
				}
			}
			return true
		})
	})
}

// Nothing happens because a package is imported.
func TestNoInit(t *testing.T) {
	eachFile(t, func(p goPackage, files *token.FileSet, file *ast.File) {
		for _, declaration := range file.Decls {
			if f, ok := declaration.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: func init", files.Position(f.Pos()))
			}
		}
	})
}

// Each package says what it is for.
func TestPackagesAreDocumented(t *testing.T) {
	documented := map[string]bool{}
	eachFile(t, func(p goPackage, _ *token.FileSet, file *ast.File) {
		documented[p.name] = documented[p.name] || file.Doc != nil
	})
	for name, ok := range documented {
		if !ok {
			t.Errorf("%s has no package comment", name)
		}
	}
}

// goPackage is one package of the module, by its folder.
type goPackage struct {
	name, folder            string
	files, imports, reaches []string
}

// packages asks go list for all packages, each with what it imports and what it reaches (go list -deps).
func packages(t *testing.T) []goPackage {
	t.Helper()
	var list []goPackage
	for _, line := range golist(t, `{{.ImportPath}}|{{.Dir}}|{{join .GoFiles ","}}|{{join .Imports ","}}|{{join .Deps ","}}`, "./...") {
		fields := strings.Split(line, "|")
		p := goPackage{name: strings.TrimPrefix(fields[0], module), folder: fields[1], files: strings.FieldsFunc(fields[2], comma), imports: strings.FieldsFunc(fields[3], comma)}
		for _, dependency := range strings.FieldsFunc(fields[4], comma) {
			if own, ok := strings.CutPrefix(dependency, module); ok {
				p.reaches = append(p.reaches, own)
			}
		}
		list = append(list, p)
	}
	if len(list) < len(allowed) {
		t.Fatalf("go list told %d packages, fewer than there are", len(list))
	}
	return list
}

func comma(r rune) bool { return r == ',' }

func golist(t *testing.T, format string, patterns ...string) []string {
	t.Helper()
	command := exec.Command("go", append([]string{"list", "-f", format}, patterns...)...)
	command.Dir = "../.."
	var problems bytes.Buffer
	command.Stderr = &problems
	text, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, problems.String())
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

func eachFile(t *testing.T, look func(goPackage, *token.FileSet, *ast.File)) {
	t.Helper()
	for _, p := range packages(t) {
		for _, name := range p.files {
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, p.folder+"/"+name, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			look(p, files, file)
		}
	}
}

// covered says whether a name is one of the parts, or lies below one that ends with /….
func covered(name string, parts []string) bool {
	for _, part := range parts {
		if folder, all := strings.CutSuffix(part, "/…"); part == name || all && (name == folder || strings.HasPrefix(name, folder+"/")) {
			return true
		}
	}
	return false
}
