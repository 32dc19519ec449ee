package examples

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var readmeBlock = regexp.MustCompile("(?ms)^```(console|hcl)\n(.*?)^```$")

// TestReadme plays the first session of README.md: what it shows is what is seen, but for ids, times and the folder.
func TestReadme(t *testing.T) {
	page, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	e := build(t)
	var models []string
	sessions := 0
	for _, block := range readmeBlock.FindAllStringSubmatch(string(page), -1) {
		text := block[2]
		switch {
		case block[1] == "hcl" && strings.HasPrefix(text, "table "):
			models = append(models, text)
			continue
		case block[1] == "hcl":
			if got := e.newest(); same(got) != same(text) {
				t.Errorf("README.md shows another revision (-shown +made):\n%s", cmp.Diff(same(text), same(got)))
			}
			continue
		case strings.HasPrefix(text, "$ duo-orm migration create"):
			// The page tells of the first revision in a sentence.
			e.model("users", models[0])
			e.run("migration", "create", "add users")
			e.run("migration", "upgrade")
			e.model("users", models[1])
			e.model("posts", models[2])
		case strings.HasPrefix(text, "$ duo-orm migration check"):
			e.run("migration", "upgrade")
		}
		sessions++
		var got strings.Builder
		for _, command := range regexp.MustCompile(`(?m)^\$ duo-orm (.*)$`).FindAllStringSubmatch(text, -1) {
			got.WriteString(command[0] + "\n" + e.run(words(command[1])...))
		}
		if diff := cmp.Diff(same(text), same(got.String())); diff != "" {
			t.Errorf("README.md shows another session (-shown +seen):\n%s", diff)
		}
	}
	if sessions != 4 || len(models) != 3 {
		t.Errorf("%d sessions and %d models found; is the page still read right?", sessions, len(models))
	}
}

// words are the arguments of a command line in which quotes hold some together.
func words(line string) []string {
	var list []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			list = append(list, part)
		} else {
			list = append(list, strings.Fields(part)...)
		}
	}
	return list
}

// same takes out what differs from run to run: ids, fingerprints, times, the folder, the engine's version, and widths of columns.
func same(text string) string {
	for _, c := range [][2]string{
		{`Set up duo-orm in .*`, "Set up duo-orm"}, {`\b\d{14}_`, "TIME_"}, {`\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`, "TIME"},
		{`(^|[^0-9a-f])[0-9a-f]{16}([^0-9a-f]|$)`, "${1}PRINT$2"}, {`(^|[^0-9a-f])[0-9a-f]{12}([^0-9a-f]|$)`, "${1}ID$2"}, {`\b[\d.]+ (ms|s|µs)\b`, "T"}, {`SQLite \d+\.\d+\.\d+`, "SQLite X"}, {` +`, " "},
		{`\n\s*\n`, "\n"},
	} {
		text = regexp.MustCompile(c[0]).ReplaceAllString(text, c[1])
	}
	return strings.TrimSpace(text)
}

func (e example) model(name, text string) {
	e.t.Helper()
	if err := os.WriteFile(filepath.Join(e.folder, "db/models", name+".hcl"), []byte(text), 0o644); err != nil {
		e.t.Fatal(err)
	}
}

// newest is the text of the revision file that was made last.
func (e example) newest() string {
	e.t.Helper()
	files, err := filepath.Glob(filepath.Join(e.folder, "db/migrations/versions/*posts*.hcl"))
	if err != nil || len(files) != 1 {
		e.t.Fatalf("%d files, %v", len(files), err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		e.t.Fatal(err)
	}
	return string(text)
}
