// Command bench measures migration create at 10, 100, 1,000 and 3,000 tables and prints the table of docs/benchmarks.md.
//
// A table has 12 columns, 2 foreign keys, 2 indexes and a check; models lie one file a table. Each case is planned in a
// process of its own, whose time and peak memory count (a server's aside); the database was made before.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
)

// sizes are the numbers of tables.
var sizes = []int{10, 100, 1000, 3000}

// cases are what is changed: the name, and which of n tables get another column.
var cases = []struct {
	name    string
	changed func(i int) bool
	empty   bool
}{
	{name: "nothing changed", changed: func(int) bool { return false }},
	{name: "one changed", changed: func(i int) bool { return i == 0 }},
	{name: "ten changed", changed: func(i int) bool { return i < 10 }},
	{name: "every tenth changed", changed: func(i int) bool { return i%10 == 0 }},
	{name: "from nothing", changed: func(int) bool { return false }, empty: true},
}

func main() {
	child := flag.String("folder", "", "plan for the project in this folder and print the parts (used by the command itself)")
	url := flag.String("url", "", "the database of -folder")
	which := flag.String("engine", "", "measure this engine only: sqlite or postgres")
	only := flag.String("case", "", "measure this case only")
	most := flag.Int("most", 3000, "leave out larger schemas")
	profile := flag.String("cpuprofile", "", "write a CPU profile of the planning process")
	flag.Parse()
	var err error
	if *child != "" {
		err = planOf(*child, *url, *which, *profile)
	} else {
		err = allEngines(*most, *only, *which)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// result is what a planning process prints.
type result struct {
	Parts map[string]time.Duration
	Steps int
}

// planOf plans with the engine of that name.
func planOf(folder, url, name, profile string) error {
	for _, e := range []engine{{name: "sqlite", driver: sqlite.Driver{}}, {name: "postgres", driver: postgres.Driver{}}} {
		if e.name == name {
			return plan(e, folder, url, profile)
		}
	}
	return fmt.Errorf("there is no engine %q", name)
}

func allEngines(most int, only, which string) error {
	ctx := context.Background()
	list, stop := engines()
	defer stop()
	fmt.Printf("%s, %d processors\n\n", runtime.Version(), runtime.NumCPU())
	for _, e := range list {
		if which == "" || which == e.name {
			if err := all(ctx, e, most, only); err != nil {
				return err
			}
		}
	}
	return nil
}

func all(ctx context.Context, e engine, most int, only string) error {
	fmt.Printf("## %s\n\n", e.title)
	fmt.Println("| tables | case | time | processor time | peak memory | read | inspect | diff | scratch | plan | count | prove |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|---|---|")
	times := map[string]map[int]time.Duration{}
	for _, size := range sizes {
		if size > most {
			continue
		}
		for _, c := range cases {
			if only != "" && only != c.name {
				continue
			}
			took, err := one(ctx, e, size, c.name, c.changed, c.empty)
			if err != nil {
				return fmt.Errorf("%d tables, %s: %w", size, c.name, err)
			}
			if times[c.name] == nil {
				times[c.name] = map[int]time.Duration{}
			}
			times[c.name][size] = took
		}
	}
	fmt.Println()
	for _, c := range cases {
		if small, large := times[c.name][1000], times[c.name][3000]; small > 0 && large > 0 {
			fmt.Printf("* %s: 3,000 tables take %.1f times as long as 1,000\n", c.name, float64(large)/float64(small))
		}
	}
	fmt.Println()
	return nil
}

// one prepares a project, has another process plan, and prints its line.
func one(ctx context.Context, e engine, size int, name string, changed func(int) bool, empty bool) (took time.Duration, err error) {
	folder, err := os.MkdirTemp("", "duo-orm-bench")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	url, drop, err := e.database()
	if err != nil {
		return 0, err
	}
	defer func() {
		if dropped := drop(); err == nil {
			err = dropped
		}
	}()
	if err := prepare(ctx, e, folder, url, size, changed, empty); err != nil {
		return 0, err
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	command := exec.Command(self, "-folder", folder, "-url", url, "-engine", e.name)
	command.Stderr = os.Stderr
	begun := time.Now()
	out, err := command.Output()
	took = time.Since(begun)
	if err != nil {
		return 0, err
	}
	var r result
	if err := json.Unmarshal(out, &r); err != nil {
		return 0, err
	}
	memory := "?"
	if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		memory = fmt.Sprintf("%d MB", usage.Maxrss/1024)
	}
	cpu := command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	cells := []string{fmt.Sprint(size), name, seconds(took), seconds(cpu), memory}
	for _, part := range []string{"read", "inspect", "diff", "scratch", "plan", "count", "prove"} {
		cells = append(cells, seconds(r.Parts[part]))
	}
	fmt.Println("| " + strings.Join(cells, " | ") + " |")
	return took, nil
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

func writeFile(folder, name, text string) error {
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}
