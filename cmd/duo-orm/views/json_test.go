package views

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/planner"
)

// results has one of each: a new view is a line here.
func results() []Result {
	return []Result{Failure{}, Init{}, Version{}, Plan{Plan: &planner.Plan{}}, Diff{Plan: &planner.Plan{}}, History{}, Current{}, Heads{}, Detail{},
		Run{}, Stamp{}, Prove{}, Check{}, Inspect{}, Format{}}
}

// docs/json.md tells of every field of every document.
func TestEveryFieldIsDocumented(t *testing.T) {
	text, err := os.ReadFile("../../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(kind reflect.Type) {
		for kind.Kind() == reflect.Pointer || kind.Kind() == reflect.Slice {
			kind = kind.Elem()
		}
		if kind.Kind() != reflect.Struct || seen[kind] || kind.PkgPath() == "time" {
			return
		}
		seen[kind] = true
		for i := range kind.NumField() {
			name, _, _ := strings.Cut(kind.Field(i).Tag.Get("json"), ",")
			if name == "" || !strings.Contains(string(text), "`"+name+"`") {
				t.Errorf("%s: docs/json.md doesn't tell of the field %q", kind.Name(), name)
			}
			walk(kind.Field(i).Type)
		}
	}
	for _, result := range results() {
		document := result.JSON()
		version := reflect.ValueOf(document).FieldByName("FormatVersion")
		if !version.IsValid() || version.String() != FormatVersion {
			t.Errorf("%T has no format_version", result)
		}
		walk(reflect.TypeOf(document))
	}
}

// No list is null.
func TestListsAreNeverNull(t *testing.T) {
	for _, result := range results() {
		var b strings.Builder
		p := NewPrinter(&b, false, false)
		if err := Show(p, true, result); err != nil {
			t.Fatal(err)
		}
		var walk func(path string, v reflect.Value)
		walk = func(path string, v reflect.Value) {
			switch v.Kind() {
			case reflect.Slice:
				if v.IsNil() && !strings.HasSuffix(path, ".Parts") {
					t.Errorf("%T: %s is null", result, path)
				}
			case reflect.Struct:
				for i := range v.NumField() {
					walk(path+"."+v.Type().Field(i).Name, v.Field(i))
				}
			}
		}
		walk("", reflect.ValueOf(result.JSON()))
	}
}
