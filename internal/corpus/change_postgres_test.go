package corpus

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// changes are the queries of testdata/changes by file. Each returns statements that a database could take, made up from what its
// catalogue lists; setup is what they need first.
type changes struct {
	setup   string
	files   []string
	queries map[string][]string
}

func readChanges(t *testing.T) changes {
	t.Helper()
	found, err := filepath.Glob("testdata/changes/*.sql")
	if err != nil || len(found) == 0 {
		t.Fatal("no changes to draw from", err)
	}
	sort.Strings(found)
	c := changes{queries: map[string][]string{}}
	for _, path := range found {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(path) == "setup.sql" {
			c.setup = string(text)
			continue
		}
		c.files = append(c.files, path)
		for query := range strings.SplitSeq(strings.TrimSpace(string(text)), ";\n") {
			c.queries[path] = append(c.queries[path], strings.TrimSuffix(query, ";"))
		}
	}
	return c
}

// draw changes a database by statements that it takes, number of them at most, and returns these.
func (c changes) draw(t *testing.T, url string, random *rand.Rand, number int) (taken []string) {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol // some statements are several
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	exec := func(statement string) error {
		_, err := conn.Exec(t.Context(), statement)
		return err
	}
	if err := exec(c.setup); err != nil {
		t.Fatal(err)
	}
	for tries := 0; len(taken) < number && tries < 20*number; tries++ {
		queries := c.queries[c.files[random.IntN(len(c.files))]]
		query, salt := queries[random.IntN(len(queries))], random.Uint64()
		var statement string
		// The names that statements write are whole where nothing but the catalogue is searched.
		if err := exec("SET search_path = pg_catalog, pg_temp"); err != nil {
			t.Fatal(err)
		}
		err := conn.QueryRow(t.Context(), fmt.Sprintf("SELECT s FROM (%s) AS q (s) WHERE s IS NOT NULL ORDER BY md5(s || '%d') LIMIT 1", query, salt)).Scan(&statement)
		if errors.Is(err, pgx.ErrNoRows) {
			continue
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, query)
		}
		if err := exec("RESET search_path"); err != nil {
			t.Fatal(err)
		}
		if exec(statement) == nil {
			taken = append(taken, statement)
		}
	}
	return taken
}
