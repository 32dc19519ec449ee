package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

func newMigrationCommand(a *app) *cobra.Command {
	return group(&cobra.Command{
		Use: "migration", Short: "Plan, run and look at revisions",
		Example: "  duo-orm migration create \"add users\"\n  duo-orm migration upgrade\n  duo-orm migration history",
	}, newCreateCommand(a), newUpgradeCommand(a), newDowngradeCommand(a), newHistoryCommand(a), newCurrentCommand(a), newHeadsCommand(a),
		newBranchesCommand(a), newMergeCommand(a), newRebaseCommand(a), newSquashCommand(a), newEditCommand(a), newShowCommand(a), newStampCommand(a), newEnsureVersionCommand(a), newProveCommand(a), newCheckCommand(a), newVerifyCommand(a))
}

// variables reads --var name=value flags.
func variables(given []string) (map[string]string, error) {
	values := map[string]string{}
	for _, item := range given {
		name, value, ok := strings.Cut(item, "=")
		if !ok || name == "" {
			return nil, &usageError{Message: "--var takes name=value, not " + quoted(item), Next: []string{"Write: --var name=value"}}
		}
		if _, twice := values[name]; twice {
			return nil, &usageError{Message: "--var sets " + quoted(name) + " twice", Next: []string{"Keep one of the two."}}
		}
		values[name] = value
	}
	return values, nil
}

// cleanMessage is a revision's message on one line. A message without text, or with characters that don't show, is a usage
// error: it goes into a comment and into a file's name.
func cleanMessage(text string) (string, error) {
	message := strings.Join(strings.Fields(text), " ")
	next := []string{`Say in a few words what changes: duo-orm migration create "add users"`}
	switch {
	case message == "":
		return "", &usageError{Message: "the message is empty", Next: next}
	case !utf8.ValidString(message):
		return "", &usageError{Message: "the message is not valid UTF-8", Next: next}
	case strings.ContainsFunc(message, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c'
	}):
		return "", &usageError{Message: "the message holds control characters", Next: next}
	case utf8.RuneCountInString(message) > 500:
		return "", &usageError{Message: "the message is longer than 500 characters", Next: next}
	}
	return message, nil
}
