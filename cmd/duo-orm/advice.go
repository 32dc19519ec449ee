package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/duo-orm/duo-orm/drivers/dburl"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// ownCommand is a command in advice whose result depends on the project and its database.
var ownCommand = regexp.MustCompile(`\bduo-orm (?:migration|schema) [a-z]+(?:-[a-z]+)*`)

// advised is advice whose commands work as they stand: they get --dir, --env and --url as they were typed, where the command line
// that the advice is about had them. The environment's variables hold for the next command too.
func (a *app) advised(text string) string {
	return eachMatch(ownCommand, text, func(command, behind string) string {
		if command == "duo-orm schema fmt" {
			return command
		}
		for _, flag := range a.typed {
			if name, _, _ := strings.Cut(flag, " "); !strings.Contains(behind, " "+name+" ") {
				command += " " + flag
			}
		}
		return command
	})
}

// eachMatch replaces each match, knowing what stands between it and the next one.
func eachMatch(pattern *regexp.Regexp, text string, replace func(match, behind string) string) string {
	var b strings.Builder
	places := append(pattern.FindAllStringIndex(text, -1), []int{len(text), len(text)})
	b.WriteString(text[:places[0][0]])
	for i, place := range places[:len(places)-1] {
		behind := text[place[1]:places[i+1][0]]
		b.WriteString(replace(text[place[0]:place[1]], behind) + behind)
	}
	return b.String()
}

// allAdvised is a list of advice.
func (a *app) allAdvised(list []string) []string {
	out := slices.Clone(list)
	for i := range out {
		out[i] = a.advised(out[i])
	}
	return out
}

// noteTyped remembers the flags that say which project and database are meant. A URL is without its secrets, as it is wherever it is
// shown.
func (a *app) noteTyped(cmd *cobra.Command) {
	a.typed, a.command = nil, cmd
	for _, flag := range []struct{ name, value string }{{"dir", a.dir}, {"env", a.env}, {"url", dburl.Redact(a.url)}} {
		if flag.value != "" {
			a.typed = append(a.typed, "--"+flag.name+" "+shellWord(flag.value))
		}
	}
}

// plainWord is what no shell reads as anything but itself.
var plainWord = regexp.MustCompile(`^[\pL\pN_@%+=:,./-]+$`)

// shellWord is a word as people type it in a shell.
func shellWord(text string) string {
	if plainWord.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// namesNext says how the command that was typed names one of several revisions in place of a word that could be any of them, such as
// head, of all revisions or of a branch.
func (a *app) namesNext(given string, files []*revision.File) []string {
	word := regexp.MustCompile(`(^|[:=])((?:[^@:=]*@)?` + regexp.QuoteMeta(given) + `)($|[:+-])`)
	at := slices.IndexFunc(a.args, word.MatchString)
	args := slices.Clone(a.args)
	if at < 0 {
		args, at = append(args, given), len(args)
	}
	var words []string
	for _, file := range files[:min(len(files), shownHeads)] {
		line := slices.Clone(args)
		line[at] = word.ReplaceAllString(args[at], "${1}"+file.ID+"${3}")
		if len(words) > 0 {
			words = append(words, shellWord(line[at]))
			continue
		}
		words = append(words, ownLine(line))
	}
	if rest := len(files) - len(words); rest > 0 {
		words = append(words, fmt.Sprintf("one of %d more", rest))
	}
	return []string{"Name the one that is meant: " + strings.Join(words, " or ")}
}

// reverseNext says which command leads where the one that was typed doesn't.
func (a *app) reverseNext() []string {
	from, to := "upgrade", "downgrade"
	if a.command != nil && a.command.Name() == to {
		from, to = to, from
	}
	at := slices.Index(a.args, from)
	if at < 0 {
		return nil
	}
	line := slices.Clone(a.args)
	line[at] = to
	next := []string{"Go there with: " + ownLine(line)}
	line[at] = from
	for i, arg := range line[at+1:] {
		first, last, ranged := strings.Cut(arg, ":")
		if ranged && first != "" && last != "" && !strings.Contains(last, ":") {
			line[at+1+i] = last + ":" + first
			return append(next, "or the other way round with: "+ownLine(line))
		}
	}
	return next
}

// ownLine is a command line of this program.
func ownLine(args []string) string {
	words := []string{"duo-orm"}
	for _, arg := range args {
		words = append(words, shellWord(arg))
	}
	return strings.Join(words, " ")
}

// shownHeads is how many of several heads advice spells out.
const shownHeads = 5

// joinsHeads says that the command goes to the head, or follows it, so that several are best joined; others look at one, or write.
func (a *app) joinsHeads() bool {
	if a.command == nil {
		return true
	}
	sql := a.command.Flags().Lookup("sql")
	return !slices.Contains([]string{"show", "edit", "history", "prove", "stamp", "downgrade", "squash", "verify"}, a.command.Name()) && (sql == nil || !sql.Changed)
}
