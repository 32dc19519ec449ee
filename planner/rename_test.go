package planner

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseRename(t *testing.T) {
	type want struct {
		Kind string
		Old  []string
		New  string
	}
	for text, expected := range map[string]want{
		`users=people`:                {Old: []string{"users"}, New: "people"},
		`users.mail=email`:            {Old: []string{"users", "mail"}, New: "email"},
		`index users.old_idx=new_idx`: {Kind: "index", Old: []string{"users", "old_idx"}, New: "new_idx"},
		`"a.b"."c=d"="e f"`:           {Old: []string{"a.b", "c=d"}, New: "e f"},
		`users.größe=size of it`:      {Old: []string{"users", "größe"}, New: "size of it"},
		`view "my view"=v`:            {Kind: "view", Old: []string{"my view"}, New: "v"},
		`table users=x.y`:             {Kind: "table", Old: []string{"users"}, New: "x.y"},
	} {
		path, kind, err := parseRename(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if difference := cmp.Diff(expected, want{kind, path.old, path.name}); difference != "" {
			t.Errorf("%s (-want +got):\n%s", text, difference)
		}
	}
	for _, text := range []string{"", "users", "a.b.c=d", "a=", `"a=b`, "=x", "a.=b"} {
		var wrong *RenameError
		if _, _, err := parseRename(text); !errors.As(err, &wrong) {
			t.Errorf("%q: got %v", text, err)
		}
	}
}
