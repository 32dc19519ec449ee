package sqlite

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Revision files hold fingerprints. If this test fails, a canonical form has changed, and every history that was written
// before would look drifted: count up fingerprintForm in package drivers, then take the new values over.
func TestFingerprintsStay(t *testing.T) {
	const model = `
table "users" {
  column "id" {
    type           = int
    auto_increment = true
  }
  column "Mail" {
    type    = varchar(20)
    default = "x"
    collate = "NOCASE"
  }
  column "age" {
    type    = int
    null    = true
    default = sql("(1 + 2)")
  }
  primary_key {
    columns = [column.id]
  }
  unique {
    columns = [column.Mail]
  }
  check {
    expr = "(Age > 0) AND length(mail) != 3"
  }
  index "i" {
    on {
      expr = "lower(Mail)"
      desc = true
    }
    where = "age IS NOT NULL"
  }
}
view "v" {
  as = "SELECT id, count(*), Mail AS m FROM users"
}
trigger "t" {
  on = table.users
  after {
    update_of = [column.age]
  }
  when = "NEW.age <> OLD.age"
  as   = "BEGIN DELETE FROM users WHERE id = NEW.Id AND mail = 'It''s'; END"
}
virtual_table "f" {
  module    = "fts5"
  arguments = ["a", "tokenize='porter'"]
}
`
	state, diags := hclschema.Load([]hclschema.Source{{Name: "m.hcl", Bytes: []byte(model)}}, nil, Driver{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	got := map[string]string{}
	for _, unit := range drivers.Units(Driver{}, state) {
		got[unit.Identity().String()] = drivers.Fingerprint(Driver{}, unit, state.Key)
	}
	want := map[string]string{
		"table users": "b040676848681160", "view v": "634fe46a86ae372f", "trigger users.t": "7cbab594da71546a", "virtual_table f": "88e08ce431be7c93",
	}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("(-want +got):\n%s", difference)
	}
}

func TestFingerprintsOfOtherForms(t *testing.T) {
	for print, want := range map[string]bool{"c41f9a02d7716be4": true, "9-c41f9a02d7716be4": false, "": true} {
		if got := drivers.Comparable(print); got != want {
			t.Errorf("Comparable(%q) = %t", print, got)
		}
	}
}
