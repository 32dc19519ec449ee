package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// TestMain lets the scripts run this very program, with a clock and ids that they set; sql, which runs statements on a
// SQLite file and prints what comes back; and hold, which keeps the lock of a database until a file is there.
func TestMain(m *testing.M) {
	testscript.Main(testserver.Stopping{Tests: m}, map[string]func(){
		"duo-orm": func() { os.Exit(run(testDeps())) },
		"sql":     func() { end(runSQL(os.Args[1], os.Args[2])) },
		"hold":    func() { end(hold(os.Args[1], os.Args[2], os.Args[3])) },
	})
}

func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// testDeps is the real world but for the clock (DUO_ORM_TEST_TIME), the ids (DUO_ORM_TEST_ID) and terminals
// (DUO_ORM_TEST_TERMINAL); DUO_ORM_TEST_WATCH is text=file.
func testDeps() deps {
	d := systemDeps()
	d.build = build{version: "0.0.0-test", goVersion: "go0.0", platform: "test/test"}
	if fixed := os.Getenv("DUO_ORM_TEST_TIME"); fixed != "" {
		at, err := time.Parse(time.RFC3339, fixed)
		if err != nil {
			panic(err)
		}
		d.clock = func() time.Time { return at }
	}
	if id := os.Getenv("DUO_ORM_TEST_ID"); id != "" {
		d.newID = func() (string, error) { return id, nil }
	}
	if os.Getenv("DUO_ORM_TEST_TERMINAL") != "" {
		d.inTerminal, d.outTerminal, d.errTerminal = true, true, true
	}
	if text, file, ok := strings.Cut(os.Getenv("DUO_ORM_TEST_WATCH"), "="); ok {
		d.out, d.err = &watch{out: d.out, text: text, file: file}, &watch{out: d.err, text: text, file: file}
	}
	return d
}

// watch makes a file when a text is written.
type watch struct {
	out        io.Writer
	text, file string
}

func (w *watch) Write(p []byte) (int, error) {
	if strings.Contains(string(p), w.text) {
		if err := os.WriteFile(w.file, nil, 0o644); err != nil {
			return 0, err
		}
	}
	return w.out.Write(p)
}

func runSQL(path, statements string) error {
	if name, ok := strings.CutPrefix(statements, "@"); ok {
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		statements = string(content)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer db.Close()
	for _, statement := range strings.Split(statements, ";;") {
		rows, err := db.Query(statement)
		if err != nil {
			return err
		}
		if err := printRows(rows); err != nil {
			return err
		}
	}
	return nil
}

func printRows(rows *sql.Rows) error {
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, value := range values {
			if i > 0 {
				fmt.Print("|")
			}
			fmt.Print(value)
		}
		fmt.Println()
	}
	return rows.Err()
}

func hold(path, held, release string) error {
	ctx := context.Background()
	conn, err := (sqlite.Driver{}).Open(ctx, "sqlite:///"+path, drivers.OpenOptions{Root: ".", VersionTable: "duo_orm_revisions", LockWait: time.Minute})
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.Begin(ctx, drivers.BeginOptions{}, nil); err != nil {
		return err
	}
	if err := os.WriteFile(held, nil, 0o644); err != nil {
		return err
	}
	for {
		if _, err := os.Stat(release); err == nil {
			return conn.Rollback()
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// await is a command of the scripts that waits until a file is there.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await file")
	}
	for range 2000 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	ts.Fatalf("%s does not come", args[0])
}

// edit replaces every occurrence of a text in files: edit old new file...
func edit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: edit old new file...")
	}
	for _, name := range args[2:] {
		content := ts.ReadFile(name)
		if !strings.Contains(content, args[0]) {
			ts.Fatalf("%s does not hold %q", name, args[0])
		}
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(strings.ReplaceAll(content, args[0], args[1])), 0o644))
	}
}

// query is a command of the scripts: a statement on the PostgreSQL database returns these rows, words with | between them:
// query 'SELECT 1, 2' 1|2.
func query(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: query statement row...")
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, ts.Getenv("DATABASE_URL"))
	ts.Check(err)
	defer func() { ts.Check(conn.Close(ctx)) }()
	rows, err := conn.Query(ctx, args[0], pgx.QueryExecModeSimpleProtocol)
	ts.Check(err)
	var got []string
	for rows.Next() {
		var words []string
		for _, value := range rows.RawValues() {
			words = append(words, string(value))
		}
		got = append(got, strings.Join(words, "|"))
	}
	ts.Check(rows.Err())
	if want := args[1:]; !slices.Equal(got, want) {
		ts.Fatalf("got %q, want %q", got, want)
	}
}

// code is a command of the scripts: the program must end with an exit code: code 3 migration check.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code number argument...")
	}
	err := ts.Exec("duo-orm", args[1:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

func TestScripts(t *testing.T) {
	scripts(t, "testdata/script", nil)
}

// TestPostgresScripts runs sessions on PostgreSQL, each with an empty database at $DATABASE_URL, where $ROLE is a role that is still to
// be made, and $ROLE_URL how that signs in.
func TestPostgresScripts(t *testing.T) {
	server := testserver.Postgres(t)
	scripts(t, "testdata/postgres", func(env *testscript.Env) {
		database, role := server.Database(t), testserver.Name()
		env.Setenv("DATABASE_URL", database)
		env.Setenv("ROLE", role)
		env.Setenv("ROLE_URL", strings.Replace(database, "postgres@", role+"@", 1))
	})
}

func scripts(t *testing.T, folder string, setup func(*testscript.Env)) {
	testscript.Run(t, testscript.Params{
		Dir:                 folder,
		UpdateScripts:       os.Getenv("DUO_ORM_UPDATE") != "",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await": await, "edit": edit, "code": code, "query": query,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("DUO_ORM_TEST_TIME", "2026-11-24T04:12:00Z")
			env.Setenv("DUO_ORM_TEST_ID", "3f2a9c1d4b7e")
			if setup != nil {
				setup(env)
			}
			return nil
		},
	})
}
