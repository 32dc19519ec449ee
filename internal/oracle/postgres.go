package oracle

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// Postgres is a PostgreSQL database that is described with the server's own programs, psql and pg_dump.
type Postgres struct {
	// URL is what both programs connect to.
	URL string
	// Program finds a program by its name; nil for the one that the path has.
	Program func(name string) string
	// Leave are tables to leave out, whatever schema they are in, with all that is theirs.
	Leave []string
	// NoPrivileges leaves out what was granted and revoked.
	NoPrivileges bool
	// Owners tells who owns what as well.
	Owners bool
}

// hidden asks for what pg_dump --schema-only doesn't tell.
//
//go:embed postgres_hidden.sql
var hidden string

// rowTables asks for the tables and matviews whose rows are compared, with the query that copies one table's.
//
//go:embed postgres_rows.sql
var rowTables string

// Describe returns one line or statement for each fact about the schemas of the database, sorted. The order of a table's
// columns and the order of statements are no facts. Whether a materialized view holds rows is none either.
func (p Postgres) Describe(ctx context.Context) ([]string, error) {
	dump, err := p.dump(ctx)
	if err != nil {
		return nil, err
	}
	facts, err := dumpFacts(dump)
	if err != nil {
		return nil, err
	}
	more, err := p.psql(ctx, hidden)
	if err != nil {
		return nil, err
	}
	facts = append(facts, p.kept(more)...)
	slices.Sort(facts)
	return facts, nil
}

// Rows returns one line for each row of each table, columns in the order of their names, and one for the position of each
// sequence, sorted.
func (p Postgres) Rows(ctx context.Context) ([]string, error) {
	script, err := p.psql(ctx, rowTables)
	if err != nil || script == "" {
		return nil, err
	}
	kept := p.kept(script)
	if len(kept) == 0 {
		return nil, nil
	}
	out, err := p.psql(ctx, strings.Join(kept, "\n"))
	if err != nil {
		return nil, err
	}
	rows := lines(out)
	slices.Sort(rows)
	return rows, nil
}

// kept is what follows the first tab of each line, but for the lines that name a table that is left out before it.
func (p Postgres) kept(text string) []string {
	var all []string
	for _, line := range lines(text) {
		table, rest, _ := strings.Cut(line, "\t")
		if !slices.Contains(p.leaving(), table) {
			all = append(all, rest)
		}
	}
	return all
}

// leaving are the tables to leave out and the sequences of their columns named id, which pg_dump dumps on their own.
func (p Postgres) leaving() []string {
	var all []string
	for _, table := range p.Leave {
		all = append(all, table, table+"_id_seq")
	}
	return all
}

func (p Postgres) dump(ctx context.Context) (string, error) {
	args := []string{"--schema-only", "--dbname", p.URL}
	if !p.Owners {
		args = append(args, "--no-owner")
	}
	if p.NoPrivileges {
		args = append(args, "--no-privileges")
	}
	for _, table := range p.leaving() {
		args = append(args, "--exclude-table", `*."`+strings.ReplaceAll(table, `"`, `""`)+`"`)
	}
	return run(exec.CommandContext(ctx, p.program("pg_dump"), args...))
}

// psql runs a script and returns what its queries return, unaligned.
func (p Postgres) psql(ctx context.Context, script string) (string, error) {
	command := exec.CommandContext(ctx, p.program("psql"), "-X", "-A", "-t", "-q", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", p.URL)
	command.Stdin = strings.NewReader(script)
	return run(command)
}

func (p Postgres) program(name string) string {
	if p.Program == nil {
		return name
	}
	return p.Program(name)
}

func run(command *exec.Cmd) (string, error) {
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", command.Args[0], err, stderr.String())
	}
	return string(out), nil
}

func lines(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
}
