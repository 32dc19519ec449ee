package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docs/errors.md has a row for each kind of error, and none for others.
func TestErrorsPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("errors*.go")
	if err != nil {
		t.Fatal(err)
	}
	code := ""
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, "_test.go") {
			code += string(text)
		}
	}
	kinds := map[string]bool{}
	for _, found := range regexp.MustCompile(`Kind(?:: |, failure\.[\w, .]+ = | = )"(\w+)"`).FindAllStringSubmatch(code, -1) {
		kinds[found[1]] = true
	}
	if len(kinds) < 25 {
		t.Fatalf("only %d kinds found in the code", len(kinds))
	}
	told := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| ((?:`\\w+`(?:, )?)+)").FindAllStringSubmatch(string(page), -1) {
		for _, kind := range regexp.MustCompile(`\w+`).FindAllString(row[1], -1) {
			told[kind] = true
			if !kinds[kind] {
				t.Errorf("docs/errors.md tells of %s, which no error is", kind)
			}
		}
	}
	for kind := range kinds {
		if !told[kind] {
			t.Errorf("docs/errors.md doesn't tell of %s", kind)
		}
	}
}
