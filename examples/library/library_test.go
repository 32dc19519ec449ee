package main

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/duo-orm/duo-orm/duoorm"
	"github.com/duo-orm/duo-orm/duoorm/duoormtest"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// TestMain stops the server that the tests start.
func TestMain(m *testing.M) { testserver.Main(m) }

// each runs a test on a new database of every engine.
func each(t *testing.T, test func(*testing.T, *library)) {
	t.Run("SQLite", func(t *testing.T) {
		test(t, newLibrary(duoormtest.SQLite(t, (&library{}).revisions()).DB, false))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		server := testserver.Postgres(t) // in a project of its own: the URL of a server that is there
		test(t, newLibrary(duoormtest.Postgres(t, server.Database(t), (&library{numbered: true}).revisions()).DB, true))
	})
}

// A book is taken in, lent until no copy is there, and taken back.
func TestLending(t *testing.T) {
	each(t, func(t *testing.T, lib *library) {
		server := httptest.NewServer(lib.handler())
		defer server.Close()
		ask := func(method, path, body, want string) {
			t.Helper()
			request, err := http.NewRequest(method, server.URL+path, strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			response, err := server.Client().Do(request)
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			if err := response.Body.Close(); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, strings.TrimSpace(string(text))); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", method, path, diff)
			}
		}
		ask("GET", "/books", "", `[]`)
		ask("POST", "/books", `{"title": "Emma", "copies": 2}`, `{"id":1}`)
		ask("POST", "/books", `{"title": ""}`, `send {"title": "…", "copies": 1}`)
		ask("POST", "/books/1/lend?reader=Ada", "", `{"reader":"Ada"}`)
		ask("POST", "/books/1/lend?reader=Grace", "", `{"reader":"Grace"}`)
		ask("POST", "/books/1/lend?reader=Kurt", "", `no copy is there`)
		ask("POST", "/books/1/return?reader=Kurt", "", `the reader hasn't that book`)
		ask("POST", "/books/1/return?reader=Ada", "", `{"reader":"Ada"}`)
		ask("GET", "/books", "", `[{"id":1,"title":"Emma","copies":2,"there":1}]`)
		ask("POST", "/books/1/lend", "", `send the reader: ?reader=Ada`)
	})
}

// The service upgrades its database when it starts, however often it is started at once.
func TestStart(t *testing.T) {
	t.Chdir(t.TempDir())
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			lib, err := open(context.Background(), "", slog.New(slog.DiscardHandler))
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := lib.books(context.Background()); err != nil {
				t.Error(err)
			}
			if err := lib.db.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	db, err := duoorm.Open("sqlite:///library.db")
	if err != nil {
		t.Fatal(err)
	}
	if status, err := duoorm.Check(context.Background(), db, (&library{}).revisions()); err != nil || status.Err() != nil {
		t.Errorf("%v %v", err, status.Err())
	}
}

// Both engines have the same models.
func TestModels(t *testing.T) {
	ours := os.DirFS(".")
	sqlite, err := fs.ReadFile(ours, "sqlite/models/library.hcl")
	if err != nil {
		t.Fatal(err)
	}
	postgres, err := fs.ReadFile(ours, "postgres/models/library.hcl")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(sqlite), string(postgres)); diff != "" {
		t.Errorf("-SQLite +PostgreSQL:\n%s", diff)
	}
}
