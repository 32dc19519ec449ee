package sqlite

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
)

// broken are the identities and messages that Try finds, sorted.
func broken(t testing.TB, c *connection) []string {
	t.Helper()
	inspection, err := c.Inspect(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(inspection.Unread) != 0 {
		t.Fatalf("unread: %v", inspection.Unread)
	}
	found, err := c.Try(context.Background(), inspection.State)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, b := range found {
		lines = append(lines, b.Identity.String()+": "+b.Message)
	}
	sort.Strings(lines)
	return lines
}

func TestTry(t *testing.T) {
	for name, test := range map[string]struct {
		statements []string
		want       []string
	}{
		"nothing": {nil, nil},
		"all sound": {[]string{
			"CREATE TABLE t (a, g AS (a + 1))", "CREATE VIEW v AS SELECT * FROM t", "CREATE VIEW w (x) AS SELECT a FROM v", "CREATE VIRTUAL TABLE f USING fts5(body)",
			"CREATE TRIGGER i AFTER INSERT ON t WHEN new.a > 1 BEGIN INSERT INTO f VALUES (new.g); END",
			"CREATE TRIGGER u BEFORE UPDATE OF g ON t BEGIN SELECT RAISE(ABORT, 'no'); END",
			"CREATE TRIGGER d AFTER DELETE ON t BEGIN DELETE FROM f WHERE body = old.a; END",
			"CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.a); END",
			"CREATE TRIGGER vu INSTEAD OF UPDATE OF a ON v BEGIN UPDATE t SET a = new.a; END",
			"CREATE TRIGGER vd INSTEAD OF DELETE ON v BEGIN DELETE FROM t; END"}, nil},
		"views": {[]string{
			"CREATE VIEW a AS SELECT * FROM nosuch", "CREATE VIEW b AS SELECT * FROM a", "CREATE TABLE t (x)", "CREATE VIEW c AS SELECT y FROM t",
			"CREATE VIEW d AS SELECT nofunction(x) FROM t", "CREATE VIEW e (p, q) AS SELECT x FROM t", "CREATE VIEW ok AS SELECT x FROM t", "CREATE VIEW loop AS SELECT * FROM loop"}, []string{
			"view a: no such table: main.nosuch", "view b: no such table: main.nosuch", "view c: no such column: y",
			"view e: expected 2 columns for 'e' but got 1", "view loop: view loop is circularly defined"}},
		"triggers of one table": {[]string{
			"CREATE TABLE t (a, b)",
			"CREATE TRIGGER t1 AFTER INSERT ON t BEGIN SELECT 1; END",
			"CREATE TRIGGER t2 AFTER INSERT ON t BEGIN SELECT * FROM nosuch; END",
			"CREATE TRIGGER t3 AFTER INSERT ON t BEGIN UPDATE t SET nocolumn = 1; END",
			"CREATE TRIGGER t4 BEFORE INSERT ON t WHEN nofunction(new.a) BEGIN SELECT 1; END",
			"CREATE TRIGGER t5 AFTER UPDATE OF b ON t BEGIN SELECT new.c; END",
			"CREATE TRIGGER t6 AFTER UPDATE OF a ON t BEGIN SELECT new.b; END",
			"CREATE TRIGGER t7 AFTER UPDATE OF nocolumn ON t BEGIN SELECT new.d; END",
			"CREATE TRIGGER t8 AFTER DELETE ON t BEGIN SELECT old.a; END"}, []string{
			"trigger t.t2: no such table: nosuch", "trigger t.t3: no such column: nocolumn",
			"trigger t.t5: no such column: new.c", "trigger t.t7: no such column: new.d"}},
		"a trigger that fires a broken one": {[]string{
			"CREATE TABLE a (x)", "CREATE TABLE b (x)",
			"CREATE TRIGGER first AFTER INSERT ON a BEGIN INSERT INTO b VALUES (new.x); SELECT new.x; END",
			"CREATE TRIGGER second AFTER INSERT ON b BEGIN INSERT INTO nosuch VALUES (1); END"}, []string{
			"trigger b.second: no such table: nosuch"}},
		"triggers on views": {[]string{
			"CREATE TABLE t (a)", "CREATE VIEW v AS SELECT a FROM t", "CREATE VIEW gone AS SELECT a FROM nosuch",
			"CREATE TRIGGER v1 INSTEAD OF INSERT ON v BEGIN SELECT * FROM nosuch; END",
			"CREATE TRIGGER v2 INSTEAD OF UPDATE ON v BEGIN SELECT new.zz; END",
			"CREATE TRIGGER v3 INSTEAD OF DELETE ON v BEGIN SELECT old.a; END",
			"CREATE TRIGGER g1 INSTEAD OF INSERT ON gone BEGIN SELECT 1; END"}, []string{
			"trigger v.v1: no such table: nosuch", "trigger v.v2: no such column: new.zz", "view gone: no such table: main.nosuch"}},
		"keys that fit nothing are no trigger's fault": {[]string{
			"CREATE TABLE p (a)", "CREATE TABLE c (a REFERENCES p(a))", "CREATE TRIGGER r AFTER DELETE ON p BEGIN SELECT 1; END",
			"CREATE TRIGGER s AFTER INSERT ON c BEGIN SELECT * FROM nosuch; END"}, []string{
			"trigger c.s: no such table: nosuch"}},
		"hostile names": {[]string{
			`CREATE TABLE "t "";--" ("a ""b")`, `CREATE VIEW "v '"";" AS SELECT nocolumn, "a ""b" FROM "t "";--"`,
			`CREATE TRIGGER "r "";" AFTER UPDATE OF "a ""b" ON "t "";--" BEGIN SELECT * FROM "no ""such"; END`}, []string{
			`trigger "t \";--"."r \";": no such table: no "such`, `view "v '\";": no such column: nocolumn`}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDatabase(t, test.statements...)
			for _, options := range []drivers.OpenOptions{{}, {ReadOnly: true}} {
				if diff := cmp.Diff(test.want, broken(t, d.open(options))); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// Functions and collations that only an application has make its tables unusable here. That is no trigger's fault.
func TestTryWithWhatOnlyTheApplicationHas(t *testing.T) {
	d := newDatabase(t, "CREATE TABLE t (a, b)", "CREATE TRIGGER sound AFTER INSERT ON t BEGIN SELECT new.a; END",
		"CREATE TRIGGER alsosound AFTER UPDATE ON t BEGIN SELECT new.a; END", "CREATE TABLE u (a)",
		"CREATE TRIGGER unsound AFTER INSERT ON u BEGIN SELECT new.nosuch; END")
	bare := &connection{lockWait: shortly}
	if err := bare.connect(context.Background(), "file://"+d.path); err != nil {
		t.Fatal(err)
	}
	run(t, bare, "PRAGMA writable_schema = ON",
		"UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a COLLATE mine, b AS (theirs(a)), CHECK (ours(a)))' WHERE name = 't'")
	if err := bare.Close(); err != nil {
		t.Fatal(err)
	}
	want := []string{"trigger u.unsound: no such column: new.nosuch"}
	if diff := cmp.Diff(want, broken(t, d.open(drivers.OpenOptions{}))); diff != "" {
		t.Error(diff)
	}
}

// Functions that only the application has are used as functions, aggregates, window functions and operators.
func TestTryKnowsThatApplicationsHaveFunctions(t *testing.T) {
	c := newScratch(t, "CREATE TABLE t (a, b)",
		"CREATE VIEW v1 AS SELECT mine(a, 'x') FROM t WHERE theirs(b) ORDER BY a COLLATE ours",
		"CREATE VIEW v2 AS SELECT sum2(DISTINCT a), sum3(a) FILTER (WHERE b), sum4(a) OVER (ORDER BY b) FROM t",
		"CREATE VIEW v3 AS SELECT * FROM v1 WHERE 'x' REGEXP 'y'",
		`CREATE VIEW v4 AS SELECT "my func"(a) FROM t`,
		"CREATE TRIGGER r1 AFTER INSERT ON t WHEN mine(new.a) BEGIN UPDATE t SET b = theirs(new.a); END",
		"CREATE TRIGGER r2 AFTER INSERT ON t WHEN mine(new.a) BEGIN UPDATE t SET b = theirs(new.c); END",
		"CREATE TRIGGER r3 INSTEAD OF UPDATE ON v1 BEGIN SELECT mine(1); END")
	if diff := cmp.Diff([]string{"trigger t.r2: no such column: new.c"}, broken(t, c)); diff != "" {
		t.Error(diff)
	}
}

func TestTryManyTriggers(t *testing.T) {
	var statements, want []string
	for i := range 300 {
		statements = append(statements, fmt.Sprintf("CREATE TABLE t%d (a UNIQUE, b)", i), fmt.Sprintf("CREATE INDEX i%d ON t%d (b)", i, i),
			fmt.Sprintf("CREATE TRIGGER r%d AFTER INSERT ON t%d BEGIN SELECT new.a; END", i, i))
		if i%100 == 7 {
			statements = append(statements, fmt.Sprintf("CREATE TRIGGER bad%d AFTER INSERT ON t%d BEGIN SELECT new.c; END", i, i))
			want = append(want, fmt.Sprintf("trigger t%d.bad%d: no such column: new.c", i, i))
		}
	}
	c := newScratch(t, statements...)
	sort.Strings(want)
	if diff := cmp.Diff(want, broken(t, c)); diff != "" {
		t.Error(strings.TrimSpace(diff))
	}
}
