package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const rootLong = `duo-orm plans, proves and applies changes of database schemas.

You describe tables, views and triggers in .hcl models. "migration create" compares them with the database, plans the
way there and back, proves the plan on a scratch database with rows in it, and writes it as a revision file for review.
"upgrade" and "downgrade" run exactly that file.`

// usageTemplate leads with examples, as people read them first.
const usageTemplate = `{{if .HasExample}}Examples:
{{.Example}}

{{end}}Usage:{{if .Runnable}}{{if not .HasAvailableSubCommands}}
  {{.UseLine}}{{end}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [command]{{end}}{{if .HasAvailableSubCommands}}

Commands:{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Flags of every command:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if not .HasParent}}

Exit codes:
  0  done, or nothing to do                        5  objects that nobody manages were found
  1  failed                                        6  somebody else holds the lock
  2  wrong usage                                   7  an unfinished revision is in the way
  3  a check does not hold                         130, 143  ended by a signal
  4  refused: a protected environment, rows that the plan can't keep, what another branch stands on

Settings come from a flag, then the environment (DUO_ORM_URL, DUO_ORM_ENV, DUO_ORM_DIR), then the project's files.{{end}}{{if .HasAvailableSubCommands}}

"{{.CommandPath}} [command] --help" tells more about a command.{{end}}
`

// newRootCommand is the whole tree.
func newRootCommand(a *app) *cobra.Command {
	root := group(&cobra.Command{
		Use: "duo-orm", Short: "Plan, prove and apply changes of database schemas", Long: rootLong,
		Example: "  duo-orm init\n  duo-orm migration create \"add users\"\n  duo-orm migration upgrade",
		Version: a.build.version, SilenceErrors: true, SilenceUsage: true,
	}, a.commands()...)
	root.SetVersionTemplate("duo-orm {{.Version}}\n")
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetIn(a.in)
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(usageTemplate)
	flags := root.PersistentFlags()
	flags.SortFlags = false
	flags.StringVar(&a.dir, "dir", "", "`folder` of the project's files, relative to the project's root")
	flags.StringVar(&a.env, "env", "", "`name` of an environment in database.hcl")
	flags.StringVar(&a.url, "url", "", "database `URL`, in place of the project's")
	flags.BoolVar(&a.json, "json", false, "print one JSON document")
	flags.StringVar(&a.color, "color", "auto", "colours `when`: auto, always or never")
	flags.BoolVar(&a.noColor, "no-color", false, "no colours")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.checkFlags(cmd) }
	root.InitDefaultCompletionCmd()
	exampleOfCompletion(root)
	return root
}

// exampleOfCompletion adds to cobra's own command what every command has.
func exampleOfCompletion(root *cobra.Command) {
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Example = "  duo-orm completion bash > /etc/bash_completion.d/duo-orm"
		for _, shell := range cmd.Commands() {
			shell.Example = "  duo-orm completion " + shell.Name()
		}
	}
}

// commands are the commands of the first level.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{newInitCommand(a), newMigrationCommand(a), newSchemaCommand(a), newVersionCommand(a)}
}

// group makes a command that only holds others: alone it shows its help, with an unknown name it says what was meant.
func group(parent *cobra.Command, children ...*cobra.Command) *cobra.Command {
	parent.AddCommand(children...)
	parent.SuggestionsMinimumDistance = 3
	parent.Args = cobra.ArbitraryArgs
	parent.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		e := &usageError{Message: "unknown command " + quoted(args[0]) + " for " + quoted(cmd.CommandPath())}
		for _, name := range cmd.SuggestionsFor(args[0]) {
			e.Next = append(e.Next, "Did you mean: "+cmd.CommandPath()+" "+name)
		}
		e.Next = append(e.Next, "List the commands with: "+cmd.CommandPath()+" --help")
		return e
	}
	return parent
}

func (a *app) checkFlags(cmd *cobra.Command) error {
	if !slices.Contains([]string{"auto", "always", "never"}, a.color) {
		return &usageError{Message: "--color takes auto, always or never, not " + quoted(a.color), Next: []string{"Write one of these, or leave --color out."}}
	}
	for _, name := range []string{"dir", "env", "url"} {
		// --url "$URL" with nothing in the variable must not end at another database than was meant.
		if flag := cmd.Flags().Lookup(name); flag != nil && flag.Changed && flag.Value.String() == "" {
			return &usageError{Message: "--" + name + " is empty", Next: []string{"Give a value, or leave --" + name + " out. If it comes from a variable, that one is not set."}}
		}
	}
	a.urlGiven = a.url != ""
	a.noteTyped(cmd)
	for _, setting := range []struct {
		value *string
		name  string
	}{{&a.dir, "DUO_ORM_DIR"}, {&a.env, "DUO_ORM_ENV"}, {&a.url, "DUO_ORM_URL"}} {
		if *setting.value == "" {
			*setting.value = a.variable(setting.name)
		}
	}
	return nil
}

// targetsLast moves targets such as -1, which look like flags, behind a "--" at the end of the command line, in whatever
// order they stand there. A downgrade takes them; the others say what is wrong with them.
func targetsLast(root *cobra.Command, args []string) []string {
	cmd, _, err := root.Find(args)
	if err != nil || !slices.Contains([]string{"downgrade", "upgrade", "stamp", "show", "prove", "edit"}, cmd.Name()) || slices.Contains(args, "--") {
		return args
	}
	var rest, targets []string
	for i, arg := range args {
		if relative(arg) && (i == 0 || !takesValue(cmd, args[i-1])) {
			targets = append(targets, arg)
		} else {
			rest = append(rest, arg)
		}
	}
	if len(targets) == 0 {
		return args
	}
	return append(append(rest, "--"), targets...)
}

// relative says whether an argument is a minus with digits only.
func relative(arg string) bool {
	digits := strings.TrimLeft(strings.TrimPrefix(arg, "-"), "0123456789")
	return len(arg) > 1 && arg[0] == '-' && digits == "" && arg[1] != '-'
}

// takesValue says whether the next argument is the value of this flag.
func takesValue(cmd *cobra.Command, arg string) bool {
	name, long := strings.CutPrefix(arg, "--")
	if !long || strings.Contains(name, "=") {
		return false
	}
	var flag *pflag.Flag
	if flag = cmd.Flags().Lookup(name); flag == nil {
		flag = cmd.InheritedFlags().Lookup(name)
	}
	return flag != nil && flag.NoOptDefVal == ""
}
