package revision

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// labelled is a file that begins a branch, needing is one that depends on others too.
func labelled(f *File, label string) *File { f.Branch = label; return f }

func needing(f *File, ids ...string) *File { f.DependsOn = ids; return f }

// The graph of these tests:
//
//	r1 ── a2 ── a3 ──────── m4 (joins a3 and b3)
//	  └── b2 (blue) ── b3 ──┘
//	x1 (other) ── x2, which depends on a2
func branches(t *testing.T) *Graph {
	t.Helper()
	return join(t, file("r1"), file("a2", "r1"), file("a3", "a2"), labelled(file("b2", "r1"), "blue"), file("b3", "b2"), file("m4", "a3", "b3"),
		labelled(file("x1"), "other"), needing(file("x2", "x1"), "a2"))
}

func TestResolveWithinBranches(t *testing.T) {
	g := branches(t)
	for _, c := range []struct {
		given    string
		current  []string
		want     string
		wantBack string
	}{
		{"blue", nil, "b2", ""}, {"blue@head", nil, "m4", ""}, {"other@head", nil, "x2", ""}, {"r1@head", nil, "m4", ""}, {"blue@heads", nil, "m4", ""},
		{"blue@base", nil, "r1", "b2"}, {"other@base", nil, "", "x1"}, {"blue@b3", nil, "b3", ""}, {"blue@current", []string{"a3", "b2"}, "b2", ""},
		{"blue@+1", []string{"a3"}, "b2", ""}, {"blue@+1", []string{"a3", "b2"}, "b3", ""}, {"blue@+2", nil, "b3", ""},
		{"blue@-1", []string{"a3", "b3"}, "b2", "b3"}, {"blue@-2", []string{"a3", "b3"}, "r1", "b2"}, {"blue@-1", []string{"m4"}, "b3", "m4"},
		{"other@-1", []string{"a2", "x2"}, "x1", "x2"}, {"blue@head-1", nil, "b3", "m4"}, {"blue@base+1", nil, "b2", ""}, {"blue+1", nil, "b3", ""},
		{"b2@head", nil, "m4", ""}, {"a3-2", nil, "r1", "a2"}, {"m4-1", nil, "a3 b3", "m4"}, {"current-1", []string{"a3"}, "a2", "a3"},
	} {
		got, err := g.Resolve(c.given, c.current)
		if err != nil || strings.Join(got.Revisions, " ") != c.want || strings.Join(got.Back, " ") != c.wantBack {
			t.Errorf("%s at %v: %v back %v, %v; want %s back %s", c.given, c.current, got.Revisions, got.Back, err, c.want, c.wantBack)
		}
	}
	for _, c := range []struct {
		given   string
		current []string
		want    string
	}{
		{"blue@", nil, "say what of the branch is meant"}, {"@head", nil, "name the branch before the @"}, {"head@head", nil, "head is no branch"}, {"green@head", nil, `there is no revision "green"`}, {"bleu@head", nil, `did you mean "blue"`},
		{"blue@a3", nil, "doesn't belong to the branch blue"}, {"blue@-3", []string{"b3"}, "before the branch blue"}, {"other@-1", []string{"a2"}, "before the branch other"},
		{"-1", []string{"a3", "b2"}, "it can be counted from several revisions: b2, a3; name the one that is meant"}, {"m4-2", nil, "several revisions: b3, a3"},
		{"+1", []string{"r1"}, "several revisions follow there: b2, a2"}, {"base+1", nil, "several revisions follow there: x1, r1"}, {"head", nil, "several heads: x2, m4"},
	} {
		if _, err := g.Resolve(c.given, c.current); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s at %v: %v; want %s", c.given, c.current, err, c.want)
		}
	}
	parted := join(t, file("r1"), file("p2", "r1"), file("q2", "r1"), file("q3", "q2"), file("q4", "q2"))
	var heads *MultipleHeadsError
	if _, err := parted.Resolve("q2@head", nil); !errors.As(err, &heads) || heads.Branch != "q2" || idsOf(heads.Heads) != "q3, q4" || idsOf(heads.Parting) != "q2" {
		t.Errorf("q2@head: %v", err)
	}
	if _, err := parted.Resolve("head", nil); !errors.As(err, &heads) || idsOf(heads.Parting) != "r1" {
		t.Errorf("head: %v", err)
	}
}

func TestCountsFromDatabase(t *testing.T) {
	for text, want := range map[string]bool{"-1": true, "+2": true, "current": true, "current-1": true, "blue@-1": true, "blue@current": true,
		"head": false, "head-1": false, "blue@head": false, "3f2a": false, "3f2a-1": false, "blue@base": false, "": false} {
		if got := CountsFromDatabase(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// What is needed is applied first, and what a branch stands on isn't taken away from under it.
func TestWaysWithBranches(t *testing.T) {
	g := branches(t)
	if got := idsOf(g.Upgrade(nil, []string{"x2"})); got != "r1, a2, x1, x2" {
		t.Errorf("upgrade x2: %s", got)
	}
	if got := idsOf(g.Upgrade([]string{"r1", "a2", "x1"}, []string{"x2", "m4"})); got != "a3, b2, b3, m4, x2" {
		t.Errorf("upgrade heads: %s", got)
	}
	all := []string{"r1", "a2", "a3", "b2", "b3", "m4", "x1", "x2"}
	for _, c := range []struct {
		applied []string
		to      string
		want    string
	}{
		{all, "base", "x2, x1, m4, b3, b2, a3, a2, r1"}, {all, "a3", "m4"}, {all, "b2", "m4, b3"}, {all, "m4-1", "m4"}, {all, "blue@-1", "m4"}, {all, "other@base", "x2, x1"},
		{all, "a2", "m4, a3"}, {[]string{"r1", "a2", "a3", "b2", "b3"}, "blue@base", "b3, b2"}, {[]string{"r1", "a2", "a3", "b2"}, "a3-1", "a3"},
	} {
		target, err := g.Resolve(c.to, g.Current(set(c.applied)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := g.Downgrade(c.applied, target)
		if err != nil || idsOf(got) != c.want {
			t.Errorf("downgrade %s: %s, %v; want %s", c.to, idsOf(got), err, c.want)
		}
	}
	for to, want := range map[string]string{
		"r1":        "revision x2 () of another branch depends on a2, which would be taken back",
		"a2-1":      "revision x2 () of another branch depends on a2, which would be taken back",
		"blue@base": "revision m4 () joins b2 with a3 of another branch, and would have to be taken back too",
	} {
		target, err := g.Resolve(to, []string{"m4", "x2"})
		if err != nil {
			t.Fatal(err)
		}
		var ground *GroundError
		if _, err := g.Downgrade(all, target); !errors.As(err, &ground) || err.Error() != want {
			t.Errorf("downgrade %s: %v; want %s", to, err, want)
		}
	}
}

func TestLabels(t *testing.T) {
	g := branches(t)
	for id, want := range map[string][]string{"r1": nil, "a3": nil, "b3": {"blue"}, "m4": {"blue"}, "x2": {"other"}} {
		if difference := cmp.Diff(want, g.Labels(id)); difference != "" {
			t.Errorf("%s: %s", id, difference)
		}
	}
	if g.Linear() || !join(t, file("a"), file("b", "a")).Linear() {
		t.Error("what is one line")
	}
}

// Files without dependencies have the checksums that databases recorded before there were any.
func TestChecksumStays(t *testing.T) {
	const want = "903db828c1d01bf04bdd6f491f677f6713502899fe39ed0580d1f5e77552a5bd"
	f := example()
	f.Branch = "blue"
	if got := Checksum(f); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
