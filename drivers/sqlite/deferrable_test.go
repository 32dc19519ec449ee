package sqlite

import "testing"

// TestStrayDeferrable asks SQLite which foreign key a DEFERRABLE behind another column makes wait for the commit.
func TestStrayDeferrable(t *testing.T) {
	const schema = `CREATE TABLE p (id INTEGER PRIMARY KEY);
		CREATE TABLE c (a REFERENCES p, b DEFERRABLE INITIALLY DEFERRED, d REFERENCES p DEFERRABLE INITIALLY DEFERRED, e NOT DEFERRABLE)`
	db := memory(t, schema, "PRAGMA foreign_keys = on", "BEGIN")
	for column, want := range map[string]string{"a": "INITIALLY_DEFERRED", "d": ""} {
		_, err := db.Exec("INSERT INTO c (" + column + ") VALUES (1)")
		if (err == nil) != (want != "") {
			t.Errorf("%s: SQLite says %v", column, err)
		}
	}
	got := map[string]string{}
	for _, o := range look(t, memory(t, schema)).State.Objects() {
		if o.Identity.Kind == "foreign_key" {
			got[o.Identity.Name] = o.Properties.Text("deferrable")
		}
	}
	if got["(a) references p"] != "INITIALLY_DEFERRED" || got["(d) references p"] != "" {
		t.Errorf("read as %v", got)
	}
}
