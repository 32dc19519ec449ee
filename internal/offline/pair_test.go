package offline

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/conformance"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
	"github.com/duo-orm/duo-orm/planner/execute"
	"github.com/duo-orm/duo-orm/planner/revision"
)

const versionTable = "duo_orm_revisions"

// engine is an engine with its shell. Databases have names.
type engine struct {
	driver drivers.Driver
	url    func(name string) string
	// shell runs a script and returns what it printed.
	shell func(name, script string) (string, error)
	// dump is everything in a database as text.
	dump func(t *testing.T, name string) string
}

// pair is two databases that are to be the same: one for the command, one for scripts.
type pair struct {
	*testing.T
	engine
	command, script string
	conn            drivers.Connection
	files           []*revision.File
}

func newPair(t *testing.T, e engine, name string) *pair {
	t.Helper()
	p := &pair{T: t, engine: e, command: name + "_c", script: name + "_s"}
	conn, err := e.driver.Open(t.Context(), e.url(p.command), drivers.OpenOptions{Create: true, VersionTable: versionTable})
	if err != nil {
		t.Fatal(err)
	}
	p.conn = conn
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// plan adds the revision that leads to the models.
func (p *pair) plan(models string, renames []string) error {
	p.Helper()
	state, diags := hclschema.LoadWith([]hclschema.Source{{Name: "models.hcl", Bytes: []byte(models)}}, hclschema.LoadOptions{}, p.driver)
	if diags.HasErrors() {
		p.Fatal(diags)
	}
	plan, err := planner.Create(p.Context(), planner.Request{Driver: p.driver, Live: p.conn, Desired: state, Renames: renames, Unproven: true,
		Managed: func(hclschema.Identity) bool { return true }})
	if err != nil {
		return err
	}
	meta := planner.Meta{ID: "r" + string(rune('1'+len(p.files))), Message: "it's\nrevision", Created: time.Date(2026, 11, 24, 4, 12, len(p.files), 0, time.UTC)}
	for _, file := range p.files {
		meta.Parents = []string{file.ID}
	}
	p.files = append(p.files, planner.Revision(plan, meta))
	return nil
}

func (p *pair) graph() *revision.Graph {
	p.Helper()
	graph, diags := revision.Join(p.files)
	if diags.HasErrors() {
		p.Fatal(diags)
	}
	return graph
}

func (p *pair) options(target string) execute.Options {
	return execute.Options{Driver: p.driver, Conn: p.conn, Graph: p.graph(), Target: target, Clock: time.Now, Tool: "duo-orm test", VersionTable: versionTable, AllowDrift: true}
}

// move runs the command on the one database, and the script on the other, and compares them.
func (p *pair) move(from []string, target string, down bool) {
	p.Helper()
	run := execute.Upgrade
	if down {
		run = execute.Downgrade
	}
	if _, err := run(p.Context(), p.options(target)); err != nil {
		p.Fatalf("the command: %v", err)
	}
	p.runScript(p.write(from, target, down))
	p.same()
}

// write is the script.
func (p *pair) write(from []string, target string, down bool) string {
	p.Helper()
	out, err := p.driver.(drivers.Scripter).Script(p.url(p.script), drivers.OpenOptions{VersionTable: versionTable})
	if err != nil {
		p.Fatal(err)
	}
	scripted, err := execute.Script(p.options(target), out, from, down)
	if err != nil {
		p.Fatalf("the script: %v", err)
	}
	return scripted.SQL
}

func (p *pair) runScript(script string) {
	p.Helper()
	if out, err := p.shell(p.script, script); err != nil {
		p.Fatalf("%v\n%s\n%s", err, out, script)
	}
}

// put runs statements on both databases.
func (p *pair) put(statements []string) {
	p.Helper()
	for _, statement := range statements {
		if _, err := p.conn.Exec(p.Context(), statement); err != nil {
			p.Fatalf("%s: %v", statement, err)
		}
		out, err := p.driver.(drivers.Scripter).Script(p.url(p.script), drivers.OpenOptions{VersionTable: versionTable})
		if err != nil {
			p.Fatal(err)
		}
		text, err := out.Statement(statement)
		if err != nil {
			p.Fatal(err)
		}
		p.runScript(out.Open() + text)
	}
}

var times = regexp.MustCompile(`20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ`)

// same compares everything in the two databases but the times in the version table.
func (p *pair) same() {
	p.Helper()
	want, got := p.dump(p.T, p.command), p.dump(p.T, p.script)
	if diff := cmp.Diff(times.ReplaceAllString(want, "TIME"), times.ReplaceAllString(got, "TIME")); diff != "" {
		p.Errorf("what the script leaves isn't what the command leaves:\n%s", diff)
	}
	if strings.Count(want, "Z'") != strings.Count(got, "Z'") {
		p.Error("times are written in another form")
	}
}

// cases runs one of so many cases of the conformance suite up and down.
func cases(t *testing.T, e engine, every int) {
	number := 0
	for _, c := range conformance.Cases() {
		if !c.Concerns(e.driver) || c.Refused != "" || c.Nothing || c.Manages {
			continue
		}
		if number++; number%every != 0 {
			continue
		}
		name := fmt.Sprintf("case%d", number)
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			p := newPair(t, e, name)
			if err := p.plan(c.Models(c.Before), nil); err != nil {
				t.Fatal(err)
			}
			if len(p.files[0].Upgrade) == 0 {
				t.Skip("it begins with nothing")
			}
			p.move(nil, "r1", false)
			p.put(c.Rows)
			if err := p.plan(c.Models(c.After), c.Renames); err != nil {
				t.Fatal(err)
			}
			p.move([]string{"r1"}, "r2", false)
			p.move([]string{"r2"}, "r1", true)
			p.move([]string{"r1"}, "base", true)
		})
	}
}

// nightly says that everything is run.
func nightly() bool { return os.Getenv("DUO_ORM_NIGHTLY") != "" }
