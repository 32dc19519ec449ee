package revision

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func file(id string, parents ...string) *File {
	return &File{ID: id, Path: id + ".hcl", Parents: parents, Dialect: "sqlite", Created: time.Unix(0, 0)}
}

func join(t *testing.T, files ...*File) *Graph {
	t.Helper()
	g, diags := Join(files)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return g
}

func TestResolve(t *testing.T) {
	line := join(t, file("c3", "b2"), file("b2", "a1"), file("a1"))
	for _, c := range []struct {
		given   string
		current []string
		want    []string
	}{
		{"head", nil, []string{"c3"}}, {"heads", nil, []string{"c3"}}, {"base", []string{"c3"}, nil}, {"b", nil, []string{"b2"}},
		{"-1", []string{"c3"}, []string{"b2"}}, {"-3", []string{"c3"}, nil}, {"+1", nil, []string{"a1"}}, {"+1", []string{"a1"}, []string{"b2"}},
		{"head-1", nil, []string{"b2"}}, {"b2+1", nil, []string{"c3"}}, {"a1-1", nil, nil}, {"current", []string{"b2"}, []string{"b2"}},
	} {
		got, err := line.Resolve(c.given, c.current)
		if difference := cmp.Diff(c.want, got.Revisions); err != nil || difference != "" && len(c.want)+len(got.Revisions) > 0 {
			t.Errorf("%s at %v: %v (-want +got):\n%s", c.given, c.current, err, difference)
		}
	}
	var distance *DistanceError
	for _, given := range []string{"+1", "c3+1", "-9", "+99999999999999999999"} {
		if _, err := line.Resolve(given, []string{"c3"}); !errors.As(err, &distance) {
			t.Errorf("%s: %v", given, err)
		}
	}
	var unknown *UnknownRevisionError
	if _, err := line.Resolve("zz", nil); !errors.As(err, &unknown) || len(unknown.Candidates) != 3 {
		t.Errorf("zz: %v", err)
	}
	if _, err := line.Resolve("haed", nil); !errors.As(err, &unknown) || unknown.Nearest != "head" {
		t.Errorf("haed: %v", err)
	}
	branches := join(t, file("aa1"), file("ab2", "aa1"), file("ab3", "aa1"))
	var ambiguous *AmbiguousRevisionError
	if _, err := branches.Resolve("ab", nil); !errors.As(err, &ambiguous) || len(ambiguous.Candidates) != 2 {
		t.Errorf("ab: %v", err)
	}
	var heads *MultipleHeadsError
	if _, err := branches.Resolve("head", nil); !errors.As(err, &heads) {
		t.Errorf("head: %v", err)
	}
	if _, err := branches.Resolve("aa1+1", nil); !errors.As(err, &distance) {
		t.Errorf("aa1+1: %v", err)
	}
}

func replacing(f *File, ids ...string) *File {
	f.Replaces = ids
	return f
}

// What a revision stands for can be taken out of its file when nobody needs it: it doesn't count.
func TestReplacesIsReadAndDoesNotCount(t *testing.T) {
	f := replacing(file("b"), "a1", "a2")
	f.Dialect, f.StoodFor = "sqlite", map[string][]string{"a2": {"a3", "a4"}, "a3": {"a5"}}
	text, err := Checked(f)
	if err != nil {
		t.Fatal(err)
	}
	read, diags := Read("b.hcl", text)
	if diags.HasErrors() || !slices.Equal(read.Replaces, f.Replaces) || !maps.EqualFunc(read.StoodFor, f.StoodFor, slices.Equal[[]string]) {
		t.Fatalf("%v, %+v", diags, read)
	}
	if Checksum(read) != Checksum(&File{ID: "b", Dialect: "sqlite"}) {
		t.Error("it counts")
	}
}

func TestJoinErrors(t *testing.T) {
	for name, files := range map[string][]*File{
		"Duplicate revision": {file("a"), file("a")}, "Unknown parent": {file("a", "b")}, "Revision in a ring": {file("a", "a")},
		"Revisions in a ring": {file("a", "b"), file("b", "a")}, "Duplicate parent": {file("a"), file("b", "a", "a")},
		"Unknown dependency": {needing(file("a"), "b")}, "Duplicate dependency": {file("a"), needing(file("b"), "a", "a")},
		"Dependency on a parent": {file("a"), needing(file("b", "a"), "a")}, "Label used twice": {labelled(file("a"), "x"), labelled(file("b"), "x")},
		"Label like an id":  {file("x1"), labelled(file("b"), "x1")},
		"Replaced revision": {file("a"), replacing(file("b"), "a")}, "Replaces itself": {replacing(file("b"), "b")},
		"Replaced twice": {replacing(file("b"), "a"), replacing(file("c"), "a")},
	} {
		if _, diags := Join(files); !diags.HasErrors() || diags[0].Summary != name {
			t.Errorf("want %q, got %v", name, diags)
		}
	}
	_, diags := Join([]*File{file("a"), needing(file("b", "a"), "d"), file("c"), file("d", "c", "b")})
	if want := "These revisions follow or depend on each other in a ring: b, d. Correct parents or depends_on of one of them."; !diags.HasErrors() || diags[0].Detail != want {
		t.Errorf("got %v", diags)
	}
}

// In any graph an upgrade runs each revision once, after its parents, and a downgrade leaves what is asked for.
func TestWaysThroughGraphs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "revisions")
		var files []*File
		for i := range n {
			f := file(string(rune('a'+i%26)) + string(rune('a'+i/26)))
			if i > 0 {
				for _, p := range rapid.SliceOfNDistinct(rapid.IntRange(0, i-1), 0, 2, rapid.ID[int]).Draw(t, "parents") {
					f.Parents = append(f.Parents, files[p].ID)
				}
			}
			files = append(files, f)
		}
		g, diags := Join(files)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		target := files[rapid.IntRange(0, n-1).Draw(t, "target")].ID
		applied := map[string]bool{}
		for _, f := range g.Upgrade(nil, []string{target}) {
			for _, p := range f.Parents {
				if !applied[p] {
					t.Fatalf("%s runs before its parent %s", f.ID, p)
				}
			}
			applied[f.ID] = true
		}
		if difference := cmp.Diff(g.Ancestors(target), applied); difference != "" {
			t.Fatalf("(-want +got):\n%s", difference)
		}
		var now []string
		for id := range applied {
			now = append(now, id)
		}
		way, err := g.Downgrade(now, Target{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range way {
			for _, child := range g.Children(f.ID) {
				if applied[child.ID] {
					t.Fatalf("%s is taken back before %s", f.ID, child.ID)
				}
			}
			delete(applied, f.ID)
		}
		if len(applied) > 0 {
			t.Fatalf("left: %v", applied)
		}
	})
}
