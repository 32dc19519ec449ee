package proof

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

const (
	users     = "CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT NOT NULL, age INT)"
	usersName = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, age INT)"
	usersAge  = "CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT NOT NULL, age INT NOT NULL)"
	counted   = "CREATE TABLE c (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)"
)

var mailToEmail = []drivers.Rename{{
	From: hclschema.Identity{Kind: "column", Parent: "users", Name: "mail"},
	To:   hclschema.Identity{Kind: "column", Parent: "users", Name: "email"},
}}

// rebuild is a careful rebuild of a table; columns are those that are copied.
func rebuild(name, create, into, from string) string {
	return strings.Replace(create, "CREATE TABLE "+name, "CREATE TABLE new_"+name, 1) + ";\n" +
		"INSERT INTO new_" + name + " (" + into + ") SELECT " + from + " FROM " + name + ";\n" +
		"DROP TABLE " + name + ";\nALTER TABLE new_" + name + " RENAME TO " + name + ";\n"
}

func TestCheckProvesSoundPlans(t *testing.T) {
	posts := "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INT NOT NULL REFERENCES users (id) ON DELETE CASCADE)"
	cases := map[string]way{
		"nothing at all":  {},
		"first revision":  {end: users + ";\n" + posts, upgrade: users + ";\n" + posts, downgrade: "DROP TABLE posts;\nDROP TABLE users"},
		"last downgrade":  {start: users, upgrade: "DROP TABLE users", downgrade: users},
		"add a column":    {start: users, end: strings.Replace(users, "age INT", "age INT, x TEXT DEFAULT 'y'", 1), upgrade: "ALTER TABLE users ADD COLUMN x TEXT DEFAULT 'y'", downgrade: "ALTER TABLE users DROP COLUMN x"},
		"rename a column": {start: users, end: usersName, upgrade: "ALTER TABLE users RENAME COLUMN mail TO email", downgrade: "ALTER TABLE users RENAME COLUMN email TO mail", renames: mailToEmail},
		"drop what has no default": {
			start: users, end: "CREATE TABLE users (id INTEGER PRIMARY KEY, age INT)", foreignKeysOff: true,
			upgrade:   "ALTER TABLE users DROP COLUMN mail",
			downgrade: rebuild("users", users, "id, age", "id, age"),
		},
		"rebuild of a parent": {
			start: users + ";\n" + posts, end: usersAge + ";\n" + posts, foreignKeysOff: true,
			upgrade:   rebuild("users", usersAge, "id, mail, age", "id, mail, age"),
			downgrade: rebuild("users", users, "id, mail, age", "id, mail, age"),
		},
		"parent dropped with the key to it": {
			start: "CREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE t (a INT, p INT REFERENCES p);\nCREATE TABLE z (t INT)", foreignKeysOff: true,
			end:       "CREATE TABLE t (a INT, p INT);\nCREATE TABLE z (t INT)",
			upgrade:   rebuild("t", "CREATE TABLE t (a INT, p INT)", "a, p", "a, p") + "DROP TABLE p",
			downgrade: "CREATE TABLE p (id INTEGER PRIMARY KEY);\n" + rebuild("t", "CREATE TABLE t (a INT, p INT REFERENCES p)", "a, p", "a, p"),
		},
		"counter kept": {
			start: counted, end: counted + " STRICT", foreignKeysOff: true,
			upgrade:   rebuild("c", counted+" STRICT", "id, a", "id, a") + keepCounter,
			downgrade: rebuild("c", counted, "id, a", "id, a") + keepCounter,
		},
		"table renamed": {
			start: users, end: strings.Replace(users, "users", "people", 1), renames: []drivers.Rename{{From: hclschema.Identity{Kind: "table", Name: "users"}, To: hclschema.Identity{Kind: "table", Name: "people"}}},
			upgrade: "ALTER TABLE users RENAME TO people", downgrade: "ALTER TABLE people RENAME TO users",
		},
	}
	for name, w := range cases {
		t.Run(name, func(t *testing.T) {
			result, err := w.check(t)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(result.Server, "SQLite 3.") {
				t.Errorf("server: %q", result.Server)
			}
			if (w.start+w.end != "") != (result.Rows > 0) {
				t.Errorf("%d rows, without %q", result.Rows, result.WithoutRows)
			}
		})
	}
}

// keepCounter is what a sound rebuild of the table c does about its counter. The table's rename has carried the counter of the
// copy over, which is that of the highest key; one more than the rows is what the proof spends.
const keepCounter = "UPDATE sqlite_sequence SET seq = 100 WHERE name = 'c';\n"

// Plans that are wrong in one way each.
func TestCheckCatches(t *testing.T) {
	posts := "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INT NOT NULL REFERENCES users (id) ON DELETE CASCADE)"
	down := rebuild("users", users, "id, mail, age", "id, mail, age")
	cases := []struct {
		name  string
		way   way
		stage string
		// step is the beginning of the failed step's name, says a part of the message.
		step, says string
	}{
		{"the start isn't what it should be", way{start: users, end: users}, "start", "", "table extra is missing"},
		{"a step is left out", way{start: users, end: users + ";\nCREATE INDEX i ON users (mail)", downgrade: "DROP INDEX i"}, "upgrade", "", "index users.i is missing"},
		{"a step that the engine refuses", way{start: users, end: usersAge, upgrade: "CREATE TABLE users (x)"}, "upgrade", "CREATE TABLE users", "already exists"},
		{"the rebuild forgets to copy", way{start: users, end: usersAge, upgrade: strings.Replace(rebuild("users", usersAge, "id, mail, age", "id, mail, age"), "FROM users", "FROM users WHERE id > 1", 1), downgrade: down, foreignKeysOff: true}, "upgrade", "", "rows of users: 3 before, 2 after the upgrade"},
		{"the rebuild mixes columns up", way{start: users, end: usersAge, upgrade: rebuild("users", usersAge, "id, mail, age", "id, age, mail"), downgrade: down, foreignKeysOff: true}, "upgrade", "", "row 1 of users: mail was "},
		{"the rebuild drops values", way{start: users, end: strings.Replace(users, "mail TEXT NOT NULL", "mail TEXT", 1), upgrade: rebuild("users", strings.Replace(users, "mail TEXT NOT NULL", "mail TEXT", 1), "id, age", "id, age"), downgrade: down, foreignKeysOff: true}, "upgrade", "", "is NULL"},
		{"a cascade empties the child", way{start: users + ";\n" + posts, end: usersAge + ";\n" + posts, upgrade: rebuild("users", usersAge, "id, mail, age", "id, mail, age"), downgrade: down}, "upgrade", "", "rows of posts: "},
		{"drop and add instead of a rename", way{start: users, end: usersName, renames: mailToEmail, upgrade: "ALTER TABLE users DROP COLUMN mail;\n" + rebuild("users", usersName, "id, age, email", "id, age, 'x'"), downgrade: "ALTER TABLE users RENAME COLUMN email TO mail", foreignKeysOff: true}, "upgrade", "", "is 'x'"},
		{"no way down", way{start: users, end: users + ";\nCREATE TABLE t (a INT)", upgrade: "CREATE TABLE t (a INT)"}, "downgrade", "", "table t is not wanted but there"},
		{"the way down in the wrong order", way{end: users + ";\n" + strings.Replace(posts, " ON DELETE CASCADE", "", 1), upgrade: users + ";\n" + strings.Replace(posts, " ON DELETE CASCADE", "", 1), downgrade: "DROP TABLE users;\nDROP TABLE posts"}, "downgrade", "DROP TABLE users", "FOREIGN KEY"},
		{"the way down loses values", way{start: users, end: usersAge, upgrade: rebuild("users", usersAge, "id, mail, age", "id, mail, age"), downgrade: rebuild("users", users, "id, mail", "id, mail"), foreignKeysOff: true}, "downgrade", "", "age was "},
		{"the counter is forgotten", way{start: counted, end: counted + " STRICT", upgrade: rebuild("c", counted+" STRICT", "id, a", "id, a"), downgrade: rebuild("c", counted, "id, a", "id, a"), foreignKeysOff: true}, "upgrade", "", "counter of c: the next key is"},
		{"rows that the target refuses are made to fit by nobody", way{start: "CREATE TABLE t (a INT)", end: "CREATE TABLE t (a INT, b INT NOT NULL DEFAULT 1)", upgrade: rebuild("t", "CREATE TABLE t (a INT, b INT NOT NULL DEFAULT 1)", "a, b", "a, NULL"), downgrade: "ALTER TABLE t DROP COLUMN b", foreignKeysOff: true}, "upgrade", "INSERT INTO new_t", "NOT NULL"},
		{"works once only", way{start: users, end: users + ";\nCREATE TABLE t (a INT)", upgrade: "CREATE TABLE t AS SELECT 1 AS a WHERE 0;\nDROP TABLE t;\nCREATE TABLE t (a INT);\nINSERT INTO users VALUES (1000, 'x', 1);\nDELETE FROM users WHERE id = 1000 AND age = 1", downgrade: "DROP TABLE t;\nALTER TABLE users RENAME TO u;\nCREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT NOT NULL, age INT);\nINSERT INTO users SELECT * FROM u;\nDROP TABLE u;\nINSERT INTO users VALUES (1000, 'y', 2);\nUPDATE users SET mail = mail WHERE id = 1000"}, "downgrade", "", "rows of users"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			request := c.way.request(t)
			if c.stage == "start" {
				request.Start = inspected(t, users+";\nCREATE TABLE extra (a INT)")
			}
			_, err := Check(t.Context(), request)
			var failure *Failure
			if !errors.As(err, &failure) {
				t.Fatalf("the proof says %v", err)
			}
			step := ""
			if failure.Step != nil {
				step = failure.Step.Name
			}
			if failure.Stage != c.stage || !strings.HasPrefix(step, c.step) || !strings.Contains(failure.Error(), c.says) {
				t.Errorf("got stage %q, step %q:\n%v\nwanted stage %q, step %q, %q", failure.Stage, step, failure, c.stage, c.step, c.says)
			}
		})
	}
}

// The same request has the same result.
func TestCheckIsDeterministic(t *testing.T) {
	schema := "CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, c INT NOT NULL, CHECK (a + b > c * 2), CHECK (c > 100 AND a <> b));\n" + users
	w := way{start: schema, end: schema, upgrade: "UPDATE t SET a = a + 1"}
	var messages []string
	for range 2 {
		_, err := w.check(t)
		if err == nil {
			t.Fatal("an update of rows went unseen")
		}
		messages = append(messages, err.Error())
	}
	if d := cmp.Diff(messages[0], messages[1]); d != "" {
		t.Error(d)
	}
}

func TestCheckEndsWithItsContext(t *testing.T) {
	request := way{start: users, end: users}.request(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Check(ctx, request); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestCheckWithoutScratch(t *testing.T) {
	request := way{start: users, end: users}.request(t)
	cause := errors.New("no scratch here")
	request.Scratch = func(context.Context) (drivers.Connection, error) { return nil, cause }
	_, err := Check(t.Context(), request)
	var failure *Failure
	if !errors.Is(err, cause) || errors.As(err, &failure) {
		t.Errorf("got %v", err)
	}
}
