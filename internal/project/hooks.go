package project

import (
	"fmt"
	"maps"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

var placeholderName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// variables are those of the migrations block, and before them those of the chosen environment. Hooks may use them from then on.
func (f *hclFile) variables(bodies ...*hcl.BodyContent) map[string]string {
	values := map[string]string{}
	for _, body := range bodies {
		if body != nil && body.Attributes["variables"] != nil {
			maps.Copy(values, f.variablesOf(body.Attributes["variables"]))
		}
	}
	object := map[string]cty.Value{}
	for name, value := range values {
		object[name] = cty.StringVal(value)
	}
	f.context.Variables = map[string]cty.Value{"var": cty.ObjectVal(object)}
	return values
}

func (f *hclFile) variablesOf(attribute *hcl.Attribute) map[string]string {
	value, ok := f.value(attribute, cty.Map(cty.String), `a map of texts, such as { schema_owner = "app" }`)
	if !ok {
		return nil
	}
	values := map[string]string{}
	for name, text := range value.AsValueMap() {
		switch {
		case !placeholderName.MatchString(name):
			f.fault("Invalid name", fmt.Sprintf("%q can't be a variable's name. Use letters, digits and _, and begin with a letter.", name), attribute.Expr.Range())
		case text.IsNull():
			f.fault("Wrong kind of value", attribute.Name+" must not hold null.", attribute.Expr.Range())
		default:
			values[name] = text.AsString()
		}
	}
	return values
}

// hooks reads the blocks of what runs around revisions.
func (f *hclFile) hooks(body *hcl.BodyContent, migrations *Migrations) {
	into := map[string]*[]Hook{"before_upgrade": &migrations.BeforeUpgrade, "after_each": &migrations.AfterEach, "after_upgrade": &migrations.AfterUpgrade}
	for _, block := range body.Blocks {
		content := f.content(block.Body, &hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: "sql"}, {Name: "exec"}}})
		sql, exec := content.Attributes["sql"], content.Attributes["exec"]
		hook := Hook{Place: fmt.Sprintf("%s:%d", f.name, block.DefRange.Start.Line)}
		before := len(f.diagnostics)
		if sql != nil {
			hook.SQL = strings.TrimSuffix(f.text(sql), "\n")
		}
		if exec != nil {
			hook.Exec = f.texts(exec)
		}
		switch {
		case len(f.diagnostics) > before:
		case sql != nil && exec != nil:
			f.fault("Two in one hook", "A hook has sql or exec, not both. Write a second block.", exec.NameRange)
		case exec != nil && (len(hook.Exec) == 0 || strings.TrimSpace(hook.Exec[0]) == ""):
			f.fault("No program", `exec is a program of the project with its arguments: ["./scripts/notify"].`, exec.Expr.Range())
		case exec != nil && block.Type == "after_each":
			f.fault("Outside of transactions", "after_each runs in the revision's transaction, which a program can't take part in. Use sql, or after_upgrade.", exec.NameRange)
		case exec == nil && strings.TrimSpace(hook.SQL) == "":
			f.fault("Empty hook", `Write what runs: sql = "…" or exec = ["./program"].`, block.DefRange)
		default:
			*into[block.Type] = append(*into[block.Type], hook)
		}
	}
}
