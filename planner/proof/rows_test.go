package proof

import (
	"strings"
	"testing"
)

// Tables of every shape get rows.
func TestRowsAreMade(t *testing.T) {
	cases := map[string]string{
		"plain":            "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b REAL)",
		"no type":          "CREATE TABLE t (a, b NOT NULL)",
		"between":          "CREATE TABLE t (age INT NOT NULL CHECK (age BETWEEN 18 AND 99))",
		"list":             "CREATE TABLE t (status TEXT NOT NULL CHECK (status IN ('new', 'done')))",
		"one of a list":    "CREATE TABLE t (status TEXT NOT NULL UNIQUE CHECK (status IN ('only')))",
		"length":           "CREATE TABLE t (zip TEXT NOT NULL CHECK (length(zip) = 5))",
		"like":             "CREATE TABLE t (x TEXT NOT NULL CHECK (x LIKE 'ab%'))",
		"mail":             "CREATE TABLE t (x TEXT NOT NULL UNIQUE CHECK (x LIKE '%_@__%.__%'))",
		"glob":             "CREATE TABLE t (x TEXT NOT NULL CHECK (x GLOB '[0-9]*'))",
		"only digits":      "CREATE TABLE t (x TEXT NOT NULL CHECK (x NOT GLOB '*[^0-9]*' AND length(x) = 10))",
		"less than":        "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, CHECK (a > b), CHECK (a > 1000))",
		"three columns":    "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, c INT NOT NULL, CHECK (a + b = c), CHECK (a > 10 AND b < 5))",
		"dates":            "CREATE TABLE t (a DATE NOT NULL, b DATE NOT NULL, CHECK (a < b), CHECK (a > '2030-01-01'))",
		"date text":        "CREATE TABLE t (a TEXT NOT NULL CHECK (a IS date(a)))",
		"json":             "CREATE TABLE t (x TEXT NOT NULL CHECK (json_valid(x)))",
		"json type":        "CREATE TABLE t (x TEXT NOT NULL CHECK (json_type(x) = 'array'))",
		"json path":        "CREATE TABLE t (x TEXT NOT NULL CHECK (json_extract(x, '$.a.b') >= 1))",
		"typeof":           "CREATE TABLE t (x NOT NULL CHECK (typeof(x) = 'integer'))",
		"typeof blob":      "CREATE TABLE t (x BLOB NOT NULL CHECK (typeof(x) = 'blob' AND length(x) = 16))",
		"boolean":          "CREATE TABLE t (x BOOLEAN NOT NULL CHECK (x IN (0, 1)), y INTEGER NOT NULL CHECK (y IN (0, 1)))",
		"upper":            "CREATE TABLE t (x TEXT NOT NULL CHECK (x = upper(x) AND length(x) = 3))",
		"exactly one":      "CREATE TABLE t (a INT, b INT, CHECK ((a IS NULL) <> (b IS NULL)))",
		"real":             "CREATE TABLE t (x REAL NOT NULL CHECK (x > 0 AND x < 1))",
		"modulo":           "CREATE TABLE t (x INT NOT NULL UNIQUE CHECK (x % 7 = 0 AND x > 20))",
		"many checks":      "CREATE TABLE t (a INT NOT NULL CHECK (a > 100), b TEXT NOT NULL CHECK (b LIKE 'z%'), c TEXT NOT NULL CHECK (length(c) = 7), d INT NOT NULL CHECK (d < 0), e TEXT NOT NULL CHECK (e IN ('p', 'q')), f INT NOT NULL CHECK (f BETWEEN 70 AND 80), g TEXT NOT NULL CHECK (g GLOB '[A-Z][A-Z]'), h REAL NOT NULL CHECK (h >= 0.25 AND h <= 0.5))",
		"check names":      `CREATE TABLE "a b" ("x y" INT NOT NULL, CONSTRAINT "c d" CHECK ("a b"."x y" > 500))`,
		"double quotes":    `CREATE TABLE t (x TEXT NOT NULL CHECK (x IN ("u", "v")))`,
		"generated":        "CREATE TABLE t (a INT NOT NULL, b INT AS (a * 2) STORED CHECK (b > 300), c TEXT AS (json_extract(d, '$.k')), d TEXT NOT NULL)",
		"without rowid":    "CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (a, b)) WITHOUT ROWID",
		"strict":           "CREATE TABLE t (a INTEGER, b TEXT NOT NULL, c REAL NOT NULL, d BLOB NOT NULL, e ANY NOT NULL, f INT NOT NULL) STRICT",
		"composite unique": "CREATE TABLE t (a INT NOT NULL, b TEXT NOT NULL, UNIQUE (a, b), UNIQUE (b))",
		"partial unique":   "CREATE TABLE t (a INT NOT NULL, b INT);\nCREATE UNIQUE INDEX i ON t (a) WHERE b > 3",
		"expression index": "CREATE TABLE t (a TEXT NOT NULL);\nCREATE UNIQUE INDEX i ON t (lower(a), json_extract(a, '$'))",
		"foreign key":      "CREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE t (p_id INT NOT NULL REFERENCES p)",
		"child first":      "CREATE TABLE t (p_id INT NOT NULL REFERENCES p (code));\nCREATE TABLE p (id INTEGER PRIMARY KEY, code INT NOT NULL UNIQUE)",
		"composite key":    "CREATE TABLE p (a INT, b TEXT, PRIMARY KEY (a, b));\nCREATE TABLE t (x INT NOT NULL, y TEXT NOT NULL, FOREIGN KEY (x, y) REFERENCES p)",
		"shared column":    "CREATE TABLE o (id INTEGER PRIMARY KEY);\nCREATE TABLE p (o_id INT NOT NULL REFERENCES o, id INT NOT NULL, PRIMARY KEY (o_id, id));\nCREATE TABLE t (o_id INT NOT NULL REFERENCES o, p_id INT NOT NULL, FOREIGN KEY (o_id, p_id) REFERENCES p)",
		"junction":         "CREATE TABLE a (id INTEGER PRIMARY KEY);\nCREATE TABLE b (id INTEGER PRIMARY KEY);\nCREATE TABLE t (a_id INT REFERENCES a, b_id INT REFERENCES b, PRIMARY KEY (a_id, b_id)) WITHOUT ROWID",
		"self":             "CREATE TABLE t (id INTEGER PRIMARY KEY, parent INT REFERENCES t)",
		"self, not null":   "CREATE TABLE t (id INTEGER PRIMARY KEY, parent INT NOT NULL REFERENCES t (id))",
		"self, not itself": "CREATE TABLE t (id INTEGER PRIMARY KEY, parent INT REFERENCES t (id) CHECK (parent <> id))",
		"mutual":           "CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INT REFERENCES b);\nCREATE TABLE b (id INTEGER PRIMARY KEY, a_id INT NOT NULL REFERENCES a)",
		"mutual, not null": "CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INT NOT NULL REFERENCES b);\nCREATE TABLE b (id INTEGER PRIMARY KEY, a_id INT NOT NULL REFERENCES a, n INT NOT NULL CHECK (n > 500))",
		"ring of three":    "CREATE TABLE a (id TEXT PRIMARY KEY, x TEXT NOT NULL REFERENCES b);\nCREATE TABLE b (id TEXT PRIMARY KEY, x TEXT NOT NULL REFERENCES c);\nCREATE TABLE c (id TEXT PRIMARY KEY, x TEXT NOT NULL REFERENCES a);\nCREATE TABLE d (id INT REFERENCES a)",
		"key with a check": "CREATE TABLE p (id INTEGER PRIMARY KEY CHECK (id > 100));\nCREATE TABLE t (p_id INT NOT NULL REFERENCES p, n INT NOT NULL, CHECK (n > p_id))",
		"counter":          "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL)",
		"conflict clauses": "CREATE TABLE t (a INT NOT NULL ON CONFLICT ROLLBACK CHECK (a > 900), b INT UNIQUE ON CONFLICT REPLACE, c INT UNIQUE ON CONFLICT FAIL)",
		"hostile names":    `CREATE TABLE "se""lect; DROP" ("a'b" TEXT NOT NULL, "é ${x}" INT CHECK ("é ${x}" > 7), "--" INT)`,
		"audit trigger":    "CREATE TABLE log (x TEXT);\nCREATE TABLE t (a TEXT);\nCREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END",
		"picky trigger":    "CREATE TABLE t (a INT NOT NULL);\nCREATE TRIGGER g BEFORE INSERT ON t WHEN new.a <> 1000 BEGIN SELECT RAISE(ABORT, 'no'); END",
		"virtual":          "CREATE VIRTUAL TABLE t USING fts5(a, b)",
		"external content": "CREATE TABLE d (id INTEGER PRIMARY KEY, a TEXT);\nCREATE VIRTUAL TABLE t USING fts5(a, content='d', content_rowid='id');\nCREATE TRIGGER g AFTER INSERT ON d BEGIN INSERT INTO t (rowid, a) VALUES (new.id, new.a); END",
		"contentless":      "CREATE VIRTUAL TABLE t USING fts5(a, b, content='')",
		"no columns given": "CREATE TABLE t (id INTEGER PRIMARY KEY)",
		"rtree":            "CREATE VIRTUAL TABLE t USING rtree(id, x0, x1)",
	}
	for name, schema := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			request := way{start: schema, end: schema}.request(t)
			p := newProver(request)
			defer p.closeAll(t)
			if err := p.run(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, table := range p.tables {
				if len(table.rows) == 0 || table.without != "" {
					t.Errorf("%s: %d rows (%s)", table.identity(), len(table.rows), table.without)
				}
			}
		})
	}
}

func (p *prover) closeAll(t *testing.T) {
	for _, d := range p.open {
		if err := d.conn.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Where no row can be made, the result says for which table and why, and the rest is proved.
func TestWithoutRows(t *testing.T) {
	cases := []struct {
		name, start, end, want string
	}{
		{"impossible check", "CREATE TABLE t (a INT NOT NULL CONSTRAINT never CHECK (a > 5 AND a < 5))", "", "t (check never)"},
		{"new column without default", "CREATE TABLE t (a INT)", "CREATE TABLE t (a INT, x INT NOT NULL)", "t (NOT NULL column x has no default in the target)"},
		{"no parent", "CREATE TABLE t (a INT NOT NULL REFERENCES nowhere)", "", "t (a foreign key points to a table that is not there)"},
		{"empty parent", "CREATE TABLE p (id INTEGER PRIMARY KEY CHECK (id <> id));\nCREATE TABLE t (a INT NOT NULL REFERENCES p)", "", "t (a foreign key points to p, which has no rows)"},
		{"trigger", "CREATE TABLE t (a INT);\nCREATE TRIGGER g BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'keep out'); END", "", "keep out"},
		{"ignored", "CREATE TABLE t (a INT);\nCREATE TRIGGER g BEFORE INSERT ON t BEGIN SELECT RAISE(IGNORE); END", "", "t (the engine ignored the row)"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := way{start: c.start + ";\nCREATE TABLE other (a INT)", end: c.start + ";\nCREATE TABLE other (a INT)"}
			if c.end != "" {
				w.end = c.end + ";\nCREATE TABLE other (a INT)"
				w.upgrade = "DROP TABLE t;\n" + c.end
				w.downgrade = "ALTER TABLE t DROP COLUMN x"
			}
			result, err := w.check(t)
			if err != nil {
				t.Fatal(err)
			}
			if len(result.WithoutRows) == 0 || !strings.Contains(strings.Join(result.WithoutRows, "\n"), c.want) {
				t.Errorf("without rows: %q, want %q", result.WithoutRows, c.want)
			}
			if result.Rows == 0 {
				t.Error("the other table has no rows")
			}
		})
	}
}
