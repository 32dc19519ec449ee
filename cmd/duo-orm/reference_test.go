package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

func testRoot() *cobra.Command {
	return newRootCommand(&app{secrets: &views.Secrets{}, stdout: io.Discard, stderr: io.Discard})
}

// docs/commands.md says what the commands' help says. DUO_ORM_UPDATE=1 go test writes it anew.
func TestReference(t *testing.T) {
	const path = "../../docs/commands.md"
	got := reference(testRoot())
	if os.Getenv("DUO_ORM_UPDATE") != "" {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("docs/commands.md is not up to date: run make update\n%s", diff)
	}
}

// Every command has a short help and an example.
func TestEveryCommandHasAnExample(t *testing.T) {
	var walk func(*cobra.Command)
	walk = func(parent *cobra.Command) {
		for _, cmd := range parent.Commands() {
			if cmd.Name() == "help" {
				continue
			}
			if cmd.Short == "" || cmd.Example == "" {
				t.Errorf("%s lacks a short help or an example", cmd.CommandPath())
			}
			walk(cmd)
		}
	}
	walk(testRoot())
}

func TestTargetsLast(t *testing.T) {
	for _, c := range []struct{ given, want []string }{
		{[]string{"migration", "downgrade", "-1"}, []string{"migration", "downgrade", "--", "-1"}},
		{[]string{"migration", "downgrade", "-2", "--json"}, []string{"migration", "downgrade", "--json", "--", "-2"}},
		{[]string{"--json", "migration", "downgrade", "--dir", "db", "-12"}, []string{"--json", "migration", "downgrade", "--dir", "db", "--", "-12"}},
		{[]string{"migration", "downgrade", "--dir", "-1"}, []string{"migration", "downgrade", "--dir", "-1"}},
		{[]string{"migration", "downgrade", "--yes", "-1"}, []string{"migration", "downgrade", "--yes", "--", "-1"}},
		{[]string{"migration", "downgrade", "--", "-1"}, []string{"migration", "downgrade", "--", "-1"}},
		{[]string{"migration", "downgrade", "-x"}, []string{"migration", "downgrade", "-x"}},
		{[]string{"migration", "upgrade", "-1"}, []string{"migration", "upgrade", "--", "-1"}},
		{[]string{"migration", "create", "-1"}, []string{"migration", "create", "-1"}},
	} {
		if diff := cmp.Diff(c.want, targetsLast(testRoot(), c.given)); diff != "" {
			t.Errorf("%q: %s", c.given, diff)
		}
	}
}

// reference is docs/commands.md: every command with its help, examples and flags.
func reference(root *cobra.Command) []byte {
	var b bytes.Buffer
	b.WriteString("# Commands\n\nThis page is made from the commands' own help (`make update`).\n\n")
	fmt.Fprintf(&b, "%s\n\n", root.Long)
	b.WriteString("Flags of every command:\n\n")
	flagTable(&b, root.PersistentFlags())
	b.WriteString("\nResults go to standard output, everything else to standard error. With `--json` a command prints one document, " +
		"described in [json.md](json.md).\n\n")
	b.WriteString("| exit code | meaning |\n|---|---|\n")
	for _, row := range [][2]string{{"0", "done, or nothing to do"}, {"1", "failed"}, {"2", "wrong usage"},
		{"3", "a check does not hold (`check`, `verify`, `current --check-heads`, `schema diff --exit-code`, `schema fmt --check`)"},
		{"4", "refused: a protected environment, rows that the plan can't keep, or a downgrade that takes away what another branch stands on"},
		{"5", "objects that nobody manages were found"}, {"6", "somebody else holds the lock"},
		{"7", "an unfinished revision is in the way"}, {"130, 143", "ended by a signal"}} {
		fmt.Fprintf(&b, "| %s | %s |\n", row[0], row[1])
	}
	commandReference(&b, root)
	return b.Bytes()
}

func commandReference(b *bytes.Buffer, parent *cobra.Command) {
	for _, cmd := range parent.Commands() {
		if !cmd.IsAvailableCommand() || cmd.Name() == "completion" || cmd.Name() == "help" {
			continue
		}
		if cmd.HasAvailableSubCommands() {
			commandReference(b, cmd)
			continue
		}
		fmt.Fprintf(b, "\n## %s\n\n", strings.TrimSuffix(cmd.UseLine(), " [flags]"))
		text := cmd.Long
		if text == "" {
			text = cmd.Short + "."
		}
		fmt.Fprintf(b, "%s\n\n```sh\n%s\n```\n", text, unindent(cmd.Example))
		if cmd.LocalNonPersistentFlags().HasAvailableFlags() {
			b.WriteString("\n")
			flagTable(b, cmd.LocalNonPersistentFlags())
		}
	}
}

func unindent(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\n  ", "\n"))
}

func flagTable(b *bytes.Buffer, flags *pflag.FlagSet) {
	b.WriteString("| flag | |\n|---|---|\n")
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Hidden || flag.Name == "help" {
			return
		}
		name := "--" + flag.Name
		if value, _ := pflag.UnquoteUsage(flag); value != "" {
			name += " " + value
		}
		_, usage := pflag.UnquoteUsage(flag)
		fmt.Fprintf(b, "| `%s` | %s |\n", name, usage)
	})
}
