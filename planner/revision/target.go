package revision

import (
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Target is where an upgrade or a downgrade leads: these revisions and all that they follow; none for base.
type Target struct{ Revisions []string }

// UnknownRevisionError is returned for a revision that no file holds.
type UnknownRevisionError struct {
	Given string
	// Nearest is the id that was likely meant, empty where none is near; Candidates are the newest.
	Nearest    string
	Candidates []string
}

// Error implements error.
func (e *UnknownRevisionError) Error() string {
	text := fmt.Sprintf("there is no revision %q", e.Given)
	if e.Nearest != "" {
		return text + fmt.Sprintf("; did you mean %q?", e.Nearest)
	}
	if len(e.Candidates) > 0 {
		text += "; there are " + strings.Join(e.Candidates, ", ")
	}
	return text
}

// AmbiguousRevisionError is returned for the beginning of more than one id.
type AmbiguousRevisionError struct {
	Given      string
	Candidates []string
}

// Error implements error.
func (e *AmbiguousRevisionError) Error() string {
	return fmt.Sprintf("%q is the beginning of several revisions: %s", e.Given, strings.Join(e.Candidates, ", "))
}

// MultipleHeadsError is returned where one head is meant and there are several.
type MultipleHeadsError struct{ Heads []string }

// Error implements error.
func (e *MultipleHeadsError) Error() string {
	return fmt.Sprintf("there are several heads: %s", strings.Join(e.Heads, ", "))
}

// DistanceError is returned for a relative target that lies beyond base or head, or that could lead to several places.
type DistanceError struct{ Given, Reason string }

// Error implements error.
func (e *DistanceError) Error() string { return fmt.Sprintf("%s: %s", e.Given, e.Reason) }

var relative = regexp.MustCompile(`^(.*?)([+-][0-9]+)$`)

// Resolve finds what a person means by head, heads, base, current, an id or its unique beginning, -N or +N counted from what
// is applied, or REV-N and REV+N. current are the applied revisions that no other applied one follows.
func (g *Graph) Resolve(text string, current []string) (Target, error) {
	switch text {
	case "base":
		return Target{}, nil
	case "heads":
		return Target{ids(g.Heads())}, nil
	case "head":
		heads := ids(g.Heads())
		if len(heads) > 1 {
			return Target{}, &MultipleHeadsError{Heads: heads}
		}
		return Target{heads}, nil
	case "current":
		return Target{current}, nil
	}
	if parts := relative.FindStringSubmatch(text); parts != nil {
		from := Target{current}
		if parts[1] != "" {
			var err error
			if from, err = g.Resolve(parts[1], current); err != nil {
				return Target{}, err
			}
		}
		distance, err := strconv.Atoi(parts[2])
		if err != nil {
			return Target{}, &DistanceError{text, "the number is too large"}
		}
		return g.walk(text, from, distance)
	}
	f, err := g.find(text)
	if err != nil {
		return Target{}, err
	}
	return Target{[]string{f.ID}}, nil
}

// Find is the revision of a full id or its unique beginning.
func (g *Graph) Find(text string) (*File, error) { return g.find(text) }

func (g *Graph) find(text string) (*File, error) {
	if f := g.byID[text]; f != nil {
		return f, nil
	}
	var found []string
	for id := range g.byID {
		if text != "" && strings.HasPrefix(id, strings.ToLower(text)) {
			found = append(found, id)
		}
	}
	sort.Strings(found)
	switch len(found) {
	case 0:
		return nil, g.unknown(text)
	case 1:
		return g.byID[found[0]], nil
	default:
		return nil, &AmbiguousRevisionError{Given: text, Candidates: found}
	}
}

func (g *Graph) unknown(text string) error {
	all := ids(g.Revisions())
	return &UnknownRevisionError{Given: text, Nearest: hclschema.Nearest(text, append(all, "head", "heads", "base", "current")), Candidates: g.newest(5)}
}

// newest are the ids of the newest revisions, for a message.
func (g *Graph) newest(n int) []string {
	list := ids(g.Revisions())
	return list[:min(n, len(list))]
}

// walk goes from a revision to its nth parent or child. Base is one step before a root.
func (g *Graph) walk(text string, from Target, distance int) (Target, error) {
	for ; distance < 0; distance++ {
		if len(from.Revisions) == 0 {
			return Target{}, &DistanceError{text, "that lies before base"}
		}
		if len(from.Revisions) > 1 {
			return Target{}, &DistanceError{text, "there are several current revisions: " + strings.Join(from.Revisions, ", ") + "; name the one that is meant"}
		}
		f := g.byID[from.Revisions[0]]
		if f == nil {
			return Target{}, g.unknown(from.Revisions[0])
		}
		from = Target{append([]string(nil), f.Parents...)}
	}
	for ; distance > 0; distance-- {
		var next []*File
		switch len(from.Revisions) {
		case 0:
			next = g.Roots()
		case 1:
			next = g.children[from.Revisions[0]]
		default:
			return Target{}, &DistanceError{text, "there are several current revisions: " + strings.Join(from.Revisions, ", ") + "; name the one that is meant"}
		}
		switch len(next) {
		case 0:
			return Target{}, &DistanceError{text, "that lies beyond head"}
		case 1:
			from = Target{[]string{next[0].ID}}
		default:
			return Target{}, &DistanceError{text, "several revisions follow there: " + idsOf(next) + "; name the one that is meant"}
		}
	}
	return from, nil
}

func ids(list []*File) []string {
	var texts []string
	for _, f := range list {
		texts = append(texts, f.ID)
	}
	return texts
}
