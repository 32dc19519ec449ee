package examples

import "testing"

// TestPlans takes reference data up, down and up again, with rows beside it that nobody declared.
func TestPlans(t *testing.T) {
	p := open(t, "plans")
	p.run("schema", "fmt", "--check")
	p.run("migration", "upgrade", "+1")
	p.expect("EUR,JPY,USD", `SELECT group_concat(code) FROM (SELECT code FROM currencies ORDER BY code)`)
	p.run("migration", "upgrade")
	p.run("migration", "check")
	p.expect("EUR,GBP,USD", `SELECT group_concat(code) FROM (SELECT code FROM currencies ORDER BY code)`)
	p.expect("business", `SELECT replaced_by FROM plans WHERE code = 'team'`)
	p.run("migration", "downgrade")
	p.expect("Yen", `SELECT name FROM currencies WHERE code = 'JPY'`)
	p.expect("free,team", `SELECT group_concat(code) FROM plans`)
	p.run("migration", "upgrade")
	p.run("migration", "prove", "head")
	p.run("migration", "downgrade", "base")
	if facts := p.schema(); len(facts) > 0 {
		t.Errorf("the base is not empty: %q", facts)
	}
}
