package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/duo-orm/duo-orm/hclschema"
)

// usageError is a command line that can't be understood.
type usageError struct {
	Message string
	Next    []string
}

// Error implements error.
func (e *usageError) Error() string { return e.Message }

func flagError(cmd *cobra.Command, err error) error {
	e := &usageError{Message: err.Error()}
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var names []string
		add := func(flag *pflag.Flag) { names = append(names, flag.Name) }
		cmd.Flags().VisitAll(add)
		cmd.InheritedFlags().VisitAll(add)
		if name := hclschema.Nearest(unknown.GetSpecifiedName(), names); name != "" {
			e.Next = append(e.Next, "Did you mean --"+name+"?")
		}
	}
	e.Next = append(e.Next, "See: "+cmd.CommandPath()+" --help")
	return e
}

// arguments checks how many a command was given.
func arguments(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= least && len(args) <= most {
			return nil
		}
		e := &usageError{Next: []string{"See: " + cmd.CommandPath() + " --help"}}
		switch {
		case len(args) < least:
			e.Message = fmt.Sprintf("%s needs %s", cmd.CommandPath(), what)
		case most == 0:
			e.Message = fmt.Sprintf("%s takes no arguments, but got %s", cmd.CommandPath(), quotedList(args))
		default:
			e.Message = fmt.Sprintf("%s takes %s, but got %s", cmd.CommandPath(), what, quotedList(args))
		}
		if len(args) > most && most == 1 && cmd.Name() == "create" {
			e.Next = append([]string{`Put the message in quotes: "` + strings.Join(args, " ") + `"`}, e.Next...)
		}
		return e
	}
}

func quoted(text string) string { return fmt.Sprintf("%q", text) }

func quotedList(items []string) string {
	words := make([]string, len(items))
	for i, item := range items {
		words[i] = quoted(item)
	}
	return strings.Join(words, " ")
}

// filled says of these flags which was given without a value: a variable that isn't set must not lead elsewhere than was meant.
func filled(cmd *cobra.Command, names ...string) error {
	for _, name := range names {
		if flag := cmd.Flags().Lookup(name); flag.Changed && flag.Value.String() == "" {
			return &usageError{Message: "--" + name + " is empty", Next: []string{"Give a value, or leave --" + name + " out. If it comes from a variable, that one is not set."}}
		}
	}
	return nil
}
