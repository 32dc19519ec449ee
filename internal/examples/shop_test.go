package examples

import (
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

// TestMain stops the server that the tests shared.
func TestMain(m *testing.M) { testserver.Main(m) }

// TestShop takes the shop up, down to the base and up again, and has it checked and proved.
func TestShop(t *testing.T) {
	url := testserver.Postgres(t).Database(t)
	p := open(t, "shop")
	t.Setenv("DATABASE_URL", url)
	p.run("schema", "fmt", "--check")
	p.run("migration", "upgrade")
	p.run("migration", "check")
	testserver.Exec(t, url,
		"INSERT INTO customers (full_name, mail) VALUES ('Ada', 'ada@example.org')",
		"INSERT INTO products (sku, title, price) VALUES ('tea', 'Green tea', 4.50)",
		"INSERT INTO orders (customer_id) SELECT id FROM customers",
		"INSERT INTO order_lines (order_id, sku, pieces, price) SELECT id, 'tea', 2, 4.50 FROM orders",
		"INSERT INTO payments VALUES (1, '2026-05-05', 9), (1, '2030-01-01', 1)",
		"DO $$ BEGIN IF (SELECT total FROM orders) <> 9 THEN RAISE EXCEPTION 'the trigger did not add up'; END IF; END $$",
	)
	p.run("migration", "downgrade")
	p.run("migration", "upgrade")
	testserver.Exec(t, url, "DO $$ BEGIN IF (SELECT full_name FROM customers) <> 'Ada' OR (SELECT count(*) FROM payments) <> 2 THEN RAISE EXCEPTION 'rows were lost'; END IF; END $$")
	p.run("migration", "downgrade", "base")
	p.run("migration", "upgrade")
	for _, revision := range []string{"head", "head-1"} {
		p.run("migration", "prove", revision)
	}
	if left := p.run("migration", "create", "nothing", "--dry-run"); !strings.Contains(left, "Nothing to do") {
		t.Errorf("the models and the revisions differ:\n%s", left)
	}
}
