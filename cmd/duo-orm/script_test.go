package main

import (
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts run this very program, with a clock and ids that they set.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"duo-orm": func() { os.Exit(run(testDeps())) }})
}

// testDeps is the real world but for the clock (DUO_ORM_TEST_TIME) and the ids (DUO_ORM_TEST_ID).
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
	return d
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("DUO_ORM_UPDATE") != "",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("DUO_ORM_TEST_TIME", "2026-11-24T04:12:00Z")
			env.Setenv("DUO_ORM_TEST_ID", "3f2a9c1d4b7e")
			return nil
		},
	})
}
