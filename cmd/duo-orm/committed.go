package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// How long git may take to tell who made revisions, and how many bytes: it is asked where there are several heads, for the people who
// have to settle that, and in a long history it may take its time.
const (
	gitPatience = 2 * time.Second
	gitAnswer   = 16 << 20
)

// origins is what git tells of the commits that brought these revisions' files, by their ids. A file that is in no commit has an origin
// that says so; one of which git can't tell, or not in time, has none, as all have where there is no git or no work tree.
func (a *app) origins(ctx context.Context, files []*revision.File) map[string]*views.Origin {
	origins := map[string]*views.Origin{}
	if a.found == nil || len(files) < 2 || a.gitHangs {
		return origins
	}
	ctx, cancel := context.WithTimeout(ctx, gitPatience)
	defer cancel()
	defer func() { a.gitHangs = ctx.Err() != nil }()
	// Git doesn't look behind a link in a path, so that it is asked in the folder itself.
	folder, err := filepath.EvalSymlinks(a.found.Absolute(a.found.Versions()))
	if err != nil {
		return origins
	}
	ids, names := map[string]string{}, []string{}
	for _, file := range files {
		if name, err := filepath.Rel(a.found.Versions(), file.Path); err == nil {
			ids[filepath.ToSlash(name)] = file.ID
			names = append(names, filepath.ToSlash(name))
		}
	}
	g := git{ctx: ctx, folder: folder}
	where, err := g.run("rev-parse", "--is-inside-work-tree", "--verify", "--quiet", "HEAD")
	var ended *exec.ExitError
	headless := errors.As(err, &ended) && ended.ExitCode() == 1
	if !bytes.HasPrefix(where, []byte("true")) || err != nil && !headless {
		return origins
	}
	kept := map[string]bool{}
	if !headless {
		for name, origin := range g.added(names) {
			origins[ids[name]] = origin
		}
		listed, err := g.run(append([]string{"ls-tree", "-z", "--name-only", "HEAD", "--"}, names...)...)
		if err != nil {
			return origins
		}
		for name := range strings.SplitSeq(string(listed), "\x00") {
			kept[name] = true
		}
	}
	for name, id := range ids {
		if !kept[name] {
			origins[id] = &views.Origin{}
		}
	}
	return origins
}

// made are revisions as an error names them, one a line, with who committed their files: people have to settle what is between them.
func (a *app) made(files []*revision.File) []string {
	origins := a.origins(context.Background(), files)
	lines := candidates(files)
	for i, file := range files {
		if origin := origins[file.ID]; origin != nil {
			lines[i] += ", " + origin.InWords()
		}
	}
	return lines
}

// git asks about the repository in which a folder lies.
type git struct {
	ctx    context.Context
	folder string
}

// run is what git prints, as far as it came. Nothing of the user's environment leads it to another repository, and nothing of a
// repository's configuration has it run a program or fetch something.
func (g git) run(args ...string) ([]byte, error) {
	safe := []string{"--no-pager", "--literal-pathspecs", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "protocol.allow=never"}
	command := exec.CommandContext(g.ctx, "git", append(safe, args...)...)
	command.Dir = g.folder
	command.Env = slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, "GIT_") })
	command.Env = append(command.Env, "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "LC_ALL=C")
	command.WaitDelay = gitPatience / 4
	out := &answer{}
	command.Stdout = out
	err := command.Run()
	return out.text, err
}

// answer keeps what is written to it, up to a limit.
type answer struct{ text []byte }

// Write implements io.Writer. That more than the limit can't be written ends the program which writes it.
func (a *answer) Write(part []byte) (int, error) {
	if len(a.text)+len(part) > gitAnswer {
		return 0, io.ErrShortWrite
	}
	a.text = append(a.text, part...)
	return len(part), nil
}

// added is which commit brought each of these files, the first where several did. What a shallow clone begins with says of no file who
// made it.
func (g git) added(names []string) map[string]*views.Origin {
	found := map[string]*views.Origin{}
	args := []string{"log", "-z", "--diff-filter=A", "--no-renames", "--no-ext-diff", "--relative", "--name-only", "--format=%x01%h%x00%aN%x00%at%x00%D", "HEAD", "--"}
	out, _ := g.run(append(args, names...)...) // what it told until it was stopped holds all the same
	var origin *views.Origin
	for rest := strings.Split(string(out), "\x00"); len(rest) > 0; {
		name, begins := strings.TrimPrefix(rest[0], "\n"), strings.HasPrefix(rest[0], "\x01")
		if !begins {
			if origin != nil && slices.Contains(names, name) {
				found[name] = origin
			}
			rest = rest[1:]
			continue
		}
		if len(rest) < 5 {
			break
		}
		origin = nil
		seconds, err := strconv.ParseInt(rest[2], 10, 64)
		if err == nil && !slices.Contains(strings.Split(rest[3], ", "), "grafted") {
			origin = &views.Origin{Committed: true, By: rest[1], Commit: strings.TrimPrefix(rest[0], "\x01"), At: time.Unix(seconds, 0).UTC()}
		}
		rest = rest[4:]
	}
	return found
}
